//! Are the errors normal? Tests on their skewness and kurtosis.
//!
//! Jarque and Bera 1987, "A test for normality of observations and regression residuals", International Statistical Review
//! 55, 163-172: n/6 (skewness² + (kurtosis - 3)²/4), chi-squared with 2 degrees of freedom in very large samples only.
//! D'Agostino and Pearson 1973, "Tests for departure from normality", Biometrika 60, 613-622, bring both to a normal scale
//! first, which holds from about 20 rows: skewness after D'Agostino 1970 (Biometrika 57, 679-681), kurtosis after Anscombe
//! and Glynn 1983 (Biometrika 70, 227-234).
//!
//! In thousands of rows either finds departures that matter to nobody. Undefined (`None`) when all errors are equal, or
//! there are too few of them.

use libm::{cbrt, log};

use super::super::chi_squared;
use super::CentralMoments;

/// Fewest rows of D'Agostino's test: below 8 the transformation of the skewness is not defined.
const FEWEST: f64 = 8.0;

/// A test of normality.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normality {
    /// The statistic.
    pub statistic: f64,
    /// Probability of one at least as large for normal errors.
    pub p_value: f64,
}

/// Skewness and kurtosis, biased as both tests take them.
fn shape(moments: &CentralMoments) -> Option<(f64, f64)> {
    let variance = moments.second;
    let shape = (moments.third / (variance * variance.sqrt()), moments.fourth / (variance * variance));
    (variance > 0.0 && shape.0.is_finite() && shape.1.is_finite()).then_some(shape)
}

/// The test of Jarque and Bera.
#[must_use]
pub fn jarque_bera(moments: &CentralMoments) -> Option<Normality> {
    let (skewness, kurtosis) = shape(moments)?;
    let excess = kurtosis - 3.0;
    Some(test(moments.n / 6.0 * (skewness * skewness + 0.25 * excess * excess)))
}

/// The test of D'Agostino and Pearson.
#[must_use]
pub fn dagostino(moments: &CentralMoments) -> Option<Normality> {
    let (skewness, kurtosis) = shape(moments).filter(|_| moments.n >= FEWEST)?;
    let (a, b) = (of_skewness(skewness, moments.n), of_kurtosis(kurtosis, moments.n)?);
    Some(test(a * a + b * b))
}

fn test(statistic: f64) -> Normality {
    Normality { statistic, p_value: chi_squared::sf(statistic, 2.0) }
}

/// D'Agostino's normal deviate of a skewness: Johnson's S_U curve.
fn of_skewness(skewness: f64, n: f64) -> f64 {
    let y = skewness * ((n + 1.0) * (n + 3.0) / (6.0 * (n - 2.0))).sqrt();
    let kurtosis =
        3.0 * (n * n + 27.0 * n - 70.0) * (n + 1.0) * (n + 3.0) / ((n - 2.0) * (n + 5.0) * (n + 7.0) * (n + 9.0));
    let w = (2.0 * (kurtosis - 1.0)).sqrt() - 1.0;
    let scaled = y / (2.0 / (w - 1.0)).sqrt();
    libm::asinh(scaled) / (0.5 * log(w)).sqrt()
}

/// Anscombe and Glynn's normal deviate of a kurtosis: the cube root of a ratio, after Wilson and Hilferty. `None` where the
/// root has no real argument.
fn of_kurtosis(kurtosis: f64, n: f64) -> Option<f64> {
    let expected = 3.0 * (n - 1.0) / (n + 1.0);
    let variance = 24.0 * n * (n - 2.0) * (n - 3.0) / ((n + 1.0) * (n + 1.0) * (n + 3.0) * (n + 5.0));
    let x = (kurtosis - expected) / variance.sqrt();
    let skewness = 6.0 * (n * n - 5.0 * n + 2.0) / ((n + 7.0) * (n + 9.0))
        * (6.0 * (n + 3.0) * (n + 5.0) / (n * (n - 2.0) * (n - 3.0))).sqrt();
    let a = 6.0 + 8.0 / skewness * (2.0 / skewness + (1.0 + 4.0 / (skewness * skewness)).sqrt());
    let divisor = 1.0 + x * (2.0 / (a - 4.0)).sqrt();
    let ratio = (1.0 - 2.0 / a) / divisor;
    (divisor != 0.0).then(|| (1.0 - 2.0 / (9.0 * a) - cbrt(ratio)) / (2.0 / (9.0 * a)).sqrt())
}
