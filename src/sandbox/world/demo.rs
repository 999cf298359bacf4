//! The demo's guild, and a second one beside it for tests of isolation.

use super::{Kind, World};
use crate::sandbox::permissions::{
    ADMINISTRATOR, ATTACH_FILES, CREATE_PRIVATE_THREADS, CREATE_PUBLIC_THREADS, EMBED_LINKS, KICK_MEMBERS,
    MANAGE_CHANNELS, MANAGE_MESSAGES, MANAGE_ROLES, MANAGE_THREADS, MODERATE_MEMBERS, READ_MESSAGE_HISTORY,
    SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, USE_APPLICATION_COMMANDS, VIEW_CHANNEL,
};

/// The token of the demo's Maxis.
const MAXIS: &str = "sandbox-maxis";
/// The token of the demo's Shellia.
const SHELLIA: &str = "sandbox-shellia";

const TALKS: u64 =
    VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | READ_MESSAGE_HISTORY | USE_APPLICATION_COMMANDS;
const SELLS: u64 = TALKS
    | MANAGE_MESSAGES
    | MANAGE_ROLES
    | MANAGE_CHANNELS
    | MANAGE_THREADS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS;

const OTHERS: [(&str, &str); 10] = [
    ("amina", "Amina"),
    ("bastien", "Bastien"),
    ("chloe", "Chloé"),
    ("david", "David"),
    ("emma", "Emma"),
    ("farid", "Farid"),
    ("gaelle", "Gaëlle"),
    ("hugo", "Hugo"),
    ("ines", "Inès"),
    ("julien", "Julien"),
];

impl World {
    /// The demo: the guild « La Boutique de Léa » with its people and the two bots.
    ///
    /// User names: `lea` (owner), `sam` (support), `marie`, `jean`, and ten others. Bots: `Maxis`
    /// (token `sandbox-maxis`) and `Shellia` (`sandbox-shellia`). Channels: `accueil`, `boutique`, `support`,
    /// `discussion`, `staff`. Roles: `Membre`, `Premium`, `Support`, `Admin`.
    pub fn demo() -> Self {
        let mut world = Self::new();
        let lea = world.person("lea", "Léa");
        let sam = world.person("sam", "Sam");
        let marie = world.person("marie", "Marie");
        let jean = world.person("jean", "Jean");
        let guild = world.guild("La Boutique de Léa", lea);
        let member = world.role(guild, "Membre", 0x99_aa_b5, 0);
        let premium = world.role(guild, "Premium", 0xf1_c4_0f, 0);
        let support = world.role(guild, "Support", 0x3b_a5_5d, MANAGE_MESSAGES | MODERATE_MEMBERS | KICK_MEMBERS);
        let maxis = world.bot("Maxis", MAXIS, lea);
        let shellia = world.bot("Shellia", SHELLIA, lea);
        let maxis_role = world.install(guild, maxis, SELLS);
        let shellia_role = world.install(guild, shellia, TALKS | MANAGE_MESSAGES);
        let admin = world.role(guild, "Admin", 0xe7_4c_3c, ADMINISTRATOR);
        world.join(guild, lea, &[admin]);
        world.join(guild, sam, &[member, support]);
        world.join(guild, marie, &[member]);
        world.join(guild, jean, &[member]);
        for (n, (username, name)) in OTHERS.into_iter().enumerate() {
            let id = world.person(username, name);
            let roles: &[u64] = if n % 4 == 0 { &[member, premium] } else { &[member] };
            world.join(guild, id, roles);
            if n % 5 == 4 {
                world.locale(id, "en-US");
            }
        }
        for (name, topic) in [
            ("accueil", "Bienvenue à la boutique !"),
            ("boutique", "Les formules et les articles"),
            ("support", "Une question ? Ouvrez un ticket."),
            ("discussion", "On parle de tout"),
        ] {
            let channel = world.channel(guild, name, Kind::Text);
            world.topic(channel, topic);
        }
        let staff = world.channel(guild, "staff", Kind::Text);
        world.topic(staff, "Réservé à l’équipe");
        world.only_for(staff, &[support, maxis_role, shellia_role]);
        world
    }

    /// The demo, and the guild « Le Club de Paul » with both bots: `paul` (owner), `nora` (support), `olga`,
    /// `quentin`, and `jean`, who is a member of both. Channels: `salon`, `aide`, `staff`. Roles: `Support`.
    pub fn two_guilds() -> Self {
        let mut world = Self::demo();
        let paul = world.person("paul", "Paul");
        let nora = world.person("nora", "Nora");
        let club = world.guild("Le Club de Paul", paul);
        let support = world.role(club, "Support", 0x3b_a5_5d, MANAGE_MESSAGES | MODERATE_MEMBERS);
        world.join(club, nora, &[support]);
        for (username, name) in [("olga", "Olga"), ("quentin", "Quentin"), ("jean", "Jean")] {
            let known = super::stable_id(&format!("user/{username}"));
            let id = if world.users.contains_key(&known) { known } else { world.person(username, name) };
            world.join(club, id, &[]);
        }
        let apps: Vec<u64> = world.apps.keys().copied().collect();
        let bots: Vec<u64> = apps.into_iter().map(|app| world.install(club, app, SELLS)).collect();
        for name in ["salon", "aide"] {
            world.channel(club, name, Kind::Text);
        }
        let staff = world.channel(club, "staff", Kind::Text);
        let mut inside = vec![support];
        inside.extend(bots);
        world.only_for(staff, &inside);
        world
    }
}
