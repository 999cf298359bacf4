//! The closed lists of the understanding, with the words that `shellia understand` prints and the control API takes.

/// What somebody wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Intent {
    /// Whether Maxis is well.
    Status,
    /// A figure, or several.
    Analytics,
    /// The recap.
    Report,
    /// A new promotion.
    PromoCreate,
    /// The end of a promotion.
    PromoStop,
    /// Which promotions there are.
    PromoList,
    /// A new giveaway.
    GiveawayCreate,
    /// The end of a giveaway, now.
    GiveawayEnd,
    /// Other winners.
    GiveawayReroll,
    /// Which giveaways there are.
    GiveawayList,
    /// What a setting is.
    ConfigGet,
    /// A setting changed.
    ConfigSet,
    /// The kill switch.
    StopAll,
    /// The end of the kill switch.
    Resume,
    /// Which plans wait for approval.
    Pending,
    /// A plan approved.
    Approve,
    /// A plan rejected.
    Reject,
    /// Who did what.
    Audit,
    /// What can be said.
    Help,
    /// Nothing of these.
    None,
}

impl Intent {
    /// Every intent.
    pub const ALL: [Self; 20] = [
        Self::Status,
        Self::Analytics,
        Self::Report,
        Self::PromoCreate,
        Self::PromoStop,
        Self::PromoList,
        Self::GiveawayCreate,
        Self::GiveawayEnd,
        Self::GiveawayReroll,
        Self::GiveawayList,
        Self::ConfigGet,
        Self::ConfigSet,
        Self::StopAll,
        Self::Resume,
        Self::Pending,
        Self::Approve,
        Self::Reject,
        Self::Audit,
        Self::Help,
        Self::None,
    ];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Analytics => "analytics",
            Self::Report => "report",
            Self::PromoCreate => "promo_create",
            Self::PromoStop => "promo_stop",
            Self::PromoList => "promo_list",
            Self::GiveawayCreate => "giveaway_create",
            Self::GiveawayEnd => "giveaway_end",
            Self::GiveawayReroll => "giveaway_reroll",
            Self::GiveawayList => "giveaway_list",
            Self::ConfigGet => "config_get",
            Self::ConfigSet => "config_set",
            Self::StopAll => "stop_all",
            Self::Resume => "resume",
            Self::Pending => "pending",
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Audit => "audit",
            Self::Help => "help",
            Self::None => "none",
        }
    }

    /// Whether it only reads.
    pub const fn reads(self) -> bool {
        match self {
            Self::Status
            | Self::Analytics
            | Self::Report
            | Self::PromoList
            | Self::GiveawayList
            | Self::ConfigGet
            | Self::Pending
            | Self::Audit
            | Self::Help => true,
            Self::PromoCreate
            | Self::PromoStop
            | Self::GiveawayCreate
            | Self::GiveawayEnd
            | Self::GiveawayReroll
            | Self::ConfigSet
            | Self::StopAll
            | Self::Resume
            | Self::Approve
            | Self::Reject
            | Self::None => false,
        }
    }
}

/// What may be done about a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// A plan is made of it, which waits for approval.
    Plan,
    /// It is answered; nothing changes.
    Answer,
    /// Something is asked back; nothing changes.
    Ask,
    /// It is refused with a reason; nothing changes.
    Refuse,
    /// Nothing happens.
    Ignore,
    /// It is done at once.
    Act,
}

impl Verdict {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Answer => "answer",
            Self::Ask => "ask",
            Self::Refuse => "refuse",
            Self::Ignore => "ignore",
            Self::Act => "act",
        }
    }
}

/// What must be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Missing {
    /// How much off, a percentage or an amount; or what a setting is to be.
    Value,
    /// A number is there, but not what it counts: per cent or money.
    Unit,
    /// What it is on.
    Target,
    /// Until when, or how long.
    End,
    /// What is won.
    Prize,
    /// Which plan, promotion or giveaway: its number.
    Ref,
    /// The button: a person who doesn't name a plan's number approves by its button.
    Button,
    /// Which setting.
    Key,
    /// The name of the code.
    Code,
    /// Whom it is for.
    Audience,
    /// Which period.
    Period,
    /// Which of several orders, values or meanings is meant.
    Choice,
    /// What is wanted at all.
    Intent,
}

impl Missing {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Unit => "unit",
            Self::Target => "target",
            Self::End => "end",
            Self::Prize => "prize",
            Self::Ref => "ref",
            Self::Button => "button",
            Self::Key => "key",
            Self::Code => "code",
            Self::Audience => "audience",
            Self::Period => "period",
            Self::Choice => "choice",
            Self::Intent => "intent",
        }
    }
}

/// Why a sentence is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// More off than the cap.
    AboveCap,
    /// Nothing would be left to pay.
    Free,
    /// It would add up with others.
    Stacking,
    /// It would never end.
    WithoutEnd,
    /// A cap, a floor, a cooldown or a budget is not changed or passed by here.
    CapChange,
    /// Approval is not switched off.
    ApprovalOff,
    /// The audit is neither switched off nor altered.
    AuditOff,
    /// Money back is a person's deed.
    Refund,
    /// So is money out.
    Payout,
    /// So is a role.
    RoleGrant,
    /// A price is neither raised nor set.
    PriceChange,
    /// Winners are drawn.
    ChosenWinner,
    /// What belongs to somebody else.
    OthersData,
    /// Bans and the like.
    Moderation,
    /// An attempt to change the rules.
    Rules,
    /// A giveaway is cancelled by a command: its end draws it.
    GiveawayCancel,
    /// So is it paused.
    GiveawayPause,
    /// And so is it made longer.
    GiveawayExtend,
    /// A plan is given to somebody by a command.
    Grant,
    /// How many are left stands in a list of the shop.
    Stock,
    /// Word of each sale comes by a command.
    Follow,
    /// Who won, and who takes part, stands with the giveaway.
    Entrants,
    /// It says not to.
    Negated,
    /// Somebody else's words.
    Quoted,
    /// A supposition.
    Hypothetical,
    /// What was said is no longer wanted.
    TakenBack,
    /// It depends on something.
    Condition,
    /// More than one order.
    TwoOrders,
    /// More than one value for one thing.
    TwoValues,
    /// More than one target.
    TwoTargets,
    /// No plan or product of that name is known.
    UnknownTarget,
    /// For one person, or for people that no list holds.
    UnknownAudience,
    /// A limit or an exception that no promotion or giveaway has.
    UnknownLimit,
    /// Not the shop's currency.
    Currency,
    /// A number with two readings.
    DoubtfulNumber,
    /// A length without a number.
    VagueLength,
    /// A date that is over.
    PastDate,
    /// A date that no calendar has.
    ImpossibleDate,
    /// It is to begin later, which no plan can.
    LaterStart,
    /// It may be an order or a question.
    Uncertain,
    /// Signs that turn round what is shown.
    HiddenCharacters,
    /// Said to somebody else.
    NotAddressed,
    /// Small talk.
    SmallTalk,
    /// Nothing that is known.
    NotUnderstood,
    /// Longer than any message.
    TooLong,
}

impl Reason {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AboveCap => "above_cap",
            Self::Free => "free",
            Self::Stacking => "stacking",
            Self::WithoutEnd => "without_end",
            Self::CapChange => "cap_change",
            Self::ApprovalOff => "approval_off",
            Self::AuditOff => "audit_off",
            Self::Refund => "refund",
            Self::Payout => "payout",
            Self::RoleGrant => "role_grant",
            Self::PriceChange => "price_change",
            Self::ChosenWinner => "chosen_winner",
            Self::OthersData => "others_data",
            Self::Moderation => "moderation",
            Self::Rules => "rules",
            Self::GiveawayCancel => "giveaway_cancel",
            Self::GiveawayPause => "giveaway_pause",
            Self::GiveawayExtend => "giveaway_extend",
            Self::Grant => "grant",
            Self::Stock => "stock",
            Self::Follow => "follow",
            Self::Entrants => "entrants",
            Self::Negated => "negated",
            Self::Quoted => "quoted",
            Self::Hypothetical => "hypothetical",
            Self::TakenBack => "taken_back",
            Self::Condition => "condition",
            Self::TwoOrders => "two_orders",
            Self::TwoValues => "two_values",
            Self::TwoTargets => "two_targets",
            Self::UnknownTarget => "unknown_target",
            Self::UnknownAudience => "unknown_audience",
            Self::UnknownLimit => "unknown_limit",
            Self::Currency => "currency",
            Self::DoubtfulNumber => "doubtful_number",
            Self::VagueLength => "vague_length",
            Self::PastDate => "past_date",
            Self::ImpossibleDate => "impossible_date",
            Self::LaterStart => "later_start",
            Self::Uncertain => "uncertain",
            Self::HiddenCharacters => "hidden_characters",
            Self::NotAddressed => "not_addressed",
            Self::SmallTalk => "small_talk",
            Self::NotUnderstood => "not_understood",
            Self::TooLong => "too_long",
        }
    }
}
