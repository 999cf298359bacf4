//! Products at Stripe: one for each item of a guild, under a name that is worked out, so that two who make it make one.

use super::StripeGateway;
use super::client::Ask;
use super::view::Bare;
use crate::domain::payments::Refused;
use crate::kernel::GuildId;
use std::collections::HashMap;
use std::sync::PoisonError;
use stripe_product::product::CreateProduct;

const PREFIX: &str = "shellia_";

/// The name of an item's product: `shellia_77_plan_pro` for `plan/pro`.
pub(super) fn name_of(guild: GuildId, item: &str) -> String {
    format!("{PREFIX}{guild}_{}", item.replace('/', "_"))
}

/// The item that a product of ours is for.
pub(super) fn item_of(product: &str) -> Option<String> {
    let (guild, item) = product.strip_prefix(PREFIX)?.split_once('_')?;
    guild.parse::<GuildId>().ok()?;
    let (kind, code) = item.split_once('_')?;
    Some(format!("{kind}/{code}"))
}

impl StripeGateway {
    /// Makes sure that an item's product exists, and returns its name. Its title stays the one of the first time.
    pub(super) async fn product(&self, guild: GuildId, item: &str, title: &str) -> Result<String, Refused> {
        let name = name_of(guild, item);
        if self.products.lock().unwrap_or_else(PoisonError::into_inner).contains(&name) {
            return Ok(name);
        }
        let metadata = HashMap::from([("guild".to_owned(), guild.to_string()), ("item".to_owned(), item.to_owned())]);
        let request = CreateProduct::new(title).id(name.clone()).metadata(metadata);
        // Without a key: the name alone makes repeats harmless, and a key would bind the first title for a day.
        existing(self.client.call::<Bare>(Ask::new("a product", &request)).await)?;
        self.products.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
        Ok(name)
    }
}

/// What exists already under the name we gave it was made by us.
pub(super) fn existing<T>(made: Result<T, Refused>) -> Result<(), Refused> {
    match made {
        Ok(_) => Ok(()),
        Err(Refused::No(code)) if code == "resource_already_exists" => Ok(()),
        Err(refused) => Err(refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_of_ours_says_its_item() {
        let guild = GuildId::new(77).unwrap();
        for item in ["plan/pro", "product/theme_2-b", "plan/a_b"] {
            assert_eq!(item_of(&name_of(guild, item)).as_deref(), Some(item));
        }
        for other in ["prod_N1", "shellia_", "shellia_x_plan_pro", "shellia_77_plan", "shellia_0_plan_pro"] {
            assert_eq!(item_of(other), None, "{other}");
        }
    }
}
