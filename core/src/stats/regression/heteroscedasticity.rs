//! Does the spread of the errors depend on the prediction?
//!
//! Breusch and Pagan 1979, "A simple test for heteroscedasticity and random coefficient variation", Econometrica 47,
//! 1287-1294, in the form of Koenker 1981 (Journal of Econometrics 17, 107-112), which does not need normal errors: n times
//! the R² of a regression of the squared errors on the prediction, chi-squared with one degree of freedom.
//!
//! Undefined (`None`) when predictions or squared errors do not vary.

use super::super::chi_squared;

/// A test of equal spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreuschPagan {
    /// Lagrange multiplier.
    pub statistic: f64,
    /// Probability of one at least as large if the spread is equal.
    pub p_value: f64,
}

/// The test, from the sums of products of deviations of squared errors and predictions of `n` rows.
#[must_use]
pub fn breusch_pagan(n: f64, squares: f64, predictions: f64, products: f64) -> Option<BreuschPagan> {
    if !(squares > 0.0 && predictions > 0.0) {
        return None;
    }
    let explained = products / squares * (products / predictions);
    let statistic = n * explained.min(1.0);
    statistic.is_finite().then(|| BreuschPagan { statistic, p_value: chi_squared::sf(statistic, 1.0) })
}
