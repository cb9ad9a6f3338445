//! A criterion as a strip: the interval and the estimate against the threshold, with the good side shaded.

use crate::findings::v1::Outcome;

use super::super::text;
use super::canvas::{Canvas, Ink, Paint};
use super::scale::{self, Scale};

/// What a strip shows.
#[derive(Clone, Debug)]
pub(in super::super) struct Strip {
    /// What it is about, for those who do not see it.
    pub(in super::super) title: String,
    /// The estimate.
    pub(in super::super) value: f64,
    /// The interval; `None` is unbounded on that side.
    pub(in super::super) interval: Option<(Option<f64>, Option<f64>)>,
    /// The threshold.
    pub(in super::super) threshold: f64,
    /// Whether larger values are on the good side.
    pub(in super::super) higher_is_good: bool,
    /// The answer.
    pub(in super::super) outcome: Outcome,
    /// Values the measure can take.
    pub(in super::super) natural: (f64, f64),
}

const WIDTH: f64 = 220.0;
const HEIGHT: f64 = 34.0;
const TOP: f64 = 3.0;
const BASE: f64 = 19.0;
const MIDDLE: f64 = 11.0;

/// Draws it.
pub(in super::super) fn strip(chart: &Strip, paint: Paint) -> String {
    let Strip { value, threshold, .. } = *chart;
    let limits = chart.interval.map(|(lower, upper)| {
        let finite = |limit: Option<f64>, otherwise: f64| limit.filter(|limit| limit.is_finite()).unwrap_or(otherwise);
        (finite(lower, chart.natural.0), finite(upper, chart.natural.1))
    });
    let known = [Some(value), Some(threshold), limits.map(|limits| limits.0), limits.map(|limits| limits.1)];
    let (mut low, mut high) = scale::domain(known.into_iter().flatten(), chart.natural);
    // Room on both sides of the threshold, so that the good side is seen even where all is well or all is not.
    let least = 0.18 * (high - low);
    low = low.min(threshold - least).max(chart.natural.0.min(threshold));
    high = high.max(threshold + least).min(chart.natural.1.max(threshold));
    let scale = Scale::new((low, high), (4.0, WIDTH - 4.0));

    let description = describe(chart);
    let mut canvas = Canvas::new(paint, WIDTH, HEIGHT, &chart.title, &description);
    let x = scale.at(threshold);
    let (good_from, good_to) = if chart.higher_is_good { (x, WIDTH - 1.0) } else { (1.0, x) };
    canvas.rectangle(Ink::Good, (good_from, TOP), (good_to, BASE));
    canvas.line(Ink::Hairline, (1.0, BASE), (WIDTH - 1.0, BASE));
    let ink = Ink::Judged(chart.outcome);
    if let Some((lower, upper)) = limits {
        let (from, to) = (scale.at(lower), scale.at(upper));
        if chart.outcome == Outcome::Undecided && to - from > 6.0 {
            canvas.hatch(Ink::Hatched(chart.outcome), (from, MIDDLE - 3.0), (to, MIDDLE + 3.0));
        } else {
            canvas.line(ink, (from, MIDDLE), (to, MIDDLE));
            canvas.line(ink, (from, MIDDLE - 3.0), (from, MIDDLE + 3.0));
            canvas.line(ink, (to, MIDDLE - 3.0), (to, MIDDLE + 3.0));
        }
    }
    canvas.line(Ink::Limit, (x, TOP - 2.0), (x, BASE + 3.0));
    let fill = Ink::JudgedFill(chart.outcome);
    let dot = scale.at(value);
    if chart.outcome == Outcome::NotMet {
        canvas.rectangle(fill, (dot - 4.0, MIDDLE - 4.0), (dot + 4.0, MIDDLE + 4.0));
    } else {
        canvas.disc(fill, (dot, MIDDLE), 4.5);
    }
    let label = text::threshold(threshold);
    let half = 3.7 * text::width(&label) as f64;
    canvas.text(Ink::Note, (x.clamp(half + 1.0, WIDTH - half - 1.0), HEIGHT - 2.0), "middle", &label);
    canvas.finish()
}

fn describe(chart: &Strip) -> String {
    let interval = chart
        .interval
        .map_or_else(String::new, |(lower, upper)| format!(", interval {}", text::limits(lower, upper, 3)));
    format!(
        "Estimate {}{interval}; threshold {}, met {} it.",
        text::in_text(chart.value),
        text::threshold(chart.threshold),
        if chart.higher_is_good { "above" } else { "below" }
    )
}
