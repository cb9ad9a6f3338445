//! Sums of products of deviations from the mean, from exact sums.
//!
//! Σ w (a - ā)(b - b̄) = (Σ w · Σ w a b - Σ w a · Σ w b) / Σ w. The shortcut formula is notorious for cancellation (Chan,
//! Golub and LeVeque 1983, "Algorithms for computing the sample variance", The American Statistician 37, 242-247); here
//! every sum is carried as two doubles and the difference is formed exactly, so that nothing is lost until the deviations
//! are 10^15 times smaller than the values.

use super::super::ExactSum;

/// A sum as two doubles: rounded, and what the rounding left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    value: f64,
    rest: f64,
}

impl Total {
    /// The sum rounded once.
    #[must_use]
    pub fn value(self) -> f64 {
        self.value
    }

    /// Adds `factor` times this one to a sum, without rounding.
    pub(super) fn add_times(self, factor: f64, sum: &mut ExactSum) {
        sum.add_product(factor, self.value);
        sum.add_product(factor, self.rest);
    }
}

impl From<&ExactSum> for Total {
    fn from(sum: &ExactSum) -> Self {
        let (value, rest) = sum.value_and_rest();
        Self { value, rest }
    }
}

impl From<f64> for Total {
    fn from(value: f64) -> Self {
        Self { value, rest: 0.0 }
    }
}

/// Σ w² (x - m)² from Σ w², Σ w² x and Σ w² x²; with weights of 1 the sum of squared deviations. `None` where a sum is not
/// finite.
#[must_use]
pub fn squared_deviations(m: f64, weights: Total, cross: Total, squares: Total) -> Option<f64> {
    if ![m, weights.value, cross.value, squares.value].iter().all(|value| value.is_finite()) {
        return None;
    }
    let mut sum = ExactSum::new();
    for (weight, cross, square) in
        [(weights.value, cross.value, squares.value), (weights.rest, cross.rest, squares.rest)]
    {
        sum.add(square);
        sum.add_product(-2.0 * m, cross);
        sum.add_triple(m, weight, m);
    }
    Some(sum.value().max(0.0)).filter(|sum| sum.is_finite())
}

/// Σ w (a - ā)(b - b̄) from Σ w, Σ w a, Σ w b and Σ w a b. `None` without weight, or where a sum is not finite.
#[must_use]
pub fn scatter(weight: Total, a: Total, b: Total, products: Total) -> Option<f64> {
    let finite = [weight, a, b, products].iter().all(|total| total.value.is_finite());
    if !finite || weight.value <= 0.0 {
        return None;
    }
    let mut difference = ExactSum::new();
    for (x, y) in [
        (weight.value, products.value),
        (weight.value, products.rest),
        (weight.rest, products.value),
        (weight.rest, products.rest),
        (-a.value, b.value),
        (-a.value, b.rest),
        (-a.rest, b.value),
        (-a.rest, b.rest),
    ] {
        difference.add_product(x, y);
    }
    Some(difference.value() / weight.value).filter(|scatter| scatter.is_finite())
}
