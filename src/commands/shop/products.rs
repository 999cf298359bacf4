//! Products for operators: adding, in two steps where the kind needs more than a form holds, changing, removing; variants.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::roles::{self, sold};
use super::{BUTTON_MAX, OPERATOR, PLAN, PRODUCT, VARIANT, YES, cards, names, phrases, read, small, step};
use crate::domain::shop::ProductKind;
use crate::domain::shop::catalogue::names as catalogue_names;
use crate::domain::shop::catalogue::products::{self, NewProduct, ProductChange, ProductPart};
use crate::domain::shop::catalogue::{About, Category, Code, DAYS_MAX, Lack, Name, Product, STOCK_MAX, reading};
use crate::kernel::Result;
use crate::kernel::error::{Error, Problem};
use crate::kernel::reply::{Action, Button, Reply, Style};
use crate::kernel::text::{plain, shorten};
use futures_util::FutureExt;

const KINDS: [&str; 5] = [
    ProductKind::Role.as_str(),
    ProductKind::Key.as_str(),
    ProductKind::File.as_str(),
    ProductKind::Text.as_str(),
    ProductKind::PlanDays.as_str(),
];
const NAME: Type = Type::Short(80);
const CATEGORY: Type = Type::Short(50);
const EMPTIED: Type = Type::Choices(&[
    ProductPart::About.as_str(),
    ProductPart::Category.as_str(),
    ProductPart::MemberLimit.as_str(),
    ProductPart::VisibleRole.as_str(),
]);
const DAYS: Type = Type::Int(1, DAYS_MAX);
/// The most that one member may be allowed to buy.
const LIMIT_MAX: i64 = 1000;
/// Most buttons that name a plan.
const PLANS: usize = 10;

pub(super) static ADD: Spec = Spec {
    name: "product_add",
    options: &[
        Opt::required("name", NAME).in_form(),
        Opt::required("kind", Type::Choice(&KINDS)).in_form(),
        Opt::required("price", Type::Price).in_form(),
        Opt::optional("about", Type::Body).in_form(),
        Opt::optional("product_category", CATEGORY).in_form(),
        Opt::optional("role", Type::Role),
        Opt::optional("plan", Type::Code),
        Opt::optional("days", DAYS),
    ],
    run: |cx, args| add(cx, args).boxed(),
    inspects: true,
    ..OPERATOR
};

pub(super) static EDIT: Spec = Spec {
    name: "product_edit",
    options: &[
        PRODUCT,
        Opt::optional("name", NAME).in_form(),
        Opt::optional("price", Type::Price).in_form(),
        VARIANT,
        Opt::optional("about", Type::Body).in_form(),
        Opt::optional("product_category", CATEGORY).in_form(),
        Opt::optional("role", Type::Role),
        Opt::optional("plan", Type::Code),
        Opt::optional("days", DAYS),
        Opt::optional("visible_role", Type::Role),
        Opt::optional("member_limit", Type::Int(1, LIMIT_MAX)),
        Opt::optional("on_sale", YES),
        Opt::optional("emptied", EMPTIED),
    ],
    run: |cx, args| edit(cx, args).boxed(),
    inspects: true,
    ..OPERATOR
};

pub(super) static REMOVE: Spec = Spec {
    name: "product_remove",
    options: &[PRODUCT.whole(), VARIANT],
    run: |cx, args| remove(cx, args).boxed(),
    ..OPERATOR
};

pub(super) static VARIANT_ADD: Spec = Spec {
    name: "variant_add",
    options: &[
        PRODUCT,
        Opt::required("name", NAME).in_form(),
        Opt::required("price", Type::Price).in_form(),
        Opt::optional("stock", Type::Int(0, STOCK_MAX)).in_form(),
    ],
    run: |cx, args| variant(cx, args).boxed(),
    ..OPERATOR
};

/// The second step of a product that gives a role.
pub(super) static ROLE: Spec = Spec {
    name: "product_role",
    hidden: true,
    options: &[PRODUCT, Opt::required("role", Type::Role).in_form()],
    run: |cx, args| edit(cx, args).boxed(),
    inspects: true,
    ..OPERATOR
};

/// The second step of a product that gives days of a plan.
pub(super) static PLAN_DAYS: Spec = Spec {
    name: "product_days",
    hidden: true,
    options: &[PRODUCT, PLAN, Opt::required("days", DAYS).in_form()],
    run: |cx, args| edit(cx, args).boxed(),
    inspects: true,
    ..OPERATOR
};

/// Puts a product back on sale: a button that asks for nothing more.
pub(super) static BACK: Spec = Spec {
    name: "product_back",
    hidden: true,
    options: &[Opt::required("product", Type::Code), Opt::required("on_sale", YES)],
    run: |cx, args| edit(cx, args).boxed(),
    ..OPERATOR
};

fn name(args: &Args) -> Result<Option<Name>> {
    args.line_if("name").map(|line| read("name", Name::parse(line.as_str()))).transpose()
}

fn about(args: &Args) -> Result<Option<About>> {
    args.body_if("about").map(|body| read("about", About::parse(body.as_str()))).transpose()
}

fn category(args: &Args) -> Result<Option<Category>> {
    let line = args.line_if("product_category");
    line.map(|line| read("product_category", Category::parse(line.as_str()))).transpose()
}

fn emptied(args: &Args) -> Vec<ProductPart> {
    let words = args.choices("emptied");
    ProductPart::ALL.iter().copied().filter(|part| words.contains(&part.as_str())).collect()
}

const fn missing(option: &'static str) -> Error {
    Error::Argument { option, problem: Problem::Missing }
}

async fn add(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let plan = names::plan_if(cx, args).await?;
    let new = NewProduct {
        name: name(args)?.ok_or(missing("name"))?,
        kind: args.choice("kind").and_then(ProductKind::from_word).ok_or(missing("kind"))?,
        price: args.price("price")?,
        about: about(args)?,
        category: category(args)?,
        role: sold(cx, args)?,
        plan,
        days: small(args, "days"),
    };
    let step = step(cx);
    let product = products::add(cx.tx()?, step, new).await?;
    let (name, code) = (plain(&product.name), product.code.to_string());
    let mut text = cx.say.with("product-added", &[("name", (&name).into()), ("code", (&code).into())]);
    if let Some(lack) = product.lacks() {
        text = format!("{text}\n{}", cards::lack(&cx.say, &product, lack));
    }
    if product.variants.iter().any(|variant| variant.price.is_some_and(|price| price.is_zero())) {
        text = format!("{text}\n{}", cx.say.t("product-is-free"));
    }
    text.push_str(&namesakes(cx, &product).await?);
    text.push_str(&roles::warning(cx, args));
    let mut reply = Reply::private(text).card(cards::for_staff(&cx.say, &product));
    reply.buttons = next_steps(cx, &product).await?;
    Ok(reply)
}

/// Says that other products, or plans, bear a product's name already: who types it will have to choose.
async fn namesakes(cx: &mut Cx<'_>, product: &Product) -> Result<String> {
    let guild = cx.guild.id;
    let products = catalogue_names::namesakes(cx.tx()?, guild, &product.name, Some(&product.code)).await?;
    let plans = catalogue_names::plans_called(cx.tx()?, guild, &product.name, None).await?;
    Ok(names::taken(&cx.say, [(products, "product-namesake"), (plans, "product-namesake-plan")]))
}

/// Buttons for what a new product needs next.
async fn next_steps(cx: &mut Cx<'_>, product: &Product) -> Result<Vec<Button>> {
    let on = |command: &str| Action::new(command).with("product", &product.code);
    let main = |cx: &Cx<'_>, id: &str, command: &str, emoji: &str| {
        vec![Button::new(cx.say.t(id), on(command)).style(Style::Primary).emoji(emoji)]
    };
    Ok(match product.lacks() {
        Some(Lack::Role) => main(cx, "button-set-role", "product_role", "🎭"),
        Some(Lack::Text) => main(cx, "button-set-content", "product_content", "📄"),
        Some(Lack::Plan) => {
            let (guild, user, now) = (cx.guild.id, cx.user, cx.now);
            let plans = reading::plans(cx.tx()?, guild, user, now).await?;
            let sold = plans.plans.iter().filter(|plan| !plan.is_free() && !plan.archived).take(PLANS);
            let days = |code: &Code| on("product_days").with("plan", code);
            sold.map(|plan| Button::new(shorten(&plan.name, BUTTON_MAX), days(&plan.code)).emoji("⏳")).collect()
        }
        None if product.kind == ProductKind::Key => main(cx, "button-add-keys", "product_keys", "🔑"),
        Some(Lack::File) | None => Vec::new(),
    })
}

async fn edit(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let code = names::product(cx, args).await?;
    let (variant, plan) = (names::variant_if(cx, args, &code).await?, names::plan_if(cx, args).await?);
    let change = ProductChange {
        name: name(args)?,
        about: about(args)?,
        category: category(args)?,
        price: args.price_if("price"),
        variant,
        role: sold(cx, args)?,
        plan,
        days: small(args, "days"),
        visible_role: roles::named(cx, args, "visible_role")?,
        member_limit: small(args, "member_limit"),
        on_sale: args.choice("on_sale").is_some(),
        emptied: emptied(args),
    };
    let step = step(cx);
    let renamed = change.name.is_some();
    let price = args.price_if("price").map(|price| format!("{}={}", cx.say.t("opt-price-name"), price.typed()));
    let edited = products::edit(cx.tx()?, step, &code, change).await;
    let (product, changed) = names::which(cx, edited, (&EDIT, &code), &price.unwrap_or_default()).await?;
    let mut text = cx.say.t(if changed { "product-edited" } else { "product-unchanged" });
    if let Some(lack) = product.lacks() {
        text = format!("{text}\n{}", cards::lack(&cx.say, &product, lack));
    }
    if renamed && changed {
        text.push_str(&namesakes(cx, &product).await?);
    }
    text.push_str(&roles::warning(cx, args));
    let mut reply = Reply::private(text).card(cards::for_staff(&cx.say, &product));
    reply.buttons = next_steps(cx, &product).await?;
    Ok(reply)
}

async fn remove(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let (step, code) = (step(cx), names::product(cx, args).await?);
    let variant = names::variant_if(cx, args, &code).await?;
    let product = products::remove(cx.tx()?, step, &code, variant.as_ref()).await?;
    let id = if variant.is_some() { "variant-removed" } else { "product-removed" };
    let (name, variant) = (plain(&product.name), variant.as_ref().map(Code::to_string).unwrap_or_default());
    let text = cx.say.with(id, &[("name", (&name).into()), ("variant", (&variant).into())]);
    let mut reply = Reply::private(text).card(cards::for_staff(&cx.say, &product));
    if product.archived {
        let back = Action::new(BACK.name).with("product", &product.code).with("on_sale", "yes");
        reply = reply.button(Button::new(cx.say.t("button-back-on-sale"), back).emoji("↩️"));
    }
    Ok(reply)
}

async fn variant(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let (step, code) = (step(cx), names::product(cx, args).await?);
    let (name, price) = (name(args)?.ok_or(missing("name"))?, args.price("price")?);
    let product = products::add_variant(cx.tx()?, step, &code, &name, &price, args.int("stock")).await?;
    let shown = plain(name.as_str());
    let text = cx.say.with("variant-added", &[("name", (&shown).into())]);
    let mut reply = Reply::private(text).card(cards::for_staff(&cx.say, &product));
    if product.kind == ProductKind::Key {
        let variant = product.variants.last().map(|variant| variant.code.to_string()).unwrap_or_default();
        let keys = Action::new("product_keys").with("product", &product.code).with("variant", variant);
        reply = reply.button(Button::new(cx.say.t("button-add-keys"), keys).emoji(phrases::kind_emoji(product.kind)));
    }
    Ok(reply)
}
