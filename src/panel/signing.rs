//! Signing in: by Discord's word, or by a one-time link; each try is written down.

use super::Panel;
use super::outside::{Account, Unsigned};
pub use crate::domain::panel::Tried;
use crate::domain::panel::{self, NewSession, SignIn, Token, Via};
use crate::kernel::{Error, GuildId, Locale, Result, UserId};
use crate::{commands, kernel::error::Cause};
use url::Url;

/// Where Discord sends browsers back.
const BACK: &str = "/api/admin/signed-in";
/// Where one is led who named no page.
const HOME: &str = "/admin-panel/index.html";
/// Longest page address that is remembered.
const PAGE: usize = 2000;

/// A sign-in that was begun.
pub struct Begun {
    /// Where the browser is sent.
    pub to: Url,
    /// What the browser must hold when it comes back.
    pub browser: Token,
}

/// A session that was opened.
pub struct Entered {
    /// What the browser holds from now on.
    pub token: Token,
    /// The page to which it is led.
    pub to: String,
}

/// From where and with what somebody asks to be let in.
#[derive(Debug, Clone)]
pub struct Knock {
    /// What his browser calls itself.
    pub browser: String,
    /// His network.
    pub network: String,
}

/// The page that a sign-in leads to: one of the panel's own, whatever was asked for.
fn page(wanted: Option<&str>) -> String {
    let own = |to: &&str| {
        let plain = to.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        to.starts_with("/admin-panel/") && !to.contains("//") && plain && to.len() <= PAGE
    };
    wanted.filter(own).unwrap_or(HOME).to_owned()
}

impl Panel {
    fn redirect(&self) -> Option<Url> {
        self.base()?.join(BACK).ok()
    }

    /// Begins a sign-in for a browser, which may hold what an earlier one gave it; `None` where one can't sign in with Discord.
    pub fn begin(&self, to: Option<&str>, held: Option<Token>) -> Option<Begun> {
        let redirect = self.redirect().filter(|_| self.has_discord())?;
        let browser = held.unwrap_or_else(Token::fresh);
        let sent = self.states.begin(&browser, page(to));
        let to = self.outside.authorize(&redirect, sent.state.expose(), &sent.challenge)?;
        Some(Begun { to, browser })
    }

    /// Ends a sign-in with what the browser brought back from Discord: a code, or nothing where he said no.
    ///
    /// # Errors
    /// [`Tried`], which is written down.
    pub async fn finish(
        &self,
        state: &str,
        code: Option<&str>,
        (held, knock): (Option<Token>, Knock),
    ) -> Result<Entered, Tried> {
        let entered = match self.states.take(state, held.as_ref()) {
            None => Err((None, Tried::Expired)),
            Some((verifier, to)) => match code {
                None => Err((None, Tried::Denied)),
                Some(code) => self.enter(code, &verifier, (to, &knock)).await,
            },
        };
        match entered {
            Ok(entered) => Ok(entered),
            Err((user, outcome)) => {
                self.note(SignIn { user, via: Via::Discord, outcome, network: knock.network }).await;
                Err(outcome)
            }
        }
    }

    async fn enter(
        &self,
        code: &str,
        verifier: &Token,
        (to, knock): (String, &Knock),
    ) -> Result<Entered, (Option<UserId>, Tried)> {
        let redirect = self.redirect().ok_or((None, Tried::Discord))?;
        let account = match self.outside.account(&redirect, code, verifier.expose()).await {
            Ok(account) => account,
            Err(Unsigned::Code) => return Err((None, Tried::Expired)),
            Err(Unsigned::Away) => return Err((None, Tried::Discord)),
        };
        let user = Some(account.user);
        match self.guilds_of(account.user, Via::Discord).await {
            Ok(guilds) if guilds.is_empty() => return Err((user, Tried::Nobody)),
            Ok(_) => {}
            Err(error) => {
                commands::log("panel", &error);
                return Err((user, Tried::Discord));
            }
        }
        let Account { user, name, avatar, locale } = account;
        let locale = Locale::from_code(&locale).unwrap_or_default();
        let new = NewSession { user, name, avatar, locale, via: Via::Discord, browser: knock.browser.clone() };
        match self.open(new, &knock.network).await {
            Ok(token) => Ok(Entered { token, to }),
            Err(error) => {
                commands::log("panel", &error);
                Err((Some(user), Tried::Discord))
            }
        }
    }

    async fn open(&self, new: NewSession, network: &str) -> Result<Token> {
        let mut tx = self.system().await?;
        let (token, now) = (Token::fresh(), self.now());
        let noted = SignIn { user: Some(new.user), via: new.via, outcome: Tried::In, network: network.to_owned() };
        panel::open(&mut tx, &token, new, now).await?;
        panel::note(&mut tx, &noted, now);
        panel::sweep(&mut tx, now);
        tx.commit().await?;
        Ok(token)
    }

    /// Writes down that somebody was not let in; what can't be written is logged.
    async fn note(&self, tried: SignIn) {
        let noted = async {
            let mut tx = self.system().await?;
            panel::note(&mut tx, &tried, self.now());
            tx.commit().await
        };
        if let Err(error) = noted.await {
            commands::log("panel", &error);
        }
    }

    /// Writes down that somebody tried too often.
    pub async fn tried_too_often(&self, knock: Knock) {
        let network = knock.network;
        self.note(SignIn { user: None, via: Via::Discord, outcome: Tried::Busy, network }).await;
    }

    /// Opens a session by a one-time link.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a link that was used, is too old or was never made; [`Error::Unavailable`].
    pub async fn by_link(&self, token: Option<Token>, knock: &Knock) -> Result<Token> {
        let now = self.now();
        let taken = match &token {
            Some(token) => {
                let mut tx = self.system().await?;
                let taken = panel::take_link(&mut tx, token, now).await?;
                tx.commit().await?;
                taken
            }
            None => None,
        };
        let Some((guild, user)) = taken else {
            let network = knock.network.clone();
            // Nobody knows into which guild a link leads that isn't one.
            self.note(SignIn { user: None, via: Via::Discord, outcome: Tried::Expired, network }).await;
            return Err(Error::Conflict("panel-link-over"));
        };
        let name = self.member_name(guild, user).await.unwrap_or_else(|| user.to_string());
        let locale = match self.app.known_guild(guild).await? {
            Some(known) => known.locale,
            None => return Err(Error::Conflict("panel-link-over")),
        };
        let via = Via::Link(guild);
        let new = NewSession { user, name, avatar: None, locale, via, browser: knock.browser.clone() };
        self.open(new, &knock.network).await
    }

    /// Makes a one-time link into a guild, as a person; the token goes behind `#link=`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a guild that was never heard of.
    pub async fn make_link(&self, guild: GuildId, user: UserId) -> Result<Token> {
        make_link(&self.app.db, (guild, user), self.now()).await
    }
}

/// Makes a one-time link in a database.
///
/// # Errors
/// As [`Panel::make_link`].
pub async fn make_link(db: &crate::db::Db, (guild, user): (GuildId, UserId), now: jiff::Timestamp) -> Result<Token> {
    let mut tx = db.begin(&crate::kernel::Actor::system_in(crate::kernel::System::Accounts, guild)).await?;
    let known = crate::domain::accounts::load(&mut tx, guild).await?;
    tx.end().await?;
    if known.is_none() {
        return Err(Error::NotFound("guild"));
    }
    let mut tx = db.begin(&crate::kernel::Actor::system(crate::kernel::System::Panel)).await?;
    let token = Token::fresh();
    panel::make_link(&mut tx, &token, (guild, user), now);
    let unsure = |error: Error| match error {
        Error::Unsure { what, .. } => Error::Unavailable { what, cause: Cause::new("make another link") },
        other => other,
    };
    tx.commit().await.map_err(unsure)?;
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_leads_to_a_page_of_the_panel_and_nowhere_else() {
        let kept = "/admin-panel/tickets.html?guild=1&state=open#12";
        assert_eq!(page(Some(kept)), kept);
        let long = format!("/admin-panel/{}", "a".repeat(PAGE));
        for to in [
            "https://evil.example/",
            "//evil.example/admin-panel/",
            "/admin-panel//evil.example",
            "/admin-panel/\\evil.example",
            "/admin-panel/\r\nSet-Cookie: a=b",
            "/admin",
            "admin-panel/",
            "",
            &long,
        ] {
            assert_eq!(page(Some(to)), HOME, "{to}");
        }
        assert_eq!(page(None), HOME);
    }
}
