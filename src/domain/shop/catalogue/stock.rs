//! What operators do to stock: units, keys, and the content that is handed over.

use super::store::{self, Trace};
use super::{Code, Content, Key, Lack, Product, Step, UNSEEN, Variant, operator_only, products};
use crate::db::{Tx, sql};
use crate::domain::shop::{CatalogueDeed, ProductKind};
use crate::kernel::text::{clean, shorten};
use crate::kernel::{Error, GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz};
use jiff_diesel::ToDiesel;

/// Longest file name kept, in characters.
const FILE_NAME_MAX: usize = 100;

#[derive(QueryableByName)]
struct SoldOut {
    #[diesel(sql_type = Text)]
    kind: String,
}

/// The kind of a product of whose variant nothing is left; `None` while something is. Acts as the *payments*
/// duty in the guild.
///
/// # Errors
/// As [`Tx::first`].
pub async fn sold_out(tx: &mut Tx, guild: GuildId, (product, variant): (&str, &str)) -> Result<Option<ProductKind>> {
    let row: Option<SoldOut> = tx
        .first(
            "looking whether something is sold out",
            sql("select p.kind from products p join variants v on v.guild_id = p.guild_id and v.product = p.code \
                 where p.guild_id = ? and p.code = ? and v.code = ? \
                   and case when p.kind = 'key' then app.keys_left(v.product, v.code) else v.stock end <= 0")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(product.to_owned())
            .bind::<Text, _>(variant.to_owned()),
        )
        .await?;
    Ok(row.and_then(|row| ProductKind::from_word(&row.kind)))
}

/// Sets how many units of a variant, or of the only one, are left; `None`: no limit. Returns the variant as it is now. A limit on
/// what had none begins a round: what was taken before isn't counted in it, and gives nothing back to it.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody but operators; [`Error::NotFound`] for an unknown variant; [`Error::Conflict`] for keys,
/// which are counted by themselves, and where the variant isn't named.
pub async fn set(
    tx: &mut Tx,
    step: Step,
    code: &Code,
    variant: Option<&Code>,
    left: Option<i64>,
) -> Result<(Product, Variant)> {
    operator_only(tx, "product_stock")?;
    let (mut product, _) = store::lock_product(tx, step, code).await?.ok_or(UNSEEN)?;
    if product.kind == ProductKind::Key {
        return Err(Error::Conflict("error-shop-stock-of-keys"));
    }
    let variant = products::named(&mut product, variant)?;
    let before = std::mem::replace(&mut variant.left, left);
    let after = variant.clone();
    tx.defer(
        "setting a stock",
        sql("update variants set stock_round = stock_round + case when stock is null then 1 else 0 end, stock = ? \
             where guild_id = ? and product = ? and code = ?")
        .bind::<Nullable<Integer>, _>(left.and_then(|left| i32::try_from(left).ok()))
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<Text, _>(code.to_string())
        .bind::<Text, _>(after.code.to_string()),
    );
    let number = |left: Option<i64>| Some(left.map_or_else(|| "unlimited".to_owned(), |left| left.to_string()));
    let subject = format!("{code}/{}", after.code);
    store::audit(tx, step, Trace { deed: CatalogueDeed::StockSet, subject, old: number(before), new: number(left) });
    Ok((product, after))
}

/// What became of a paste of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Keys that are new.
    pub added: i64,
    /// Keys that the product had already, by their place among those that were given, from 0.
    pub known: Vec<usize>,
    /// Keys that can be sold now.
    pub left: i64,
}

#[derive(QueryableByName)]
struct AddedRow {
    #[diesel(sql_type = BigInt)]
    variants: i64,
    #[diesel(sql_type = Bool)]
    holds_keys: bool,
    #[diesel(sql_type = Nullable<Text>)]
    variant: Option<String>,
    #[diesel(sql_type = BigInt)]
    added: i64,
    /// From 1, as the database counts.
    #[diesel(sql_type = Array<BigInt>)]
    known: Vec<i64>,
    #[diesel(sql_type = BigInt)]
    left_before: i64,
}

/// Adds keys to the stock of a variant, or of the only one.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody but operators; [`Error::NotFound`] for an unknown variant; [`Error::Conflict`] for a
/// product that hands over something else, and where the variant isn't named.
pub async fn add_keys(tx: &mut Tx, step: Step, code: &Code, variant: Option<&Code>, keys: &[Key]) -> Result<Added> {
    operator_only(tx, "product_keys")?;
    let keys: Vec<String> = keys.iter().map(|key| key.expose().to_owned()).collect();
    let adder = tx.actor().user().map(UserId::as_i64);
    let statement = sql("with target as materialized (select p.guild_id, p.code as product, v.code as variant, p.kind from products p \
               join variants v on v.guild_id = p.guild_id and v.product = p.code and not v.archived \
               where p.guild_id = ? and p.code = ? and v.code = coalesce(?, v.code)), \
             pasted as materialized (select k.secret, k.place from unnest(?::text[]) with ordinality k (secret, place)), \
             added as (insert into product_keys (guild_id, product, variant, secret, added_by, added_at) \
               select t.guild_id, t.product, t.variant, k.secret, ?, ? from target t, pasted k \
               where t.kind = 'key' and (select count(*) from target) = 1 order by k.place \
               on conflict (guild_id, product, secret) do nothing returning secret) \
             select count(*) as variants, coalesce(bool_and(t.kind = 'key'), false) as holds_keys, min(t.variant) as variant, \
               (select count(*) from added) as added, \
               array(select k.place from pasted k where k.secret not in (select secret from added) order by k.place) as known, \
               coalesce(sum(app.keys_left(t.product, t.variant)), 0)::bigint as left_before \
             from target t")
    .bind::<BigInt, _>(step.guild.as_i64())
    .bind::<Text, _>(code.to_string())
    .bind::<Nullable<Text>, _>(variant.map(Code::to_string))
    .bind::<Array<Text>, _>(keys)
    .bind::<Nullable<BigInt>, _>(adder)
    .bind::<Timestamptz, _>(step.now.to_diesel());
    let row: AddedRow = tx.first("adding keys", statement).await?.ok_or(UNSEEN)?;
    let variant = only(row.variants, row.variant)?;
    if !row.holds_keys {
        return Err(Error::Conflict("error-shop-not-keys"));
    }
    let (subject, new) = (format!("{code}/{variant}"), Some(row.added.to_string()));
    store::audit(tx, step, Trace { deed: CatalogueDeed::KeysAdded, subject, old: None, new });
    let known = row.known.into_iter().filter_map(|place| usize::try_from(place - 1).ok()).collect();
    Ok(Added { added: row.added, known, left: row.left_before.saturating_add(row.added) })
}

/// The one variant that was found.
fn only(count: i64, variant: Option<String>) -> Result<String> {
    if count > 1 { Err(Error::Conflict("error-shop-which-variant")) } else { variant.ok_or(UNSEEN) }
}

#[derive(QueryableByName)]
struct TakenRow {
    #[diesel(sql_type = BigInt)]
    variants: i64,
    #[diesel(sql_type = Nullable<Text>)]
    variant: Option<String>,
    #[diesel(sql_type = Array<Text>)]
    secrets: Vec<String>,
}

/// Takes at most `most` keys that nobody bought out of the stock of a variant, or of the only one, the newest first, and
/// returns them.
///
/// # Errors
/// As [`add_keys`]; [`Error::Conflict`] where there is none.
pub async fn take_back(tx: &mut Tx, step: Step, code: &Code, variant: Option<&Code>, most: i64) -> Result<Vec<String>> {
    operator_only(tx, "product_keys")?;
    // A key that is reserved while this waits stays: the condition is looked at again on the row as it is then.
    let statement = sql("with target as materialized (select guild_id, product, code as variant from variants \
               where guild_id = ? and product = ? and code = coalesce(?, code)), \
             gone as (delete from product_keys k using target t where k.guild_id = t.guild_id and k.order_number is null \
               and (select count(*) from target) = 1 \
               and k.id in (select f.id from product_keys f where f.guild_id = t.guild_id and f.product = t.product \
                 and f.variant = t.variant and f.order_number is null order by f.id desc limit ?) returning k.id, k.secret) \
             select count(*) as variants, min(variant) as variant, \
               (select coalesce(array_agg(secret order by id), '{}') from gone) as secrets from target")
    .bind::<BigInt, _>(step.guild.as_i64())
    .bind::<Text, _>(code.to_string())
    .bind::<Nullable<Text>, _>(variant.map(Code::to_string))
    .bind::<BigInt, _>(most);
    let row: TakenRow = tx.first("taking keys back", statement).await?.ok_or(UNSEEN)?;
    let variant = only(row.variants, row.variant)?;
    if row.secrets.is_empty() {
        return Err(Error::Conflict("error-shop-no-key-left"));
    }
    let (subject, old) = (format!("{code}/{variant}"), Some(row.secrets.len().to_string()));
    store::audit(tx, step, Trace { deed: CatalogueDeed::KeysTakenBack, subject, old, new: None });
    Ok(row.secrets)
}

/// What is handed over to whoever bought a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goods {
    /// A text.
    Text(Content),
    /// A file.
    File {
        /// Its name, made harmless.
        name: String,
        /// Its content type as Discord says.
        content_type: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

impl Goods {
    /// A file with its name made harmless.
    pub fn file(name: &str, content_type: &str, bytes: Vec<u8>) -> Self {
        let kept =
            |text: &str| clean(text).chars().filter(|c| !matches!(c, '/' | '\\' | '\n' | '\t')).collect::<String>();
        let name = shorten(&kept(name), FILE_NAME_MAX);
        let name = if name.is_empty() { "file".to_owned() } else { name };
        Self::File { name, content_type: shorten(&clean(content_type), FILE_NAME_MAX), bytes }
    }

    /// What the audit says of it, without saying it.
    fn outline(&self) -> String {
        match self {
            Self::Text(text) => format!("text {}", text.as_str().chars().count()),
            Self::File { name, bytes, .. } => format!("file {name} {}", bytes.len()),
        }
    }
}

/// Sets what a product of kind text or file hands over; a draft that lacked only this goes on sale.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody but operators; [`Error::NotFound`] for an unknown product; [`Error::Conflict`] where the
/// product hands over something else.
pub async fn set_content(tx: &mut Tx, step: Step, code: &Code, goods: Goods) -> Result<Product> {
    operator_only(tx, "product_content")?;
    let (mut product, _) = store::lock_product(tx, step, code).await?.ok_or(UNSEEN)?;
    match (product.kind, &goods) {
        (ProductKind::Text, Goods::Text(_)) | (ProductKind::File, Goods::File { .. }) => {}
        (ProductKind::Text, Goods::File { .. }) => return Err(Error::Conflict("error-shop-content-is-text")),
        (ProductKind::File, Goods::Text(_)) => return Err(Error::Conflict("error-shop-content-is-file")),
        (ProductKind::Role | ProductKind::Key | ProductKind::PlanDays, _) => {
            return Err(Error::Conflict("error-shop-no-content"));
        }
    }
    let old = product.has_content.then(|| product.kind.as_str().to_owned());
    let trace = Trace { deed: CatalogueDeed::ContentSet, subject: code.to_string(), old, new: Some(goods.outline()) };
    let (body, file) = match goods {
        Goods::Text(text) => (Some(text.as_str().to_owned()), None),
        Goods::File { name, content_type, bytes } => (None, Some((name, content_type, bytes))),
    };
    let (name, content_type, bytes) = match file {
        Some((name, content_type, bytes)) => (Some(name), Some(content_type), Some(bytes)),
        None => (None, None, None),
    };
    tx.defer(
        "setting a content",
        sql("insert into product_contents (guild_id, product, body, file_name, content_type, bytes, updated_at) \
             values (?, ?, ?, ?, ?, ?, ?) on conflict (guild_id, product) do update set body = excluded.body, \
             file_name = excluded.file_name, content_type = excluded.content_type, bytes = excluded.bytes, \
             updated_at = excluded.updated_at")
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<Text, _>(code.to_string())
        .bind::<Nullable<Text>, _>(body)
        .bind::<Nullable<Text>, _>(name)
        .bind::<Nullable<Text>, _>(content_type)
        .bind::<Nullable<Binary>, _>(bytes)
        .bind::<Timestamptz, _>(step.now.to_diesel()),
    );
    store::audit(tx, step, trace);
    let first = matches!(product.lacks(), Some(Lack::File | Lack::Text));
    product.has_content = true;
    if first && product.archived {
        product.archived = false;
        store::save_product(tx, step, &product);
        products::settle(tx, step, &product).await?;
    }
    Ok(product)
}
