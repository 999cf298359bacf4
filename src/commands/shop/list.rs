//! `product_list`: the whole catalogue of products for staff, drafts and removed ones included.

use super::super::args::Args;
use super::super::call::Way;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{MEMBER, cards, names, phrases, suggest_all};
use crate::domain::promotions::Offers;
use crate::domain::shop::catalogue::Product;
use crate::domain::shop::catalogue::reading::{self, Eyes, Part};
use crate::domain::shop::roles::RoleState;
use crate::kernel::reply::{Action, Button, Card, Reply};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Rank, Result};
use futures_util::FutureExt;

/// More pages than any shop has.
const PAGES_MAX: i64 = 10_000;

pub(super) static LIST: Spec = Spec {
    name: "product_list",
    rank: Some(Rank::Support),
    options: &[Opt::optional("product", Type::Code).whole(), Opt::optional("page", Type::Int(1, PAGES_MAX))],
    run: |cx, args| list(cx, args).boxed(),
    suggest: Some(suggest_all),
    ..MEMBER
};

async fn list(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let (guild, page, now) = (cx.guild.id, args.int("page"), cx.now);
    if args.named_if("product").is_some() {
        let code = names::product(cx, args).await?;
        let (product, _) = reading::product(cx.tx()?, guild, Eyes::Staff, &code, now).await?;
        return Ok(Reply::private("").card(cards::for_staff(&cx.say, &product)));
    }
    let part = Part { category: None, page: page.unwrap_or(1) };
    let found = reading::products(cx.tx()?, guild, Eyes::Staff, part, now).await?;
    let say = &cx.say;
    let mut card = Card::titled(say.t("product-list-title"));
    card.body = found.products.iter().map(|product| line(say, product)).collect::<Vec<_>>().join("\n");
    if card.body.is_empty() {
        card.body = say.t("product-list-empty");
    }
    if found.pages() > 1 {
        card.footer = say.with("shop-page", &[("page", found.page.into()), ("pages", found.pages().into())]);
    }
    let mut reply = Reply::private("").card(card);
    let turn = |page: i64| Action::new("product_list").with("page", page);
    if found.page > 1 {
        reply = reply.button(Button::new(say.t("button-page-before"), turn(found.page - 1)).emoji("◀️"));
    }
    if found.page < found.pages() {
        reply = reply.button(Button::new(say.t("button-page-after"), turn(found.page + 1)).emoji("▶️"));
    }
    // Only the list's own buttons name a page: the message that is replaced is this list.
    reply.replaces = cx.way == Way::Button && page.is_some();
    Ok(reply)
}

fn line(say: &Speech<'_>, product: &Product) -> String {
    let state = if product.archived { "🗄️" } else { phrases::kind_emoji(product.kind) };
    let variants = product.variants.iter().filter(|variant| !variant.archived);
    let stock: Vec<String> = variants.map(|variant| phrases::stock(say, variant)).collect();
    let (name, (price, _)) = (plain(&product.name), phrases::price_of(say, product, &Offers::new()));
    let out = !product.archived && product.is_out_of_stock();
    let out = if out { format!(" · ⚠️ {}", say.t("shop-out-of-stock")) } else { String::new() };
    let stuck = product.role_stuck.filter(|_| !product.archived).map(|why| match (why, product.plan.is_some()) {
        (RoleState::Gone, true) => "shop-plan-role-gone",
        (RoleState::Gone, false) => "shop-role-gone",
        _ => "shop-role-stuck",
    });
    let stuck = stuck.map(|words| format!("\n⛔ {}", say.t(words))).unwrap_or_default();
    format!("{state} `{}` **{name}** · {price} · {}{out}{stuck}", product.code, stock.join(" / "))
}
