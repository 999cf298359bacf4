//! Figures in the text format that Prometheus reads (Prometheus, "Exposition formats").

use std::fmt::Write;

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// Name, such as `shellia_gateway_events_total`; one that ends in `_total` only grows.
    pub name: &'static str,
    /// What it counts.
    pub help: &'static str,
    /// Its label and that label's value, if it has one; both fixed words.
    pub label: Option<(&'static str, String)>,
    /// Present value.
    pub value: u64,
}

impl Metric {
    /// A figure without a label.
    pub const fn new(name: &'static str, help: &'static str, value: u64) -> Self {
        Self { name, help, label: None, value }
    }

    /// Adds a label.
    #[must_use]
    pub fn label(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.label = Some((name, value.into()));
        self
    }
}

/// Writes figures; those of one name must follow each other.
pub fn render(metrics: &[Metric]) -> String {
    let mut text = String::new();
    let mut last = "";
    for metric in metrics {
        if metric.name != last {
            let kind = if metric.name.ends_with("_total") { "counter" } else { "gauge" };
            append(&mut text, format_args!("# HELP {} {}\n# TYPE {} {kind}\n", metric.name, metric.help, metric.name));
            last = metric.name;
        }
        match &metric.label {
            Some((name, value)) => {
                let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
                append(&mut text, format_args!("{}{{{name}=\"{value}\"}} {}\n", metric.name, metric.value));
            }
            None => append(&mut text, format_args!("{} {}\n", metric.name, metric.value)),
        }
    }
    text
}

fn append(text: &mut String, piece: std::fmt::Arguments<'_>) {
    // Writing to a String can't fail.
    text.write_fmt(piece).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_one_name_share_their_header() {
        let metrics = [
            Metric::new("a_total", "things", 1).label("bot", "Maxis"),
            Metric::new("a_total", "things", 2).label("bot", "x\"y"),
            Metric::new("b", "others", 3),
        ];
        assert_eq!(
            render(&metrics),
            "# HELP a_total things\n# TYPE a_total counter\na_total{bot=\"Maxis\"} 1\na_total{bot=\"x\\\"y\"} 2\n\
             # HELP b others\n# TYPE b gauge\nb 3\n"
        );
    }
}
