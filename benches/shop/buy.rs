//! A small shop, and buying in it as a command does: the order in one transaction, then its checkout.

use crate::support::server::Server;
use crate::support::{Failure, Outcome};
use shellia::app::App;
use shellia::commands::purchases::checkout::{self, Opened};
use shellia::domain::shop::orders::place::{self, NewOrder};
use shellia::domain::shop::orders::{Item, Order};
use shellia::kernel::{Actor, GuildId, Locale, System, UserId};

/// The guild of those parts that need no Discord.
pub(crate) const GUILD: u64 = 900;
/// The role that it sells.
pub(crate) const ROLE: u64 = 901;
/// Members of it are numbered from here.
pub(crate) const FIRST_MEMBER: u64 = 1_000_000;

/// A product without limit, which gives a role.
const PRODUCT: &str = "product/bench/standard";
/// A plan, which gives the same role.
const PLAN: &str = "plan/bench/month";

/// Who buys, and what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Buyer {
    pub(crate) guild: u64,
    pub(crate) user: u64,
    /// Whether he subscribes to the plan; else he buys the product.
    pub(crate) subscribes: bool,
}

impl Buyer {
    /// The member with a number in the guild without Discord: three of ten subscribe.
    pub(crate) fn numbered(number: usize) -> Outcome<Self> {
        let user = FIRST_MEMBER + u64::try_from(number)?;
        Ok(Self { guild: GUILD, user, subscribes: number % 10 < 3 })
    }
}

/// Puts something on sale in a guild.
pub(crate) async fn open_shop(server: &Server, guild: u64, role: u64) -> Outcome<()> {
    let rows = format!(
        "insert into guilds (guild_id, created_at, updated_at) values ({guild}, now(), now()) on conflict do nothing;
         insert into plans (guild_id, code, name, level, role_id, created_at, updated_at)
           values ({guild}, 'bench', 'Bench', 9, {role}, now(), now());
         insert into products (guild_id, code, name, kind, role_id, created_at, updated_at)
           values ({guild}, 'bench', 'Bench', 'role', {role}, now(), now());
         insert into variants (guild_id, product, code, name) values ({guild}, 'bench', 'standard', 'Standard');
         insert into prices (guild_id, item, currency, amount_minor, updated_at)
           values ({guild}, '{PLAN}', 'eur', 999, now()), ({guild}, '{PRODUCT}', 'eur', 500, now());"
    );
    server.run(&rows).await
}

/// Places an order.
pub(crate) async fn place(app: &App, buyer: &Buyer) -> Outcome<Order> {
    let guild = GuildId::new(buyer.guild).ok_or("no guild")?;
    let new = NewOrder {
        guild,
        request: format!("{:032x}", rand::random::<u128>()),
        buyer: place::Buyer {
            user: UserId::new(buyer.user).ok_or("no member")?,
            name: "Marie".to_owned(),
            roles: Vec::new(),
            locale: Locale::Fr,
        },
        recipient: None,
        item: Item::from_name(if buyer.subscribes { PLAN } else { PRODUCT }).ok_or("no item")?,
        quantity: 1,
        trial: false,
        consent: Some("1"),
        checkout_key: format!("checkout-{:032x}", rand::random::<u128>()),
    };
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild)).await?;
    let order = place::place(&mut tx, &new, None, &app.shop, app.clock.now()).await?;
    tx.commit().await?;
    Ok(order)
}

/// Opens its checkout; gives where it can be paid.
pub(crate) async fn open(app: &App, order: &Order) -> Outcome<String> {
    match checkout::open(app, order).await? {
        Opened::At(url) => Ok(url),
        other => Err(Failure::from(format!("a checkout was not opened: {other:?}"))),
    }
}
