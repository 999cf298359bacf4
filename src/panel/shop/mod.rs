//! The shop at the panel: orders, members, the catalogue and its figures. Reads are queries of the domains; each deed is a command's,
//! with its rules, caps and audit.

mod asked;
mod catalogue;
mod changes;
mod keys;
mod members;
mod offered;
mod orders;
mod overview;
mod patch;
mod shape;
mod sure;

pub use catalogue::{KeyCounts, PlanRow, PlanRows, PriceOf, ProductRow, ProductRows, RoleOf, SieveAsked, VariantRow};
pub use changes::{NewContent, NewPlan, NewProduct, NewStock, NewVariant, Thing};
pub use keys::{KeysAdded, NewKeys, NotAdded};
pub use members::{Give, MemberRole, MemberView, Members, MembersAsked};
pub use offered::Offered;
pub use orders::{OrderView, Orders, OrdersAsked, RefundOf};
pub use overview::{Alert, ShopDay, ShopFigures};
pub use patch::Patch;
pub use shape::{DisputeView, EntitlementView, Happening, OrderRow, PaymentView, RefundView, SubscriptionView, Sum};
pub use sure::{Outcome, Sure};
