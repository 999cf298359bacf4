//! Draws on a picture: boxes, lines and text in whole pixels; it knows nothing of charts.
//!
//! The font is DejaVu Sans, compiled in, so that a picture looks the same on every machine.

use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};
use ttf_parser::{Face, OutlineBuilder};

/// A colour as `0xRRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink(pub u32);

/// A font's weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// How a text stands to the point where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// Weight and size in pixels of a text, and its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Type {
    pub weight: Weight,
    pub size: i16,
    pub ink: Ink,
}

/// A picture under way.
pub(super) struct Pen {
    pixels: Pixmap,
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Pen {
    /// An empty, transparent picture; `None` for a size that no picture has.
    pub(super) fn new(width: u32, height: u32) -> Option<Self> {
        Some(Self {
            pixels: Pixmap::new(width, height)?,
            regular: Face::parse(dejavu::sans::regular(), 0).ok()?,
            bold: Face::parse(dejavu::sans::bold(), 0).ok()?,
        })
    }

    /// The picture as a PNG.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        self.pixels.encode_png().ok()
    }

    /// A filled box with round corners: all four, or the upper two.
    pub(super) fn block(&mut self, (x, y): (i64, i64), (width, height): (i64, i64), round: (i64, bool), ink: Ink) {
        let (radius, all) = round;
        let radius = radius.min(width / 2).min(height);
        let path = rounded((x, y), (width, height), radius, all);
        self.fill(path, ink);
    }

    /// A line through points.
    pub(super) fn line(&mut self, points: &[(i64, i64)], width: i64, ink: Ink) {
        let mut builder = PathBuilder::new();
        for (at, (x, y)) in points.iter().enumerate() {
            if at == 0 { builder.move_to(px(*x), px(*y)) } else { builder.line_to(px(*x), px(*y)) }
        }
        let Some(path) = builder.finish() else { return };
        let stroke =
            Stroke { width: px(width), line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        self.pixels.stroke_path(&path, &paint(ink), &stroke, Transform::identity(), None);
    }

    /// A filled circle.
    pub(super) fn dot(&mut self, (x, y): (i64, i64), radius: i64, ink: Ink) {
        self.fill(PathBuilder::from_circle(px(x), px(y), px(radius)), ink);
    }

    /// How wide a text is, in whole pixels.
    pub(super) fn width(&self, text: &str, look: Type) -> i64 {
        let face = self.face(look.weight);
        let units: i64 = text.chars().map(|c| i64::from(advance(face, c))).sum();
        units * i64::from(look.size) / i64::from(face.units_per_em().max(1))
    }

    /// Writes a text on one line; `y` is its baseline. A character that the font lacks is left out.
    pub(super) fn write(&mut self, (x, y): (i64, i64), text: &str, look: Type, align: Align) {
        let width = self.width(text, look);
        let start = match align {
            Align::Start => x,
            Align::Middle => x - width / 2,
            Align::End => x - width,
        };
        let face = self.face(look.weight);
        let scale = f32::from(look.size) / f32::from(face.units_per_em().max(1));
        let mut outline = Outline { builder: PathBuilder::new(), scale, x: px(start), y: px(y) };
        for c in text.chars() {
            if let Some(glyph) = face.glyph_index(c) {
                face.outline_glyph(glyph, &mut outline);
            }
            outline.x += f32::from(advance(face, c)) * scale;
        }
        let path = outline.builder.finish();
        self.fill(path, look.ink);
    }

    const fn face(&self, weight: Weight) -> &Face<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    fn fill(&mut self, path: Option<Path>, ink: Ink) {
        let Some(path) = path else { return };
        self.pixels.fill_path(&path, &paint(ink), FillRule::Winding, Transform::identity(), None);
    }
}

/// Whole pixels as a coordinate; beyond any picture is outside of it.
fn px(pixels: i64) -> f32 {
    i16::try_from(pixels).map_or(f32::from(i16::MAX), f32::from)
}

fn advance(face: &Face<'_>, c: char) -> u16 {
    face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or_default()
}

fn paint(ink: Ink) -> Paint<'static> {
    let [_, red, green, blue] = ink.0.to_be_bytes();
    let mut paint = Paint::default();
    paint.set_color(Color::from_rgba8(red, green, blue, u8::MAX));
    paint.anti_alias = true;
    paint
}

fn rounded((x, y): (i64, i64), (width, height): (i64, i64), radius: i64, all: bool) -> Option<Path> {
    let (left, top, right, bottom) = (px(x), px(y), px(x + width), px(y + height));
    let r = px(radius);
    if radius <= 0 {
        return Rect::from_ltrb(left, top, right, bottom).map(PathBuilder::from_rect);
    }
    let mut path = PathBuilder::new();
    path.move_to(left + r, top);
    path.line_to(right - r, top);
    path.quad_to(right, top, right, top + r);
    if all {
        path.line_to(right, bottom - r);
        path.quad_to(right, bottom, right - r, bottom);
        path.line_to(left + r, bottom);
        path.quad_to(left, bottom, left, bottom - r);
    } else {
        path.line_to(right, bottom);
        path.line_to(left, bottom);
    }
    path.line_to(left, top + r);
    path.quad_to(left, top, left + r, top);
    path.close();
    path.finish()
}

/// Takes over a glyph's outline: the font's axis goes up, the picture's goes down.
struct Outline {
    builder: PathBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Outline {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.builder.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.builder.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}
