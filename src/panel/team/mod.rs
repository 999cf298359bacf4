//! The panel's pages of promotions, giveaways, Shellia's plans, settings, privacy and the audit.
//!
//! What is done goes through the commands of Discord, or through the desk that answers Shellia; here stands what is shown.

mod decisions;
mod give;
mod giveaways;
mod page;
mod privacy;
mod promo_words;
mod promote;
mod promotions;
mod settings;
mod told;
mod trail;

pub use decisions::{Approved, Asked as DecisionsAsked, Decision, Decisions, NotDone, Resumed, Stopped, SwitchView};
pub use give::{Made, Reroll};
pub use giveaways::{Asked as GiveawaysAsked, GiveawayDetail, GiveawayRow, Giveaways, HolderView, Said};
pub use page::{Paged, Sum};
pub use privacy::{
    CountedView, ErasureView, Looked, NewRetention, PrivacyAnswer, PrivacyRow, PrivacyRows, RetentionRow, RetentionRows,
};
pub use promo_words::{PriceChange, PricesPreview};
pub use promote::{Confirmed, NewPromo};
pub use promotions::{Asked as PromotionsAsked, PromotionRow, Promotions};
pub use settings::{Check, Choice, Finding, Setting, Settings};
pub use trail::{Asked as AuditAsked, Audit, AuditLine};
