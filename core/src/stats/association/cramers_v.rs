//! How strongly two ways of sorting rows go together: Cramér's V, and how well one predicts the other.
//!
//! Cramér 1946, "Mathematical Methods of Statistics", sec. 21.9: V² = χ² / (n (min(r, c) - 1)). In samples it is too large,
//! and the more so the more values there are; Bergsma 2013, "A bias-correction for Cramér's V and Tschuprow's T", Journal of
//! the Korean Statistical Society 42, 323-328, subtracts what independence would give:
//! φ² = max(0, χ²/n - (r-1)(c-1)/(n-1)), r' = r - (r-1)²/(n-1), c' likewise, V² = φ² / min(r'-1, c'-1).
//! Limits: the noncentralities under which the observed χ² is just not surprising (Steiger and Fouladi 1997), as V. For the
//! upper one a χ² below its mean under independence counts as that mean: a table too even to be true proves nothing.
//!
//! Goodman and Kruskal 1954, "Measures of association for cross classifications", JASA 49, 732-764: τ is the share of wrong
//! guesses of the column that knowing the row saves, when guesses are drawn with the shares of the columns.
//!
//! Rows and columns with a total of 0 do not count. Undefined (`None`) when fewer than two of either are left.

use super::{ChiSquared, chi_squared_homogeneity};
use crate::stats::noncentral_chi_squared::noncentrality;

/// Association of the rows with the columns of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CramersV {
    /// V, corrected for bias, in [0, 1].
    pub value: f64,
    /// The test that there is none.
    pub test: ChiSquared,
    /// Rows of data.
    pub n: f64,
    /// The smaller of the numbers of rows and columns that have data, less one.
    pub smaller: f64,
}

/// Cramér's V of a table of counts.
#[must_use]
pub fn cramers_v<R: AsRef<[u64]>>(rows: &[R]) -> Option<CramersV> {
    let test = chi_squared_homogeneity(rows)?;
    let (row_totals, column_totals) = totals(rows);
    let n = row_totals.iter().sum::<u64>() as f64;
    let filled = |totals: &[u64]| totals.iter().filter(|&&total| total > 0).count() as f64;
    let (r, c) = (filled(&row_totals), filled(&column_totals));
    let phi = (test.statistic / n - (r - 1.0) * (c - 1.0) / (n - 1.0)).max(0.0);
    let corrected = |k: f64| k - 1.0 - (k - 1.0) * (k - 1.0) / (n - 1.0);
    let room = corrected(r).min(corrected(c));
    // As many values as rows of data leave no room for anything but chance.
    let value = if phi > 0.0 && room > 0.0 { (phi / room).sqrt().min(1.0) } else { 0.0 };
    Some(CramersV { value, test, n, smaller: r.min(c) - 1.0 })
}

/// Limits of V, each exceeded with probability `tail`.
pub(crate) fn cramers_v_limits(of: &CramersV, tail: f64) -> (f64, f64) {
    let (statistic, dof) = (of.test.statistic, of.test.dof as f64);
    let at = |statistic: f64, probability: f64| {
        (noncentrality(statistic, dof, probability) / (of.n * of.smaller)).sqrt().min(1.0)
    };
    (at(statistic, 1.0 - tail), at(statistic.max(dof), tail))
}

/// Goodman and Kruskal's τ: how much better columns are guessed by whoever knows the row, in [0, 1].
#[must_use]
pub fn goodman_kruskal_tau<R: AsRef<[u64]>>(rows: &[R]) -> Option<f64> {
    let (row_totals, column_totals) = totals(rows);
    let n = row_totals.iter().sum::<u64>() as f64;
    let filled = |totals: &[u64]| totals.iter().filter(|&&total| total > 0).count();
    if filled(&row_totals) < 2 || filled(&column_totals) < 2 {
        return None;
    }
    let by_chance: f64 = column_totals.iter().map(|&total| (total as f64 / n) * (total as f64 / n)).sum();
    let known: f64 = rows
        .iter()
        .zip(&row_totals)
        .filter(|(_, total)| **total > 0)
        .flat_map(|(row, &total)| row.as_ref().iter().map(move |&count| count as f64 / total as f64 * count as f64))
        .sum();
    Some(((known / n - by_chance) / (1.0 - by_chance)).clamp(0.0, 1.0))
}

fn totals<R: AsRef<[u64]>>(rows: &[R]) -> (Vec<u64>, Vec<u64>) {
    let width = rows.first().map_or(0, |row| row.as_ref().len());
    let mut columns = vec![0; width];
    let mut totals = Vec::with_capacity(rows.len());
    for row in rows {
        totals.push(row.as_ref().iter().sum());
        for (total, count) in columns.iter_mut().zip(row.as_ref()) {
            *total += count;
        }
    }
    (totals, columns)
}
