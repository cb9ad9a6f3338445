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

use super::logistic::{self, Row, probabilities};
use super::logits;
use super::quantile::quantiles;
use super::recalibration::Scale;
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

/// Fits the curve and averages the distance of scores from it.
#[must_use]
pub fn integrated(groups: impl Iterator<Item = Scored> + Clone) -> Option<Integrated> {
    let logits = logits(groups.clone());
    let groups = logits.iter().copied().zip(groups);
    let spline = Spline::new(groups.clone())?;
    let weighing = groups.filter(|(_, group)| group.mass().weight > 0.0);
    let rows = weighing.clone().map(|(logit, group)| Row {
        predictors: spline.basis(logit),
        offset: 0.0,
        positives: group.positives,
        negatives: group.negatives,
    });
    let curve = logistic::fit(rows)?.coefficients;
    let distances: Vec<(f64, f64)> = weighing
        .map(|(logit, group)| {
            let linear: f64 = spline.basis(logit).iter().zip(&curve).map(|(x, b)| x * b).sum();
            ((probabilities(linear).0 - group.score).abs(), group.mass().weight)
        })
        .collect();
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

/// Restricted cubic spline of the centred and scaled logit.
struct Spline {
    scale: Scale,
    knots: [f64; 4],
}

impl Spline {
    /// For groups with their logits.
    fn new(groups: impl Iterator<Item = (f64, Scored)> + Clone) -> Option<Self> {
        let weights = groups.clone().map(|(logit, group)| (logit, group.mass().weight));
        let scale = Scale::of_logits(weights.filter(|(_, weight)| *weight > 0.0))?;
        let rows = groups.map(|(logit, group)| (logit, group.mass().rows));
        let knots: [f64; 4] = quantiles(rows, KNOTS.into_iter())?.try_into().ok()?;
        if knots.windows(2).any(|pair| pair[0] >= pair[1]) {
            return None;
        }
        let knots = knots.map(|knot| (knot - scale.mean) / scale.spread);
        Some(Self { scale, knots })
    }

    /// Constant, linear, and two cubic pieces that become linear beyond the outer knots.
    fn basis(&self, logit: f64) -> [f64; 4] {
        let [first, second, third, last] = self.knots;
        let x = (logit - self.scale.mean) / self.scale.spread;
        let cube = |knot: f64| {
            let d = (x - knot).max(0.0);
            d * d * d
        };
        let unit = (last - first) * (last - first);
        let piece = |knot: f64| {
            let bend = cube(third) * (last - knot) - cube(last) * (third - knot);
            (cube(knot) - bend / (last - third)) / unit
        };
        [1.0, x, piece(first), piece(second)]
    }
}
