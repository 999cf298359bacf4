//! Cards as Discord's embeds.

use super::{BLANK, files};
use crate::kernel::reply::{Card, Tone};
use crate::kernel::text::shorten;
use twilight_model::channel::message::Embed;
use twilight_model::channel::message::embed::{EmbedField, EmbedFooter, EmbedImage};

const EMBEDS_MAX: usize = 10;
const TITLE_MAX: usize = 256;
const BODY_MAX: usize = 4096;
const FIELDS_MAX: usize = 25;
const NAME_MAX: usize = 256;
const VALUE_MAX: usize = 1024;
const FOOTER_MAX: usize = 2048;
/// All texts of all embeds of one message together.
const TOTAL_MAX: usize = 6000;

const fn colour(tone: Tone) -> u32 {
    match tone {
        Tone::Neutral => 0x58_65_F2,
        Tone::Good => 0x2E_CC_71,
        Tone::Warning => 0xF1_C4_0F,
        Tone::Alert => 0xE7_4C_3C,
        Tone::Internal => 0x95_A5_A6,
    }
}

/// What is left of [`TOTAL_MAX`].
struct Budget(usize);

impl Budget {
    /// Shortens to `max` and to what is left; `None` when nothing can be shown.
    fn take(&mut self, text: &str, max: usize) -> Option<String> {
        let text = text.trim();
        let max = max.min(self.0);
        if text.is_empty() || max == 0 {
            return None;
        }
        let short = shorten(text, max);
        self.0 = self.0.saturating_sub(short.chars().count());
        Some(short)
    }

    /// Takes a name and a value, or neither.
    fn field(&mut self, name: &str, value: &str) -> Option<(String, String)> {
        if self.0 < 2 {
            return None;
        }
        // One character is kept for the value: a field needs both.
        let name = shorten(filled(name), NAME_MAX.min(self.0 - 1));
        self.0 = self.0.saturating_sub(name.chars().count());
        let value = self.take(filled(value), VALUE_MAX)?;
        Some((name, value))
    }
}

fn filled(text: &str) -> &str {
    let text = text.trim();
    if text.is_empty() { BLANK } else { text }
}

/// Renders cards in order; where the limit of the whole is reached, the rest is cut.
pub(super) fn embeds(cards: &[Card]) -> Vec<Embed> {
    let mut budget = Budget(TOTAL_MAX);
    cards.iter().take(EMBEDS_MAX).filter_map(|card| embed(card, &mut budget)).collect()
}

/// A picture among the message's files (Discord, "Uploading Files": using attachments within embeds).
fn image(file: &str) -> Option<EmbedImage> {
    (!file.is_empty()).then(|| EmbedImage {
        content_type: None,
        flags: None,
        height: None,
        placeholder: None,
        placeholder_version: None,
        proxy_url: None,
        url: format!("attachment://{}", files::name(file)),
        width: None,
    })
}

fn embed(card: &Card, budget: &mut Budget) -> Option<Embed> {
    let title = budget.take(&card.title, TITLE_MAX);
    // The footer is short and names what the card is about, so it comes before what may be long.
    let footer = budget.take(&card.footer, FOOTER_MAX);
    let description = budget.take(&card.body, BODY_MAX);
    let mut fields = Vec::new();
    for field in card.fields.iter().take(FIELDS_MAX) {
        let Some((name, value)) = budget.field(&field.name, &field.value) else { break };
        fields.push(EmbedField { inline: field.inline, name, value });
    }
    if title.is_none() && footer.is_none() && description.is_none() && fields.is_empty() {
        return None;
    }
    Some(Embed {
        author: None,
        color: Some(colour(card.tone)),
        description,
        fields,
        flags: None,
        footer: footer.map(|text| EmbedFooter { icon_url: None, proxy_icon_url: None, text }),
        image: image(&card.image),
        kind: "rich".to_owned(),
        provider: None,
        thumbnail: None,
        timestamp: None,
        title,
        url: None,
        video: None,
    })
}
