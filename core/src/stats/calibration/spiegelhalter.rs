//! Spiegelhalter's test of calibration, free of bins.
//!
//! Spiegelhalter 1986, "Probabilistic prediction in patient management and clinical trials", Statistics in Medicine 5,
//! 421-433: were each score p the probability of its row, the Brier score would have mean Σ p (1 - p) / n and variance
//! Σ (1 - 2p)² p (1 - p) / n². Hence Z = Σ w (y - p)(1 - 2p) / √(Σ w² (1 - 2p)² p (1 - p)), standard normal; with
//! weights the sum is the weighted Brier score's and the variance that of independent rows.
//!
//! Undefined (`None`) without rows and when every score is 0, ½ or 1: such rows add nothing to the variance. A row
//! scored exactly 0 or 1 that turned out wrong still adds to the sum, so it makes Z larger than it should be; an
//! impossible event needs no test.

use crate::stats::{Scored, normal};

/// The test's outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spiegelhalter {
    /// Standard normal under calibration. Positive: the Brier score is larger than the scores promise.
    pub z: f64,
    /// Two-sided p-value.
    pub p_value: f64,
}

/// Tests whether the Brier score is what the scores themselves promise.
#[must_use]
pub fn spiegelhalter(groups: impl Iterator<Item = Scored>) -> Option<Spiegelhalter> {
    let (mut sum, mut variance) = (0.0, 0.0);
    for Scored { score, positives, negatives } in groups {
        let lean = 1.0 - 2.0 * score;
        sum += (positives.weight * (1.0 - score) - negatives.weight * score) * lean;
        variance += (positives.squared + negatives.squared) * (lean * lean) * (score * (1.0 - score));
    }
    if variance <= 0.0 {
        return None;
    }
    let z = sum / f64::sqrt(variance);
    Some(Spiegelhalter { z, p_value: 2.0 * normal::sf(z.abs()) })
}
