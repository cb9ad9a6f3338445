//! What every threshold would do, if the score alone decided: selection rate, recall and false positive rate.
//!
//! A point says what share of the rows a threshold of `x` selects, and holds for every threshold down to the point before
//! it, so the curve is a staircase. Above the highest score nothing is positive: the last point says so.

use super::{About, POINTS};
use crate::findings::v1::{Curve, CurvePoint};
use crate::judge::facts::Facts;
use crate::judge::scores::GroupScores;
use crate::plan::{Plan, Side};
use crate::stats::ranking::{at_or_above, thresholds};
use crate::stats::{Mass, Uncertainty, samples};

/// The thresholds to try, ascending, the same for every group: scores at equal steps of the share of all rows that is
/// selected, and the plan's own. Scores of single rows of a small group are not among them by themselves.
pub(super) fn tried(plan: &Plan, facts: &Facts<'_>) -> Vec<f64> {
    // One point more is the plan's threshold, and one what lies above all scores.
    let mut tried = thresholds(of_atoms(&facts.overall.scores), POINTS - 2);
    if let Some(threshold) = plan.threshold.filter(|_| !tried.is_empty())
        && let Err(place) = tried.binary_search_by(|score| score.total_cmp(&threshold))
    {
        tried.insert(place, threshold);
    }
    tried
}

/// The three curves of a group, each where its denominator may be shown.
pub(super) fn curves(about: &About<'_>, tried: &[f64]) -> Vec<Curve> {
    let scores = &about.group.scores;
    let (positives, negatives) = scores.classes();
    let all = if scores.is_labelled() { positives + negatives } else { samples::mass(scores.all()) };
    let side = Side::Positive;
    let selected = points(about, of_atoms(scores), all, about.plan.favourable, tried);
    let recalled = points(about, scores.scored().map(|tie| (tie.score, tie.positives)), positives, side, tried);
    let alarmed = points(about, scores.scored().map(|tie| (tie.score, tie.negatives)), negatives, side, tried);
    [
        ("threshold_selection_rate", "Selection rate", selected),
        ("threshold_recall", "Recall", recalled),
        ("threshold_false_positive_rate", "False positive rate", alarmed),
    ]
    .into_iter()
    .filter_map(|(name, title, points)| Some(Curve { points: points?, ..about.blank(name, "Threshold", title) }))
    .collect()
}

/// Scores with their rows.
fn of_atoms(scores: &GroupScores) -> impl DoubleEndedIterator<Item = (f64, Mass)> + Clone {
    scores.all().map(|atom| (atom.score, atom.mass))
}

fn points(
    about: &About<'_>,
    scores: impl DoubleEndedIterator<Item = (f64, Mass)>,
    total: Mass,
    side: Side,
    tried: &[f64],
) -> Option<Vec<CurvePoint>> {
    if !about.shows(total.rows) || total.weight <= 0.0 {
        return None;
    }
    let mut steps: Vec<(f64, Mass)> = tried.iter().copied().zip(at_or_above(scores, tried)).collect();
    steps.push((*tried.last()?, Mass::default()));
    let kept = |place: usize| {
        let (threshold, above) = steps[place];
        // A step that takes nobody away is part of the next one; the ends and the plan's threshold stay.
        place == 0 || about.plan.threshold == Some(threshold) || steps.get(place + 1).is_none_or(|next| next.1 != above)
    };
    let point = |(threshold, above): (f64, Mass)| share(threshold, above, total, side, about.plan.level);
    Some((0..steps.len()).filter(|&place| kept(place)).map(|place| point(steps[place])).collect())
}

/// The share of the side that a threshold gives to the rows at or above it, or to those below, with Wilson's interval
/// (on Kish's effective number of rows where they are weighted).
fn share(threshold: f64, above: Mass, total: Mass, side: Side, level: f64) -> CurvePoint {
    let selected = match side {
        Side::Positive => above.weight,
        Side::Negative => total.weight - above.weight,
    };
    let y = (selected / total.weight).clamp(0.0, 1.0);
    let n = total.effective();
    let interval = Uncertainty::Wilson { x: y * n, n }.interval(level);
    CurvePoint {
        x: threshold,
        y,
        lower: interval.map(|limits| limits.0),
        upper: interval.map(|limits| limits.1),
        n: Some(total.rows),
    }
}
