//! Typed commands, in a guild or in direct messages: from a message to a call, and the answer in its channel.

use super::Inbound;
use super::lanes::Turn;
use super::tag::for_direct_messages;
use crate::app::Bot;
use crate::commands::text::{self, Read};
use crate::commands::{self, Answer, Call, Raw, Spec, Type, Way};
use crate::discord::calm::calmly;
use crate::discord::fault::{Fault, code};
use crate::domain::accounts::Person;
use crate::domain::notifications::Undelivered;
use crate::kernel::reply::Reply;
use crate::kernel::{ChannelId, GuildId, RoleId, UserId};
use std::time::Duration;
use twilight_model::channel::Message;
use twilight_model::channel::message::MessageType;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};

/// Waiting times in milliseconds between attempts to show an answer. They last for minutes: a channel takes about one message
/// a second, and a hundred people may have asked there at once.
const AGAIN: [u64; 10] = [500, 2_000, 5_000, 15_000, 15_000, 30_000, 30_000, 60_000, 60_000, 60_000];
/// The longest wait that Discord may ask for in between.
const LONGEST: Duration = Duration::from_secs(60);
/// How long an answer waits to learn whether its command could be deleted.
const KNOWN: Duration = Duration::from_secs(1);
/// How often deleting a typed command is tried.
const DELETIONS: usize = 3;

/// Whether a person typed it: not a bot, a webhook, or Discord itself.
fn by_person(message: &Message) -> bool {
    let by_machine = message.author.bot || message.author.system.unwrap_or(false) || message.webhook_id.is_some();
    !by_machine && matches!(message.kind, MessageType::Regular | MessageType::Reply)
}

/// A message as a call without its command; `None` where an id is none.
fn call(message: &Message, manages_guild: bool) -> Option<Call> {
    let member = message.member.as_ref();
    let roles = member.map(|member| member.roles.as_slice()).unwrap_or_default();
    let author = &message.author;
    let shown = member.and_then(|member| member.nick.as_ref()).or(author.global_name.as_ref());
    Some(Call {
        request: message.id.to_string(),
        command: String::new(),
        given: Vec::new(),
        person: Person {
            user: UserId::new(author.id.get())?,
            name: shown.unwrap_or(&author.name).clone(),
            roles: roles.iter().filter_map(|role| RoleId::new(role.get())).collect(),
            manages_guild,
            locale: None,
            bot: author.bot,
            joined_at: member.and_then(|member| super::interaction::moment(member.joined_at)),
        },
        guild: message.guild_id.and_then(|guild| GuildId::new(guild.get())),
        channel: ChannelId::new(message.channel_id.get())?,
        way: if message.guild_id.is_some() { Way::Text } else { Way::Direct },
        typed: message.content.clone(),
    })
}

/// The files of a message, under the option of the command that takes files.
fn files(message: &Message, spec: &Spec) -> Vec<(String, Raw)> {
    let Some(opt) = spec.options.iter().find(|opt| opt.ty == Type::File) else { return Vec::new() };
    let file = |attachment: &twilight_model::channel::Attachment| {
        (opt.name.to_owned(), Raw::File(super::interaction::file(attachment)))
    };
    message.attachments.iter().map(file).collect()
}

impl Inbound {
    /// Answers a typed message.
    pub(super) async fn typed(&self, message: &Message, (mut turn, mut showing): (Turn, Turn)) {
        if !by_person(message) {
            return;
        }
        let read = text::read(&message.content, &self.specs, &self.app.words);
        // In direct messages who only writes is answered, too, by the bot that has something to show him.
        let chats = message.guild_id.is_none() && self.app.has_database();
        let just_answered = |user| self.app.limits.writes(user).is_err();
        let spoken = self.spoken(message).filter(|_| matches!(read, Read::Nothing));
        if matches!(read, Read::Nothing)
            && spoken.is_none()
            && (!chats || UserId::new(message.author.id.get()).is_none_or(just_answered))
        {
            return;
        }
        turn.come().await;
        // The semaphore is never closed.
        let permit = self.permits.acquire().await.ok();
        let member_roles = message.member.as_ref().map(|member| member.roles.as_slice()).unwrap_or_default();
        let manages = match message.guild_id {
            Some(guild) => {
                self.discord.rights().manages(self.discord.http(), guild, message.author.id, member_roles).await
            }
            None => false,
        };
        let Some(mut call) = call(message, manages) else { return };
        self.present(&call);
        let home = if call.way == Way::Direct { self.home(call.person.user).await } else { None };
        let there = home.as_ref().filter(|_| self.reaches(&read));
        call.guild = call.guild.or(there.map(|home| home.guild));
        let answer = match (read, &home) {
            (Read::Nothing, home) if spoken.is_some() => {
                let Some(sentence) = spoken else { return };
                if call.way == Way::Direct {
                    let Some(home) = home else { return };
                    if !commands::pilots(&self.app, home.guild, &mut call.person).await {
                        return;
                    }
                    call.guild = Some(home.guild);
                }
                "shellia".clone_into(&mut call.command);
                call.given.push(("sentence".to_owned(), Raw::Text(sentence)));
                commands::answer(&self.app, &call).await
            }
            (Read::Nothing, home) => {
                // Nothing of it goes on from here.
                call.typed.clear();
                let Some(reply) = commands::written(&self.app, &call, home.as_ref()).await else { return };
                Answer::say(reply)
            }
            (_, Some(home)) if call.guild.is_none() => commands::only_there(&self.app, &call, home),
            (Read::Unknown(near), _) => {
                if let Some(nearest) = near.first() {
                    call.given.extend(files(message, nearest));
                }
                commands::unknown(&self.app, &call, &near).await
            }
            (Read::Broken(spec, error), _) => {
                call.given.extend(files(message, spec));
                commands::unread(&self.app, spec, &call, error).await
            }
            (Read::Command(spec, given), _) => {
                call.command = spec.name.to_owned();
                call.given = given;
                self.name_members(message, spec, &mut call).await;
                call.given.extend(files(message, spec));
                commands::answer(&self.app, &call).await
            }
        };
        self.discord.counters().calls.add();
        // Showing may take long, and must keep nobody's commands from being carried out: what he types next may be private and
        // has to leave the channel, too.
        drop((permit, turn));
        // A form can't be opened from a message.
        let Answer::Say { mut reply, remove_source } = answer else { return };
        if let (Way::Direct, Some(guild)) = (call.way, call.guild) {
            reply = for_direct_messages(reply, guild);
        }
        let removing = async { remove_source && self.remove(message, &call).await };
        tokio::pin!(removing);
        let told = |stays: bool| if stays { commands::stays(&self.app, &call) } else { None };
        let known = tokio::time::timeout(KNOWN, &mut removing).await.ok();
        if let Some(text) = known.and_then(told) {
            reply.text = format!("{}\n{text}", reply.text);
        }
        let shown = async {
            showing.come().await;
            self.post(&call, &reply, &call.request).await;
            drop(showing);
        };
        let late = async { if known.is_none() { told(removing.await) } else { None } };
        if let ((), Some(text)) = tokio::join!(shown, late) {
            let reply = Reply::public(format!("<@{}> {text}", call.person.user));
            self.post(&call, &reply, &format!("{}-stays", call.request)).await;
        }
    }

    /// What is said to Shellia in words: a message that calls her, or any in direct messages, with her name in the place of her
    /// mention. Whether its author may pilot anything is found out later.
    fn spoken(&self, message: &Message) -> Option<String> {
        let me = self.discord.user();
        let called = message.guild_id.is_none() || message.mentions.iter().any(|mention| mention.id == me);
        if self.app.bot != Bot::Shellia || !called {
            return None;
        }
        let said = [format!("<@{me}>"), format!("<@!{me}>")];
        let text = said.iter().fold(message.content.clone(), |text, mention| text.replace(mention, "@Shellia"));
        let empty = text.replace("@Shellia", "").trim().is_empty();
        (!empty).then_some(text)
    }

    /// Whether what was read in direct messages may be asked from there.
    fn reaches(&self, read: &Read) -> bool {
        match read {
            Read::Nothing | Read::Unknown(_) => true,
            Read::Command(spec, _) | Read::Broken(spec, _) => commands::typed_from_afar(&self.app, spec.name),
        }
    }

    /// Shows an answer in the channel, else, where the bot may not write there, in direct messages.
    async fn post(&self, call: &Call, reply: &Reply, nonce: &str) {
        let courier = &self.app.courier;
        let mut outcome = courier.post(call.channel, reply, nonce).await;
        for pause in AGAIN {
            let Err(Undelivered::Later(wait)) = outcome else { break };
            let pause = Duration::from_millis(pause);
            tokio::time::sleep(wait.map_or(pause, |wait| wait.min(LONGEST).max(pause))).await;
            // The same nonce: an attempt that did arrive is not shown twice.
            outcome = courier.post(call.channel, reply, nonce).await;
        }
        if matches!(outcome, Err(Undelivered::NoAccess | Undelivered::NoPermission | Undelivered::Gone))
            && let Some(guild) = call.guild
        {
            let reply = for_direct_messages(reply.clone(), guild);
            outcome = courier.tell(call.person.user, &reply, nonce).await;
        }
        if let Err(why) = &outcome {
            self.discord.counters().lost_answers.add();
            tracing::warn!(channel = %call.channel, %why, "the answer to a typed command could not be shown");
        }
    }

    /// Deletes a typed command, so that others don't read on; tells whether it stays, because the bot may not.
    async fn remove(&self, message: &Message, call: &Call) -> bool {
        let Err(fault) = self.delete(message.channel_id, message.id).await else { return false };
        if fault.may_pass() {
            let Err(error) = commands::remove_later(&self.app, call).await else { return false };
            tracing::warn!(channel = %message.channel_id, %error, "a typed command could not be deleted, now or later");
        } else if !matches!(fault.code(), code::MISSING_PERMISSIONS | code::MISSING_ACCESS) {
            tracing::warn!(channel = %message.channel_id, %fault, "a typed command could not be deleted");
        }
        self.discord.counters().undeleted.add();
        true
    }

    /// Deletes a message, trying again for some seconds; one that is gone already is as good.
    pub(super) async fn delete(&self, channel: Id<ChannelMarker>, message: Id<MessageMarker>) -> Result<(), Fault> {
        let mut pauses = AGAIN.into_iter().take(DELETIONS);
        loop {
            let deleting = self.discord.http().delete_message(channel, message);
            let Err(error) = calmly(deleting).await else { return Ok(()) };
            let fault = Fault::of(&error);
            if fault.code() == code::UNKNOWN_MESSAGE {
                return Ok(());
            }
            let pause = if fault.may_pass() { pauses.next() } else { None };
            let Some(pause) = pause else { return Err(fault) };
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::FileRef;
    use serde_json::{Value, json};

    fn message(change: impl FnOnce(&mut Value)) -> Message {
        let mut value = json!({
            "id": "200", "channel_id": "20", "guild_id": "1", "type": 0, "content": "!ticket_list", "tts": false,
            "author": {"id": "5", "username": "marie", "global_name": "Marie", "discriminator": "0", "avatar": null},
            "member": {"roles": ["7", "8"], "nick": "Mimi", "joined_at": "2026-01-01T00:00:00+00:00", "deaf": false,
                       "mute": false, "flags": 0, "communication_disabled_until": null, "user": null},
            "attachments": [{"id": "300", "filename": "a.png", "content_type": "image/png", "size": 12,
                             "url": "https://cdn.discordapp.com/a.png", "proxy_url": "https://x/a.png"}],
            "embeds": [], "mentions": [], "mention_roles": [], "mention_everyone": false, "pinned": false,
            "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": null,
        });
        change(&mut value);
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_message_becomes_a_call_of_its_author() {
        let call = call(&message(|_| {}), true).unwrap();
        assert_eq!((call.request.as_str(), call.person.name.as_str()), ("200", "Mimi"));
        assert_eq!(call.person.roles.iter().map(|r| r.get()).collect::<Vec<_>>(), [7, 8]);
        assert_eq!((call.guild.map(GuildId::get), call.channel.get(), call.way), (Some(1), 20, Way::Text));
        assert!(call.person.manages_guild);
        assert_eq!(call.person.locale, None);
    }

    #[test]
    fn in_direct_messages_there_is_no_guild_and_no_role() {
        let direct = message(|m| {
            m.as_object_mut().unwrap().remove("guild_id");
            m.as_object_mut().unwrap().remove("member");
        });
        let call = call(&direct, false).unwrap();
        assert_eq!((call.guild, call.person.roles.len(), call.person.name.as_str()), (None, 0, "Marie"));
        assert_eq!(call.way, Way::Direct);
    }

    #[test]
    fn bots_webhooks_and_discord_itself_are_not_answered() {
        assert!(by_person(&message(|_| {})));
        assert!(by_person(&message(|m| m["type"] = json!(19))));
        assert!(!by_person(&message(|m| m["author"]["bot"] = json!(true))));
        assert!(!by_person(&message(|m| m["author"]["system"] = json!(true))));
        assert!(!by_person(&message(|m| m["webhook_id"] = json!("9"))));
        assert!(!by_person(&message(|m| m["type"] = json!(7))));
    }

    #[test]
    fn files_go_to_the_option_that_takes_them() {
        static WITH: Spec = spec(&[crate::commands::Opt::optional("file", Type::File)]);
        static WITHOUT: Spec = spec(&[]);
        let given = files(&message(|_| {}), &WITH);
        let expected = FileRef {
            name: "a.png".into(),
            content_type: "image/png".into(),
            size: 12,
            url: "https://cdn.discordapp.com/a.png".into(),
        };
        assert_eq!(given, [("file".to_owned(), Raw::File(expected))]);
        assert_eq!(files(&message(|_| {}), &WITHOUT), []);
    }

    const fn spec(options: &'static [crate::commands::Opt]) -> Spec {
        Spec { name: "x", options, ..Spec::BASE }
    }
}
