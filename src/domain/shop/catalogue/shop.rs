//! The shop itself: its currency, and the default catalogue that it begins with.

use super::store::{self, Trace};
use super::{Defaults, Step, UNSEEN, operator_only, pages};
use crate::db::{Tx, sql};
use crate::domain::promotions::Target;
use crate::domain::shop::{CatalogueDeed, Period};
use crate::kernel::money::Currency;
use crate::kernel::{Error, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff_diesel::ToDiesel;

/// Loads the default catalogue into a shop that never had it; tells whether it did. Acts as the *payments* duty in the guild.
///
/// # Errors
/// As [`Tx::load`].
pub async fn load_once(tx: &mut Tx, step: Step, defaults: &Defaults) -> Result<bool> {
    // A second process waits here for the first, and then finds it done.
    let loads = tx
        .execute(
            "opening a shop",
            sql("insert into shops (guild_id, currency, loaded_at, updated_at) values (?, ?, ?, ?) \
                 on conflict (guild_id) do update set loaded_at = excluded.loaded_at, updated_at = excluded.updated_at \
                 where shops.loaded_at is null")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<Text, _>(defaults.currency.code())
            .bind::<Timestamptz, _>(step.now.to_diesel())
            .bind::<Timestamptz, _>(step.now.to_diesel()),
        )
        .await?;
    if loads == 0 {
        return Ok(false);
    }
    for plan in &defaults.plans {
        if store::add_plan(tx, step, plan).await? {
            for (period, price) in Period::ALL.iter().filter_map(|period| Some((*period, plan.price(*period)?))) {
                store::add_price(tx, step, &plan.item(period), price);
            }
        }
    }
    let new = Some(defaults.plans.iter().map(|plan| plan.code.as_str()).collect::<Vec<_>>().join(" "));
    store::settle_history(tx, step, &Target::Plans).await?;
    store::audit(tx, step, Trace { deed: CatalogueDeed::Loaded, subject: "shop".to_owned(), old: None, new });
    Ok(true)
}

/// The shop's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shop {
    /// What prices are in.
    pub currency: Currency,
    /// How many plans and variants that are on sale have no price in it.
    pub without_price: i64,
}

#[derive(QueryableByName)]
struct ShopRow {
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    without_price: i64,
}

/// Reads the shop's settings; with a currency, changes it. Prices in another currency are kept for the day that it comes back.
///
/// # Errors
/// [`Error::NotAllowed`] for a change by anybody but operators; [`Error::Conflict`] where it is the currency already;
/// [`Error::NotFound`] before the shop was loaded.
pub async fn settings(tx: &mut Tx, step: Step, change: Option<Currency>) -> Result<Shop> {
    if change.is_some() {
        operator_only(tx, "shop_settings")?;
    }
    let wanted = change.map(|currency| currency.code().to_owned());
    let row: ShopRow = tx
        .first(
            "reading a shop's settings",
            sql("with input as (select ?::bigint as guild, ?::text as wanted) \
                 select s.currency, \
                   (select count(*) from plans p where p.guild_id = s.guild_id and not p.archived and not exists ( \
                      select from prices r where r.guild_id = p.guild_id and r.currency = coalesce(input.wanted, s.currency) \
                        and r.item in ('plan/' || p.code || '/month', 'plan/' || p.code || '/year'))) \
                   + (select count(*) from variants v join products d on d.guild_id = v.guild_id and d.code = v.product \
                      where v.guild_id = s.guild_id and not v.archived and not d.archived and not exists ( \
                        select from prices r where r.guild_id = v.guild_id \
                          and r.currency = coalesce(input.wanted, s.currency) \
                          and r.item = 'product/' || v.product || '/' || v.code)) as without_price \
                 from shops s, input where s.guild_id = input.guild")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<Nullable<Text>, _>(wanted),
        )
        .await?
        .ok_or(UNSEEN)?;
    let before = pages::currency(&row.currency)?;
    let Some(currency) = change else { return Ok(Shop { currency: before, without_price: row.without_price }) };
    if currency == before {
        return Err(Error::Conflict("error-shop-same-currency"));
    }
    tx.defer(
        "changing a shop's currency",
        sql("update shops set currency = ?, updated_at = ? where guild_id = ?")
            .bind::<Text, _>(currency.code())
            .bind::<Timestamptz, _>(step.now.to_diesel())
            .bind::<BigInt, _>(step.guild.as_i64()),
    );
    let (old, new) = (Some(before.code().to_owned()), Some(currency.code().to_owned()));
    store::audit(tx, step, Trace { deed: CatalogueDeed::CurrencyChanged, subject: "shop".to_owned(), old, new });
    Ok(Shop { currency, without_price: row.without_price })
}
