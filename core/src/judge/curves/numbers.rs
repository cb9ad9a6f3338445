//! Curves of a model that predicts a number: its error and the label against the prediction, and how often labels lie at or
//! below its quantiles.

use super::super::estimate::share_of;
use super::super::numbers::GroupNumbers;
use super::About;
use crate::findings::v1::{Curve, CurvePoint};
use crate::stats::regression::Pair;
use crate::stats::{Mass, Uncertainty};

/// Bins at most; each has about as many rows as the others.
const BINS: u64 = 10;
/// Rows a bin has at least.
const MIN_BIN: u64 = 20;

pub(super) fn curves(about: &About<'_>, numbers: &GroupNumbers) -> Vec<Curve> {
    let mut curves = Vec::new();
    let bins = bins(&numbers.pairs);
    if !bins.is_empty() {
        curves.push(binned(about, &bins, "observed", "Mean label", |pair| pair.label));
        curves.push(binned(about, &bins, "errors", "Mean error", |pair| pair.error()));
    }
    curves.extend(quantiles(about, numbers));
    curves
}

/// Bins of about equal count by rising prediction; equal predictions stay in one bin. None for too few rows.
fn bins(pairs: &[Pair]) -> Vec<Vec<Pair>> {
    let mut sorted = pairs.to_vec();
    // Stable: pairs of one prediction keep the order of their labels, so that sums have one order.
    sorted.sort_by(|a, b| a.prediction.total_cmp(&b.prediction));
    let total: u64 = sorted.iter().map(|pair| pair.mass.rows).sum();
    if total < MIN_BIN {
        return Vec::new();
    }
    let size = total.div_ceil(BINS).max(MIN_BIN);
    let mut bins = Vec::new();
    let (mut bin, mut rows, mut left) = (Vec::new(), 0, total);
    for equal in sorted.chunk_by(|a, b| a.prediction == b.prediction) {
        let count: u64 = equal.iter().map(|pair| pair.mass.rows).sum();
        rows += count;
        left -= count;
        bin.extend_from_slice(equal);
        // The last bin takes what would be too few rows for one of their own.
        if left == 0 || (rows >= size && left >= MIN_BIN) {
            bins.push(std::mem::take(&mut bin));
            rows = 0;
        }
    }
    bins
}

/// The mean of a number against the mean prediction, with Student's interval.
fn binned(about: &About<'_>, bins: &[Vec<Pair>], name: &str, y_label: &str, of: impl Fn(&Pair) -> f64) -> Curve {
    let points = bins.iter().filter_map(|bin| {
        let mass = bin.iter().fold(Mass::default(), |all, pair| all + pair.mass);
        let mean =
            |of: &dyn Fn(&Pair) -> f64| bin.iter().map(|pair| pair.mass.weight / mass.weight * of(pair)).sum::<f64>();
        let (x, y) = (mean(&|pair| pair.prediction), mean(&of));
        let n = mass.effective();
        // Linearised for weighted rows, as for every mean.
        let variance = mass.deviation_correction().map(|correction| {
            let deviation = |pair: &Pair| of(pair) - y;
            let squares = bin.iter().map(|pair| pair.mass.squared / mass.squared * deviation(pair) * deviation(pair));
            squares.sum::<f64>() * correction
        });
        let interval =
            variance.and_then(|variance| Uncertainty::StudentT { mean: y, variance, n }.interval(about.plan.level));
        (x.is_finite() && y.is_finite()).then(|| CurvePoint {
            x,
            y,
            lower: interval.map(|limits| limits.0),
            upper: interval.map(|limits| limits.1),
            n: Some(mass.rows),
        })
    });
    Curve { points: points.collect(), ..about.blank(name, "Mean prediction", y_label) }
}

/// The share of labels at or below each quantile against its level.
fn quantiles(about: &About<'_>, numbers: &GroupNumbers) -> Option<Curve> {
    let points: Vec<CurvePoint> = about
        .plan
        .roles
        .quantiles
        .iter()
        .zip(&numbers.sums.at_or_below)
        .filter(|(_, sums)| about.shows(sums.rows))
        .filter_map(|(quantile, sums)| {
            let share = share_of(sums, "");
            let interval = share.uncertainty.as_ref().and_then(|uncertainty| uncertainty.interval(about.plan.level));
            Some(CurvePoint {
                x: quantile.level,
                y: share.value.ok()?,
                lower: interval.map(|limits| limits.0),
                upper: interval.map(|limits| limits.1),
                n: Some(share.n),
            })
        })
        .collect();
    (!points.is_empty()).then(|| Curve {
        points,
        ..about.blank("quantiles", "Level of the quantile", "Share of labels at or below it")
    })
}
