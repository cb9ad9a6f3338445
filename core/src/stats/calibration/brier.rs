//! Where a Brier score comes from: Brier = reliability - resolution + uncertainty + what binning hides.
//!
//! Over bins with share s of the weight, mean score c and observed share o, and ō over all rows (Murphy 1973, "A new
//! vector partition of the probability score", Journal of Applied Meteorology 12, 595-600): reliability Σ s (c - o)²,
//! resolution Σ s (o - ō)², uncertainty ō (1 - ō). These three add up only when a bin holds one score. With several,
//! two more components make the sum exact (Stephenson, Coelho and Jolliffe 2008, "Two extra components in the Brier
//! score decomposition", Weather and Forecasting 23, 752-757): the variance of scores within bins, mean (f - c)², minus
//! twice their covariance with outcomes within bins, mean (f - c)(y - o).

use super::{Bin, Closed};
use crate::stats::Scored;

/// The components of a Brier score over given bins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BrierDecomposition {
    /// Miscalibration: mean squared distance of observed shares from mean scores. Smaller is better.
    pub reliability: f64,
    /// How much bins differ in their observed share. Greater is better.
    pub resolution: f64,
    /// Variance of the outcome, which no score can change.
    pub uncertainty: f64,
    /// Variance of the scores within bins.
    pub within_variance: f64,
    /// Twice the covariance of scores and outcomes within bins.
    pub within_covariance: f64,
}

impl BrierDecomposition {
    /// What the bins hide: within-bin variance minus within-bin covariance.
    #[must_use]
    pub fn within(&self) -> f64 {
        self.within_variance - self.within_covariance
    }

    /// The Brier score the components add up to.
    #[must_use]
    pub fn brier(&self) -> f64 {
        self.reliability - self.resolution + self.uncertainty + self.within()
    }
}

/// Decomposes the Brier score over the bins that [`bins`](super::bins) gives for these groups.
///
/// `None` without bins.
#[must_use]
pub fn brier_decomposition(
    groups: impl Iterator<Item = Scored>,
    bins: &[Bin],
    closed: Closed,
) -> Option<BrierDecomposition> {
    let (positives, weight) = bins
        .iter()
        .fold((0.0, 0.0), |(positives, weight), bin| (positives + bin.positives.weight, weight + bin.mass().weight));
    if weight <= 0.0 {
        return None;
    }
    let rate = positives / weight;
    let mean = |value: &dyn Fn(f64, f64) -> f64| {
        bins.iter().map(|bin| bin.mass().weight * value(bin.score, bin.observed())).sum::<f64>() / weight
    };
    let (mut variance, mut covariance) = (0.0, 0.0);
    let (mut bin, mut later) = bins.split_first()?;
    for group in groups.filter(|group| group.mass().weight > 0.0) {
        while closed.is_beyond(group.score, bin.upper)
            && let Some((next, rest)) = later.split_first()
        {
            (bin, later) = (next, rest);
        }
        let (deviation, observed) = (group.score - bin.score, bin.observed());
        variance += group.mass().weight * (deviation * deviation);
        covariance += deviation * (group.positives.weight * (1.0 - observed) - group.negatives.weight * observed);
    }
    Some(BrierDecomposition {
        reliability: mean(&|score, observed| (score - observed) * (score - observed)),
        resolution: mean(&|_, observed| (observed - rate) * (observed - rate)),
        uncertainty: rate * (1.0 - rate),
        within_variance: variance / weight,
        within_covariance: 2.0 * covariance / weight,
    })
}
