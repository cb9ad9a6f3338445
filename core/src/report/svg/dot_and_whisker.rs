//! Rates or gaps by group: a dot for the estimate, a whisker for the interval, n at the right edge.

use crate::findings::v1::Outcome;

use super::super::text;
use super::PANEL;
use super::canvas::{Canvas, Ink, Paint};
use super::scale::{self, Scale};

/// One group.
#[derive(Clone, Debug)]
pub(in super::super) struct Row {
    /// Its name.
    pub(in super::super) label: String,
    /// The estimate.
    pub(in super::super) value: f64,
    /// The interval; `None` is unbounded on that side.
    pub(in super::super) interval: Option<(Option<f64>, Option<f64>)>,
    /// Rows it rests on.
    pub(in super::super) n: Option<u64>,
    /// The outcome of its criterion, if it has one.
    pub(in super::super) outcome: Option<Outcome>,
    /// The threshold of its own, where the rows do not share one.
    pub(in super::super) threshold: Option<f64>,
}

/// A line to compare with.
#[derive(Clone, Debug)]
pub(in super::super) struct Line {
    /// Where.
    pub(in super::super) value: f64,
    /// What it is, in a word or two.
    pub(in super::super) label: String,
    /// A threshold, with whether larger values are on its good side; otherwise overall or parity.
    pub(in super::super) higher_is_good: Option<bool>,
}

/// What the chart shows.
#[derive(Clone, Debug)]
pub(in super::super) struct Dots {
    /// Its name.
    pub(in super::super) title: String,
    /// What it shows, for those who do not see it.
    pub(in super::super) description: String,
    /// The groups in drawing order.
    pub(in super::super) rows: Vec<Row>,
    /// How many groups the middle of the list leaves out, and after which row.
    pub(in super::super) gap: Option<(usize, u64)>,
    /// Lines to compare with.
    pub(in super::super) lines: Vec<Line>,
    /// Values the measure can take.
    pub(in super::super) natural: (f64, f64),
}

const ROW: f64 = 22.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 20.0;
const LETTER: f64 = 6.8;

/// Draws it.
pub(in super::super) fn dot_and_whisker(chart: &Dots, paint: Paint) -> String {
    let label = |row: &Row| text::short(&row.label, 22);
    let longest = chart.rows.iter().map(|row| text::width(&label(row))).max().unwrap_or(0);
    let left = (longest as f64 * LETTER + 10.0).clamp(40.0, 160.0);
    let letters = ((left - 10.0) / LETTER).round() as usize;
    let counts: Vec<_> = chart.rows.iter().map(|row| row.n.map_or_else(String::new, text::count)).collect();
    let widest = counts.iter().map(|count| count.len()).max().unwrap_or(1).max(2);
    let right = PANEL - (widest as f64 * LETTER + 12.0);

    let values = chart
        .rows
        .iter()
        .flat_map(|row| {
            let (lower, upper) = row.interval.unwrap_or((None, None));
            [Some(row.value), lower, upper, row.threshold]
        })
        .flatten()
        .chain(chart.lines.iter().map(|line| line.value));
    let scale = Scale::new(scale::domain(values, chart.natural), (left, right));

    let places = chart.rows.len() + usize::from(chart.gap.is_some());
    let base = TOP + ROW * places as f64;
    let mut canvas = Canvas::new(paint, PANEL, base + BOTTOM, &chart.title, &chart.description);

    for line in &chart.lines {
        if let Some(higher) = line.higher_is_good {
            let x = scale.at(line.value);
            let (from, to) = if higher { (x, right) } else { (left, x) };
            canvas.rectangle(Ink::Good, (from, TOP), (to, base));
        }
    }
    canvas.line(Ink::Hairline, (left, base), (right, base));
    for (value, label) in scale.ticks(4) {
        let x = scale.at(value);
        canvas.line(Ink::Hairline, (x, base), (x, base + 4.0));
        canvas.text(Ink::Note, (x, base + 16.0), "middle", &label);
    }
    canvas.text(Ink::Note, (PANEL - 1.0, 12.0), "end", "n");
    lines(&mut canvas, chart, &scale, (left, right), base);

    let mut place = 0;
    for (index, row) in chart.rows.iter().enumerate() {
        if let Some((after, left_out)) = chart.gap
            && after == index
        {
            let y = TOP + ROW * (place as f64 + 0.5);
            let words = format!("⋮ {} between", text::counted(left_out, "group", "groups"));
            canvas.text(Ink::Note, (left, y + 4.0), "start", &words);
            place += 1;
        }
        let y = TOP + ROW * (place as f64 + 0.5);
        place += 1;
        canvas.text(Ink::Label, (left - 8.0, y + 4.0), "end", &text::short(&label(row), letters));
        canvas.text(Ink::Note, (PANEL - 1.0, y + 4.0), "end", &counts[index]);
        whisker(&mut canvas, row, &scale, (left, right), y);
    }
    canvas.finish()
}

/// The lines to compare with, labelled above the plot without running into each other.
fn lines(canvas: &mut Canvas, chart: &Dots, scale: &Scale, (left, right): (f64, f64), base: f64) {
    let mut sorted: Vec<_> = chart.lines.iter().collect();
    sorted.sort_by(|a, b| a.value.total_cmp(&b.value));
    let mut taken = 0.0;
    for line in sorted {
        let x = scale.at(line.value);
        canvas.line(if line.higher_is_good.is_some() { Ink::Limit } else { Ink::Compare }, (x, TOP - 3.0), (x, base));
        let half = 0.5 * LETTER * text::width(&line.label) as f64;
        let centre = x.clamp((left - 30.0 + half).max(half), (right + 8.0 - half).max(half));
        if centre - half >= taken {
            canvas.text(Ink::Note, (centre, 12.0), "middle", &line.label);
            taken = centre + half + 6.0;
        }
    }
}

fn whisker(canvas: &mut Canvas, row: &Row, scale: &Scale, (left, right): (f64, f64), y: f64) {
    let (stroke, fill) = match row.outcome {
        Some(outcome) => (Ink::Judged(outcome), Ink::JudgedFill(outcome)),
        None => (Ink::Stroke, Ink::Dot),
    };
    if let Some((lower, upper)) = row.interval {
        let at = |limit: Option<f64>, open: f64| limit.filter(|l| l.is_finite()).map_or(open, |limit| scale.at(limit));
        let (from, to) = (at(lower, left), at(upper, right));
        if row.outcome == Some(Outcome::Undecided) && to - from > 6.0 {
            canvas.hatch(Ink::Hatched(Outcome::Undecided), (from, y - 3.0), (to, y + 3.0));
        } else {
            canvas.line(stroke, (from, y), (to, y));
        }
    }
    if let Some(threshold) = row.threshold {
        let x = scale.at(threshold);
        canvas.line(Ink::Limit, (x, y - 8.0), (x, y + 8.0));
    }
    if !scale.shows(row.value) {
        return;
    }
    let x = scale.at(row.value);
    if row.outcome == Some(Outcome::NotMet) {
        canvas.rectangle(fill, (x - 4.0, y - 4.0), (x + 4.0, y + 4.0));
    } else {
        canvas.disc(fill, (x, y), 4.5);
    }
}
