//! `maxis …`: Shellia's commands over the Maxis that she pilots.

use super::args::Args;
use super::dispatch::Cx;
use super::spec::{Opt, Spec, Type};
use crate::app::Bot;
use crate::kernel::reply::{Reply, Visibility};
use crate::kernel::{Error, Result, error::Problem};
use futures_util::FutureExt;

pub(super) static COMMANDS: &[&Spec] = &[&MAXIS];

/// What may be asked of a Maxis.
const TOPICS: &[&str] = &["status"];

static MAXIS: Spec = Spec {
    name: "maxis",
    bot: Bot::Shellia,
    visibility: Visibility::Public,
    options: &[Opt::optional("topic", Type::Choice(TOPICS))],
    run: |cx, args| run(cx, args).boxed(),
    ..Spec::BASE
};

async fn run(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    match args.choice("topic") {
        None | Some("status") => Ok(Reply::public(cx.say.t("maxis-status-none"))),
        _ => Err(Error::Argument { option: "topic", problem: Problem::NotAChoice { choices: TOPICS.to_vec() } }),
    }
}
