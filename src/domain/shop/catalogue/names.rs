//! The one thing of the catalogue that somebody means: by its code, or by its name as people write it.
//!
//! A code as it stands is always that thing's. A name is compared without case, accents and spaces; where several bear it,
//! they are given back with their codes instead of one being chosen. The other way round, [`names`] tells what codes are called.
//! Nothing changes.

use super::reading::Eyes;
use super::{Code, pages};
use crate::db::{Statement, Tx, sql};
use crate::kernel::error::Problem;
use crate::kernel::text::{distance, same};
use crate::kernel::{Error, GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use std::collections::HashMap;

/// Most things that are looked through, most that are near, and most that are listed: a message is not endless.
const MOST: i64 = 1000;
const SHOWN: usize = 5;
const LISTED: usize = 10;
/// Letters that may be wrong in a name.
const SLIPS: usize = 2;

/// Among what a name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelves<'a> {
    /// Plans.
    Plans,
    /// Products that somebody sees.
    Products(Eyes<'a>),
    /// The variants of a product.
    Variants(&'a Code),
}

/// A code with the name that people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// The code.
    pub code: Code,
    /// The name.
    pub name: String,
}

/// What was meant by something typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// This one.
    One(Code),
    /// One of these, which all bear the name.
    Several(Vec<Labelled>),
    /// None; these are the nearest, the likeliest first.
    Nothing(Vec<Labelled>),
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// Finds what is meant.
///
/// # Errors
/// As [`Tx::load`].
pub async fn meant(tx: &mut Tx, guild: GuildId, among: Shelves<'_>, typed: &str) -> Result<Meant> {
    let rows: Vec<Row> = tx.load("finding what a name means", shelves(guild, among, typed)).await?;
    let all: Vec<Labelled> = rows
        .into_iter()
        .map(|row| Ok(Labelled { code: pages::code(&row.code)?, name: row.name }))
        .collect::<Result<_>>()?;
    Ok(choose(all, typed))
}

/// The code of what is meant by an option.
///
/// # Errors
/// [`Error::Argument`] with the candidates and their codes where several or none bear the name.
pub async fn code(
    tx: &mut Tx,
    guild: GuildId,
    among: Shelves<'_>,
    (option, typed): (&'static str, &str),
) -> Result<Code> {
    let shown = |all: &[Labelled]| all.iter().take(LISTED).map(Labelled::show).collect();
    match meant(tx, guild, among, typed).await? {
        Meant::One(code) => Ok(code),
        Meant::Several(all) => Err(Error::Argument { option, problem: Problem::Ambiguous { candidates: shown(&all) } }),
        Meant::Nothing(near) => Err(Error::Argument { option, problem: Problem::NotKnown { nearest: shown(&near) } }),
    }
}

/// The products on sale that bear a name already, but for one where it is a product's own.
///
/// # Errors
/// As [`Tx::load`].
pub async fn namesakes(tx: &mut Tx, guild: GuildId, name: &str, but: Option<&Code>) -> Result<Vec<Labelled>> {
    let all =
        sql("select code, name from products where guild_id = ? and code is distinct from ? and not archived order by code limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Nullable<Text>, _>(but.map(Code::to_string))
            .bind::<BigInt, _>(MOST);
    let rows: Vec<Row> = tx.load("looking for products of the same name", all).await?;
    let wanted = same(name);
    let bear = rows.into_iter().filter(|row| same(&row.name) == wanted);
    bear.map(|row| Ok(Labelled { code: pages::code(&row.code)?, name: row.name })).collect()
}

/// The plans on sale that bear a name already, but for one where it is a plan's own.
///
/// # Errors
/// As [`Tx::load`].
pub async fn plans_called(tx: &mut Tx, guild: GuildId, name: &str, but: Option<&Code>) -> Result<Vec<Labelled>> {
    let all = sql("select code, name from plans where guild_id = ? and code is distinct from ? and not archived \
                   order by level, code limit ?")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<Nullable<Text>, _>(but.map(Code::to_string))
    .bind::<BigInt, _>(MOST);
    let rows: Vec<Row> = tx.load("looking for plans of the same name", all).await?;
    let wanted = same(name);
    let bear = rows.into_iter().filter(|row| same(&row.name) == wanted);
    bear.map(|row| Ok(Labelled { code: pages::code(&row.code)?, name: row.name })).collect()
}

/// The names of plans and products, the removed ones included: what people hold may be of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(HashMap<String, String>);

impl Names {
    /// The name of a plan; its code where there is no such plan any more.
    pub fn plan<'a>(&'a self, code: &'a str) -> &'a str {
        self.0.get(&format!("plan/{code}")).map_or(code, String::as_str)
    }

    /// The name of a product; its code where there is no such product any more.
    pub fn product<'a>(&'a self, code: &'a str) -> &'a str {
        self.0.get(&format!("product/{code}")).map_or(code, String::as_str)
    }
}

/// Reads the names of these, each written `plan/CODE` or `product/CODE`; without any it asks nothing.
///
/// # Errors
/// As [`Tx::load`].
pub async fn names(tx: &mut Tx, guild: GuildId, of: Vec<String>) -> Result<Names> {
    if of.is_empty() {
        return Ok(Names::default());
    }
    let all = sql("with input as (select ?::bigint as guild, ?::text[] as wanted) \
         select 'plan/' || p.code as code, p.name from plans p, input \
           where p.guild_id = input.guild and 'plan/' || p.code = any (input.wanted) \
         union all select 'product/' || p.code, p.name from products p, input \
           where p.guild_id = input.guild and 'product/' || p.code = any (input.wanted)")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<Array<Text>, _>(of);
    let rows: Vec<Row> = tx.load("reading names of the catalogue", all).await?;
    Ok(Names(rows.into_iter().map(|row| (row.code, row.name)).collect()))
}

impl Labelled {
    /// The name with the code, as a person reads them.
    pub fn show(&self) -> String {
        format!("{} (`{}`)", crate::kernel::text::plain(&self.name), self.code)
    }
}

/// The thing of that very code where there is one, else all of them.
fn shelves(guild: GuildId, among: Shelves<'_>, typed: &str) -> Statement {
    let (guild, typed) = (guild.as_i64(), typed.trim().replace('\0', ""));
    match among {
        Shelves::Plans => sql("with seen as (select code, name, level from plans where guild_id = ?) \
             select code, name from seen where code = ? or not exists (select from seen where code = ?) \
             order by level, code limit ?")
        .bind::<BigInt, _>(guild)
        .bind::<Text, _>(typed.clone())
        .bind::<Text, _>(typed)
        .bind::<BigInt, _>(MOST),
        Shelves::Products(eyes) => sql("with input as (select ?::bigint[] as roles), \
             seen as (select p.code, p.name, p.archived from products p, input where p.guild_id = ? \
               and (input.roles is null or (not p.archived \
                    and (p.visible_role_id is null or p.visible_role_id = any (input.roles))))) \
             select code, name from seen where code = ? or not exists (select from seen where code = ?) \
             order by archived, lower(name), code limit ?")
        .bind::<Nullable<Array<BigInt>>, _>(eyes.roles())
        .bind::<BigInt, _>(guild)
        .bind::<Text, _>(typed.clone())
        .bind::<Text, _>(typed)
        .bind::<BigInt, _>(MOST),
        Shelves::Variants(product) => sql("with seen as (select code, name, archived, position from variants \
               where guild_id = ? and product = ?) \
             select code, name from seen where code = ? or not exists (select from seen where code = ?) \
             order by archived, position, code limit ?")
        .bind::<BigInt, _>(guild)
        .bind::<Text, _>(product.to_string())
        .bind::<Text, _>(typed.clone())
        .bind::<Text, _>(typed)
        .bind::<BigInt, _>(MOST),
    }
}

fn choose(all: Vec<Labelled>, typed: &str) -> Meant {
    if let Some(exact) = all.iter().find(|one| one.code.as_str() == typed.trim()) {
        return Meant::One(exact.code.clone());
    }
    let wanted = same(typed);
    let (mut called, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|one| same(&one.name) == wanted || same(one.code.as_str()) == wanted);
    match (called.pop(), called.is_empty()) {
        (Some(one), true) => Meant::One(one.code),
        (Some(last), false) => {
            called.push(last);
            Meant::Several(called)
        }
        (None, _) => Meant::Nothing(nearest(others, &wanted)),
    }
}

/// Those whose name holds what was typed, or is held by it, or differs by a slip; those that differ least first.
fn nearest(all: Vec<Labelled>, wanted: &str) -> Vec<Labelled> {
    let apart = |one: &Labelled| {
        let name = same(&one.name);
        let holds =
            !wanted.is_empty() && (name.contains(wanted) || (name.chars().count() > SLIPS && wanted.contains(&name)));
        let slips = distance(&name, wanted);
        (holds || slips <= SLIPS.min(wanted.chars().count() / 2)).then_some(slips)
    };
    let mut near: Vec<(usize, Labelled)> = all.into_iter().filter_map(|one| Some((apart(&one)?, one))).collect();
    near.sort_by_key(|(slips, _)| *slips);
    near.into_iter().map(|(_, one)| one).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf() -> Vec<Labelled> {
        [
            ("jeu", "Jeu"),
            ("jeu-2", "Jeu"),
            ("guide-du-debutant", "Guide du débutant"),
            ("l-oeuvre", "L’Œuvre"),
            ("pro", "Élite"),
        ]
        .map(|(code, name)| Labelled { code: Code::parse(code).unwrap(), name: name.to_owned() })
        .into()
    }

    fn found(typed: &str) -> String {
        let codes = |all: Vec<Labelled>| all.iter().map(|one| one.code.to_string()).collect::<Vec<_>>().join(" ");
        match choose(shelf(), typed) {
            Meant::One(code) => format!("= {code}"),
            Meant::Several(all) => format!("? {}", codes(all)),
            Meant::Nothing(near) => format!("~ {}", codes(near)),
        }
    }

    #[test]
    fn a_name_is_found_without_case_accents_and_spaces_and_a_code_is_that_thing() {
        for (typed, expected) in [
            ("guide du debutant", "= guide-du-debutant"),
            (" GUIDE  DU DÉBUTANT ", "= guide-du-debutant"),
            ("guidedudébutant", "= guide-du-debutant"),
            ("l'Œuvre", "= l-oeuvre"),
            ("elite", "= pro"),
            ("PRO", "= pro"),
            ("jeu", "= jeu"),
            ("jeu-2", "= jeu-2"),
            ("Jeu", "? jeu jeu-2"),
            ("guide", "~ guide-du-debutant"),
            ("Elitte", "~ pro"),
            ("inconnu", "~ "),
            ("", "~ "),
        ] {
            assert_eq!(found(typed), expected, "{typed}");
        }
    }
}
