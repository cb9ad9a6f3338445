//! Pearson's chi-squared test that all groups (rows) have the same distribution over the outcomes (columns).
//!
//! Pearson 1900, "On the criterion that a given system of deviations ...", Philosophical Magazine 50, 157-175: Σ (O - E)²/E
//! with E = r c / n, no continuity correction, (rows - 1)(columns - 1) degrees of freedom. Evaluated as
//! Σ (n O - r c)² / (n r c), the differences in integers.
//!
//! Rows and columns with a total of 0 add nothing and do not count. Undefined (`None`) when fewer than two rows or columns
//! are left, when rows differ in length, or when there are more than 2^64 rows of data.

use super::ChiSquared;

/// Whether the rows of a table of counts share one distribution.
#[must_use]
pub fn chi_squared_homogeneity<R: AsRef<[u64]>>(rows: &[R]) -> Option<ChiSquared> {
    let width = rows.first()?.as_ref().len();
    let mut row_totals = Vec::with_capacity(rows.len());
    let mut column_totals = vec![0_u64; width];
    for row in rows {
        let row = row.as_ref();
        if row.len() != width {
            return None;
        }
        row_totals.push(row.iter().try_fold(0_u64, |sum, &count| sum.checked_add(count))?);
        for (total, &count) in column_totals.iter_mut().zip(row) {
            *total = total.checked_add(count)?;
        }
    }
    let n = row_totals.iter().try_fold(0_u64, |sum, &total| sum.checked_add(total))?;
    let filled = |totals: &[u64]| totals.iter().filter(|&&total| total > 0).count() as u64;
    let (filled_rows, filled_columns) = (filled(&row_totals), filled(&column_totals));
    if filled_rows < 2 || filled_columns < 2 {
        return None;
    }
    let mut sum = 0.0;
    for (row, &r) in rows.iter().zip(&row_totals) {
        for (&observed, &c) in row.as_ref().iter().zip(&column_totals) {
            if r > 0 && c > 0 {
                let expected = super::product(r, c);
                let off = super::difference(super::product(n, observed), expected);
                sum += off / expected as f64 * (off / n as f64);
            }
        }
    }
    Some(ChiSquared::new(sum, (filled_rows - 1) * (filled_columns - 1)))
}
