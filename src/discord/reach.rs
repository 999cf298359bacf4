//! What is asked of roles by their list alone: which of them the bot can't give, as Discord's hierarchy has it.

use crate::domain::shop::roles::RoleState;
use crate::kernel::RoleId;
use std::cmp::Reverse;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::RoleMarker;

/// A role's place: the higher the position the higher it stands, and of two in one place the older one.
pub(super) type Place = (i64, Reverse<Id<RoleMarker>>);

/// Of the roles that are named, those which the bot can't give, each with why. `all` are the guild's roles with their places,
/// `mine` the bot's, `may` what its roles allow (Discord, "Permissions: Permission Hierarchy").
pub(super) fn out_of_reach(
    named: &[RoleId],
    all: &[(Id<RoleMarker>, Place)],
    (mine, may): (&[Id<RoleMarker>], Permissions),
) -> Vec<(RoleId, RoleState)> {
    let highest = all.iter().filter(|(id, _)| mine.contains(id)).map(|(_, place)| *place).max();
    let why = |role: &RoleId| {
        let (_, place) = all.iter().find(|(id, _)| id.get() == role.get())?;
        if !may.intersects(Permissions::MANAGE_ROLES | Permissions::ADMINISTRATOR) {
            return Some((*role, RoleState::NoPermission));
        }
        (Some(*place) >= highest).then_some((*role, RoleState::TooLow))
    };
    named.iter().filter_map(why).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_below_the_bots_highest_role_can_be_given() {
        let id = |id: u64| Id::<RoleMarker>::new(id);
        let place = |at: u64, position: i64| (id(at), (position, Reverse(id(at))));
        let all = [place(1, 0), place(2, 1), place(3, 3), place(4, 2), place(5, 3), place(9, 3)];
        let named: Vec<RoleId> = [2, 4, 5, 9, 3, 7].into_iter().filter_map(RoleId::new).collect();
        let states = |may| out_of_reach(&named, &all, (&[id(5), id(2)], may));
        let low = |at: u64| (RoleId::new(at).unwrap(), RoleState::TooLow);
        // The bot's own is 5; 3 is older and stands above it in the same place, 9 is younger; 7 isn't there.
        assert_eq!(states(Permissions::MANAGE_ROLES), [low(5), low(3)]);
        assert_eq!(states(Permissions::ADMINISTRATOR), [low(5), low(3)]);
        let none = states(Permissions::SEND_MESSAGES);
        assert!(none.len() == 5 && none.iter().all(|(_, state)| *state == RoleState::NoPermission), "{none:?}");
    }
}
