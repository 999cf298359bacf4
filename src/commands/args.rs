//! The options of a call, checked against the command's declaration: one validation for text, slash, buttons and forms.

use super::spec::{Opt, Spec, Type};
use crate::domain::accounts::Person;
use crate::domain::promotions::{Aim, Discount, PromoCode};
use crate::domain::shop::catalogue::PriceText;
use crate::kernel::error::{Error, Problem};
use crate::kernel::text::{Body, Line};
use crate::kernel::until::Until;
use crate::kernel::{ChannelId, Result, RoleId, UserId};

/// Longest price as typed.
pub(super) const PRICE_MAX: usize = 30;

/// A file that Discord keeps for us for about a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRef {
    /// Its name as sent.
    pub name: String,
    /// Its content type as Discord says; may be wrong.
    pub content_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// Where to fetch it.
    pub url: String,
}

/// A value as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// Typed text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// The id of a person, role or channel that Discord resolved.
    Id(u64),
    /// A person of the guild with the roles that Discord says he has.
    Member(Person),
    /// A file.
    File(FileRef),
}

impl Raw {
    /// The whole number that it is.
    pub fn number(&self) -> Option<i64> {
        number(self)
    }

    /// The person that it names by an id, without what Discord tells of him.
    pub fn user(&self) -> Option<UserId> {
        id(self, "<@").and_then(UserId::new)
    }
}

/// A checked value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Ticket(i64),
    Order(i64),
    Giveaway(i64),
    Line(Line),
    Body(Body),
    Choice(Vec<&'static str>),
    Int(i64),
    User(UserId, Option<Person>),
    Channel(ChannelId),
    Role(RoleId),
    File(FileRef),
    Reduction(Discount),
    Duration(Until),
    PromoCode(PromoCode),
    Target(Aim),
    Named(Line),
    Price(String),
    Request(String),
}

/// Checked options.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Args(Vec<(&'static str, Value)>);

impl Args {
    /// Checks what was given; options that are missing are the caller's to find with [`missing`].
    ///
    /// # Errors
    /// [`Error::Argument`] for the first option that can't be used.
    pub fn check(spec: &Spec, given: &[(String, Raw)]) -> Result<Self> {
        let mut args: Vec<(&'static str, Value)> = Vec::with_capacity(given.len());
        for (name, raw) in given {
            let Some(opt) = spec.option(name) else {
                return Err(Error::Argument { option: spec.name, problem: Problem::Unknown });
            };
            // Two files come under one name in a text message; anything else given twice is a mistake.
            if opt.ty != Type::File && args.iter().any(|(had, _)| *had == opt.name) {
                return Err(Error::Argument { option: opt.name, problem: Problem::Twice });
            }
            // An option that may be left out and is left empty in a form counts as not given.
            if !opt.required && matches!(raw, Raw::Text(text) if text.trim().is_empty()) {
                continue;
            }
            let value = read(opt.ty, raw).map_err(|problem| Error::Argument { option: opt.name, problem })?;
            args.push((opt.name, value));
        }
        Ok(Self(args))
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(had, _)| *had == name).map(|(_, value)| value)
    }

    /// A ticket's number.
    ///
    /// # Errors
    /// [`Error::Argument`] when it wasn't given.
    pub fn ticket(&self, name: &'static str) -> Result<i64> {
        match self.get(name) {
            Some(Value::Ticket(number)) => Ok(*number),
            _ => Err(Error::Argument { option: name, problem: Problem::Missing }),
        }
    }

    /// An order's number.
    ///
    /// # Errors
    /// [`Error::Argument`] when it wasn't given.
    pub fn order(&self, name: &'static str) -> Result<i64> {
        match self.get(name) {
            Some(Value::Order(number)) => Ok(*number),
            _ => Err(Error::Argument { option: name, problem: Problem::Missing }),
        }
    }

    /// A giveaway's number.
    ///
    /// # Errors
    /// [`Error::Argument`] when it wasn't given.
    pub fn giveaway(&self, name: &'static str) -> Result<i64> {
        match self.get(name) {
            Some(Value::Giveaway(number)) => Ok(*number),
            _ => Err(Error::Argument { option: name, problem: Problem::Missing }),
        }
    }

    /// A line.
    ///
    /// # Errors
    /// [`Error::Argument`] when it wasn't given.
    pub fn line(&self, name: &'static str) -> Result<&Line> {
        self.line_if(name).ok_or(Error::Argument { option: name, problem: Problem::Missing })
    }

    /// A line, if given.
    pub fn line_if(&self, name: &str) -> Option<&Line> {
        match self.get(name) {
            Some(Value::Line(line)) => Some(line),
            _ => None,
        }
    }

    /// A text.
    ///
    /// # Errors
    /// [`Error::Argument`] when it wasn't given.
    pub fn body(&self, name: &'static str) -> Result<&Body> {
        self.body_if(name).ok_or(Error::Argument { option: name, problem: Problem::Missing })
    }

    /// A text, if given.
    pub fn body_if(&self, name: &str) -> Option<&Body> {
        match self.get(name) {
            Some(Value::Body(body)) => Some(body),
            _ => None,
        }
    }

    /// The code of a choice, if given.
    pub fn choice(&self, name: &str) -> Option<&'static str> {
        self.choices(name).first().copied()
    }

    /// The codes of one choice or of several; none if not given.
    pub fn choices(&self, name: &str) -> &[&'static str] {
        if let Some(Value::Choice(codes)) = self.get(name) { codes } else { &[] }
    }

    /// A whole number, if given.
    pub fn int(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Value::Int(number)) => Some(*number),
            _ => None,
        }
    }

    /// A person, if given.
    pub fn user(&self, name: &str) -> Option<UserId> {
        match self.get(name) {
            Some(Value::User(user, _)) => Some(*user),
            _ => None,
        }
    }

    /// What Discord says of a person, if one was given and it does.
    pub fn person(&self, name: &str) -> Option<&Person> {
        match self.get(name) {
            Some(Value::User(_, person)) => person.as_ref(),
            _ => None,
        }
    }

    /// A channel, if given.
    pub fn channel(&self, name: &str) -> Option<ChannelId> {
        match self.get(name) {
            Some(Value::Channel(channel)) => Some(*channel),
            _ => None,
        }
    }

    /// A role, if given.
    pub fn role(&self, name: &str) -> Option<RoleId> {
        match self.get(name) {
            Some(Value::Role(role)) => Some(*role),
            _ => None,
        }
    }

    /// All files given under a name.
    pub fn files(&self, name: &str) -> Vec<&FileRef> {
        let files = self.0.iter().filter(|(had, _)| *had == name);
        files.filter_map(|(_, value)| if let Value::File(file) = value { Some(file) } else { None }).collect()
    }

    /// What comes off a price.
    ///
    /// # Errors
    /// [`Error::Argument`] when it wasn't given.
    pub fn reduction(&self, name: &'static str) -> Result<Discount> {
        match self.get(name) {
            Some(Value::Reduction(discount)) => Ok(*discount),
            _ => Err(Error::Argument { option: name, problem: Problem::Missing }),
        }
    }

    /// A length of time or a day, if given.
    pub fn duration(&self, name: &str) -> Option<Until> {
        match self.get(name) {
            Some(Value::Duration(until)) => Some(*until),
            _ => None,
        }
    }

    /// A promotion's code, if given.
    pub fn promo_code(&self, name: &str) -> Option<&PromoCode> {
        match self.get(name) {
            Some(Value::PromoCode(code)) => Some(code),
            _ => None,
        }
    }

    /// What a promotion is on, if given.
    pub fn target(&self, name: &str) -> Option<&Aim> {
        match self.get(name) {
            Some(Value::Target(aim)) => Some(aim),
            _ => None,
        }
    }

    /// The code or the name of something in the catalogue.
    ///
    /// # Errors
    /// [`Error::Argument`] when it wasn't given.
    pub fn named(&self, name: &'static str) -> Result<&Line> {
        self.named_if(name).ok_or(Error::Argument { option: name, problem: Problem::Missing })
    }

    /// The code or the name of something in the catalogue, if given.
    pub fn named_if(&self, name: &str) -> Option<&Line> {
        match self.get(name) {
            Some(Value::Named(line)) => Some(line),
            _ => None,
        }
    }

    /// A price.
    ///
    /// # Errors
    /// [`Error::Argument`] when it wasn't given.
    pub fn price(&self, name: &'static str) -> Result<PriceText> {
        self.price_if(name).ok_or(Error::Argument { option: name, problem: Problem::Missing })
    }

    /// A price, if given.
    pub fn price_if(&self, name: &'static str) -> Option<PriceText> {
        match self.get(name) {
            Some(Value::Price(text)) => Some(PriceText::new(name, text.clone())),
            _ => None,
        }
    }

    /// The id of an earlier request, if given.
    pub fn request(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::Request(request)) => Some(request),
            _ => None,
        }
    }
}

/// Whether an option can be used as it came.
pub(super) fn fits(opt: &Opt, raw: &Raw) -> bool {
    read(opt.ty, raw).is_ok()
}

/// The required options that were not given.
pub fn missing(spec: &Spec, given: &[(String, Raw)]) -> Vec<&'static Opt> {
    let is_given = |name: &str| given.iter().any(|(had, _)| had == name);
    let lacks = |opt: &&Opt| opt.required && !is_given(opt.name) && !opt.unless.iter().any(|other| is_given(other));
    spec.options.iter().filter(lacks).collect()
}

fn read(ty: Type, raw: &Raw) -> Result<Value, Problem> {
    match ty {
        Type::Ticket => number(raw).filter(|n| *n > 0).map(Value::Ticket).ok_or(Problem::NotAnId),
        Type::Order => number(raw).filter(|n| *n > 0).map(Value::Order).ok_or(Problem::NotAnId),
        Type::Giveaway => number(raw).filter(|n| *n > 0).map(Value::Giveaway).ok_or(Problem::NotAnId),
        Type::Int(min, max) => {
            number(raw).filter(|n| (min..=max).contains(n)).map(Value::Int).ok_or(Problem::NotInRange { min, max })
        }
        Type::Line => Line::parse(text(raw)?).map(Value::Line),
        Type::Short(max) => Line::within(text(raw)?, max).map(Value::Line),
        Type::Code => Line::parse(text(raw)?).map(Value::Named),
        // Whether it is an amount depends on the shop's currency.
        Type::Price => Line::within(text(raw)?, PRICE_MAX).map(|line| Value::Price(line.as_str().to_owned())),
        // Whether it is one depends on what it is of.
        Type::Amount => Line::within(text(raw)?, PRICE_MAX).map(Value::Line),
        Type::Body => Body::parse(text(raw)?).map(Value::Body),
        Type::Choice(codes) | Type::Choices(codes) => {
            let typed = text(raw)?.to_lowercase();
            let words = typed.split(|c| c == ',' && matches!(ty, Type::Choices(_))).map(str::trim);
            let found: Option<_> = words.map(|word| codes.iter().find(|code| **code == word).copied()).collect();
            found.map(Value::Choice).ok_or_else(|| Problem::NotAChoice { choices: codes.to_vec() })
        }
        Type::User => match raw {
            Raw::Member(person) => Ok(Value::User(person.user, Some(person.clone()))),
            Raw::Text(_) | Raw::Int(_) | Raw::Id(_) | Raw::File(_) => {
                raw.user().map(|user| Value::User(user, None)).ok_or(Problem::NotAPerson)
            }
        },
        Type::Channel => id(raw, "<#").and_then(ChannelId::new).map(Value::Channel).ok_or(Problem::NotAChannel),
        Type::Role => id(raw, "<@&").and_then(RoleId::new).map(Value::Role).ok_or(Problem::NotARole),
        Type::File => match raw {
            Raw::File(file) => Ok(Value::File(file.clone())),
            Raw::Text(_) | Raw::Int(_) | Raw::Id(_) | Raw::Member(_) => Err(Problem::Missing),
        },
        Type::Reduction => Discount::parse(text(raw)?).map(Value::Reduction),
        Type::Duration => Until::parse(text(raw)?).map(Value::Duration),
        Type::PromoCode => PromoCode::parse(text(raw)?).map(Value::PromoCode),
        Type::Target => Aim::parse(text(raw)?).map(Value::Target),
        Type::Request | Type::Offer => {
            let request = text(raw)?;
            let known = request.len() <= 100 && request.chars().all(|c| c.is_ascii_alphanumeric());
            if known && !request.is_empty() { Ok(Value::Request(request.to_owned())) } else { Err(Problem::NotAnId) }
        }
    }
}

fn text(raw: &Raw) -> Result<&str, Problem> {
    match raw {
        Raw::Text(text) => Ok(text),
        Raw::Int(_) | Raw::Id(_) | Raw::Member(_) | Raw::File(_) => Err(Problem::Missing),
    }
}

/// A whole number, as typed (`12`, `#12`) or as Discord sent it.
fn number(raw: &Raw) -> Option<i64> {
    match raw {
        Raw::Int(number) => Some(*number),
        Raw::Text(text) => text.trim().trim_start_matches('#').parse().ok(),
        Raw::Id(_) | Raw::Member(_) | Raw::File(_) => None,
    }
}

/// An id, resolved by Discord, as a mention or bare.
fn id(raw: &Raw, mention: &str) -> Option<u64> {
    match raw {
        Raw::Id(id) => Some(*id),
        Raw::Text(text) => {
            let text = text.trim();
            let inner = text.strip_prefix(mention).and_then(|rest| rest.strip_suffix('>'));
            inner.map(|inner| inner.trim_start_matches('!')).unwrap_or(text).parse().ok()
        }
        Raw::Int(_) | Raw::Member(_) | Raw::File(_) => None,
    }
}
