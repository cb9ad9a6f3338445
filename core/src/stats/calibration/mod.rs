//! Whether scores mean what they say: among rows scored 0.3, do three in ten turn out positive?
//!
//! Everything is computed from rows grouped by score ([`Scored`](super::Scored)), in passes linear in the number of
//! groups. That scores lie in [0, 1] is the caller's duty. Binned measures share one binning ([`bins`]).

mod binning;
mod brier;
mod cells;
mod error;
mod hosmer_lemeshow;
mod integrated;
mod likelihood;
mod logistic;
mod logits;
mod means;
mod quantile;
mod recalibration;
mod spiegelhalter;

pub use binning::{Bin, Binning, Closed, bins};
pub use brier::{BrierDecomposition, brier_decomposition};
pub use error::{expected, expected_limits, expected_squared, expected_under_calibration, maximum, maximum_limits};
pub use hosmer_lemeshow::{HosmerLemeshow, Sample, hosmer_lemeshow};
pub use integrated::integrated;
pub use logits::Logits;
pub use means::{MeanScore, mean_score, observed_expected_limits, observed_expected_ratio};
pub use recalibration::{FitInfluence, Recalibration, fit, in_the_large};
pub use spiegelhalter::{Spiegelhalter, spiegelhalter};
