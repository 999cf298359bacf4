//! A ticket as one HTML file that needs nothing else: its messages, and with them the notes only where they are asked for.

use super::file::Download;
use crate::commands::tickets::phrases;
use crate::db::Tx;
use crate::domain::tickets::{MessageKind, desk};
use crate::kernel::{Locale, Result};
use crate::panel::{Panel, Staff};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fmt::Write;

/// Messages that are read at once, and the most of a transcript: beyond that the oldest are left out, which it says.
const PAGE: usize = 500;
const MOST: usize = 10_000;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b1b1f;background:#fff}\
article{border:1px solid #ccc;border-radius:.5rem;padding:.5rem 1rem;margin:1rem 0;overflow-wrap:anywhere}\
article.note{background:#fff6d6;border-style:dashed}article.staff{background:#eef4ff}\
header{color:#55555f;font-size:.9rem}p{white-space:pre-wrap;unicode-bidi:plaintext}bdi{font-weight:600}";

/// Text as HTML shows it.
fn plain(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut all, c| {
        match c {
            '&' => all.push_str("&amp;"),
            '<' => all.push_str("&lt;"),
            '>' => all.push_str("&gt;"),
            '"' => all.push_str("&quot;"),
            c => all.push(c),
        }
        all
    })
}

fn add(text: &mut String, piece: std::fmt::Arguments<'_>) {
    // Writing to a String can't fail.
    text.write_fmt(piece).unwrap_or_default();
}

impl Panel {
    /// A ticket's transcript.
    ///
    /// # Errors
    /// [`crate::kernel::Error::NotFound`] for a ticket that isn't this guild's.
    pub async fn transcript(&self, staff: &Staff, (number, notes): (i64, bool), locale: Locale) -> Result<Download> {
        let (whose, now) = ((staff.guild.id, number), self.now());
        let read = async |tx: &mut Tx| {
            let (ticket, _, _) = desk::look(tx, whose, true, now).await?;
            let (mut letters, mut from) = (Vec::new(), None);
            loop {
                let page = desk::letters(tx, whose, (from, PAGE)).await?;
                letters.extend(page.letters.into_iter().rev());
                from = page.older;
                if from.is_none() || letters.len() >= MOST {
                    return Ok((ticket, letters, from.is_some()));
                }
            }
        };
        let (ticket, mut letters, cut) = self.reading(&staff.actor, read).await?;
        letters.reverse();
        let say = self.app.words.speak(locale);
        let zone = TimeZone::get(&staff.guild.time_zone).unwrap_or(TimeZone::UTC);
        let at = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
        let title = say.with("panel-transcript", &[("number", number.into())]);
        let mut text = format!(
            "<!doctype html>\n<html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
             <title>{1}</title><style>{STYLE}</style>\n<h1>{1}</h1>\n<h2 dir=\"auto\">{2}</h2>\n<p>{3} · {4} · {5} · {6}</p>\n",
            locale.as_str(),
            plain(&title),
            plain(&ticket.subject),
            plain(&phrases::category(&say, ticket.category)),
            plain(&phrases::priority(&say, ticket.priority)),
            plain(&phrases::state(&say, ticket.state)),
            at(ticket.created_at),
        );
        if cut {
            add(&mut text, format_args!("<p>{}</p>\n", plain(&say.t("panel-transcript-cut"))));
        }
        for desk::Letter { message, .. } in letters {
            let is_note = message.kind == MessageKind::Note;
            if is_note && !notes {
                continue;
            }
            let class = if is_note {
                "note"
            } else if message.from_staff {
                "staff"
            } else {
                "member"
            };
            let mark = if is_note { format!(" · {}", say.t("panel-transcript-note")) } else { String::new() };
            let (author, body) = (plain(message.author_name.as_str()), plain(&message.body));
            let when = at(message.created_at);
            add(
                &mut text,
                format_args!(
                    "<article class=\"{class}\"><header><bdi>{author}</bdi> · {when}{}</header><p>{body}</p>",
                    plain(&mark)
                ),
            );
            for file in message.attachments {
                add(&mut text, format_args!("<p>📎 {}</p>", plain(&file.name)));
            }
            text.push_str("</article>\n");
        }
        text.push_str("</html>\n");
        let (name, kind) = (format!("ticket-{number}.html"), "text/html; charset=utf-8".to_owned());
        Ok(Download { name, kind, bytes: text.into_bytes() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_text() {
        assert_eq!(plain("<script>\"a\" & b</script>"), "&lt;script&gt;&quot;a&quot; &amp; b&lt;/script&gt;");
    }
}
