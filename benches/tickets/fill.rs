//! The data: one guild, its members, their tickets and messages; and putting it back after each measurement.

use crate::support::Outcome;
use crate::support::server::Server;

/// The one guild: all tickets share its rows, its counter and its policies.
pub(crate) const GUILD: i64 = 900;
/// Members are numbered from here.
pub(crate) const FIRST_MEMBER: i64 = 1_000_000;
/// Tickets in a block: all of one member, the last one not closed.
pub(crate) const BLOCK: i64 = 4;
/// Most members.
const MEMBERS: i64 = 10_000;

/// What is in the database.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Data {
    /// Tickets, numbered from 1.
    pub(crate) tickets: i64,
    /// Members, each with at least a page of tickets.
    pub(crate) members: i64,
    last_message: i64,
    last_audit: i64,
}

impl Data {
    /// Number of the open ticket of a block, and its opener.
    pub(crate) fn open_ticket(&self, block: i64) -> (i64, i64) {
        (block * BLOCK, FIRST_MEMBER + block % self.members)
    }

    /// How many blocks there are; the first one is number 1.
    pub(crate) fn blocks(&self) -> i64 {
        self.tickets / BLOCK - 1
    }
}

/// Puts `tickets` tickets into empty tables.
pub(crate) async fn fill(server: &Server, tickets: i64) -> Outcome<Data> {
    let members = (tickets / 10).min(MEMBERS);
    let text = include_str!("fill.sql")
        .replace(":guild", &GUILD.to_string())
        .replace(":first_member", &FIRST_MEMBER.to_string())
        .replace(":members", &members.to_string())
        .replace(":tickets", &tickets.to_string())
        .replace(":block", &BLOCK.to_string());
    server.run(&text).await?;
    server.run("vacuum analyze").await?;
    let last_message = server.number("select max(id) as number from ticket_messages").await?;
    let last_audit = server.number("select max(id) as number from ticket_audit").await?;
    Ok(Data { tickets, members, last_message, last_audit })
}

/// Takes back what a measurement added, and lets the server write out what it holds, so that each one starts alike.
pub(crate) async fn restore(server: &Server, data: &Data) -> Outcome<()> {
    let Data { tickets, last_message, last_audit, .. } = data;
    server
        .run(&format!(
            "delete from ticket_messages where id > {last_message} and guild_id = {GUILD}; \
             delete from tickets where guild_id = {GUILD} and number > {tickets}; \
             delete from ticket_audit where id > {last_audit}; \
             update ticket_counters set last_number = {tickets}; \
             truncate outbox, answers, events"
        ))
        .await?;
    // One at a time: a vacuum runs in no transaction.
    for table in ["tickets", "ticket_messages", "ticket_audit", "ticket_counters"] {
        server.run(&format!("vacuum {table}")).await?;
    }
    server.run("checkpoint").await
}
