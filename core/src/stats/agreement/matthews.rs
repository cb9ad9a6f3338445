//! Matthews correlation coefficient, for two and for several classes.
//!
//! Matthews 1975, "Comparison of the predicted and observed secondary structure of T4 phage lysozyme", Biochimica et
//! Biophysica Acta 405, 442-451: (TP TN - FP FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN)). For K classes Gorodkin 2004,
//! "Comparing two K-category assignments by a K-category correlation coefficient", Computational Biology and Chemistry 28,
//! 367-374: with n rows, n_kk of class k found, row totals r and column totals c,
//! Σ (n n_kk - r_k c_k) / √(Σ r_k (n - r_k) · Σ c_k (n - c_k)). Both agree for K = 2.
//!
//! Undefined (`None`) when all rows are of one class or predicted as one class (the correlation with a constant); some
//! packages say 0 there. Delta variance and limits: see the parent module and `recovered`.

use super::{Confusion, Estimate, Margins, ROUNDING, adjusted_limits, recovered};

fn estimate<R: AsRef<[f64]>>(matrix: &[R]) -> Option<Estimate> {
    let Margins { n, rows, columns } = Margins::new(matrix)?;
    let diagonal = || matrix.iter().enumerate().map(|(k, row)| row.as_ref()[k]);
    let found: f64 = diagonal().sum();
    // For whole counts all products are exact (up to 9e7 rows), so that nothing is lost near independence.
    let covariance: f64 = diagonal().zip(&rows).zip(&columns).map(|((found, r), c)| n * found - r * c).sum();
    let spread = |totals: &[f64]| totals.iter().map(|total| total * (n - total)).sum::<f64>();
    let (row_spread, column_spread) = (spread(&rows), spread(&columns));
    let scale = (row_spread * column_spread).sqrt();
    if !(scale > 0.0 && scale.is_finite()) {
        return None;
    }
    let (by_row, by_column) = (covariance / row_spread, covariance / column_spread);
    let (mut variance, mut slopes) = (0.0, Vec::with_capacity(matrix.len() * matrix.len()));
    for (i, row) in matrix.iter().enumerate() {
        for (j, &count) in row.as_ref().iter().enumerate() {
            let hit = if i == j { n } else { 0.0 };
            let (down, across) = (by_row * (n - rows[i]), by_column * (n - columns[j]));
            let gradient = hit + found - columns[i] - rows[j] - down - across;
            let rounding = ROUNDING * (n + down.abs() + across.abs());
            let slope = if gradient.abs() > rounding { gradient / scale } else { 0.0 };
            variance += count * slope * slope;
            slopes.push(slope);
        }
    }
    let value = (covariance / scale).clamp(-1.0, 1.0);
    let (agreement, slope) = ((found / n).min(1.0), n / scale * n);
    Some(Estimate { value, gradient: slopes, variance, agreement, slope, n })
}

/// The correlation of prediction and truth for a binary decision.
#[must_use]
pub fn matthews_correlation(confusion: Confusion) -> Option<f64> {
    matthews_correlation_matrix(&confusion.matrix())
}

/// Its asymptotic variance; 0 at ±1.
#[must_use]
pub fn matthews_correlation_variance(confusion: Confusion) -> Option<f64> {
    matthews_correlation_matrix_variance(&confusion.matrix())
}

/// Its limits at critical value `z`; a negative `z` swaps them.
#[must_use]
pub fn matthews_correlation_limits(confusion: Confusion, z: f64) -> Option<(f64, f64)> {
    let value = matthews_correlation(confusion)?;
    recovered::limits(confusion, &recovered::MATTHEWS, value, z)
}

/// The correlation of prediction and truth for several classes: a square matrix of counts, in which a swap of rows and
/// columns changes nothing.
#[must_use]
pub fn matthews_correlation_matrix<R: AsRef<[f64]>>(matrix: &[R]) -> Option<f64> {
    Some(estimate(matrix)?.value)
}

/// Its asymptotic variance; 0 at ±1.
#[must_use]
pub fn matthews_correlation_matrix_variance<R: AsRef<[f64]>>(matrix: &[R]) -> Option<f64> {
    Some(estimate(matrix)?.variance)
}

/// How fast it grows with each count, by row, then column.
#[must_use]
pub fn matthews_correlation_gradient<R: AsRef<[f64]>>(matrix: &[R]) -> Option<Vec<f64>> {
    Some(estimate(matrix)?.gradient)
}

/// Its limits at critical value `z`; a negative `z` swaps them.
#[must_use]
pub fn matthews_correlation_matrix_limits<R: AsRef<[f64]>>(matrix: &[R], z: f64) -> Option<(f64, f64)> {
    adjusted_limits(matrix, z, estimate)
}
