//! Roles that are named by their name: where neither a mention nor an id was typed, Discord is asked which roles are called so.

use super::args::{self, Raw};
use super::call::Call;
use super::spec::{Spec, Type};
use crate::app::App;
use crate::kernel::error::{Error, Problem};
use crate::kernel::{GuildId, Result};
use std::borrow::Cow;

/// A call in which each role that was named by its name stands with its id.
///
/// # Errors
/// [`Error::Argument`] where no role or several bear a name; as [`super::Inspector::roles_called`].
pub(super) async fn resolved<'a>(
    app: &App,
    spec: &'static Spec,
    call: &'a Call,
    guild: GuildId,
) -> Result<Cow<'a, Call>> {
    let mut resolved = Cow::Borrowed(call);
    for (at, (name, raw)) in call.given.iter().enumerate() {
        let (Some(opt), Raw::Text(typed)) = (spec.option(name), raw) else { continue };
        let called = typed.trim().trim_start_matches('@').trim();
        if opt.ty != Type::Role || called.is_empty() || args::fits(opt, raw) {
            continue;
        }
        match app.inspector.roles_called(guild, called).await?.as_slice() {
            [] => return Err(Error::Argument { option: opt.name, problem: Problem::NoSuchRole }),
            [only] => {
                if let Some((_, raw)) = resolved.to_mut().given.get_mut(at) {
                    *raw = Raw::Id(only.get());
                }
            }
            several => {
                let problem = Problem::WhichRole { roles: several.to_vec() };
                return Err(Error::Argument { option: opt.name, problem });
            }
        }
    }
    Ok(resolved)
}
