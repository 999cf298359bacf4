//! Opening a ticket, and the panel whose button does it.

use super::super::args::Args;
use super::super::call::Way;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{CATEGORY, PRIORITY, STAFF, TICKET, cards, files, name, phrases, refused_lines};
use crate::domain::tickets::{Category, NewTicket, Priority, service};
use crate::kernel::Result;
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Visibility};
use crate::kernel::text::{Body, Line, plain};
use futures_util::FutureExt;

pub(super) static CREATE: Spec = Spec {
    name: "ticket_create",
    options: &[
        Opt::required("subject", Type::Line).in_form(),
        Opt::required("description", Type::Body).in_form(),
        Opt::optional("category", CATEGORY).in_form(),
        Opt::optional("priority", PRIORITY).in_form(),
        Opt::optional("file", Type::File),
    ],
    run: |cx, args| create(cx, args).boxed(),
    ..TICKET
};

pub(super) static PANEL: Spec =
    Spec { name: "ticket_panel", visibility: Visibility::Public, run: |cx, args| panel(cx, args).boxed(), ..STAFF };

async fn create(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let category = args.choice("category").and_then(Category::from_word).unwrap_or_default();
    let priority = args.choice("priority").and_then(Priority::from_word).unwrap_or_default();
    let mut new = new_ticket(cx, args.line("subject")?.clone(), args.body("description")?.clone());
    (new.category, new.priority, new.files) = (category, priority, files(args));
    open(cx, new).await
}

/// Opens a ticket about a payment, for a command of buying.
///
/// # Errors
/// As the command that opens tickets.
pub(in crate::commands) async fn open_about(cx: &mut Cx<'_>, subject: Line, description: Body) -> Result<Reply> {
    let mut new = new_ticket(cx, subject, description);
    new.category = Category::Billing;
    open(cx, new).await
}

fn new_ticket(cx: &Cx<'_>, subject: Line, description: Body) -> NewTicket {
    NewTicket {
        guild: cx.guild.id,
        opener: cx.user,
        opener_name: name(cx),
        opener_locale: cx.locale(),
        subject,
        description,
        category: Category::default(),
        priority: Priority::default(),
        files: Vec::new(),
    }
}

async fn open(cx: &mut Cx<'_>, new: NewTicket) -> Result<Reply> {
    let (app, now) = (cx.app, cx.now);
    let opened = service::create(cx.tx()?, new, &app.tickets, now).await?;
    let ticket = &opened.ticket;
    let subject = plain(&ticket.subject);
    let (category, priority) =
        (phrases::category(&cx.say, ticket.category), phrases::priority(&cx.say, ticket.priority));
    let due = ticket.sla.due_at().map(phrases::ago).unwrap_or_default();
    let mut text = cx.say.with(
        "ticket-created",
        &[
            ("number", ticket.number.into()),
            ("subject", (&subject).into()),
            ("category", (&category).into()),
            ("priority", (&priority).into()),
            ("due", (&due).into()),
        ],
    );
    if ticket.priority_by_plan {
        text.push('\n');
        text.push_str(&cx.say.t("ticket-created-by-plan"));
    }
    // Typed without quotes, the subject ends after a word, which not everybody knows.
    let quoted = cx.typed.contains(['"', '«', '“']);
    if cx.way == Way::Text && !quoted && !ticket.subject.contains(' ') {
        text.push('\n');
        text.push_str(&cx.say.with("ticket-created-one-word", &[("subject", (&subject).into())]));
    }
    text.push_str(&refused_lines(cx, &opened.refused));
    let add = Button::new(cx.say.t("button-add"), cards::on("ticket_reply", ticket.number)).emoji("💬");
    Ok(Reply::private(text).button(cards::view_button(&cx.say, ticket.number).style(Style::Primary)).button(add))
}

async fn panel(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    // The panel speaks to everybody, so it speaks the guild's language.
    let say = cx.app.words.speak(cx.guild.locale);
    let mut card = Card::titled(say.t("panel-title"));
    card.body = say.t("panel-body");
    let list: Vec<String> = Category::ALL.iter().map(|category| phrases::category(&say, *category)).collect();
    card = card.field(say.t("panel-categories"), list.join("\n"), false);
    let open = Button::new(say.t("button-ticket-create"), Action::new("ticket_create"));
    let mine = Button::new(say.t("button-my-tickets"), Action::new("ticket_list"));
    Ok(Reply::public("").card(card).button(open.style(Style::Primary).emoji("🎫")).button(mine.emoji("📋")))
}
