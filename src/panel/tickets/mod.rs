//! Tickets at the panel: what is shown of them, and what staff do to them, by the domain's own use cases.

mod act;
mod asked;
mod canned;
mod file;
mod guild;
mod read;
pub(super) mod shape;
mod team;
mod transcript;

pub use act::{Act, Bulk, Bulked, Meant, RefusedOne, Write, Written};
pub use asked::Asked;
pub use canned::{CannedReplies, CannedReply, NewCanned, NewView, View, Views};
pub use file::Download;
pub use guild::{AgentFigures, DayFigures, Figures, GuildInfo, Named};
pub use read::{CountsView, Detail, HistoryPage, LookView, Messages, Opener, OrderLine, Rows};
pub use shape::{Closing, Delivery, FileView, Line, MessageView, Person, Rating, Row, TicketView};
pub use team::Mate;
