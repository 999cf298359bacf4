//! Keys pasted at the panel: what became of each line, and never a key back.

use crate::db::Tx;
use crate::domain::notifications::answers::{self, ANSWERED_ONCE};
use crate::domain::shop::catalogue::names::{self, Shelves};
use crate::domain::shop::catalogue::{self, Code, Pasted, Step, stock};
use crate::kernel::error::{Cause, Context, Problem};
use crate::kernel::reply::Reply;
use crate::kernel::{Error, Result};
use crate::panel::deeds::request;
use crate::panel::{Panel, Staff, undone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Keys to add.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelNewKeys)]
pub struct NewKeys {
    /// The variant's code or name; nothing where there is only one.
    pub variant: Option<String>,
    /// They, one a line.
    pub keys: String,
}

/// What became of a paste. Lines count from 1 in what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PanelKeysAdded)]
pub struct KeysAdded {
    /// Keys that are new.
    pub added: i64,
    /// Lines whose key was there: `twice_here` or `already_there`.
    pub doubles: Vec<NotAdded>,
    /// Lines that can't be used: `too_long` or `not_text`. Those that hold nothing don't count.
    pub refused: Vec<NotAdded>,
    /// Keys of the variant that can be sold now.
    pub free: i64,
}

/// A line that was not added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PanelNotAdded)]
pub struct NotAdded {
    /// Which.
    pub line: usize,
    /// Why: a word.
    pub why: String,
}

fn lines(lines: &[usize], why: &str) -> Vec<NotAdded> {
    lines.iter().map(|line| NotAdded { line: *line, why: why.to_owned() }).collect()
}

fn told(pasted: &Pasted, added: &stock::Added) -> KeysAdded {
    let known: Vec<usize> = added.known.iter().filter_map(|place| pasted.lines.get(*place).copied()).collect();
    let long: Vec<usize> = pasted.long.iter().map(|(line, _)| *line).collect();
    let mut doubles = [lines(&pasted.doubled, "twice_here"), lines(&known, "already_there")].concat();
    // A line that holds nothing is no key that somebody would miss.
    let mut refused = [lines(&long, "too_long"), lines(&pasted.strange, "not_text")].concat();
    refused.sort_by_key(|one| one.line);
    doubles.sort_by_key(|one| one.line);
    KeysAdded { added: added.added, doubles, refused, free: added.left }
}

async fn add(tx: &mut Tx, step: Step, (code, variant): (&str, Option<&str>), pasted: &Pasted) -> Result<KeysAdded> {
    let code = Code::parse(code).map_err(|_| Error::NotFound("product"))?;
    let variant = match variant.filter(|typed| !typed.trim().is_empty()) {
        Some(typed) => Some(names::code(tx, step.guild, Shelves::Variants(&code), ("variant", typed)).await?),
        None => None,
    };
    match stock::add_keys(tx, step, &code, variant.as_ref(), &pasted.keys).await {
        Ok(added) => Ok(told(pasted, &added)),
        // The page shows the variants to choose from.
        Err(Error::Conflict("error-shop-which-variant")) => {
            Err(Error::Argument { option: "variant", problem: Problem::Missing })
        }
        Err(error) => Err(error),
    }
}

impl Panel {
    /// Adds keys to a variant of a product; a repeat of the same request is told what became of the first.
    ///
    /// # Errors
    /// [`Error::NotFound`] for none of this guild's products; as `/product_keys`, but for lines that are too long, which are told.
    pub async fn add_keys(&self, staff: &Staff, code: &str, new: &NewKeys, key: Option<&str>) -> Result<KeysAdded> {
        if catalogue::in_one_line(&new.keys) {
            return Err(Error::Conflict("panel-keys-one-line"));
        }
        let pasted = catalogue::paste(new.keys.trim_start_matches('\u{FEFF}'))?;
        let pasted = if pasted.keys.is_empty() { pasted.whole("keys")? } else { pasted };
        self.one_product(staff, code).await?;
        let request = request(staff, &format!("products/{code}/keys"), key);
        if let Some(before) = self.added_before(staff, &request).await? {
            return Ok(before);
        }
        let (guild, user, now) = (staff.guild.id, staff.session.user, self.now());
        let mut tx = self.app.db.begin(&staff.actor).await?;
        let added = match add(&mut tx, Step { guild, now }, (code, new.variant.as_deref()), &pasted).await {
            Ok(added) => added,
            Err(error) => return undone(tx, error).await,
        };
        // It holds numbers of lines, and no key.
        let told = serde_json::to_string(&added).internal("keeping what became of keys")?;
        if let Err(error) = answers::keep(&mut tx, guild, user, &request, &Reply::private(told), now) {
            return undone(tx, error).await;
        }
        if tx.commit_once(ANSWERED_ONCE).await.map_err(Error::as_unavailable)? {
            return Ok(added);
        }
        let gone = || Error::Internal { what: "repeating keys", cause: Cause::new("the first answer is gone") };
        self.added_before(staff, &request).await?.ok_or_else(gone)
    }

    async fn added_before(&self, staff: &Staff, request: &str) -> Result<Option<KeysAdded>> {
        let (guild, user) = (staff.guild.id, staff.session.user);
        let kept = async |tx: &mut Tx| answers::kept(tx, guild, user, request).await;
        let kept = self.reading(&staff.actor, kept).await?;
        kept.map(|reply| serde_json::from_str(&reply.text).internal("reading what became of keys")).transpose()
    }
}
