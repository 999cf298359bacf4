//! What a role needs beyond settings that are well formed.

use super::{Problem, Role, Secret, Settings, Stripe};

/// Shorter keys can be guessed.
const SHORTEST_API_KEY: usize = 16;

/// The private PostgreSQL takes 60 connections; some are for migrations, LISTEN and a person's own tools.
const LARGEST_PRIVATE_POOL: u32 = 50;

/// Values that stand in examples and were left there.
const PLACEHOLDERS: [&str; 6] = ["xxx", "votre_token", "your_token", "changeme", "cle_secrete", "…"];

impl Settings {
    /// Every reason why `role` cannot start with these settings; empty when it can.
    pub fn validate(&self, role: Role) -> Vec<Problem> {
        let mut problems = Vec::new();
        if role.has_commerce() {
            problems.extend(token("MAXIS_DISCORD_TOKEN", "Maxis", self.maxis.discord_token.as_ref()));
            problems.extend(api_key(self.maxis.api_key.as_ref()));
            problems.extend(self.commerce());
        }
        if role.has_controller() {
            problems.extend(token("SHELLIA_DISCORD_TOKEN", "Shellia", self.shellia.discord_token.as_ref()));
            problems.extend(self.controller(role));
        }
        if role == Role::Both {
            problems.extend(self.both());
        }
        problems
    }

    fn commerce(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.database.url.is_none() && self.database.pool_size > LARGEST_PRIVATE_POOL {
            problems.push(Problem::new(
                "DATABASE_POOL_SIZE",
                format!("is more than the private PostgreSQL takes ({LARGEST_PRIVATE_POOL})"),
                "Lower it, or set DATABASE_URL to a larger server",
            ));
        }
        let files = &self.tickets.attachments;
        if files.max_bytes > files.member_quota_bytes {
            problems.push(Problem::new(
                "TICKETS_ATTACHMENT_MAX_BYTES",
                "is larger than what one member may keep in all",
                "Lower it, or raise TICKETS_ATTACHMENT_QUOTA_BYTES",
            ));
        }
        problems.extend(self.stripe.problems());
        problems
    }

    fn controller(&self, role: Role) -> Vec<Problem> {
        let mut problems = Vec::new();
        match (&self.shellia.maxis_api_url, &self.shellia.api_key) {
            (Some(_), None) => problems.push(Problem::new(
                "MAXIS_API_KEY",
                "is not set, and MAXIS_API_URL is",
                "Set it to the same text as on the machine of Maxis",
            )),
            // The commerce role has already judged a key that both share.
            (_, key) if !role.has_commerce() => problems.extend(api_key(key.as_ref())),
            _ => {}
        }
        problems
    }

    fn both(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let token = self.maxis.discord_token.as_ref();
        if token.is_some() && token == self.shellia.discord_token.as_ref() {
            problems.push(Problem::new(
                "SHELLIA_DISCORD_TOKEN",
                "is the same as MAXIS_DISCORD_TOKEN",
                "Make two applications on Discord's developer page, one for each bot",
            ));
        }
        if self.maxis.listen == self.shellia.listen && self.maxis.listen.port() != 0 {
            problems.push(Problem::new(
                "SHELLIA_LISTEN",
                "is the same address as MAXIS_LISTEN",
                "Choose another port for one of them",
            ));
        }
        problems
    }
}

impl Stripe {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let starts = |secret: &Option<Secret>, with: &[&str]| {
            secret.as_ref().is_none_or(|text| with.iter().any(|start| text.expose().starts_with(start)))
        };
        if !starts(&self.secret_key, &["sk_", "rk_"]) {
            problems.push(Problem::new(
                "STRIPE_SECRET_KEY",
                "is not a secret key",
                "Copy the key that starts with sk_ or rk_ from Stripe's page Developers, API keys",
            ));
        }
        let signing =
            [("STRIPE_WEBHOOK_SECRET", &self.webhook_secret), ("STRIPE_WEBHOOK_SECRET_OLD", &self.webhook_secret_old)];
        for (name, secret) in signing {
            if !starts(secret, &["whsec_"]) {
                problems.push(Problem::new(
                    name,
                    "is not a signing secret",
                    "Copy the secret that starts with whsec_ from the endpoint on Stripe's page Developers, Webhooks",
                ));
            }
        }
        if self.webhook_secret.is_none() && self.webhook_secret_old.is_some() {
            problems.push(Problem::new(
                "STRIPE_WEBHOOK_SECRET",
                "is not set, and STRIPE_WEBHOOK_SECRET_OLD is",
                "Set it to the present signing secret of the webhook endpoint",
            ));
        }
        if self.is_live() && self.api_url.scheme() != "https" {
            problems.push(Problem::new(
                "STRIPE_API_URL",
                "would send a live key without encryption",
                "Write an address that starts with https://",
            ));
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

fn token(name: &str, bot: &str, token: Option<&Secret>) -> Option<Problem> {
    let remedy = format!("Copy the token of {bot} from Discord's developer page, Bot, Reset Token");
    let what = match token.map(Secret::expose) {
        None => "is not set",
        Some(text) if is_placeholder(text) => "still holds the text of the example",
        Some(text) if text.contains(char::is_whitespace) => "holds a space",
        Some(_) => return None,
    };
    Some(Problem::new(name, what, remedy))
}

fn api_key(key: Option<&Secret>) -> Option<Problem> {
    let text = key?.expose();
    let what = if is_placeholder(text) {
        "still holds the text of the example".to_owned()
    } else if text.chars().count() < SHORTEST_API_KEY {
        format!("is shorter than {SHORTEST_API_KEY} characters")
    } else {
        return None;
    };
    Some(Problem::new("MAXIS_API_KEY", what, "Write a long random text, such as the output of `openssl rand -hex 32`"))
}

fn is_placeholder(text: &str) -> bool {
    PLACEHOLDERS.iter().any(|example| text.eq_ignore_ascii_case(example))
}
