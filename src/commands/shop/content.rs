//! What a product hands over, for operators: a text, or a file whose bytes are fetched before any transaction is open.

use super::super::args::{Args, FileRef};
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{OPERATOR, PRODUCT, cards, names, read, step};
use crate::domain::notifications::Undelivered;
use crate::domain::shop::catalogue::Content;
use crate::domain::shop::catalogue::stock::{self, Goods};
use crate::kernel::Result;
use crate::kernel::error::{Cause, Error};
use crate::kernel::reply::Reply;
use futures_util::FutureExt;

/// Largest file that is handed over, in bytes (what a bot may attach; Discord, "Uploading Files").
const FILE_MAX: u64 = 10 * 1024 * 1024;

pub(super) static CONTENT: Spec = Spec {
    name: "product_content",
    options: &[
        PRODUCT,
        Opt::required("content", Type::Body).in_form().unless(&["upload"]),
        Opt::optional("upload", Type::File),
    ],
    run: |cx, args| content(cx, args).boxed(),
    ..OPERATOR
};

async fn content(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let upload = args.files("upload").first().copied();
    let goods = match (args.body_if("content"), upload) {
        (Some(body), None) => Goods::Text(read("content", Content::parse(body.as_str()))?),
        (None, Some(file)) => {
            let bytes = fetch(cx, file, FILE_MAX).await?;
            Goods::file(&file.name, &file.content_type, bytes)
        }
        _ => return Err(Error::Conflict("error-shop-content-one-way")),
    };
    let (step, code) = (step(cx), names::product(cx, args).await?);
    let product = stock::set_content(cx.tx()?, step, &code, goods).await?;
    Ok(Reply::private(cx.say.t("content-set")).card(cards::for_staff(&cx.say, &product)))
}

/// Fetches the bytes of a file that came with a command; no transaction is open meanwhile.
pub(super) async fn fetch(cx: &mut Cx<'_>, file: &FileRef, max: u64) -> Result<Vec<u8>> {
    if file.size > max {
        return Err(Error::Conflict("error-shop-file-too-large"));
    }
    let app = cx.app;
    match cx.outside(app.courier.fetch(&file.url, max)).await? {
        Ok(bytes) => Ok(bytes),
        Err(Undelivered::TooLarge) => Err(Error::Conflict("error-shop-file-too-large")),
        Err(cause @ Undelivered::Later(_)) => {
            Err(Error::Unavailable { what: "fetching a file", cause: Cause::new(cause) })
        }
        Err(
            Undelivered::DmShut
            | Undelivered::NoAccess
            | Undelivered::NoPermission
            | Undelivered::Gone
            | Undelivered::Refused(_),
        ) => Err(Error::Conflict("error-shop-file-gone")),
    }
}
