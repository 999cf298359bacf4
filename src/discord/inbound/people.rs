//! The people whom a typed command names: each with the roles that Discord tells of him.
//!
//! The message tells them of those whom it mentions; for a bare id, or a mention that came without, Discord is asked. Whom it
//! doesn't know in the guild is no person that a command takes.

use super::Inbound;
use crate::commands::{Call, Raw, Spec, Type};
use crate::discord::calm::calmly;
use crate::discord::fault::Fault;
use crate::domain::accounts::Person;
use crate::kernel::{RoleId, UserId};
use twilight_model::channel::Message;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, RoleMarker, UserMarker};

impl Inbound {
    /// Puts people in the place of their mentions and ids, in the options that take one.
    pub(super) async fn name_members(&self, message: &Message, spec: &Spec, call: &mut Call) {
        let Some(guild) = message.guild_id else { return };
        for (name, raw) in &mut call.given {
            let takes_person = spec.option(name).is_some_and(|opt| opt.ty == Type::User);
            let Raw::Text(text) = &*raw else { continue };
            let (true, Some(user)) = (takes_person, named(text)) else { continue };
            let mention = message.mentions.iter().find(|mention| mention.id == user);
            let told = mention.and_then(|mention| mention.member.as_ref());
            let person = match told {
                Some(member) => {
                    let name = member.nick.clone().unwrap_or_default();
                    let bot = mention.is_some_and(|mention| mention.bot);
                    Ok(self.person(guild, user, Known { name, roles: &member.roles, bot }).await)
                }
                None => self.ask_for(guild, user).await,
            };
            match person {
                Ok(Some(person)) => *raw = Raw::Member(person),
                // No id any more, so that it is refused as no person.
                Ok(None) => *raw = Raw::Text(format!("@{text}")),
                // He stays one of whom nothing is known.
                Err(fault) => tracing::warn!(%guild, %fault, "a person whom a command names could not be asked for"),
            }
        }
    }

    /// A member as Discord tells of him; `None` for who isn't in the guild.
    async fn ask_for(&self, guild: Id<GuildMarker>, user: Id<UserMarker>) -> Result<Option<Person>, Fault> {
        let response = match calmly(self.discord.http().guild_member(guild, user)).await {
            Ok(response) => response,
            Err(error) => {
                let fault = Fault::of(&error);
                return if matches!(fault, Fault::Refused { status: 404, .. }) { Ok(None) } else { Err(fault) };
            }
        };
        let member = response.model().await.map_err(|_| Fault::Unreachable)?;
        let name = member.nick.or(member.user.global_name).unwrap_or(member.user.name);
        Ok(self.person(guild, user, Known { name, roles: &member.roles, bot: member.user.bot }).await)
    }

    async fn person(&self, guild: Id<GuildMarker>, user: Id<UserMarker>, known: Known<'_>) -> Option<Person> {
        let manages_guild = self.discord.rights().manages(self.discord.http(), guild, user, known.roles).await;
        let roles = known.roles.iter().filter_map(|role| RoleId::new(role.get())).collect();
        let Known { name, bot, .. } = known;
        Some(Person { user: UserId::new(user.get())?, name, roles, manages_guild, locale: None, bot, joined_at: None })
    }
}

/// What Discord told of a member.
struct Known<'a> {
    name: String,
    roles: &'a [Id<RoleMarker>],
    bot: bool,
}

/// The person whom a text names, by a mention or his bare id; as loosely as `commands::args` reads one.
fn named(text: &str) -> Option<Id<UserMarker>> {
    let text = text.trim();
    let inside = text.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>'));
    Id::new_checked(inside.map_or(text, |inside| inside.trim_start_matches('!')).parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_named_by_a_mention_or_an_id() {
        for text in ["12", " 12 ", "<@12>", "<@!12>", "<@!!12>"] {
            assert_eq!(named(text), Some(Id::new(12)), "{text}");
        }
        for text in ["", "0", "<@>", "<@&12>", "@marie", "<#12>", "-1"] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
