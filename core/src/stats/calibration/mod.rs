//! Whether scores mean what they say: among rows scored 0.3, do three in ten turn out positive?
//!
//! Everything is computed from rows grouped by score ([`Scored`](super::Scored)), in passes linear in the number of
//! groups. That scores lie in [0, 1] is the caller's duty. Binned measures share one binning ([`bins`]).

mod binning;
mod brier;
mod error;
mod hosmer_lemeshow;
mod integrated;
mod logistic;
mod means;
mod quantile;
mod recalibration;
mod spiegelhalter;

use super::Scored;
use super::elementary::ln;

pub use binning::{Bin, Binning, Closed, bins};
pub use brier::{BrierDecomposition, brier_decomposition};
pub use error::{expected, expected_limits, expected_squared, expected_under_calibration, maximum, maximum_limits};
pub use hosmer_lemeshow::{HosmerLemeshow, Sample, hosmer_lemeshow};
pub use integrated::{Integrated, integrated};
pub use means::{MeanScore, mean_score, observed_expected_limits, observed_expected_ratio};
pub use recalibration::{FitInfluence, Recalibration, fit, in_the_large};
pub use spiegelhalter::{Spiegelhalter, spiegelhalter};

/// Scores nearer to 0 and 1 than this have no usable logit and are moved to it.
const CLIP: f64 = 1e-15;

/// ln(s / (1 - s)) of a score clipped to [1e-15, 1 - 1e-15].
#[inline]
fn logit(score: f64) -> f64 {
    let score = score.clamp(CLIP, 1.0 - CLIP);
    ln(score / (1.0 - score))
}

/// The logit of every score: logarithms cost much, so they are worked out once.
fn logits(groups: impl Iterator<Item = Scored>) -> Vec<f64> {
    groups.map(|group| logit(group.score)).collect()
}
