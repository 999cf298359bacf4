//! Interactions: from Discord's payload to a call.

use super::tag;
use crate::commands::{self, Call, FileRef, Raw, Way};
use crate::discord::rights::MANAGES;
use crate::domain::accounts::Person;
use crate::kernel::reply::Action;
use crate::kernel::{ChannelId, GuildId, Locale, RoleId, UserId};
use jiff::Timestamp;
use twilight_model::application::interaction::application_command::{
    CommandData, CommandDataOption, CommandOptionValue,
};
use twilight_model::application::interaction::message_component::MessageComponentInteractionData;
use twilight_model::application::interaction::modal::{ModalInteractionComponent, ModalInteractionData};
use twilight_model::application::interaction::{
    Interaction, InteractionData, InteractionDataResolved, InteractionType,
};
use twilight_model::channel::message::Component;
use twilight_model::channel::{Attachment, Message};
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

/// What an interaction asks.
#[derive(Debug, PartialEq)]
pub(super) enum Wants {
    /// An answer.
    Answer(Call),
    /// Values for the option being typed.
    Suggestions {
        /// The call as far as it is typed.
        call: Call,
        /// The option being typed.
        option: String,
        /// What is typed of it.
        typed: String,
    },
}

/// Reads an interaction; `None` for kinds that we don't offer.
pub(super) fn read(interaction: &Interaction) -> Option<Wants> {
    let mut call = call(interaction)?;
    match (interaction.kind, interaction.data.as_ref()?) {
        (InteractionType::ApplicationCommand, InteractionData::ApplicationCommand(data)) => {
            call.command.clone_from(&data.name);
            call.given = given(data);
            Some(Wants::Answer(call))
        }
        (InteractionType::ApplicationCommandAutocomplete, InteractionData::ApplicationCommand(data)) => {
            call.command.clone_from(&data.name);
            call.given = given(data);
            let (option, typed) = data.options.iter().find_map(focused)?;
            Some(Wants::Suggestions { call, option, typed })
        }
        (InteractionType::MessageComponent, InteractionData::MessageComponent(data)) => {
            press(&mut call, data);
            Some(Wants::Answer(call))
        }
        (InteractionType::ModalSubmit, InteractionData::ModalSubmit(data)) => {
            fill(&mut call, data);
            Some(Wants::Answer(call))
        }
        _ => None,
    }
}

/// Who asks, and where. The guild is the one that Discord tells; in direct messages there is none yet.
fn call(interaction: &Interaction) -> Option<Call> {
    let author = interaction.author()?;
    let member = interaction.member.as_ref().filter(|_| interaction.guild_id.is_some());
    let roles = member.map(|member| member.roles.as_slice()).unwrap_or_default();
    let shown = member.and_then(|member| member.nick.as_ref()).or(author.global_name.as_ref());
    let permissions = member.and_then(|member| member.permissions);
    Some(Call {
        request: interaction.id.to_string(),
        command: String::new(),
        given: Vec::new(),
        person: Person {
            user: UserId::new(author.id.get())?,
            name: shown.unwrap_or(&author.name).clone(),
            roles: roles.iter().filter_map(|role| RoleId::new(role.get())).collect(),
            manages_guild: permissions.is_some_and(|permissions| permissions.intersects(MANAGES)),
            locale: interaction.locale.as_deref().and_then(Locale::from_code),
            bot: author.bot,
            joined_at: member.and_then(|member| moment(member.joined_at)),
        },
        guild: interaction.guild_id.and_then(|guild| GuildId::new(guild.get())),
        channel: channel(interaction)?,
        way: match interaction.kind {
            InteractionType::MessageComponent => Way::Button,
            InteractionType::ModalSubmit => Way::Form,
            _ => Way::Slash,
        },
        typed: String::new(),
    })
}

/// A time of Discord's.
pub(super) fn moment(at: Option<twilight_model::util::Timestamp>) -> Option<Timestamp> {
    Timestamp::from_microsecond(at?.as_micros()).ok()
}

#[expect(deprecated, reason = "proxies and older gateways may still send only the id")]
fn channel(interaction: &Interaction) -> Option<ChannelId> {
    let id = interaction.channel.as_ref().map(|channel| channel.id).or(interaction.channel_id)?;
    ChannelId::new(id.get())
}

fn given(data: &CommandData) -> Vec<(String, Raw)> {
    let resolved = data.resolved.as_ref();
    data.options.iter().filter_map(|option| Some((option.name.clone(), raw(&option.value, resolved)?))).collect()
}

/// A person named in an option, with the roles that Discord tells of him.
fn member(id: Id<UserMarker>, resolved: Option<&InteractionDataResolved>) -> Option<Person> {
    let member = resolved?.members.get(&id)?;
    Some(Person {
        user: UserId::new(id.get())?,
        name: member.nick.clone().unwrap_or_default(),
        roles: member.roles.iter().filter_map(|role| RoleId::new(role.get())).collect(),
        manages_guild: member.permissions.intersects(MANAGES),
        locale: None,
        bot: resolved?.users.get(&id).is_some_and(|user| user.bot),
        joined_at: moment(member.joined_at),
    })
}

fn raw(value: &CommandOptionValue, resolved: Option<&InteractionDataResolved>) -> Option<Raw> {
    match value {
        CommandOptionValue::String(text) => Some(Raw::Text(text.clone())),
        CommandOptionValue::Integer(number) => Some(Raw::Int(*number)),
        CommandOptionValue::Number(number) => Some(Raw::Text(number.to_string())),
        CommandOptionValue::Boolean(yes) => Some(Raw::Text(yes.to_string())),
        CommandOptionValue::User(id) => Some(member(*id, resolved).map_or(Raw::Id(id.get()), Raw::Member)),
        CommandOptionValue::Role(id) => Some(Raw::Id(id.get())),
        CommandOptionValue::Channel(id) => Some(Raw::Id(id.get())),
        CommandOptionValue::Mentionable(id) => Some(Raw::Id(id.get())),
        CommandOptionValue::Attachment(id) => Some(Raw::File(file(resolved?.attachments.get(id)?))),
        // The one being typed is no value yet, and we have no subcommands.
        CommandOptionValue::Focused(..)
        | CommandOptionValue::SubCommand(_)
        | CommandOptionValue::SubCommandGroup(_) => None,
    }
}

fn focused(option: &CommandDataOption) -> Option<(String, String)> {
    match &option.value {
        CommandOptionValue::Focused(typed, _) => Some((option.name.clone(), typed.clone())),
        _ => None,
    }
}

/// A file as Discord describes it.
pub(super) fn file(attachment: &Attachment) -> FileRef {
    FileRef {
        name: attachment.filename.clone(),
        content_type: attachment.content_type.clone().unwrap_or_default(),
        size: attachment.size,
        url: attachment.url.clone(),
    }
}

fn press(call: &mut Call, data: &MessageComponentInteractionData) {
    act(call, &data.custom_id);
}

fn fill(call: &mut Call, data: &ModalInteractionData) {
    act(call, &data.custom_id);
    for component in &data.components {
        field(component, data.resolved.as_ref(), &mut call.given);
    }
}

/// The message of ours whose button was pressed, or opened the form that was sent. A press that was made up may name any message
/// that its maker sees: that one is neither changed nor deleted.
pub(super) fn pressed(interaction: &Interaction, me: Id<UserMarker>) -> Option<&Message> {
    let message = interaction.message.as_ref().filter(|message| message.author.id == me)?;
    let bears = match interaction.data.as_ref()? {
        InteractionData::MessageComponent(data) => bears(&message.components, &data.custom_id),
        InteractionData::ModalSubmit(_) => true,
        _ => false,
    };
    bears.then_some(message)
}

fn bears(components: &[Component], custom_id: &str) -> bool {
    components.iter().any(|component| match component {
        Component::ActionRow(row) => bears(&row.components, custom_id),
        Component::Button(button) => button.custom_id.as_deref() == Some(custom_id),
        _ => false,
    })
}

/// Takes command and options from a component's id. One that isn't ours leaves the command empty, which is answered as
/// unknown.
fn act(call: &mut Call, custom_id: &str) {
    let Ok(mut action) = custom_id.parse::<Action>() else { return };
    let tagged = tag::untag(&mut action);
    // In a guild the tag says nothing: Discord told the guild, and who is there.
    call.guild = call.guild.or(tagged.filter(|_| commands::reaches_from_afar(&action.command)));
    call.command = action.command;
    call.given = action.options.into_iter().map(|(name, value)| (name, Raw::Text(value))).collect();
}

/// Takes what was filled in; a field bears the name of its option.
fn field(
    component: &ModalInteractionComponent,
    resolved: Option<&InteractionDataResolved>,
    given: &mut Vec<(String, Raw)>,
) {
    match component {
        ModalInteractionComponent::ActionRow(row) => {
            row.components.iter().for_each(|component| field(component, resolved, given));
        }
        ModalInteractionComponent::Label(label) => field(&label.component, resolved, given),
        ModalInteractionComponent::TextInput(input) => {
            given.push((input.custom_id.clone(), Raw::Text(input.value.clone())));
        }
        ModalInteractionComponent::StringSelect(select) => {
            given.extend(select.values.first().map(|value| (select.custom_id.clone(), Raw::Text(value.clone()))));
        }
        ModalInteractionComponent::UserSelect(select) => {
            given.extend(select.values.first().map(|id| (select.custom_id.clone(), Raw::Id(id.get()))));
        }
        ModalInteractionComponent::RoleSelect(select) => {
            given.extend(select.values.first().map(|id| (select.custom_id.clone(), Raw::Id(id.get()))));
        }
        ModalInteractionComponent::ChannelSelect(select) => {
            given.extend(select.values.first().map(|id| (select.custom_id.clone(), Raw::Id(id.get()))));
        }
        ModalInteractionComponent::FileUpload(upload) => {
            let files = upload.values.iter().filter_map(|id| resolved?.attachments.get(id));
            given.extend(files.map(|attachment| (upload.custom_id.clone(), Raw::File(file(attachment)))));
        }
        ModalInteractionComponent::Checkbox(_)
        | ModalInteractionComponent::CheckboxGroup(_)
        | ModalInteractionComponent::MentionableSelect(_)
        | ModalInteractionComponent::TextDisplay(_)
        | ModalInteractionComponent::Unknown(_) => {}
    }
}
