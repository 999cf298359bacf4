//! What people ask, from the event to the answer: each in a task of its own, a bounded number at work at once.

mod catch_up;
mod home;
mod interaction;
mod lanes;
mod people;
mod tag;
#[cfg(test)]
mod tests;
mod told;
mod typed;

use super::Discord;
use super::answers::Asker;
use super::gateway::{Asked, Handling, Intake, Missed, Told};
use crate::app::App;
use crate::commands::{self, Answer, Call, Spec, Type};
use crate::kernel::GuildId;
use crate::kernel::reply::{Reply, Visibility};
use interaction::{Wants, pressed};
use lanes::{Lanes, Turn};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;
use twilight_model::application::interaction::Interaction;

/// How many calls are worked on at once; further ones wait (and interactions are put off).
const AT_ONCE: usize = 256;
/// How long suggestions may take; after that there are none.
const SUGGEST: Duration = Duration::from_millis(2000);

/// Takes what people ask of one bot.
pub(super) struct Inbound {
    discord: Arc<Discord>,
    app: Arc<App>,
    /// The commands that may be typed.
    specs: Vec<&'static Spec>,
    lanes: Lanes,
    /// Answers to typed commands, each person's in the order of asking.
    showing: Lanes,
    homes: home::Homes,
    permits: Semaphore,
    /// For reading what was missed.
    readers: Semaphore,
    tasks: TaskTracker,
}

/// Counts a call as under way while it lives; a call that ends in a panic is counted as a fault.
struct Busy(Arc<Discord>);

impl Busy {
    fn new(discord: &Arc<Discord>) -> Self {
        discord.under_way.fetch_add(1, Ordering::Relaxed);
        Self(discord.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
        if std::thread::panicking() {
            self.0.counters().faults.add();
            tracing::error!("a call failed by a fault of ours");
        }
    }
}

impl Intake for Inbound {
    fn take(self: Arc<Self>, asked: Asked, handling: Handling) {
        let heard = Instant::now();
        let busy = Busy::new(&self.discord);
        let tasks = self.tasks.clone();
        match asked {
            Asked::Typed(message) => {
                let author = message.author.id.get();
                let turns = (self.lanes.enter(author), self.showing.enter(author));
                tasks.spawn(async move {
                    let _kept = (busy, handling);
                    self.typed(&message, turns).await;
                    self.app.pilot.answers(&message.id.to_string());
                });
            }
            Asked::Interaction(interaction) => {
                let Some(wants) = interaction::read(&interaction) else { return };
                let Wants::Answer(call) = wants else {
                    tasks.spawn(async move {
                        let _kept = (busy, handling);
                        self.suggest(&interaction, wants, heard).await;
                    });
                    return;
                };
                let turn = self.lanes.enter(call.person.user.get());
                tasks.spawn(async move {
                    let _kept = (busy, handling);
                    let request = call.request.clone();
                    self.interaction(&interaction, call, turn, heard).await;
                    self.app.pilot.answers(&request);
                });
            }
        }
    }

    fn hear(&self, told: Told) {
        self.heard(told);
    }

    fn catch_up(self: Arc<Self>, missed: Missed, handling: Handling) {
        let tasks = self.tasks.clone();
        tasks.spawn(async move { self.look_for(missed, handling).await });
    }
}

impl Inbound {
    pub(super) fn new(discord: Arc<Discord>, app: Arc<App>) -> Arc<Self> {
        let specs = commands::of(app.bot).filter(|spec| !spec.hidden).collect();
        Arc::new(Self {
            discord,
            app,
            specs,
            lanes: Lanes::default(),
            showing: Lanes::default(),
            homes: home::Homes::default(),
            permits: Semaphore::new(AT_ONCE),
            readers: Semaphore::new(catch_up::READERS),
            tasks: TaskTracker::new(),
        })
    }

    /// Waits for what is under way; answers how many were not done in time.
    pub(super) async fn drain(&self, patience: Duration) -> usize {
        self.tasks.close();
        // Past the time-out the rest is told.
        tokio::time::timeout(patience, self.tasks.wait()).await.unwrap_or_default();
        let left = self.tasks.len();
        (0..left).for_each(|_| self.discord.counters().cut_off.add());
        left
    }

    /// Answers an interaction, in time for Discord and once.
    async fn interaction(&self, interaction: &Interaction, call: Call, turn: Turn, heard: Instant) {
        let message = pressed(interaction, self.discord.user()).map(|message| message.id);
        let asker = Asker::of(self.discord.clone(), interaction, message, heard);
        // In direct messages the buttons of the answer must say which guild they stand for.
        let direct = call.guild.filter(|_| interaction.guild_id.is_none());
        if direct.is_none() {
            self.present(&call);
        }
        // A form can only be the first answer.
        if let Some(mut form) = commands::form_for(&self.app, &call).await {
            if let Some(guild) = direct {
                form.action = tag::tag(form.action, guild);
            }
            asker.ask(&form).await;
            return;
        }
        let expected = commands::find(self.app.bot, &call.command).map_or(Visibility::Private, |spec| spec.visibility);
        if asker.is_old() {
            let deferred = asker.defer(expected).await;
            // Nobody saw it acknowledged and nobody waits: carried out now it would surprise.
            if deferred == super::answers::Deferred::Expired {
                return;
            }
            if let Some((reply, used_up)) = self.work(&call, turn, direct).await {
                let shown = asker.say_late(deferred, &reply).await;
                self.clear(interaction, used_up && shown).await;
            }
            return;
        }
        let work = self.work(&call, turn, direct);
        tokio::pin!(work);
        let deadline = tokio::time::sleep_until(asker.deadline().into());
        let in_time = tokio::select! {
            biased;
            reply = &mut work => Some(reply),
            () = deadline => None,
        };
        match in_time {
            Some(Some((reply, used_up))) => {
                let shown = asker.say(&reply).await;
                self.clear(interaction, used_up && shown).await;
            }
            Some(None) => {}
            None => {
                let (deferred, answer) = tokio::join!(asker.defer(expected), work);
                if let Some((reply, used_up)) = answer {
                    let shown = asker.say_late(deferred, &reply).await;
                    self.clear(interaction, used_up && shown).await;
                }
            }
        }
    }

    /// Deletes the message whose button was pressed, once it is used up; where that fails it stays, which does no harm.
    async fn clear(&self, interaction: &Interaction, used_up: bool) {
        let Some(message) = pressed(interaction, self.discord.user()).filter(|_| used_up) else { return };
        if let Err(fault) = self.delete(message.channel_id, message.id).await {
            self.discord.counters().failed_requests.add();
            tracing::debug!(%fault, "a button that was used up could not be deleted");
        }
    }

    /// Has the call answered when it is its turn; tells whether the button that asked is used up.
    async fn work(&self, call: &Call, mut turn: Turn, direct: Option<GuildId>) -> Option<(Reply, bool)> {
        turn.come().await;
        // The semaphore is never closed.
        let _permit = self.permits.acquire().await.ok();
        let answer = match direct {
            Some(_) => commands::answer_from_afar(&self.app, call).await,
            None => commands::answer(&self.app, call).await,
        };
        self.discord.counters().calls.add();
        match answer {
            Answer::Say { reply, remove_source } => Some(match direct {
                Some(guild) => (tag::for_direct_messages(reply, guild), remove_source),
                None => (reply, remove_source),
            }),
            // Forms were decided before, and only who typed was told something in public.
            Answer::Ask(_) | Answer::Nothing => None,
        }
    }

    async fn suggest(&self, interaction: &Interaction, wants: Wants, heard: Instant) {
        let Wants::Suggestions { call, option, typed } = wants else { return };
        let asker = Asker::of(self.discord.clone(), interaction, None, heard);
        let asked = commands::suggest(&self.app, &call, &option, &typed);
        // No suggestion is better than one too late.
        let choices = tokio::time::timeout(SUGGEST, asked).await.unwrap_or_default();
        let spec = commands::find(self.app.bot, &call.command);
        let opt = spec.and_then(|spec| spec.option(&option));
        let numbers =
            opt.is_some_and(|opt| matches!(opt.ty, Type::Ticket | Type::Order | Type::Giveaway | Type::Int(..)));
        asker.suggest(choices, numbers).await;
    }
}
