//! Cohen's kappa, plain and weighted.
//!
//! Cohen 1960, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, 37-46, and
//! Cohen 1968, "Weighted kappa", Psychological Bulletin 70, 213-220: κ = 1 - Σ v_ij n n_ij / Σ v_ij r_i c_j with row totals
//! r, column totals c and disagreement v_ij = 1 off the diagonal, |i - j| or (i - j)². Asymptotic variance: Fleiss, Cohen
//! and Everitt 1969, "Large sample standard errors of kappa and weighted kappa", Psychological Bulletin 72, 323-327.
//!
//! Undefined (`None`) when agreement is certain by chance: all rows are of one class and predicted as that class. Limits:
//! see the parent module; the share of agreement is there 1 - Σ v_ij n_ij / (n · largest v), whose variance Wilson's
//! interval overstates when v has more than two values.

use super::{Confusion, Estimate, Margins, ROUNDING, adjusted_limits, recovered};

/// How much a disagreement between two ordered classes counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighting {
    /// All disagreements alike: classes without an order.
    None,
    /// By their distance.
    Linear,
    /// By the square of their distance.
    Quadratic,
}

impl Weighting {
    fn disagreement(self, i: usize, j: usize) -> f64 {
        let distance = i.abs_diff(j) as f64;
        match self {
            Self::None => distance.min(1.0),
            Self::Linear => distance,
            Self::Quadratic => distance * distance,
        }
    }
}

fn estimate<R: AsRef<[f64]>>(matrix: &[R], weighting: Weighting) -> Option<Estimate> {
    let Margins { n, rows, columns } = Margins::new(matrix)?;
    let size = matrix.len();
    let weighted = |totals: &[f64], i: usize| (0..size).map(|j| weighting.disagreement(i, j) * totals[j]).sum::<f64>();
    let row_means: Vec<f64> = (0..size).map(|i| weighted(&columns, i)).collect();
    let column_means: Vec<f64> = (0..size).map(|j| weighted(&rows, j)).collect();
    let expected: f64 = rows.iter().zip(&row_means).map(|(r, mean)| r * mean).sum();
    if !(expected > 0.0 && expected.is_finite()) {
        return None;
    }
    let mut cells = Vec::with_capacity(size * size);
    for (i, row) in matrix.iter().enumerate() {
        for (j, &count) in row.as_ref().iter().enumerate() {
            cells.push((i, j, weighting.disagreement(i, j), count));
        }
    }
    let observed: f64 = cells.iter().map(|(_, _, v, count)| v * count).sum();
    // For whole counts all products are exact (up to 9e7 rows), so that nothing is lost near independence.
    let missing: f64 = cells.iter().map(|&(i, j, v, count)| v * (rows[i] * columns[j] - n * count)).sum();
    let ratio = n * observed / expected;
    let (mut variance, mut slopes) = (0.0, Vec::with_capacity(size * size));
    for (i, j, v, count) in cells {
        let chance = ratio * (row_means[i] + column_means[j]);
        let gradient = n * v + observed - chance;
        let slope = if gradient.abs() > ROUNDING * (n * v + observed + chance) { gradient / expected } else { 0.0 };
        variance += count * slope * slope;
        slopes.push(-slope);
    }
    let largest = weighting.disagreement(0, size - 1);
    Some(Estimate {
        value: (missing / expected).clamp(-1.0, 1.0),
        gradient: slopes,
        variance,
        agreement: (1.0 - observed / (n * largest)).clamp(0.0, 1.0),
        slope: largest * (n / expected * n),
        n,
    })
}

/// Agreement beyond chance of prediction and truth for a binary decision.
#[must_use]
pub fn cohen_kappa(confusion: Confusion) -> Option<f64> {
    cohen_kappa_matrix(&confusion.matrix(), Weighting::None)
}

/// Its asymptotic variance; 0 at ±1 and where all rows are of one class or predicted as one class.
#[must_use]
pub fn cohen_kappa_variance(confusion: Confusion) -> Option<f64> {
    cohen_kappa_matrix_variance(&confusion.matrix(), Weighting::None)
}

/// Its limits at critical value `z`; a negative `z` swaps them.
#[must_use]
pub fn cohen_kappa_limits(confusion: Confusion, z: f64) -> Option<(f64, f64)> {
    let value = cohen_kappa(confusion)?;
    recovered::limits(confusion, &recovered::KAPPA, value, z)
        .or_else(|| cohen_kappa_matrix_limits(&confusion.matrix(), Weighting::None, z))
}

/// Agreement beyond chance for several classes: a square matrix of counts, in which a swap of rows and columns changes
/// nothing. Weighted forms take the classes in their order.
#[must_use]
pub fn cohen_kappa_matrix<R: AsRef<[f64]>>(matrix: &[R], weighting: Weighting) -> Option<f64> {
    Some(estimate(matrix, weighting)?.value)
}

/// Its asymptotic variance; 0 at ±1 and where all rows are of one class or predicted as one class.
#[must_use]
pub fn cohen_kappa_matrix_variance<R: AsRef<[f64]>>(matrix: &[R], weighting: Weighting) -> Option<f64> {
    Some(estimate(matrix, weighting)?.variance)
}

/// How fast it grows with each count, by row, then column.
#[must_use]
pub fn cohen_kappa_gradient<R: AsRef<[f64]>>(matrix: &[R], weighting: Weighting) -> Option<Vec<f64>> {
    Some(estimate(matrix, weighting)?.gradient)
}

/// Its limits at critical value `z`; a negative `z` swaps them.
#[must_use]
pub fn cohen_kappa_matrix_limits<R: AsRef<[f64]>>(matrix: &[R], weighting: Weighting, z: f64) -> Option<(f64, f64)> {
    adjusted_limits(matrix, z, |matrix| estimate(matrix, weighting))
}
