//! The guild that a button in direct messages stands for: there Discord tells none, so the button carries it.
//!
//! Whoever presses it acts as a plain member of that guild, with no role: the tag says where, never who.

use crate::commands;
use crate::kernel::GuildId;
use crate::kernel::reply::{Action, Reply};

/// The option that carries it.
const GUILD: &str = "guild";
/// The longest action that Discord carries.
const LONGEST: usize = 100;

/// Adds the guild to an action that has none.
pub(super) fn tag(action: Action, guild: GuildId) -> Action {
    if action.options.iter().any(|(name, _)| name == GUILD) {
        return action;
    }
    action.with(GUILD, guild)
}

/// Takes the guild off an action.
pub(super) fn untag(action: &mut Action) -> Option<GuildId> {
    let at = action.options.iter().position(|(name, _)| name == GUILD)?;
    let (_, guild) = action.options.remove(at);
    guild.parse().ok()
}

/// Makes the buttons of a reply work in direct messages; one that does not reach from there, or whose action would become too long,
/// is left out.
pub(super) fn for_direct_messages(mut reply: Reply, guild: GuildId) -> Reply {
    reply.buttons.retain(|button| commands::reaches_from_afar(&button.action.command));
    for button in &mut reply.buttons {
        button.action = tag(button.action.clone(), guild);
    }
    reply.buttons.retain(|button| button.action.to_string().len() <= LONGEST);
    reply
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::reply::Button;

    #[test]
    fn a_tag_goes_on_once_and_comes_off() {
        let guild = GuildId::new(9).unwrap();
        let plain = Action::new("ticket_view").with("id", 4);
        let mut tagged = tag(tag(plain.clone(), guild), guild);
        assert_eq!(tagged.to_string(), "ticket_view?id=4&guild=9");
        assert_eq!(untag(&mut tagged), Some(guild));
        assert_eq!(tagged, plain);
        assert_eq!(untag(&mut tagged), None);
        let mut forged = Action::new("x").with(GUILD, "none");
        assert_eq!(untag(&mut forged), None);
        assert_eq!(forged, Action::new("x"));
    }

    #[test]
    fn every_button_that_reaches_the_guild_is_tagged_and_others_go() {
        let view = Button::new("a", Action::new("ticket_view").with("id", 4));
        let reply = Reply::private("").button(view).button(Button::new("b", Action::new("ticket_create")));
        let reply = for_direct_messages(reply, GuildId::new(9).unwrap());
        let actions: Vec<String> = reply.buttons.iter().map(|b| b.action.to_string()).collect();
        assert_eq!(actions, ["ticket_view?id=4&guild=9"]);
    }
}
