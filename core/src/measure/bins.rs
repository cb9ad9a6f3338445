//! Numbers as groups: which bin a value falls into, and what the bin is called.

use crate::plan::{Bins, canonical_value, is_json_number};

/// Distinct values that quantiles are worked out from; each is a group of its own until the table ends.
pub(super) const MAX_VALUES: usize = 10_000;

/// The bins of an attribute: closed below, open above.
#[derive(Clone, Debug)]
pub(super) struct Binning {
    edges: Vec<f64>,
    names: Vec<String>,
}

impl Binning {
    /// Bins at rising edges.
    pub(super) fn at(edges: &[f64]) -> Self {
        let shown: Vec<String> = edges.iter().map(|edge| canonical_value(&edge.to_string()).into_owned()).collect();
        let first = shown.first().map(|edge| format!("under {edge}"));
        let inner = shown.windows(2).map(|pair| format!("{} to under {}", pair[0], pair[1]));
        let last = shown.last().map(|edge| format!("{edge} and over"));
        let mut names: Vec<String> = first.into_iter().chain(inner).chain(last).collect();
        if names.is_empty() {
            names.push("all values".to_owned());
        }
        Self { edges: edges.to_vec(), names }
    }

    /// Bins of about equally many rows, from distinct values in ascending order with their rows. Equal values stay
    /// together, so there may be fewer bins than asked for. An edge is the smallest value below which at least its
    /// share of the rows lies.
    pub(super) fn of_quantiles(values: &[(f64, u64)], groups: u32) -> Self {
        let total: u64 = values.iter().map(|(_, rows)| rows).sum();
        let mut edges = Vec::new();
        let (mut below, mut next) = (0_u64, 1_u128);
        for &(value, rows) in values {
            let reached = |next: u128| u128::from(below) * u128::from(groups) >= next * u128::from(total);
            if below > 0 && next < u128::from(groups) && reached(next) {
                edges.push(value);
                while next < u128::from(groups) && reached(next) {
                    next += 1;
                }
            }
            below += rows;
        }
        Self::at(&edges)
    }

    /// The name of the bin of a value; `None` for what is no number.
    pub(super) fn name(&self, text: &str) -> Option<&str> {
        let value = number(text)?;
        self.names.get(self.edges.partition_point(|edge| *edge <= value)).map(String::as_str)
    }
}

/// The finite number that a text is.
pub(super) fn number(text: &str) -> Option<f64> {
    is_json_number(text).then(|| text.parse().ok()).flatten().filter(|value: &f64| value.is_finite())
}

/// The bins of an attribute that are known before its rows are.
pub(super) fn declared(bins: Option<&Bins>) -> Option<Binning> {
    match bins {
        Some(Bins::Edges(edges)) => Some(Binning::at(edges)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_belong_to_the_bin_above() {
        let bins = Binning::at(&[25.0, 45.5]);
        for (text, name) in [
            ("24.999", "under 25"),
            ("-3", "under 25"),
            ("25", "25 to under 45.5"),
            ("25.0", "25 to under 45.5"),
            ("45.5", "45.5 and over"),
            ("1e3", "45.5 and over"),
        ] {
            assert_eq!(bins.name(text), Some(name), "{text}");
        }
        assert_eq!(bins.name("old"), None);
        assert_eq!(bins.name("1e999"), None);
    }

    #[test]
    fn quantiles_keep_equal_values_together() {
        // Rows below 2: 4 of 8; below 5: 7 of 8.
        let values = [(1.0, 4), (2.0, 3), (5.0, 1)];
        assert_eq!(Binning::of_quantiles(&values, 2).edges, [2.0]);
        assert_eq!(Binning::of_quantiles(&values, 4).edges, [2.0, 5.0]);
        let even: Vec<(f64, u64)> = (0..100).map(|value| (f64::from(value), 1)).collect();
        assert_eq!(Binning::of_quantiles(&even, 4).edges, [25.0, 50.0, 75.0]);
        assert_eq!(Binning::of_quantiles(&[(3.0, 9)], 4).edges, [] as [f64; 0]);
    }
}
