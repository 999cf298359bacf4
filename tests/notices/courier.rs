//! A courier with state and with Discord's rules: nonces, shut direct messages, missing channels and messages, limits.

use async_trait::async_trait;
use shellia::domain::notifications::{Courier, Undelivered};
use shellia::domain::shop::roles::{RoleKeeper, Unkept};
use shellia::kernel::reply::Reply;
use shellia::kernel::{ChannelId, GuildId, MessageId, RoleId, UserId};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard};

type Result<T> = std::result::Result<T, Undelivered>;

/// Direct-message channels have the person's id plus this.
const DIRECT: u64 = 1 << 40;

/// What a call meets instead of success.
#[derive(Debug, Clone)]
pub enum Fault {
    /// It is refused and changes nothing.
    Refused(Undelivered),
    /// It takes effect, and its answer never arrives.
    Unanswered,
}

/// A message that somebody can read.
#[derive(Debug, Clone)]
pub struct Shown {
    pub id: MessageId,
    pub channel: ChannelId,
    pub reply: Reply,
}

#[derive(Default)]
struct State {
    next: u64,
    shown: Vec<Shown>,
    nonces: HashMap<(ChannelId, String), MessageId>,
    shut: HashSet<UserId>,
    cut_off: HashSet<UserId>,
    gone: HashSet<ChannelId>,
    files: HashMap<String, Vec<u8>>,
    hanging: HashSet<String>,
    faults: VecDeque<Fault>,
    calls: usize,
    edits: usize,
}

#[derive(Default)]
pub struct FakeCourier {
    state: Mutex<State>,
}

pub fn direct(user: UserId) -> ChannelId {
    ChannelId::new(user.get() + DIRECT).unwrap()
}

impl FakeCourier {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// What can be read in a channel, oldest first.
    pub fn shown(&self, channel: ChannelId) -> Vec<Reply> {
        let state = self.state();
        state.shown.iter().filter(|shown| shown.channel == channel).map(|shown| shown.reply.clone()).collect()
    }

    pub fn calls(&self) -> usize {
        self.state().calls
    }

    pub fn edits(&self) -> usize {
        self.state().edits
    }

    /// The next calls that post, edit or fetch meet these faults, in order.
    pub fn fail(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state().faults.extend(faults);
    }

    /// Somebody types a message.
    pub fn types(&self, channel: ChannelId) -> MessageId {
        let mut state = self.state();
        state.next += 1;
        let id = MessageId::new(state.next).unwrap();
        state.shown.push(Shown { id, channel, reply: Reply::public("!ticket_create …") });
        id
    }

    pub fn shut_dms(&self, user: UserId) {
        self.state().shut.insert(user);
    }

    /// Nothing reaches this person for now.
    pub fn cut_off(&self, user: UserId) {
        self.state().cut_off.insert(user);
    }

    pub fn remove_channel(&self, channel: ChannelId) {
        self.state().gone.insert(channel);
    }

    /// Somebody deletes every message of a channel.
    pub fn clear(&self, channel: ChannelId) {
        self.state().shown.retain(|shown| shown.channel != channel);
    }

    /// Minutes pass: Discord keeps nonces no longer.
    pub fn forget_nonces(&self) {
        self.state().nonces.clear();
    }

    pub fn serve(&self, url: &str, bytes: Vec<u8>) {
        self.state().files.insert(url.to_owned(), bytes);
    }

    /// Nothing ever comes from this address.
    pub fn hang(&self, url: &str) {
        self.state().hanging.insert(url.to_owned());
    }

    /// Counts a call and meets its fault, if any; `true` when the answer is lost.
    fn enter(&self) -> Result<bool> {
        let mut state = self.state();
        state.calls += 1;
        match state.faults.pop_front() {
            None => Ok(false),
            Some(Fault::Unanswered) => Ok(true),
            Some(Fault::Refused(refusal)) => Err(refusal),
        }
    }

    async fn put(&self, channel: ChannelId, reply: &Reply, nonce: &str) -> Result<MessageId> {
        assert!((1..=25).contains(&nonce.len()), "{nonce}");
        let lost = self.enter()?;
        let id = {
            let mut state = self.state();
            if state.gone.contains(&channel) {
                return Err(Undelivered::Gone);
            }
            let key = (channel, nonce.to_owned());
            match state.nonces.get(&key).copied() {
                Some(id) => id,
                None => {
                    state.next += 1;
                    let id = MessageId::new(state.next).unwrap();
                    state.nonces.insert(key, id);
                    state.shown.push(Shown { id, channel, reply: reply.clone() });
                    id
                }
            }
        };
        answered(lost).await;
        Ok(id)
    }
}

async fn answered(lost: bool) {
    if lost {
        std::future::pending::<()>().await;
    }
}

#[async_trait]
impl Courier for FakeCourier {
    async fn post(&self, channel: ChannelId, reply: &Reply, nonce: &str) -> Result<MessageId> {
        self.put(channel, reply, nonce).await
    }

    async fn edit(&self, channel: ChannelId, message: MessageId, reply: &Reply) -> Result<()> {
        let lost = self.enter()?;
        {
            let mut state = self.state();
            state.edits += 1;
            let found = state.shown.iter_mut().find(|shown| shown.id == message && shown.channel == channel);
            found.ok_or(Undelivered::Gone)?.reply = reply.clone();
        }
        answered(lost).await;
        Ok(())
    }

    async fn tell(&self, user: UserId, reply: &Reply, nonce: &str) -> Result<MessageId> {
        if self.state().shut.contains(&user) {
            return Err(Undelivered::DmShut);
        }
        if self.state().cut_off.contains(&user) {
            return Err(Undelivered::Later(None));
        }
        self.put(direct(user), reply, nonce).await
    }

    async fn remove(&self, channel: ChannelId, message: MessageId, _: Option<UserId>) -> Result<()> {
        let lost = self.enter()?;
        {
            let mut state = self.state();
            let before = state.shown.len();
            state.shown.retain(|shown| shown.id != message || shown.channel != channel);
            if state.shown.len() == before {
                return Err(Undelivered::Gone);
            }
        }
        answered(lost).await;
        Ok(())
    }

    async fn find(&self, channel: ChannelId, action: &str) -> Result<Option<MessageId>> {
        let state = self.state();
        let holds = |shown: &&Shown| {
            shown.channel == channel && shown.reply.buttons.iter().any(|button| button.action.to_string() == action)
        };
        Ok(state.shown.iter().rev().take(100).find(holds).map(|shown| shown.id))
    }

    async fn stands(&self, channel: ChannelId, message: MessageId) -> Result<()> {
        let state = self.state();
        let stands = state.shown.iter().any(|shown| shown.id == message && shown.channel == channel);
        if stands && !state.gone.contains(&channel) { Ok(()) } else { Err(Undelivered::Gone) }
    }

    async fn fetch(&self, url: &str, max: u64) -> Result<Vec<u8>> {
        self.enter()?;
        let hangs = self.state().hanging.contains(url);
        answered(hangs).await;
        let bytes = self.state().files.get(url).cloned().ok_or(Undelivered::Gone)?;
        if bytes.len() as u64 > max { Err(Undelivered::TooLarge) } else { Ok(bytes) }
    }
}

/// Who is a member, with which roles: everybody but those who left; while Discord is away nobody knows.
#[derive(Default)]
pub struct Members {
    left: Mutex<HashSet<UserId>>,
    roles: Mutex<BTreeMap<UserId, Vec<RoleId>>>,
    listed: Mutex<bool>,
    managers: Mutex<HashSet<UserId>>,
    away: Mutex<bool>,
}

impl Members {
    pub fn leave(&self, user: UserId) {
        self.left.lock().unwrap().insert(user);
    }

    pub fn hold(&self, user: UserId, role: RoleId) {
        self.roles.lock().unwrap().insert(user, vec![role]);
    }

    pub fn lose(&self, user: UserId) {
        self.roles.lock().unwrap().insert(user, Vec::new());
    }

    /// From now on those whose roles were ever set are listed, two at a time.
    pub fn list(&self) {
        *self.listed.lock().unwrap() = true;
    }

    pub fn manage(&self, user: UserId) {
        self.managers.lock().unwrap().insert(user);
    }

    pub fn set_away(&self, away: bool) {
        *self.away.lock().unwrap() = away;
    }
}

#[async_trait]
impl RoleKeeper for Members {
    async fn held(&self, _: GuildId, user: UserId) -> std::result::Result<Vec<RoleId>, Unkept> {
        if *self.away.lock().unwrap() {
            return Err(Unkept::Later(None));
        }
        if self.left.lock().unwrap().contains(&user) {
            return Err(Unkept::Left);
        }
        Ok(self.roles.lock().unwrap().get(&user).cloned().unwrap_or_default())
    }

    async fn members(&self, _: GuildId, above: i64) -> std::result::Result<Vec<(UserId, Vec<RoleId>)>, Unkept> {
        if *self.away.lock().unwrap() {
            return Err(Unkept::Later(None));
        }
        if !*self.listed.lock().unwrap() {
            return Err(Unkept::NoAccess);
        }
        let (roles, left) = (self.roles.lock().unwrap(), self.left.lock().unwrap());
        let there = roles.iter().filter(|(user, _)| user.as_i64() > above && !left.contains(user));
        Ok(there.take(2).map(|(user, roles)| (*user, roles.clone())).collect())
    }

    async fn manages(&self, _: GuildId, user: UserId, _: &[RoleId]) -> std::result::Result<bool, Unkept> {
        Ok(self.managers.lock().unwrap().contains(&user))
    }

    async fn give(&self, _: GuildId, _: UserId, _: RoleId) -> std::result::Result<(), Unkept> {
        Err(Unkept::NoPermission)
    }

    async fn take(&self, _: GuildId, _: UserId, _: RoleId) -> std::result::Result<(), Unkept> {
        Err(Unkept::NoPermission)
    }
}
