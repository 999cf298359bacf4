//! A chart of days as a picture: a bar for each day, and the period before as a line over them. Pure: values and words in,
//! PNG out.
//!
//! It stands on a dark panel of its own, so that it reads the same in Discord's light and dark themes.

use super::pen::{Align, Ink, Pen, Type, Weight};

/// Size of the picture: twice what Discord shows in a column, so that it is sharp.
const SIZE: (u32, u32) = (1000, 480);
const WIDTH: i64 = 1000;
const HEIGHT: i64 = 480;
/// Room around the plot: above for title and legend, below for the days.
const TOP: i64 = 120;
const BOTTOM: i64 = 58;
const SIDE: i64 = 32;

const PANEL: Ink = Ink(0x1E_1F_2B);
const GRID: Ink = Ink(0x35_37_49);
const TEXT: Ink = Ink(0xF2_F3_F8);
const MUTED: Ink = Ink(0xA9_AC_C0);
const BAR: Ink = Ink(0x6C_7B_FF);
const LINE: Ink = Ink(0xFF_B8_4D);

const TITLE: Type = Type { weight: Weight::Bold, size: 30, ink: TEXT };
const SUBTITLE: Type = Type { weight: Weight::Regular, size: 20, ink: MUTED };
const LABEL: Type = Type { weight: Weight::Regular, size: 19, ink: MUTED };

/// Values of days in a row, with their name for the legend.
#[derive(Debug, Clone, Copy)]
pub struct Series<'a> {
    /// What it is.
    pub name: &'a str,
    /// A value for each day; below zero shows as zero.
    pub values: &'a [i64],
}

/// What to draw.
pub struct Chart<'a> {
    /// Above everything.
    pub title: &'a str,
    /// Beside the title: the days.
    pub subtitle: &'a str,
    /// The bars.
    pub now: Series<'a>,
    /// The line; may have fewer days.
    pub before: Series<'a>,
    /// A word below each bar; where they would overlap, some are left out.
    pub days: &'a [String],
    /// How a value is written on the axis.
    pub write: &'a dyn Fn(i64) -> String,
}

/// Draws a chart; `None` without any day.
pub fn png(chart: &Chart<'_>) -> Option<Vec<u8>> {
    let count = i64::try_from(chart.now.values.len()).ok().filter(|count| *count > 0)?;
    let mut pen = Pen::new(SIZE.0, SIZE.1)?;
    pen.block((0, 0), (WIDTH, HEIGHT), (20, true), PANEL);
    head(&mut pen, chart);
    let highest = chart.now.values.iter().chain(chart.before.values).copied().max().unwrap_or_default();
    let step = step_for(highest);
    let top = step.saturating_mul((highest.max(1) - 1) / step + 1);
    let ticks: Vec<(i64, String)> = (0..=top / step).map(|at| (at * step, (chart.write)(at * step))).collect();
    let widest = ticks.iter().map(|(_, text)| pen.width(text, LABEL)).max().unwrap_or_default();
    let plot = Plot { left: SIDE + widest + 14, right: WIDTH - SIDE, top, count };
    for (value, text) in &ticks {
        let y = plot.y(*value);
        pen.line(&[(plot.left, y), (plot.right, y)], if *value == 0 { 2 } else { 1 }, GRID);
        pen.write((plot.left - 14, y + 7), text, LABEL, Align::End);
    }
    bars(&mut pen, &plot, chart.now.values);
    line(&mut pen, &plot, chart.before.values);
    days(&mut pen, &plot, chart.days);
    pen.png()
}

fn head(pen: &mut Pen, chart: &Chart<'_>) {
    pen.write((SIDE, 52), chart.title, TITLE, Align::Start);
    pen.write((WIDTH - SIDE, 52), chart.subtitle, SUBTITLE, Align::End);
    let mut x = SIDE;
    pen.block((x, 76), (18, 18), (5, true), BAR);
    x += 28;
    pen.write((x, 92), chart.now.name, SUBTITLE, Align::Start);
    x += pen.width(chart.now.name, SUBTITLE) + 32;
    if !chart.before.values.is_empty() {
        pen.line(&[(x, 85), (x + 26, 85)], 4, LINE);
        pen.write((x + 38, 92), chart.before.name, SUBTITLE, Align::Start);
    }
}

/// Where values and days are in the picture.
struct Plot {
    left: i64,
    right: i64,
    /// The highest value of the axis.
    top: i64,
    count: i64,
}

impl Plot {
    fn y(&self, value: i64) -> i64 {
        let (value, top) = (i128::from(value.clamp(0, self.top)), i128::from(self.top.max(1)));
        let room = i128::from(HEIGHT - BOTTOM - TOP);
        HEIGHT - BOTTOM - i64::try_from(value * room / top).unwrap_or_default()
    }

    /// Where a day begins.
    const fn x(&self, day: i64) -> i64 {
        self.left + (self.right - self.left) * day / self.count
    }

    const fn middle(&self, day: i64) -> i64 {
        (self.x(day) + self.x(day + 1)) / 2
    }
}

fn bars(pen: &mut Pen, plot: &Plot, values: &[i64]) {
    for (day, value) in (0_i64..).zip(values) {
        let slot = plot.x(day + 1) - plot.x(day);
        let width = (slot * 2 / 3).clamp(2, 90);
        let y = plot.y(*value);
        // A small sale stays visible.
        let height = if *value > 0 { (plot.y(0) - y).max(3) } else { 0 };
        if height > 0 {
            pen.block((plot.middle(day) - width / 2, plot.y(0) - height), (width, height), (5, false), BAR);
        }
    }
}

fn line(pen: &mut Pen, plot: &Plot, values: &[i64]) {
    let points: Vec<(i64, i64)> =
        (0_i64..plot.count).zip(values).map(|(day, value)| (plot.middle(day), plot.y(*value))).collect();
    if points.len() > 1 {
        pen.line(&points, 4, LINE);
    }
    if plot.count <= 31 {
        points.iter().for_each(|point| pen.dot(*point, 5, LINE));
    }
}

fn days(pen: &mut Pen, plot: &Plot, words: &[String]) {
    let widest = words.iter().map(|word| pen.width(word, LABEL)).max().unwrap_or_default();
    let slot = ((plot.right - plot.left) / plot.count).max(1);
    let every = (widest + 28) / slot + 1;
    for (day, word) in (0_i64..plot.count).zip(words) {
        if day % every == 0 {
            pen.write((plot.middle(day), HEIGHT - BOTTOM + 34), word, LABEL, Align::Middle);
        }
    }
}

/// The distance of the axis' marks, so that there are at most five: 1, 2 or 5 times a power of ten.
fn step_for(highest: i64) -> i64 {
    let least = (highest.max(1) - 1) / 5 + 1;
    let mut power = 1_i64;
    while power.saturating_mul(10) < least {
        power = power.saturating_mul(10);
    }
    let fits = |step: &i64| *step >= least;
    [1, 2, 5, 10].map(|times| power.saturating_mul(times)).into_iter().find(fits).unwrap_or(least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn draw(now: &[i64], before: &[i64]) -> Option<Vec<u8>> {
        let days: Vec<String> = (1..=now.len()).map(|day| day.to_string()).collect();
        let (now, before) = (Series { name: "now", values: now }, Series { name: "before", values: before });
        png(&Chart { title: "t", subtitle: "s", now, before, days: &days, write: &|value| value.to_string() })
    }

    #[test]
    fn a_chart_is_a_png_of_its_size() {
        let bytes = draw(&[1, 2, 3], &[3, 0]).unwrap();
        assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
        assert_eq!(bytes[16..24], [0, 0, 3, 232, 0, 0, 1, 224]);
        assert!(bytes.len() < 200_000, "{}", bytes.len());
        assert_eq!(draw(&[], &[1]), None);
    }

    #[test]
    fn the_axis_has_round_marks() {
        assert_eq!([1, 5, 6, 50, 51, 12_345, 99].map(step_for), [1, 1, 2, 10, 20, 5000, 20]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn any_values_can_be_drawn(now in proptest::collection::vec(any::<i64>(), 1..366), before in proptest::collection::vec(any::<i64>(), 0..366)) {
            prop_assert!(draw(&now, &before).is_some());
        }

        #[test]
        fn there_are_at_most_five_marks_above_zero(highest in 0i64..i64::MAX / 20) {
            let step = step_for(highest);
            prop_assert!(step > 0 && (highest.max(1) - 1) / step < 5);
        }
    }
}
