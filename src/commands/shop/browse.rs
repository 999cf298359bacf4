//! `shop`: what is on show, by pages and categories, and one product with its buttons to buy. What is typed behind it may name
//! a product, a category or a page; where it names nothing, what is nearest is shown.

use super::super::args::Args;
use super::super::call::Way;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{BUTTON_MAX, MEMBER, cards, phrases};
use crate::domain::promotions::Offers;
use crate::domain::shop::catalogue::names::{self, Labelled, Meant, Shelves};
use crate::domain::shop::catalogue::reading::{self, Eyes, Page, Part, Shelf};
use crate::domain::shop::catalogue::{Code, Product};
use crate::kernel::reply::{Action, Button, Card, Reply, Style};
use crate::kernel::text::{plain, same, shorten};
use crate::kernel::words::Speech;
use crate::kernel::{Error, Result};
use futures_util::FutureExt;

/// More pages than any shop has.
const PAGES_MAX: i64 = 10_000;
/// Most buttons of categories and of variants: a message holds 25 buttons in all (Discord, "Component reference").
const CATEGORIES: usize = 10;
const VARIANTS: usize = 20;

pub(super) static SHOP: Spec = Spec {
    name: "shop",
    options: &[
        Opt::optional("product", Type::Code).whole(),
        Opt::optional("product_category", Type::Short(50)),
        Opt::optional("page", Type::Int(1, PAGES_MAX)),
    ],
    run: |cx, args| shop(cx, args).boxed(),
    ..MEMBER
};

async fn shop(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let category = args.line_if("product_category").map(|line| line.as_str().to_owned());
    let page = args.int("page");
    let at = (category.as_deref(), page.unwrap_or(1));
    let mut reply = match args.named_if("product") {
        Some(typed) => looked_for(cx, typed.as_str(), at).await?,
        None => list(cx, at.0, at.1).await?,
    };
    // Only the shop's own buttons name a page: the message that is replaced is the shop.
    reply.replaces = cx.way == Way::Button && page.is_some();
    Ok(reply)
}

/// What somebody typed: a product, else a category, else the number of a page.
async fn looked_for(cx: &mut Cx<'_>, typed: &str, (category, page): (Option<&str>, i64)) -> Result<Reply> {
    let (guild, eyes) = (cx.guild.id, Eyes::Buyer(cx.roles));
    let near = match names::meant(cx.tx()?, guild, Shelves::Products(eyes), typed).await? {
        Meant::One(code) => match product(cx, &code, category, page).await {
            // What has no price is not on show.
            Err(Error::NotFound(_)) => Vec::new(),
            found => return found,
        },
        Meant::Several(all) => return Ok(offer(cx, "shop-several", &all, &[])),
        Meant::Nothing(near) => near,
    };
    let shelves = shelves(cx).await?;
    if let Some(shelf) = shelves.iter().find(|shelf| is_named(shelf, typed)) {
        return list(cx, Some(&shelf.key), 1).await;
    }
    if let Some(page) = typed.parse().ok().filter(|page| (1..=PAGES_MAX).contains(page)) {
        return list(cx, None, page).await;
    }
    let text = match (near.is_empty(), shelves.is_empty()) {
        (false, _) => "shop-nearest",
        (true, false) => "shop-which-category",
        (true, true) => "shop-nothing-near",
    };
    Ok(offer(cx, text, &near, &shelves))
}

/// The categories of what is on show.
async fn shelves(cx: &mut Cx<'_>) -> Result<Vec<Shelf>> {
    let (guild, eyes, now) = (cx.guild.id, Eyes::Buyer(cx.roles), cx.now);
    let first = Part { category: None, page: 1 };
    Ok(reading::products(cx.tx()?, guild, eyes, first, now).await?.categories)
}

/// A few products and categories to choose from.
fn offer(cx: &Cx<'_>, text: &str, products: &[Labelled], shelves: &[Shelf]) -> Reply {
    let say = &cx.say;
    let mut reply = Reply::private(say.t(text));
    for one in products.iter().take(VARIANTS) {
        let label = shorten(&one.name, BUTTON_MAX);
        reply = reply.button(Button::new(label, Action::new("shop").with("product", &one.code)).emoji("🔎"));
    }
    for shelf in shelves.iter().take(CATEGORIES) {
        reply = reply.button(Button::new(shorten(&shelf.name, BUTTON_MAX), turn(Some(&shelf.key), 1)).emoji("📂"));
    }
    reply.button(Button::new(say.t("button-all-products"), Action::new("shop")).emoji("🏬"))
}

async fn list(cx: &mut Cx<'_>, category: Option<&str>, page: i64) -> Result<Reply> {
    let (guild, eyes, now) = (cx.guild.id, Eyes::Buyer(cx.roles), cx.now);
    let mut page = reading::products(cx.tx()?, guild, eyes, Part { category, page }, now).await?;
    let key = category.and_then(|named| page.categories.iter().find(|shelf| is_named(shelf, named)));
    let key = key.map(|shelf| shelf.key.clone());
    let category = key.as_deref().or(category);
    if page.total == 0 && key.is_some() {
        // Found by its name without accents.
        page = reading::products(cx.tx()?, guild, eyes, Part { category, page: page.page }, now).await?;
    }
    let say = &cx.say;
    let mut card = Card::titled(say.t("shop-title"));
    card.body = page.products.iter().map(|product| line(say, product, &page.offers)).collect::<Vec<_>>().join("\n\n");
    if card.body.is_empty() {
        card.body = say.t(match (page.total, category) {
            (0, None) => "shop-empty",
            (0, Some(_)) => "shop-none-fits",
            _ => "list-end",
        });
    }
    if page.pages() > 1 {
        card.footer = say.with("shop-page", &[("page", page.page.into()), ("pages", page.pages().into())]);
    }
    let mut reply = Reply::private("").card(card);
    for product in &page.products {
        let label = shorten(&product.name, BUTTON_MAX);
        let open = turn(category, page.page).with("product", &product.code);
        reply = reply.button(Button::new(label, open).emoji(phrases::kind_emoji(product.kind)));
    }
    reply = turns(say, reply, category, &page);
    Ok(reply.button(Button::new(say.t("button-plans"), Action::new("plans")).emoji("⭐")))
}

/// The shop at a page, of a category where one is given.
fn turn(category: Option<&str>, page: i64) -> Action {
    let action = Action::new("shop").with("page", page);
    // A category that was typed may hold what an action can't; its button then leads to everything.
    match category.filter(|category| category.chars().all(|c| c.is_ascii_alphanumeric())) {
        Some(category) => action.with("product_category", category),
        None => action,
    }
}

/// Buttons to other pages and categories.
fn turns(say: &Speech<'_>, mut reply: Reply, category: Option<&str>, page: &Page) -> Reply {
    // By its key, whatever way the category was named.
    let named = category.and_then(|named| page.categories.iter().find(|shelf| is_named(shelf, named)));
    let category = named.map(|shelf| shelf.key.as_str());
    if page.page > 1 {
        reply = reply.button(Button::new(say.t("button-page-before"), turn(category, page.page - 1)).emoji("◀️"));
    }
    if page.page < page.pages() {
        reply = reply.button(Button::new(say.t("button-page-after"), turn(category, page.page + 1)).emoji("▶️"));
    }
    for shelf in page.categories.iter().take(CATEGORIES).filter(|shelf| category != Some(shelf.key.as_str())) {
        let label = shorten(&shelf.name, BUTTON_MAX);
        reply = reply.button(Button::new(label, turn(Some(&shelf.key), 1)).emoji("📂"));
    }
    if category.is_some() {
        reply = reply.button(Button::new(say.t("button-all-products"), turn(None, 1)).emoji("📂"));
    }
    reply
}

fn is_named(shelf: &reading::Shelf, named: &str) -> bool {
    shelf.key == named.to_lowercase() || same(&shelf.name) == same(named)
}

fn line(say: &Speech<'_>, product: &Product, offers: &Offers) -> String {
    let (price, terms) = phrases::price_of(say, product, offers);
    let mut line = format!("{} **{}** · {price}", phrases::kind_emoji(product.kind), plain(&product.name));
    if product.is_out_of_stock() {
        line.push_str(&format!(" · {}", say.t("shop-out-of-stock")));
    }
    if let Some(terms) = terms {
        line.push_str(&format!("\n🏷️ {terms}"));
    }
    let about = product.description.lines().next().unwrap_or_default();
    if !about.is_empty() {
        line.push_str(&format!("\n{}", plain(&shorten(about, 120))));
    }
    line
}

/// One product with its buttons to buy.
///
/// # Errors
/// [`Error::NotFound`] for one that isn't on show for him.
async fn product(cx: &mut Cx<'_>, code: &Code, category: Option<&str>, page: i64) -> Result<Reply> {
    let (guild, eyes, now) = (cx.guild.id, Eyes::Buyer(cx.roles), cx.now);
    let (found, offers) = reading::product(cx.tx()?, guild, eyes, code, now).await?;
    let back = Button::new(cx.say.t("button-back-to-shop"), turn(category, page));
    Ok(shown(&cx.say, &found, &offers).button(back.style(Style::Secondary).emoji("🏬")))
}

/// A product with its buttons to buy.
pub(in crate::commands) fn shown(say: &Speech<'_>, product: &Product, offers: &Offers) -> Reply {
    let mut reply = Reply::private("").card(cards::product(say, product, offers));
    reply.buttons = cards::buy_buttons(say, product, offers, VARIANTS);
    reply
}
