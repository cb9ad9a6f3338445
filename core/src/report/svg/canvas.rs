//! The pen: shapes in inks. An ink is a class on a page with our style sheet and an inline style everywhere else.

use std::fmt::Write;

use crate::findings::v1::Outcome;

use super::super::words;

/// Where the drawing will stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Paint {
    /// A page that carries our style sheet.
    Page,
    /// A page of someone else, such as a notebook, light or dark.
    Inline,
}

/// What a shape means; its colour follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Tick and frame lines.
    Hairline,
    /// A line to compare with: overall, parity, the diagonal.
    Compare,
    /// The threshold.
    Limit,
    /// The side on which a criterion is met.
    Good,
    /// An estimate.
    Dot,
    /// The interval of an estimate, or a curve.
    Stroke,
    /// The band of a curve.
    Band,
    /// The interval or estimate of a judged criterion: a line.
    Judged(Outcome),
    /// The same as the strokes of a hatched bar.
    Hatched(Outcome),
    /// The same, filled.
    JudgedFill(Outcome),
    /// Text.
    Label,
    /// Text of less weight.
    Note,
}

/// Mid-tones that stand out on white and on near-black alike; words beside them carry the meaning.
pub(super) fn inline_colour(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "#009e73",
        Outcome::NotMet | Outcome::Error => "#d55e00",
        Outcome::Undecided => "#b98100",
        Outcome::NotAssessed | Outcome::NotApplicable => "#868b91",
    }
}

impl Ink {
    fn attribute(self, paint: Paint, out: &mut String) {
        match paint {
            Paint::Page => {
                let class = match self {
                    Ink::Hairline => "h",
                    Ink::Compare => "x",
                    Ink::Limit => "l",
                    Ink::Good => "g",
                    Ink::Dot => "d",
                    Ink::Stroke => "s",
                    Ink::Band => "b",
                    Ink::Judged(outcome) => return attribute(out, "class", &["j ", words::class(outcome)]),
                    Ink::Hatched(outcome) => return attribute(out, "class", &["j k ", words::class(outcome)]),
                    Ink::JudgedFill(outcome) => return attribute(out, "class", &["f ", words::class(outcome)]),
                    Ink::Label => return,
                    Ink::Note => "n",
                };
                attribute(out, "class", &[class]);
            }
            Paint::Inline => {
                let style: [&str; 2] = match self {
                    Ink::Hairline => ["stroke:currentColor;stroke-opacity:.3", ""],
                    Ink::Compare => ["stroke:currentColor;stroke-opacity:.55;stroke-dasharray:3 3;fill:none", ""],
                    Ink::Limit => ["stroke:currentColor;stroke-width:1.5", ""],
                    Ink::Good => ["fill:#009e73;fill-opacity:.18", ""],
                    Ink::Dot => ["fill:#2b8cc4", ""],
                    Ink::Stroke => ["stroke:#2b8cc4;stroke-width:2;fill:none", ""],
                    Ink::Band => ["fill:#2b8cc4;fill-opacity:.2", ""],
                    Ink::Judged(outcome) => ["stroke-width:2;fill:none;stroke:", inline_colour(outcome)],
                    Ink::Hatched(outcome) => ["stroke-width:1;fill:none;stroke:", inline_colour(outcome)],
                    Ink::JudgedFill(outcome) => ["fill:", inline_colour(outcome)],
                    Ink::Label => ["fill:currentColor", ""],
                    Ink::Note => ["fill:currentColor;fill-opacity:.75", ""],
                };
                attribute(out, "style", &style);
            }
        }
    }
}

fn attribute(out: &mut String, name: &str, value: &[&str]) {
    let _ = write!(out, " {name}=\"");
    value.iter().for_each(|part| out.push_str(part));
    out.push('"');
}

/// A drawing in progress.
pub(super) struct Canvas {
    out: String,
    paint: Paint,
}

impl Canvas {
    /// Starts a drawing with a name and a description for those who do not see it.
    pub(super) fn new(paint: Paint, width: f64, height: f64, title: &str, description: &str) -> Self {
        let mut out = String::with_capacity(1024);
        let style = match paint {
            Paint::Page => " class=\"c\"",
            Paint::Inline => " style=\"max-width:100%;height:auto;font:12px system-ui,sans-serif;display:block\"",
        };
        let (w, h) = (Px(width), Px(height));
        let _ = write!(out, "<svg role=\"img\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\"{style}><title>");
        escape(title, &mut out);
        out.push_str("</title>");
        if !description.is_empty() {
            out.push_str("<desc>");
            escape(description, &mut out);
            out.push_str("</desc>");
        }
        Self { out, paint }
    }

    /// A straight line.
    pub(super) fn line(&mut self, ink: Ink, from: (f64, f64), to: (f64, f64)) {
        let _ = write!(
            self.out,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"",
            Px(from.0),
            Px(from.1),
            Px(to.0),
            Px(to.1)
        );
        self.close(ink);
    }

    /// A rectangle between two corners.
    pub(super) fn rectangle(&mut self, ink: Ink, from: (f64, f64), to: (f64, f64)) {
        let (width, height) = ((to.0 - from.0).max(0.0), (to.1 - from.1).max(0.0));
        let _ = write!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            Px(from.0),
            Px(from.1),
            Px(width),
            Px(height)
        );
        self.close(ink);
    }

    /// A rectangle tinted by so much of the data colour.
    pub(super) fn tint(&mut self, from: (f64, f64), to: (f64, f64), opacity: f64) {
        let _ = write!(self.out, "<g fill-opacity=\"{:.2}\">", opacity.clamp(0.0, 1.0));
        self.rectangle(Ink::Dot, from, to);
        self.out.push_str("</g>");
    }

    /// A disc.
    pub(super) fn disc(&mut self, ink: Ink, centre: (f64, f64), radius: f64) {
        let _ = write!(self.out, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"", Px(centre.0), Px(centre.1), Px(radius));
        self.close(ink);
    }

    /// A path of straight pieces through the points; level and upright pieces are written short, as stairs have many.
    pub(super) fn path(&mut self, ink: Ink, points: impl Iterator<Item = (f64, f64)>) {
        self.out.push_str("<path d=\"");
        let mut last: Option<(f64, f64)> = None;
        for (x, y) in points {
            let _ = match last {
                None => write!(self.out, "M{} {}", Px(x), Px(y)),
                Some(at) if at == (x, y) => continue,
                Some(at) if at.1 == y => write!(self.out, "H{}", Px(x)),
                Some(at) if at.0 == x => write!(self.out, "V{}", Px(y)),
                Some(_) => write!(self.out, "L{} {}", Px(x), Px(y)),
            };
            last = Some((x, y));
        }
        self.out.push('"');
        self.close(ink);
    }

    /// The frame of a rectangle.
    pub(super) fn frame(&mut self, ink: Ink, from: (f64, f64), to: (f64, f64)) {
        self.path(ink, [from, (to.0, from.1), to, (from.0, to.1), from].into_iter());
    }

    /// A rectangle in slanted strokes, which stands apart without a colour.
    pub(super) fn hatch(&mut self, ink: Ink, from: (f64, f64), to: (f64, f64)) {
        self.out.push_str("<path d=\"");
        let _ = write!(self.out, "M{} {}H{}V{}H{}Z", Px(from.0), Px(from.1), Px(to.0), Px(to.1), Px(from.0));
        // From the lower side upwards to the right, cut where a stroke leaves the rectangle.
        let height = to.1 - from.1;
        let mut x = from.0 - height + 4.0;
        let mut strokes = 0;
        while x < to.0 && strokes < 200 {
            let (left, right) = (x.max(from.0), (x + height).min(to.0));
            if right > left {
                let _ = write!(
                    self.out,
                    "M{} {}L{} {}",
                    Px(left),
                    Px(to.1 - (left - x)),
                    Px(right),
                    Px(to.1 - (right - x))
                );
            }
            x += 4.0;
            strokes += 1;
        }
        self.out.push('"');
        self.close(ink);
    }

    /// The sign of an outcome, told apart without its colour.
    pub(super) fn mark(&mut self, outcome: Outcome, (x, y): (f64, f64), radius: f64) {
        match outcome {
            Outcome::NotMet | Outcome::Error => {
                self.rectangle(Ink::JudgedFill(outcome), (x - radius, y - radius), (x + radius, y + radius));
            }
            Outcome::Met => self.disc(Ink::JudgedFill(outcome), (x, y), radius),
            Outcome::Undecided | Outcome::NotAssessed | Outcome::NotApplicable => {
                self.disc(Ink::Hatched(outcome), (x, y), radius);
            }
        }
    }

    /// A text at a baseline point, anchored at its `start`, `middle` or `end`.
    pub(super) fn text(&mut self, ink: Ink, at: (f64, f64), anchor: &str, text: &str) {
        let _ = write!(self.out, "<text x=\"{}\" y=\"{}\"", Px(at.0), Px(at.1));
        if anchor != "start" {
            attribute(&mut self.out, "text-anchor", &[anchor]);
        }
        ink.attribute(self.paint, &mut self.out);
        self.out.push('>');
        escape(text, &mut self.out);
        self.out.push_str("</text>");
    }

    /// The finished drawing.
    pub(super) fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }

    fn close(&mut self, ink: Ink) {
        ink.attribute(self.paint, &mut self.out);
        self.out.push_str("/>");
    }
}

/// Text inside an element or a quoted attribute.
pub(in super::super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

/// A coordinate: at most one decimal, and never NaN.
struct Px(f64);

impl std::fmt::Display for Px {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = if self.0.is_finite() { self.0.clamp(-1e6, 1e6) } else { 0.0 };
        let tenths = (value * 10.0).round() as i64;
        if tenths % 10 == 0 { write!(f, "{}", tenths / 10) } else { write!(f, "{}", tenths as f64 / 10.0) }
    }
}
