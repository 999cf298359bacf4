//! What a role needs beyond settings that are well formed.

use super::{Problem, Role, Secret, Settings, Stripe, is_unread};

/// Shorter keys can be guessed.
const SHORTEST_API_KEY: usize = 16;

/// The private PostgreSQL takes 60 connections; some are for migrations, LISTEN and a person's own tools.
const LARGEST_PRIVATE_POOL: u32 = 50;

/// Values that stand in examples and were left there.
const PLACEHOLDERS: [&str; 6] = ["xxx", "votre_token", "your_token", "changeme", "cle_secrete", "…"];

/// A rule that is broken, with every setting that it looks at.
pub(super) struct Broken {
    looks_at: &'static [&'static str],
    problem: Problem,
}

pub(super) fn broken(looks_at: &'static [&'static str], problem: Problem) -> Broken {
    Broken { looks_at, problem }
}

impl Settings {
    /// Every reason why `role` cannot start with these settings; empty when it can.
    pub fn validate(&self, role: Role) -> Vec<Problem> {
        self.validate_read(role, &[])
    }

    /// The same, without what looks at a setting that could not be read: its stand-in is nobody's choice.
    pub(super) fn validate_read(&self, role: Role, unread: &[&'static str]) -> Vec<Problem> {
        let mut all = Vec::new();
        if role.has_commerce() {
            all.extend(token(&["MAXIS_DISCORD_TOKEN"], "Maxis", self.maxis.discord_token.as_ref()));
            all.extend(api_key(self.maxis.api_key.as_ref()));
            all.extend(self.commerce());
        }
        if role.has_controller() {
            all.extend(token(&["SHELLIA_DISCORD_TOKEN"], "Shellia", self.shellia.discord_token.as_ref()));
            all.extend(self.controller(role));
        }
        if role == Role::Both {
            all.extend(self.both());
        }
        let judged = all.into_iter().filter(|broken| !broken.looks_at.iter().any(|name| is_unread(unread, name)));
        judged.map(|broken| broken.problem).collect()
    }

    fn commerce(&self) -> Vec<Broken> {
        let mut problems = Vec::new();
        if self.database.url.is_none() && self.database.pool_size > LARGEST_PRIVATE_POOL {
            problems.push(broken(
                &["DATABASE_POOL_SIZE", "DATABASE_URL"],
                Problem::new(
                    "DATABASE_POOL_SIZE",
                    format!("is more than the private PostgreSQL takes ({LARGEST_PRIVATE_POOL})"),
                    "Lower it, or set DATABASE_URL to a larger server",
                ),
            ));
        }
        let files = &self.tickets.attachments;
        if files.max_bytes > files.member_quota_bytes {
            problems.push(broken(
                &["TICKETS_ATTACHMENT_MAX_BYTES", "TICKETS_ATTACHMENT_QUOTA_BYTES"],
                Problem::new(
                    "TICKETS_ATTACHMENT_MAX_BYTES",
                    "is larger than what one member may keep in all",
                    "Lower it, or raise TICKETS_ATTACHMENT_QUOTA_BYTES",
                ),
            ));
        }
        problems.extend(self.maxis.gate.problems());
        problems.extend(self.stripe.problems());
        problems
    }

    fn controller(&self, role: Role) -> Vec<Broken> {
        let mut problems = Vec::new();
        let shellia = &self.shellia;
        for (name, key) in &shellia.peer_keys {
            if key.expose().len() < SHORTEST_API_KEY
                || !(shellia.peers.iter().any(|(of, _)| of == name) || name == &shellia.maxis_name)
            {
                problems.push(broken(
                    &["MAXIS_PEER_KEYS", "MAXIS_PEERS", "MAXIS_NAME"],
                    Problem::new(
                        "MAXIS_PEER_KEYS",
                        format!("has for `{name}` a key that is too short, or that no Maxis is named by"),
                        "Give each name of MAXIS_PEERS a long random text, the same as on its machine",
                    ),
                ));
            }
        }
        let keyless = |(name, _): &&(String, _)| !shellia.peer_keys.iter().any(|(of, _)| of == name);
        if let (None, Some((name, _))) = (&shellia.api_key, shellia.peers.iter().find(keyless)) {
            problems.push(broken(
                &["MAXIS_PEER_KEYS", "MAXIS_PEERS", "MAXIS_API_KEY"],
                Problem::new(
                    "MAXIS_PEER_KEYS",
                    format!("has no key for `{name}`, and MAXIS_API_KEY is not set"),
                    "Set one of them to the same text as on the machine of that Maxis",
                ),
            ));
        }
        if shellia.maxis_api_url.is_some()
            && shellia.peers.iter().any(|(name, _)| name.eq_ignore_ascii_case(&shellia.maxis_name))
        {
            problems.push(broken(
                &["MAXIS_PEERS", "MAXIS_NAME", "MAXIS_API_URL"],
                Problem::new(
                    "MAXIS_PEERS",
                    "names the Maxis that MAXIS_NAME names already",
                    "Give each Maxis a name of its own",
                ),
            ));
        }
        match (&self.shellia.maxis_api_url, &self.shellia.api_key) {
            (Some(_), None) => problems.push(broken(
                &["MAXIS_API_KEY", "MAXIS_API_URL"],
                Problem::new(
                    "MAXIS_API_KEY",
                    "is not set, and MAXIS_API_URL is",
                    "Set it to the same text as on the machine of Maxis",
                ),
            )),
            // The commerce role has already judged a key that both share.
            (_, key) if !role.has_commerce() => problems.extend(api_key(key.as_ref())),
            _ => {}
        }
        problems.extend(self.way_to_maxis());
        problems
    }

    fn both(&self) -> Vec<Broken> {
        let mut problems = self.way_within();
        let token = self.maxis.discord_token.as_ref();
        if token.is_some() && token == self.shellia.discord_token.as_ref() {
            problems.push(broken(
                &["SHELLIA_DISCORD_TOKEN", "MAXIS_DISCORD_TOKEN"],
                Problem::new(
                    "SHELLIA_DISCORD_TOKEN",
                    "is the same as MAXIS_DISCORD_TOKEN",
                    "Make two applications on Discord's developer page, one for each bot",
                ),
            ));
        }
        if self.maxis.listen == self.shellia.listen && self.maxis.listen.port() != 0 {
            problems.push(broken(
                &["SHELLIA_LISTEN", "MAXIS_LISTEN"],
                Problem::new(
                    "SHELLIA_LISTEN",
                    "is the same address as MAXIS_LISTEN",
                    "Choose another port for one of them",
                ),
            ));
        }
        problems
    }
}

impl Stripe {
    fn problems(&self) -> Vec<Broken> {
        let starts = |secret: &Option<Secret>, with: &[&str]| {
            secret.as_ref().is_none_or(|text| with.iter().any(|start| text.expose().starts_with(start)))
        };
        let mut problems = Vec::new();
        if !starts(&self.secret_key, &["sk_", "rk_"]) {
            let remedy = "Copy the key that starts with sk_ or rk_ from Stripe's page Developers, API keys";
            problems
                .push(broken(&["STRIPE_SECRET_KEY"], Problem::new("STRIPE_SECRET_KEY", "is not a secret key", remedy)));
        }
        let signing: [(&'static [&'static str; 1], _); 2] = [
            (&["STRIPE_WEBHOOK_SECRET"], &self.webhook_secret),
            (&["STRIPE_WEBHOOK_SECRET_OLD"], &self.webhook_secret_old),
        ];
        for (looks_at, _) in signing.into_iter().filter(|(_, secret)| !starts(secret, &["whsec_"])) {
            let [name] = looks_at;
            let remedy =
                "Copy the secret that starts with whsec_ from the endpoint on Stripe's page Developers, Webhooks";
            problems.push(broken(looks_at, Problem::new(*name, "is not a signing secret", remedy)));
        }
        if self.webhook_secret.is_none() && self.webhook_secret_old.is_some() {
            let what = "is not set, and STRIPE_WEBHOOK_SECRET_OLD is";
            let remedy = "Set it to the present signing secret of the webhook endpoint";
            let looks_at = &["STRIPE_WEBHOOK_SECRET", "STRIPE_WEBHOOK_SECRET_OLD"];
            problems.push(broken(looks_at, Problem::new("STRIPE_WEBHOOK_SECRET", what, remedy)));
        }
        if self.is_live() && self.api_url.scheme() != "https" {
            let what = "would send a live key without encryption";
            let remedy = "Write an address that starts with https://";
            problems
                .push(broken(&["STRIPE_API_URL", "STRIPE_SECRET_KEY"], Problem::new("STRIPE_API_URL", what, remedy)));
        }
        problems
    }

    /// Whether the key moves real money.
    pub fn is_live(&self) -> bool {
        let live = |key: &Secret| ["sk_live_", "rk_live_"].iter().any(|start| key.expose().starts_with(start));
        self.secret_key.as_ref().is_some_and(live)
    }

    /// What works without, but less well; told once at the start.
    pub fn advice(&self) -> Option<Problem> {
        let lacks = self.secret_key.is_some() && self.webhook_secret.is_none();
        lacks.then(|| {
            Problem::new(
                "STRIPE_WEBHOOK_SECRET",
                "is not set, and STRIPE_SECRET_KEY is: a payment is only seen when Stripe is asked, up to an hour later",
                "Make a webhook endpoint for /webhooks/stripe on Stripe's page Developers, Webhooks, and copy its secret",
            )
        })
    }
}

fn token(looks_at: &'static [&'static str; 1], bot: &str, token: Option<&Secret>) -> Option<Broken> {
    let [name] = looks_at;
    let remedy = format!("Copy the token of {bot} from Discord's developer page, Bot, Reset Token");
    let what = match token.map(Secret::expose) {
        None => "is not set",
        Some(text) if is_placeholder(text) => "still holds the text of the example",
        Some(text) if text.contains(char::is_whitespace) => "holds a space",
        Some(_) => return None,
    };
    Some(broken(looks_at, Problem::new(*name, what, remedy)))
}

fn api_key(key: Option<&Secret>) -> Option<Broken> {
    let text = key?.expose();
    let what = if is_placeholder(text) {
        "still holds the text of the example".to_owned()
    } else if text.chars().count() < SHORTEST_API_KEY {
        format!("is shorter than {SHORTEST_API_KEY} characters")
    } else {
        return None;
    };
    let remedy = "Write a long random text, such as the output of `openssl rand -hex 32`";
    Some(broken(&["MAXIS_API_KEY"], Problem::new("MAXIS_API_KEY", what, remedy)))
}

fn is_placeholder(text: &str) -> bool {
    PLACEHOLDERS.iter().any(|example| text.eq_ignore_ascii_case(example))
}
