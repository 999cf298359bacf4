//! Files that come with messages: which are taken, and their bytes.
//!
//! Discord's addresses expire, so a file is first written down (*pending*) and its bytes are fetched by `jobs`. It fetches
//! nothing itself.

use super::TicketRules;
use crate::db::{Tx, sql};
use crate::kernel::text::{clean, shorten};
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// Most files that one message may bring (Discord's limit of attachments a message).
const PER_MESSAGE: usize = 10;
/// Longest file name kept, in characters.
const NAME_MAX: usize = 100;
/// Longest address kept.
const URL_MAX: usize = 2000;

/// A file that came with a message, as Discord describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its name, made harmless.
    pub name: String,
    /// Its content type without parameters.
    pub content_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// Where it can be fetched for about a day.
    pub url: String,
}

impl NewFile {
    /// Takes what Discord says of a file.
    pub fn new(name: &str, content_type: &str, size: u64, url: &str) -> Self {
        let name: String = clean(name).chars().filter(|c| !matches!(c, '/' | '\\' | '\n' | '\t')).collect();
        let name = if name.is_empty() { "file".to_owned() } else { shorten_name(&name) };
        let content_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        Self { name, content_type: shorten(&clean(&content_type), NAME_MAX), size, url: url.to_owned() }
    }
}

/// Shortens a file name but keeps its ending.
fn shorten_name(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 10 => {
            format!("{}.{ending}", shorten(stem, NAME_MAX.saturating_sub(11)))
        }
        _ => shorten(name, NAME_MAX),
    }
}

/// Why a file is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unfit {
    /// It is larger than allowed.
    TooLarge,
    /// Its content type isn't allowed.
    WrongType,
    /// The member has no room left.
    QuotaFull,
    /// The message brought too many.
    TooMany,
    /// Its address isn't Discord's.
    Elsewhere,
}

/// A file that was not kept, for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedFile {
    /// Its name.
    pub name: String,
    /// Why.
    pub why: Unfit,
}

/// A file with the decision on it.
pub(super) struct Sorted {
    pub file: NewFile,
    pub unfit: Option<Unfit>,
}

/// Decides which files are taken when `stored` bytes are there already.
pub(super) fn sort(files: Vec<NewFile>, stored: i64, rules: &TicketRules) -> Vec<Sorted> {
    let mut used = u64::try_from(stored).unwrap_or(0);
    let decide = |(at, file): (usize, NewFile)| {
        let after = used.saturating_add(file.size);
        let unfit = if at >= PER_MESSAGE {
            Some(Unfit::TooMany)
        } else if !is_discords(&file.url) {
            Some(Unfit::Elsewhere)
        } else if !allows(rules, &file.content_type) || file.url.len() > URL_MAX {
            Some(Unfit::WrongType)
        } else if file.size > rules.attachment_max_bytes {
            Some(Unfit::TooLarge)
        } else if after > rules.attachment_quota_bytes {
            Some(Unfit::QuotaFull)
        } else {
            used = after;
            None
        };
        Sorted { file, unfit }
    };
    files.into_iter().enumerate().map(decide).collect()
}

/// Whether an address is Discord's, or of this machine, where the local Discord is; the database refuses any other.
fn is_discords(url: &str) -> bool {
    let is_port = |port: &str| port.len() <= 5 && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    match url.split_once("://").map(|(scheme, rest)| (scheme, rest.split_once('/'))) {
        Some(("https", Some((host, _)))) => matches!(host, "cdn.discordapp.com" | "media.discordapp.net"),
        Some(("http", Some((place, _)))) => ["127.0.0.1", "localhost", "[::1]"].into_iter().any(|host| {
            let port = place.strip_prefix(host);
            port.is_some_and(|port| port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
        }),
        Some(_) | None => false,
    }
}

fn allows(rules: &TicketRules, content_type: &str) -> bool {
    rules.attachment_types.iter().any(|allowed| match allowed.strip_suffix('*') {
        Some(kind) => content_type.starts_with(kind) && content_type.len() > kind.len(),
        None => allowed == content_type,
    })
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileState {
    /// Its bytes are being fetched.
    Pending,
    /// Its bytes are here.
    Stored,
    /// It didn't fit the rules.
    Refused,
    /// Its bytes could not be fetched, or were removed after their time.
    Failed,
}

impl FileState {
    /// Reads the word kept in the database.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "pending" => Some(Self::Pending),
            "stored" => Some(Self::Stored),
            "refused" => Some(Self::Refused),
            "failed" => Some(Self::Failed),
            _ => None,
        }
    }
}

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its number in the database.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// What became of it.
    pub state: FileState,
}

/// A file whose bytes are to be fetched.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct PendingFile {
    /// Its number in the database.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Where to fetch it.
    #[diesel(sql_type = Text)]
    pub source_url: String,
}

/// The files of a message whose bytes are to be fetched. Acts as the system's *outbox* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn pending(tx: &mut Tx, guild: GuildId, number: i64, message: i64) -> Result<Vec<PendingFile>> {
    tx.load(
        "loading pending files",
        sql("select id, source_url from ticket_attachments where guild_id = ? and ticket_number = ? \
             and message_id = ? and state = 'pending' and source_url is not null order by id limit 10")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(number)
        .bind::<BigInt, _>(message),
    )
    .await
}

/// Keeps the bytes of a pending file at the commit; `None` says that they can't be had. Acts as the *outbox* duty.
pub fn settle(tx: &mut Tx, guild: GuildId, number: i64, message: i64, file: (i64, Option<Vec<u8>>)) {
    let (id, bytes) = file;
    let statement = match bytes {
        Some(bytes) => {
            let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            sql("update ticket_attachments set state = 'stored', source_url = null, bytes = ?, size_bytes = ?")
                .bind::<Binary, _>(bytes)
                .bind::<BigInt, _>(size)
        }
        None => sql("update ticket_attachments set state = 'failed', source_url = null"),
    };
    tx.defer(
        "settling a file",
        statement
            .then(" where guild_id = ? and ticket_number = ? and message_id = ? and id = ? and state = 'pending'")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(message)
            .bind::<BigInt, _>(id),
    );
}

/// Removes the bytes of files past their time, at most `limit`; tells how many. Acts as the *schedule* duty.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn expire(tx: &mut Tx, rules: &TicketRules, now: Timestamp, limit: i64) -> Result<usize> {
    let age = SignedDuration::from_hours(i64::from(rules.attachment_days) * 24);
    let before = now.checked_sub(age).unwrap_or(Timestamp::MIN);
    tx.execute(
        "removing old files",
        sql("update ticket_attachments a set state = 'failed', bytes = null from ( \
               select guild_id, ticket_number, message_id, id from ticket_attachments f \
               where bytes is not null and created_at < ? \
                 and not exists (select from retention r where r.guild_id = f.guild_id and r.what = 'files') order by created_at limit ? for update skip locked) old \
             where a.guild_id = old.guild_id and a.ticket_number = old.ticket_number \
               and a.message_id = old.message_id and a.id = old.id")
        .bind::<Timestamptz, _>(before.to_diesel())
        .bind::<BigInt, _>(limit),
    )
    .await
}

/// A file with its bytes.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct StoredFile {
    /// Its name.
    #[diesel(sql_type = Text)]
    pub file_name: String,
    /// Its content type, as Discord said.
    #[diesel(sql_type = Text)]
    pub content_type: String,
    /// Its bytes.
    #[diesel(sql_type = Binary)]
    pub bytes: Vec<u8>,
}

/// The bytes of one file of a ticket that the actor may see.
pub(super) async fn stored(tx: &mut Tx, guild: GuildId, number: i64, id: i64) -> Result<Option<StoredFile>> {
    let viewer = super::store::viewer(tx);
    let statement = sql("select file_name, content_type, bytes from ticket_attachments \
                         where guild_id = ? and ticket_number = ? and id = ? and bytes is not null")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<BigInt, _>(number)
    .bind::<BigInt, _>(id);
    let statement = match viewer {
        Some(opener) => statement.then(" and not internal and opener_id = ?").bind::<BigInt, _>(opener),
        None => statement,
    };
    tx.first("loading a file", statement).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content_type: &str, size: u64) -> NewFile {
        NewFile::new("a.png", content_type, size, "https://cdn.discordapp.com/a.png")
    }

    fn verdicts(files: Vec<NewFile>, stored: i64) -> Vec<Option<Unfit>> {
        sort(files, stored, &TicketRules::default()).into_iter().map(|sorted| sorted.unfit).collect()
    }

    #[test]
    fn size_type_quota_and_count_are_limited() {
        const MIB: u64 = 1024 * 1024;
        let files = vec![
            file("image/png", 1),
            file("application/x-msdownload", 1),
            file("", 1),
            file("image/png; name=x", 9 * MIB),
            file("image/jpeg", 8 * MIB),
            file("image/jpeg", 8 * MIB),
        ];
        let expected = [None, Some(Unfit::WrongType), Some(Unfit::WrongType), Some(Unfit::TooLarge), None];
        let quota = Some(Unfit::QuotaFull);
        assert_eq!(verdicts(files, 40 * 1024 * 1024), [expected.as_slice(), &[quota]].concat());
        assert_eq!(verdicts(vec![file("image/png", 1); 11], 0).last(), Some(&Some(Unfit::TooMany)));
    }

    #[test]
    fn a_whole_kind_can_be_allowed() {
        let rules = TicketRules { attachment_types: vec!["image/*".into()], ..TicketRules::default() };
        assert!(allows(&rules, "image/avif") && !allows(&rules, "image/") && !allows(&rules, "video/mp4"));
    }

    #[test]
    fn names_lose_paths_and_tricks_but_keep_their_ending() {
        assert_eq!(NewFile::new("../../etc/pass\u{202E}wd", "text/plain", 1, "u").name, "....etcpasswd");
        let long = NewFile::new(&format!("{}.pdf", "é".repeat(300)), "application/pdf", 1, "u").name;
        assert!(long.ends_with("….pdf") && long.chars().count() <= NAME_MAX);
        assert_eq!(NewFile::new("\u{200B}", "text/plain", 1, "u").name, "file");
    }
}
