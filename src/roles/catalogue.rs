//! The catalogue that a new shop begins with: the compiled-in one, or the file that the settings name.

use crate::config::{Problem, Settings};
use crate::domain::shop::catalogue::Defaults;

/// Reads the catalogue.
///
/// # Errors
/// Every problem of the file.
pub(super) fn read(settings: &Settings) -> Result<Defaults, Vec<Problem>> {
    let Some(path) = &settings.shop.catalogue else { return Ok(Defaults::default()) };
    let place = format!("SHOP_CATALOGUE {}", path.display());
    let problem = |what: String, remedy: &str| Problem::new(place.clone(), what, remedy.to_owned());
    let text = std::fs::read_to_string(path).map_err(|error| {
        vec![problem(format!("cannot be read: {error}"), "Check the path and the file's permissions")]
    })?;
    let remedy = "Write it as config/catalogue.toml is written";
    Defaults::parse(&text).map_err(|all| all.into_iter().map(|what| problem(what, remedy)).collect())
}
