//! How a command is declared: once, for text, slash, buttons and forms.
//!
//! Names and descriptions are Fluent messages (`cmd-NAME-name`, `cmd-NAME`, `opt-OPTION-name`, `opt-OPTION`), so a
//! declaration holds no words. The option's own list of Discord types is made from it at the edge.

use super::args::Args;
use super::call::Call;
use super::dispatch::Cx;
use crate::app::Bot;
use crate::kernel::reply::{Reply, Visibility};
use crate::kernel::{Error, Rank, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

/// A command.
pub struct Spec {
    /// Its name in English, unique: `[a-z_]{1,32}`.
    pub name: &'static str,
    /// The bot that offers it.
    pub bot: Bot,
    /// The least rank that may use it; `None` for everybody.
    pub rank: Option<Rank>,
    /// Whether Discord offers it only to who may manage the guild. Staff roles are ours and nothing that Discord knows, so this is
    /// for what comes before them; who has the rank without that permission types the command.
    pub for_managers: bool,
    /// Whether it changes anything: then a repeat of the same request gets the first answer.
    pub writes: bool,
    /// Who may read its answer; [`Visibility::Public`] only where nothing personal can be in it.
    pub visibility: Visibility,
    /// Whether it exists only behind buttons and forms.
    pub hidden: bool,
    /// Whether channels, roles and permissions are looked at in Discord before it runs; see `Cx::seen`.
    pub inspects: bool,
    /// Whether it talks to somebody outside meanwhile: then it runs outside any transaction and begins and commits its own,
    /// each short. It must be harmless when it runs twice for one request; its answer is kept like any other.
    pub outside: bool,
    /// The command that is meant where this one is typed with nothing behind it.
    pub bare: Option<&'static str>,
    /// Whether all of a guild may ask it at once, as when a giveaway begins: then it counts against the member only.
    pub crowd: bool,
    /// Which calls wait for no limit: what stops everything must be heard however much was asked before.
    pub urgent: fn(&Call) -> bool,
    /// Its options; in text the required ones come by position, in this order, a [`Type::Body`] last.
    pub options: &'static [Opt],
    /// What it does.
    pub run: Run,
    /// Suggests values while a person types, where it can.
    pub suggest: Option<Suggest>,
}

impl std::fmt::Debug for Spec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Spec({})", self.name)
    }
}

/// What a command does: it works in the transaction of `Cx` and returns what to say; the caller commits. One that works
/// outside finds no transaction there.
pub type Run = for<'a, 'b> fn(&'a mut Cx<'b>, &'a Args) -> BoxFuture<'a, Result<Reply>>;

/// Suggests at most 25 values (label, value) for the option being typed.
pub type Suggest = for<'a, 'b> fn(&'a mut Cx<'b>, &'a str, &'a str) -> BoxFuture<'a, Result<Vec<(String, String)>>>;

/// An option of a command.
#[derive(Debug)]
pub struct Opt {
    /// Its name in English, unique in the command.
    pub name: &'static str,
    /// What it holds.
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it is asked for in a form when it is missing.
    pub in_form: bool,
    /// Options any of which makes it needless.
    pub unless: &'static [&'static str],
    /// The greatest length in characters in a form, where it is less than the type's.
    pub max: Option<usize>,
    /// Whether, in text, it takes every word up to the next option that is named, so that a name needs no quotation marks.
    pub whole: bool,
    /// Whether, in text, it may stand in the place of the person who is asked for.
    pub instead: bool,
}

/// What an option holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A ticket's number.
    Ticket,
    /// An order's number.
    Order,
    /// A giveaway's number; unlike a ticket's or an order's, it is nobody's own, so it is named in the guild only.
    Giveaway,
    /// One line of text of at most 100 characters.
    Line,
    /// One line of text of at most so many characters.
    Short(usize),
    /// Text of several lines, of at most 4000 characters.
    Body,
    /// One of a closed list of codes; words are `choice-CODE`.
    Choice(&'static [&'static str]),
    /// One or several of such a list, between commas; where Discord offers the list, one.
    Choices(&'static [&'static str]),
    /// A whole number in a range.
    Int(i64, i64),
    /// A person.
    User,
    /// A text channel.
    Channel,
    /// A role.
    Role,
    /// A file.
    File,
    /// Something of the catalogue, by its code or its name.
    Code,
    /// A price in the shop's currency.
    Price,
    /// An amount of money, in whatever currency the thing is.
    Amount,
    /// What comes off a price: `20 %`, `5 €`.
    Reduction,
    /// A length of time or a day: `48h`, `3j`, `24/12`.
    Duration,
    /// A promotion's code.
    PromoCode,
    /// What a promotion is on: `tout`, `plans`, `plan Pro`.
    Target,
    /// The id of an earlier request; only behind buttons.
    Request,
    /// The id of the request that was answered with an offer; only behind buttons, and only in the guild.
    Offer,
}

impl Type {
    /// The codes of a closed list.
    pub const fn codes(self) -> Option<&'static [&'static str]> {
        if let Self::Choice(codes) | Self::Choices(codes) = self { Some(codes) } else { None }
    }
}

impl Opt {
    /// A required option.
    pub const fn required(name: &'static str, ty: Type) -> Self {
        Self { name, ty, required: true, in_form: false, unless: &[], max: None, whole: false, instead: false }
    }

    /// An option that may be left out.
    pub const fn optional(name: &'static str, ty: Type) -> Self {
        Self { name, ty, required: false, in_form: false, unless: &[], max: None, whole: false, instead: false }
    }

    /// Needless where one of these is given.
    #[must_use]
    pub const fn unless(mut self, others: &'static [&'static str]) -> Self {
        self.unless = others;
        self
    }

    /// In text it takes every word up to the next option that is named.
    #[must_use]
    pub const fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// In text it may stand in the place of the person who is asked for.
    #[must_use]
    pub const fn instead(mut self) -> Self {
        self.instead = true;
        self
    }

    /// At most so long in a form.
    #[must_use]
    pub const fn at_most(mut self, max: usize) -> Self {
        self.max = Some(max);
        self
    }

    /// Whether a person types it in words of his own, rather than choosing it.
    pub const fn is_typed(&self) -> bool {
        matches!(self.ty, Type::Line | Type::Short(_) | Type::Body | Type::Price)
    }

    /// Also asked for in a form.
    #[must_use]
    pub const fn in_form(mut self) -> Self {
        self.in_form = true;
        self
    }
}

impl Spec {
    /// What a command has unless it says otherwise: anybody may ask Maxis, nothing changes, the answer is private.
    pub const BASE: Self = Self {
        name: "",
        bot: Bot::Maxis,
        rank: None,
        for_managers: false,
        writes: false,
        visibility: Visibility::Private,
        hidden: false,
        inspects: false,
        outside: false,
        bare: None,
        crowd: false,
        urgent: |_| false,
        options: &[],
        run: |_, _| futures_util::future::ready(Err(Error::NotFound("command"))).boxed(),
        suggest: None,
    };

    /// The option of that name.
    pub fn option(&self, name: &str) -> Option<&'static Opt> {
        self.options.iter().find(|opt| opt.name == name)
    }

    /// Whether it opens an answer that waits for its asker.
    pub fn opens_answer(&self) -> bool {
        self.options.iter().any(|opt| opt.required && opt.ty == Type::Request)
    }

    /// Whether it can be completed by a form: all that may be missing is asked for there.
    pub fn has_form(&self) -> bool {
        self.options.iter().any(|opt| opt.in_form)
    }
}
