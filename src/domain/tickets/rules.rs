//! The rules of tickets that an installation sets.

use super::Priority;
use super::sla::Allowance;

/// Rules of tickets that an installation sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRules {
    /// Hours to resolve a critical, high, medium and low ticket.
    pub sla_hours: [u32; 4],
    /// Part of the SLA time, in percent, after which staff are reminded.
    pub reminder_percent: u8,
    /// Days after which a resolved ticket closes by itself, and one that waits for its opener likewise; 0: never.
    pub auto_close_days: u32,
    /// Days within which the opener may reopen; 0: never.
    pub reopen_days: u32,
    /// Tickets that are neither resolved nor closed that a member may have when he opens another; 0: any number. Staff may have
    /// any.
    pub open_max: u32,
    /// Largest attachment, in bytes.
    pub attachment_max_bytes: u64,
    /// Allowed content types; one that ends in `/*` allows the whole kind.
    pub attachment_types: Vec<String>,
    /// Bytes that one member may have stored.
    pub attachment_quota_bytes: u64,
    /// Days after which attachments are removed.
    pub attachment_days: u32,
}

impl Default for TicketRules {
    fn default() -> Self {
        Self {
            sla_hours: [12, 24, 48, 72],
            reminder_percent: 75,
            auto_close_days: 7,
            reopen_days: 7,
            open_max: 10,
            attachment_max_bytes: 8 * 1024 * 1024,
            attachment_types: ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"]
                .map(str::to_owned)
                .to_vec(),
            attachment_quota_bytes: 50 * 1024 * 1024,
            attachment_days: 90,
        }
    }
}

impl TicketRules {
    /// The time that a ticket of this priority may take.
    pub(super) fn allowance(&self, priority: Priority) -> Allowance {
        let [critical, high, medium, low] = self.sla_hours;
        let hours = match priority {
            Priority::Critical => critical,
            Priority::High => high,
            Priority::Medium => medium,
            Priority::Low => low,
        };
        Allowance::new(hours, self.reminder_percent)
    }
}
