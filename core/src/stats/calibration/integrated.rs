//! The integrated calibration index: mean distance between scores and a smooth curve of observed shares.
//!
//! Austin and Steyerberg 2019, "The Integrated Calibration Index (ICI) and related metrics for quantifying the
//! calibration of logistic regression models", Statistics in Medicine 38, 4051-4065: weighted mean, median (E50) and 90
//! % quantile (E90) of |smooth(score) - score| over rows. No bins, but a smoother to choose: here a logistic regression
//! on a restricted cubic spline of logit(score) with four knots at the 5, 35, 65 and 95 % quantiles, each row counted
//! once (Harrell 2015, "Regression Modeling Strategies", 2nd ed., sec. 2.4.6), which is fast, has no further settings
//! and is linear on the logit scale in the tails. Like binned errors the index is positive in a sample of perfectly
//! calibrated scores.
//!
//! Quantiles of the distance: the smallest distance that, with all smaller ones, holds at least that share of the
//! weight. Scores are clipped to [1e-15, 1 - 1e-15] for the logit, not for the distance.
//!
//! Undefined (`None`) when the regression is (one class, separation) and when knots coincide because rows share few
//! distinct scores: bins are the better tool there.

use super::logistic::{self, Predictors, fitted};
use super::logits::{LANES, Logits, Scale};
use crate::stats::Scored;

/// Quantiles of the logits at which the spline has its knots.
const KNOTS: [f64; 4] = [0.05, 0.35, 0.65, 0.95];

/// Distance between scores and smoothed observed shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Integrated {
    /// Weighted mean: the integrated calibration index.
    pub mean: f64,
    /// Weighted median, E50.
    pub median: f64,
    /// Weighted 90 % quantile, E90.
    pub ninetieth: f64,
}

/// Fits the curve to the logits of the groups and averages the distance of scores from it.
#[must_use]
pub fn integrated(logits: &Logits, groups: impl Iterator<Item = Scored> + Clone) -> Option<Integrated> {
    let spline = Spline::new(logits.scale?, groups.clone())?;
    let curve = logistic::fit(logits, &spline)?.coefficients;
    let mut weighing = groups.filter(|group| group.mass().weight > 0.0);
    let mut distances: Vec<(f64, f64)> = Vec::with_capacity(logits.blocks.len() * LANES);
    for block in &logits.blocks {
        let smooth = fitted(block, &spline, &curve);
        let rows = smooth.iter().zip(weighing.by_ref());
        distances.extend(rows.map(|(smooth, group)| ((smooth - group.score).abs(), group.mass().weight)));
    }
    let (sum, weight) = distances.iter().fold((0.0, 0.0), |(sum, weight), (d, w)| (sum + d * w, weight + w));
    let [median, ninetieth] = weighted_quantiles(&distances, [0.5 * weight, 0.9 * weight]);
    Some(Integrated { mean: sum / weight, median: median?, ninetieth: ninetieth? })
}

/// The values at which the running weight of (value, weight) pairs reaches each of the targets, when they are taken from the
/// smallest value on. Values are at least 0; only the part of them is put in order that holds a target.
fn weighted_quantiles<const N: usize>(values: &[(f64, f64)], targets: [f64; N]) -> [Option<f64>; N] {
    const PARTS: usize = 1024;
    let largest = values.iter().fold(0.0_f64, |largest, (value, _)| largest.max(*value));
    let scale = if largest > 0.0 { PARTS as f64 / largest } else { 0.0 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at least 0, and cut to the last part")]
    let part_of = |value: f64| ((value * scale) as usize).min(PARTS - 1);
    let mut weights = [0.0; PARTS];
    for (value, weight) in values {
        weights[part_of(*value)] += weight;
    }
    targets.map(|target| {
        let mut running = 0.0;
        for (part, weight) in weights.iter().enumerate() {
            if running + weight >= target {
                let mut members: Vec<_> = values.iter().filter(|(value, _)| part_of(*value) == part).collect();
                members.sort_by(|a, b| a.0.total_cmp(&b.0));
                let reached = |(_, weight): &&&(f64, f64)| {
                    running += weight;
                    running >= target
                };
                return members.iter().find(reached).or(members.last()).map(|(value, _)| *value);
            }
            running += weight;
        }
        None
    })
}

/// Restricted cubic spline of the centred and scaled logit: beside constant and line two pieces, each a cube that begins
/// at its knot and, by the cubes that begin at the last two knots, becomes linear beyond the last.
struct Spline {
    scale: Scale,
    knots: [f64; 4],
    /// What the cubes at its own, the third and the last knot count in each piece.
    pieces: [[f64; 3]; 2],
}

impl Spline {
    fn new(scale: Scale, groups: impl Iterator<Item = Scored> + Clone) -> Option<Self> {
        let knots: [f64; 4] = Logits::quantiles(groups, KNOTS.into_iter())?.try_into().ok()?;
        if knots.windows(2).any(|pair| pair[0] >= pair[1]) {
            return None;
        }
        let knots = knots.map(|knot| scale.of(knot));
        let [first, second, third, last] = knots;
        let unit = 1.0 / ((last - first) * (last - first));
        let bend = unit / (last - third);
        let pieces = [first, second].map(|knot| [unit, -bend * (last - knot), bend * (third - knot)]);
        Some(Self { scale, knots, pieces })
    }
}

impl Predictors<4> for Spline {
    #[inline]
    fn at(&self, logit: f64) -> [f64; 4] {
        let x = self.scale.of(logit);
        let [first, second, third, last] = self.knots.map(|knot| {
            let d = (x - knot).max(0.0);
            d * d * d
        });
        let piece = |[own, of_third, of_last]: [f64; 3], cube: f64| own * cube + of_third * third + of_last * last;
        let [of_first, of_second] = self.pieces;
        [1.0, x, piece(of_first, first), piece(of_second, second)]
    }
}
