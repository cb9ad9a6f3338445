//! Agreement of predicted with true classes beyond what chance or one class alone would give, from a confusion matrix.
//!
//! Every measure θ is a smooth function of the cell counts n_ij that does not change when all counts are scaled, so under
//! multinomial sampling its delta-method variance is Σ n_ij (∂θ/∂n_ij)² (the mean of the gradient, which the general
//! formula subtracts, is zero: Euler's theorem). Counts are real numbers because weighted rows enter as Kish-effective
//! counts.
//!
//! **Limits** of the correlation-like measures (Matthews, kappa) of a binary decision: see `recovered`. Of several classes:
//! tanh(artanh θ' ± z √V' / (1-θ'²)), Fisher's z with the delta variance V', which stays inside (-1, 1). Both are those of
//! the counts to which one row was added, half of it shared out along the diagonal and half over all cells, as Agresti and
//! Coull (1998, The American Statistician 52, 119-126) add successes and failures: the few rows of a rare class are then not
//! taken at their word. The interval always holds θ itself. Where θ = ±1, or V = 0 as for kappa when every row is predicted
//! the same, θ is taken as a linear function of the share of agreement with both margins held, and Wilson's interval of that
//! share is mapped through it: from θ = 1 the lower limit is (a - e) / (1 - e) for the Wilson limit a and the agreement e
//! expected by chance, which is 2a - 1 for two classes of equal size.
//!
//! Undefined (`None`) for a negative, infinite or NaN count, no rows, or a matrix that is not square.

mod f_beta;
mod kappa;
mod matthews;
mod recovered;

pub use f_beta::{f_beta, f_beta_limits, f_beta_variance};
pub use kappa::{
    Weighting, cohen_kappa, cohen_kappa_gradient, cohen_kappa_limits, cohen_kappa_matrix, cohen_kappa_matrix_limits,
    cohen_kappa_matrix_variance, cohen_kappa_variance,
};
pub use matthews::{
    matthews_correlation, matthews_correlation_gradient, matthews_correlation_limits, matthews_correlation_matrix,
    matthews_correlation_matrix_limits, matthews_correlation_matrix_variance, matthews_correlation_variance,
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
    /// Slopes by row, then column.
    gradient: Vec<f64>,
    variance: f64,
    /// Share of agreement, and how fast the measure grows with it when both margins are held.
    agreement: f64,
    slope: f64,
    n: f64,
}

impl Estimate {
    /// Limits on Fisher's scale.
    fn limits(&self, z: f64) -> Option<(f64, f64)> {
        let Self { value, variance, .. } = *self;
        let reach = z * variance.sqrt() / ((1.0 - value) * (1.0 + value));
        (!reach.is_nan()).then(|| (tanh(atanh(value) - reach), tanh(atanh(value) + reach)))
    }

    /// Those of the share of agreement, mapped.
    fn mapped_limits(&self, z: f64) -> Option<(f64, f64)> {
        let Self { value, agreement, slope, n, .. } = *self;
        let (lower, upper) = wilson::limits(agreement * n, n, z)?;
        let map = |share: f64| (value + (share - agreement) * slope).clamp(-1.0, 1.0);
        Some((map(lower), map(upper)))
    }
}

/// Limits of a measure of several classes at critical value `z`; a negative `z` swaps them.
fn adjusted_limits<R: AsRef<[f64]>>(
    matrix: &[R],
    z: f64,
    estimate: impl Fn(&[Vec<f64>]) -> Option<Estimate> + Copy,
) -> Option<(f64, f64)> {
    let counts: Vec<Vec<f64>> = matrix.iter().map(|row| row.as_ref().to_vec()).collect();
    let own = estimate(&counts)?;
    if z < 0.0 {
        return adjusted_limits(matrix, -z, estimate).map(|(lower, upper)| (upper, lower));
    }
    if !(own.value.abs() < 1.0 && own.variance > 0.0) {
        return own.mapped_limits(z);
    }
    let classes = counts.len() as f64;
    let everywhere = 0.5 / (classes * classes);
    let added = |i: usize, j: usize| if i == j { everywhere + 0.5 / classes } else { everywhere };
    let adjusted: Vec<Vec<f64>> = counts
        .iter()
        .enumerate()
        .map(|(i, row)| row.iter().enumerate().map(|(j, count)| count + added(i, j)).collect())
        .collect();
    let (lower, upper) = estimate(&adjusted)?.limits(z)?;
    Some((lower.min(own.value), upper.max(own.value)))
}
