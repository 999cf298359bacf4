//! The rules of a ticket's life: each step takes the ticket as it was and gives it as it is then, or says why not.
//!
//! The errors are [`Error::Conflict`] with the id of the text that says what to do instead. Who may take a step is the
//! caller's to know; here stands what the state allows.

use super::sla::later;
use super::{Category, Closing, Priority, Rating, Stars, State, Ticket, TicketRules};
use crate::kernel::{Error, Result, UserId};
use jiff::{SignedDuration, Timestamp};

/// It is closed and may be reopened.
const CLOSED: Error = Error::Conflict("error-ticket-closed");

/// What staff are told where the opener is told to open a new ticket.
pub(super) fn for_staff(error: Error) -> Error {
    match error {
        Error::Conflict("error-ticket-closed-for-good" | "error-ticket-reopen-too-late") => {
            Error::Conflict("error-ticket-closed-for-good-staff")
        }
        other => other,
    }
}

fn days(count: u32) -> SignedDuration {
    SignedDuration::from_hours(i64::from(count) * 24)
}

fn auto_close(rules: &TicketRules, now: Timestamp) -> Option<Timestamp> {
    (rules.auto_close_days > 0).then(|| later(now, days(rules.auto_close_days)))
}

impl Ticket {
    /// Goes to `state`; the clock follows it.
    fn moved_to(self, state: State, rules: &TicketRules, now: Timestamp) -> Self {
        let sla = self.sla.running(state.counts_time(), rules.allowance(self.priority), now);
        Self { state, sla, updated_at: now, ..self }
    }

    /// What was erased stays so: nothing more is written of whom it was about.
    pub(super) const fn not_erased(&self) -> Result<()> {
        if self.opener.is_pseudonym() { Err(Error::Conflict("error-ticket-erased")) } else { Ok(()) }
    }

    /// The ticket itself while it isn't closed.
    fn not_closed(self, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        if self.state != State::Closed {
            return Ok(self);
        }
        Err(if self.may_reopen(rules, now) { CLOSED } else { Error::Conflict("error-ticket-closed-for-good") })
    }

    /// The same for staff, who don't open a new one in the opener's place.
    fn not_closed_to_staff(self, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        self.not_closed(rules, now).map_err(for_staff)
    }

    /// Staff answered: now it is the opener's turn. Who answers first has the ticket where nobody had it.
    ///
    /// # Errors
    /// When it is closed.
    pub fn answered_by_staff(self, agent: UserId, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        let ticket = self.not_closed_to_staff(rules, now)?.moved_to(State::WaitingUser, rules, now);
        let first_response_at = ticket.first_response_at.or(Some(now));
        let auto_close_at = auto_close(rules, now);
        let assignee = ticket.assignee.or(Some(agent));
        Ok(Self { assignee, first_response_at, resolved_at: None, auto_close_at, ..ticket })
    }

    /// The opener answered: staff go on with what they had begun; what nobody has looked at stays new, whatever he adds. A word
    /// of thanks doesn't reopen what is solved.
    ///
    /// # Errors
    /// When it is closed.
    pub fn answered_by_opener(self, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        let ticket = self.not_closed(rules, now)?;
        match ticket.state {
            State::Open => Ok(Self { auto_close_at: None, updated_at: now, ..ticket }),
            State::InProgress | State::WaitingUser => {
                Ok(Self { auto_close_at: None, ..ticket.moved_to(State::InProgress, rules, now) })
            }
            State::Resolved | State::Closed => Ok(Self { updated_at: now, ..ticket }),
        }
    }

    /// A member of staff takes it who finds it free.
    ///
    /// # Errors
    /// When it is closed or somebody has it already.
    pub fn claimed_by(self, agent: UserId, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        match self.assignee {
            Some(holder) if holder == agent => Err(Error::Conflict("error-ticket-already-yours")),
            Some(_) => Err(Error::Conflict("error-ticket-taken")),
            None => self.assigned_to(agent, rules, now),
        }
    }

    /// It is given to a member of staff, whoever had it before.
    ///
    /// # Errors
    /// When it is closed or he has it already.
    pub fn assigned_to(self, agent: UserId, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        let ticket = self.not_closed_to_staff(rules, now)?;
        if ticket.assignee == Some(agent) {
            return Err(Error::Conflict("error-ticket-same-assignee"));
        }
        let state = if ticket.state == State::Open { State::InProgress } else { ticket.state };
        Ok(Self { assignee: Some(agent), ..ticket.moved_to(state, rules, now) })
    }

    /// Who had it isn't of the team any more: it is free. `None` where that changes nothing: somebody else has it, or it has
    /// ended.
    pub fn freed_from(self, agent: UserId, rules: &TicketRules, now: Timestamp) -> Option<Self> {
        let state = match self.state {
            State::Open | State::InProgress => State::Open,
            State::WaitingUser => State::WaitingUser,
            State::Resolved | State::Closed => return None,
        };
        (self.assignee == Some(agent)).then(|| Self { assignee: None, ..self.moved_to(state, rules, now) })
    }

    /// Staff found the solution.
    ///
    /// # Errors
    /// When it is solved or closed already.
    pub fn resolved(self, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        let ticket = self.not_closed_to_staff(rules, now)?;
        if ticket.state == State::Resolved {
            return Err(Error::Conflict("error-ticket-already-resolved"));
        }
        let ticket = ticket.moved_to(State::Resolved, rules, now);
        Ok(Self { resolved_at: Some(now), auto_close_at: auto_close(rules, now), ..ticket })
    }

    /// Somebody ended it.
    ///
    /// # Errors
    /// When it is closed already.
    pub fn closed(self, by: UserId, reason: Option<String>, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        if self.state == State::Closed {
            return Err(Error::Conflict("error-ticket-already-closed"));
        }
        let ticket = self.moved_to(State::Closed, rules, now);
        Ok(Self { closing: Some(Closing { at: now, by: Some(by), reason }), auto_close_at: None, ..ticket })
    }

    /// Whether it is ended or solved and its time to reopen isn't over.
    pub fn may_reopen(&self, rules: &TicketRules, now: Timestamp) -> bool {
        let ended = self.closing.as_ref().map(|closing| closing.at).or(self.resolved_at);
        !self.opener.is_pseudonym()
            && rules.reopen_days > 0
            && ended.is_some_and(|at| now <= later(at, days(rules.reopen_days)))
    }

    /// It goes on after all. The stars that were given for its end stay until the opener gives others at the next.
    ///
    /// # Errors
    /// When it is neither solved nor closed, or too late.
    pub fn reopened(self, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        if !matches!(self.state, State::Resolved | State::Closed) {
            return Err(Error::Conflict("error-ticket-not-ended"));
        }
        if !self.may_reopen(rules, now) {
            return Err(Error::Conflict("error-ticket-reopen-too-late"));
        }
        let state = if self.assignee.is_some() { State::InProgress } else { State::Open };
        let ticket = self.moved_to(state, rules, now);
        Ok(Self { resolved_at: None, closing: None, auto_close_at: None, ..ticket })
    }

    /// Whether it has ended and its opener gave no stars since.
    pub fn awaits_stars(&self) -> bool {
        let ended = self.resolved_at.or(self.closing.as_ref().map(|closing| closing.at));
        ended.is_some_and(|at| self.rating.is_none_or(|rating| rating.at < at))
    }

    /// Whether its opener handled it himself: he has it, or he is of the team and nobody else has it.
    pub fn is_handled_by_opener(&self, opener_is_staff: bool) -> bool {
        self.assignee.map_or(opener_is_staff, |agent| agent == self.opener)
    }

    /// Stars are the opener's to give, for the help of somebody else.
    ///
    /// # Errors
    /// For anybody else, and where he handled it himself.
    pub fn may_be_rated_by(&self, user: UserId, is_staff: bool) -> Result<()> {
        if self.opener != user {
            return Err(Error::Conflict("error-ticket-rate-opener-only"));
        }
        if self.is_handled_by_opener(is_staff) { Err(Error::Conflict("error-ticket-rate-own")) } else { Ok(()) }
    }

    /// The opener gives stars, once for each end; he may change them as long as he may reopen.
    ///
    /// # Errors
    /// When it is neither solved nor closed, or the stars stand for good.
    pub fn rated(self, stars: Stars, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        if !matches!(self.state, State::Resolved | State::Closed) {
            return Err(Error::Conflict("error-ticket-rate-too-early"));
        }
        if !self.awaits_stars() && !self.may_reopen(rules, now) {
            return Err(Error::Conflict("error-ticket-rate-too-late"));
        }
        Ok(Self { rating: Some(Rating { stars, at: now }), updated_at: now, ..self })
    }

    /// It becomes more or less urgent; the time used so far counts.
    ///
    /// # Errors
    /// When it is closed or has that priority.
    pub fn with_priority(self, priority: Priority, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        let ticket = self.not_closed_to_staff(rules, now)?;
        if ticket.priority == priority {
            return Err(Error::Conflict("error-ticket-unchanged"));
        }
        let sla = ticket.sla.allow(rules.allowance(ticket.priority), rules.allowance(priority), now);
        Ok(Self { priority, priority_by_plan: false, sla, updated_at: now, ..ticket })
    }

    /// It turns out to be about something else.
    ///
    /// # Errors
    /// When it is closed or has that category.
    pub fn with_category(self, category: Category, rules: &TicketRules, now: Timestamp) -> Result<Self> {
        let ticket = self.not_closed_to_staff(rules, now)?;
        if ticket.category == category {
            return Err(Error::Conflict("error-ticket-unchanged"));
        }
        Ok(Self { category, updated_at: now, ..ticket })
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
