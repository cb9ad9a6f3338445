//! Agreement of predicted with true classes beyond what chance or one class alone would give, from a confusion matrix.
//!
//! Every measure θ is a smooth function of the cell counts n_ij that does not change when all counts are scaled, so under
//! multinomial sampling its delta-method variance is Σ n_ij (∂θ/∂n_ij)² (the mean of the gradient, which the general
//! formula subtracts, is zero: Euler's theorem). Counts are real numbers because weighted rows enter as Kish-effective
//! counts.
//!
//! **Limits** of the correlation-like measures (Matthews, kappa) of a binary decision: see `recovered`. Of several classes: tanh(artanh θ ± z √V / (1-θ²)), Fisher's z with the delta
//! variance V, which stays inside (-1, 1). Where that has no width (θ = ±1, or V = 0 as for kappa when every row is
//! predicted the same), θ is taken as a linear function of the share of agreement with both margins held, and Wilson's
//! interval of that share is mapped through it: from θ = 1 the lower limit is (a - e) / (1 - e) for the Wilson limit a and
//! the agreement e expected by chance, which is 2a - 1 for two classes of equal size.
//!
//! Undefined (`None`) for a negative, infinite or NaN count, no rows, or a matrix that is not square.

mod f_beta;
mod kappa;
mod matthews;
mod recovered;

pub use f_beta::{f_beta, f_beta_limits, f_beta_variance};
pub use kappa::{
    Weighting, cohen_kappa, cohen_kappa_limits, cohen_kappa_matrix, cohen_kappa_matrix_limits,
    cohen_kappa_matrix_variance, cohen_kappa_variance,
};
pub use matthews::{
    matthews_correlation, matthews_correlation_limits, matthews_correlation_matrix, matthews_correlation_matrix_limits,
    matthews_correlation_matrix_variance, matthews_correlation_variance,
};

use libm::{atanh, tanh};

use super::wilson;

/// Gradients smaller than this part of their own terms are rounding errors of zero.
const ROUNDING: f64 = 1e-13;

/// The confusion matrix of a binary decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Confusion {
    /// True positives.
    pub tp: f64,
    /// False positives.
    pub fp: f64,
    /// False negatives.
    pub fn_: f64,
    /// True negatives.
    pub tn: f64,
}

impl Confusion {
    /// Truth in rows, prediction in columns.
    fn matrix(self) -> [[f64; 2]; 2] {
        [[self.tp, self.fn_], [self.fp, self.tn]]
    }
}

/// Row, column and grand totals of a square matrix of counts.
struct Margins {
    n: f64,
    rows: Vec<f64>,
    columns: Vec<f64>,
}

impl Margins {
    fn new<R: AsRef<[f64]>>(matrix: &[R]) -> Option<Self> {
        let valid = |row: &R| {
            let row = row.as_ref();
            row.len() == matrix.len() && row.iter().all(|&count| count >= 0.0 && count.is_finite())
        };
        if !matrix.iter().all(valid) {
            return None;
        }
        let rows: Vec<f64> = matrix.iter().map(|row| row.as_ref().iter().sum()).collect();
        let columns = (0..matrix.len()).map(|j| matrix.iter().map(|row| row.as_ref()[j]).sum()).collect();
        let n: f64 = rows.iter().sum();
        (n > 0.0 && n.is_finite()).then_some(Self { n, rows, columns })
    }
}

/// A measure on [-1, 1] with what its interval needs.
struct Estimate {
    value: f64,
    variance: f64,
    /// Share of agreement, and how fast the measure grows with it when both margins are held.
    agreement: f64,
    slope: f64,
    n: f64,
}

impl Estimate {
    /// Limits at critical value `z`; a negative `z` swaps them.
    fn limits(&self, z: f64) -> Option<(f64, f64)> {
        let Self { value, variance, agreement, slope, n } = *self;
        if z.is_nan() {
            return None;
        }
        if value.abs() < 1.0 && variance > 0.0 {
            let reach = z * variance.sqrt() / ((1.0 - value) * (1.0 + value));
            return Some((tanh(atanh(value) - reach), tanh(atanh(value) + reach)));
        }
        let (lower, upper) = wilson::limits(agreement * n, n, z)?;
        let map = |share: f64| (value + (share - agreement) * slope).clamp(-1.0, 1.0);
        Some((map(lower), map(upper)))
    }
}
