//! Stock for operators: units, and keys by paste or by file.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::content::fetch;
use super::{OPERATOR, PRODUCT, VARIANT, YES, names, phrases, step};
use crate::domain::shop::catalogue::{self, AT_ONCE, Pasted, STOCK_MAX, stock};
use crate::kernel::Result;
use crate::kernel::error::Error;
use crate::kernel::reply::{File, Reply};
use crate::kernel::text::plain;
use futures_util::FutureExt;

/// Most bytes of a file of keys: a thousand of the longest, each letter of four bytes.
const KEYS_BYTES: u64 = 2_100_000;

pub(super) static STOCK: Spec = Spec {
    name: "product_stock",
    options: &[
        PRODUCT,
        Opt::required("stock", Type::Int(0, STOCK_MAX)).in_form().unless(&["unlimited"]),
        VARIANT,
        Opt::optional("unlimited", YES),
    ],
    run: |cx, args| set(cx, args).boxed(),
    ..OPERATOR
};

pub(super) static KEYS: Spec = Spec {
    name: "product_keys",
    options: &[
        PRODUCT,
        Opt::required("keys", Type::Body).in_form().unless(&["upload", "take_back"]),
        VARIANT,
        Opt::optional("upload", Type::File),
        Opt::optional("take_back", Type::Int(1, 1000)),
    ],
    run: |cx, args| keys(cx, args).boxed(),
    ..OPERATOR
};

async fn set(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let left = match (args.int("stock"), args.choice("unlimited")) {
        (Some(_), Some(_)) => return Err(Error::Conflict("error-shop-stock-or-unlimited")),
        (left, _) => left,
    };
    let (step, code) = (step(cx), names::product(cx, args).await?);
    let variant = names::variant_if(cx, args, &code).await?;
    let set = stock::set(cx.tx()?, step, &code, variant.as_ref(), left).await;
    let rest = left
        .map_or_else(|| format!("{}={}", cx.say.t("opt-unlimited-name"), cx.say.t("choice-yes")), |n| n.to_string());
    let (product, variant) = names::which(cx, set, (&STOCK, &code), &rest).await?;
    let (name, shown) = (plain(&product.name), phrases::stock(&cx.say, &variant));
    let variant = variant.code.to_string();
    let args = [("name", (&name).into()), ("variant", (&variant).into()), ("stock", (&shown).into())];
    Ok(Reply::private(cx.say.with("stock-set", &args)))
}

async fn keys(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let upload = args.files("upload").first().copied();
    match (args.body_if("keys"), upload, args.int("take_back")) {
        // A slash option holds one line: several keys there would become one, and its buyer would get them all.
        (Some(body), None, None) if catalogue::in_one_line(body.as_str()) => {
            Err(Error::Conflict("error-shop-keys-one-line"))
        }
        (Some(body), None, None) => add(cx, args, catalogue::paste(body.as_str())?.whole("keys")?).await,
        (None, Some(file), None) => {
            let bytes = fetch(cx, file, KEYS_BYTES).await?;
            let text = String::from_utf8(bytes).map_err(|_| Error::Conflict("error-shop-keys-not-text"))?;
            add(cx, args, catalogue::paste(text.trim_start_matches('\u{FEFF}'))?.whole("upload")?).await
        }
        (None, None, Some(most)) => take_back(cx, args, most).await,
        _ => Err(Error::Conflict("error-shop-keys-one-way")),
    }
}

async fn add(cx: &mut Cx<'_>, args: &Args, pasted: Pasted) -> Result<Reply> {
    let (step, code) = (step(cx), names::product(cx, args).await?);
    let variant = names::variant_if(cx, args, &code).await?;
    let added = stock::add_keys(cx.tx()?, step, &code, variant.as_ref(), &pasted.keys).await;
    let added = names::which(cx, added, (&KEYS, &code), "…").await?;
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let mut text = cx.say.with("keys-added", &[("count", added.added.into()), ("left", added.left.into())]);
    let doubled = count(pasted.doubled.len() + added.known.len());
    for (id, count) in [("keys-doubled", doubled), ("keys-blank", count(pasted.blank.len()))] {
        if count > 0 {
            text = format!("{text}\n{}", cx.say.with(id, &[("count", count.into())]));
        }
    }
    Ok(Reply::private(text))
}

async fn take_back(cx: &mut Cx<'_>, args: &Args, most: i64) -> Result<Reply> {
    let (step, code) = (step(cx), names::product(cx, args).await?);
    let variant = names::variant_if(cx, args, &code).await?;
    let keys = stock::take_back(cx.tx()?, step, &code, variant.as_ref(), most).await?;
    let count = i64::try_from(keys.len()).unwrap_or(i64::MAX);
    let mut reply = Reply::private(cx.say.with("keys-taken-back", &[("count", count.into())]));
    reply.files.push(File { name: format!("{code}.txt"), bytes: keys.join("\n").into_bytes() });
    Ok(reply)
}

const _: () = assert!(AT_ONCE == 1000, "the bounds above are made for a thousand keys");
