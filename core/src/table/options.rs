//! How tables are read, whatever their format.

use crate::plan::canonical_value;
use crate::table::number::parse_number;

/// Settings of every reader; [`Default`] is right for almost all tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// Texts that count as missing besides the empty one; compared by canonical text, so `-999` also names `-999.0`.
    pub missing_values: Vec<String>,
    /// Rows in a batch.
    pub batch_rows: usize,
    /// Bytes that one record of a text table may take; more points to a quote that is never closed.
    pub max_record_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { missing_values: Vec::new(), batch_rows: 65_536, max_record_bytes: 16 << 20 }
    }
}

impl ReadOptions {
    /// The defaults with the missing texts of a plan.
    pub fn with_missing_values(missing_values: &[String]) -> Self {
        Self { missing_values: missing_values.to_vec(), ..Self::default() }
    }
}

/// Decides what is missing. The empty text always is, in every format: CSV cannot tell it from no value.
#[derive(Clone, Debug, Default)]
pub(super) struct MissingTexts {
    texts: Vec<String>,
    numbers: Vec<f64>,
}

impl MissingTexts {
    pub(super) fn new(missing_values: &[String]) -> Self {
        Self {
            texts: missing_values.iter().map(|text| canonical_value(text).into_owned()).collect(),
            numbers: missing_values.iter().filter_map(|text| parse_number(text.as_bytes())).collect(),
        }
    }

    /// Whether a text counts as missing.
    #[inline]
    pub(super) fn text(&self, text: &str) -> bool {
        text.is_empty() || (!self.texts.is_empty() && self.is_listed(text))
    }

    /// Whether a number counts as missing, NaN apart.
    #[inline]
    pub(super) fn number(&self, value: f64) -> bool {
        !self.numbers.is_empty() && self.numbers.contains(&value)
    }

    /// Whether any number is listed, so that a column of numbers must be looked through.
    #[cfg(feature = "arrow")]
    pub(super) fn lists_numbers(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// Whether a feature's text counts as missing: `nan` and `NaN` too,
    /// because pandas and polars write a missing or undefined number so.
    #[inline]
    pub(super) fn feature(&self, text: &[u8]) -> bool {
        match text {
            b"" | b"nan" | b"NaN" => true,
            _ if self.texts.is_empty() => false,
            _ => std::str::from_utf8(text).is_ok_and(|text| self.is_listed(text)),
        }
    }

    fn is_listed(&self, text: &str) -> bool {
        let canonical = canonical_value(text);
        self.texts.iter().any(|missing| *missing == canonical)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_values_are_missing_in_every_spelling() {
        let missing = MissingTexts::new(&["NA".to_owned(), "-999".to_owned()]);
        assert!(missing.text("") && missing.text("NA") && missing.text("-999.0"));
        assert!(!missing.text("na") && !missing.text("0"));
        assert!(missing.number(-999.0) && !missing.number(0.0));
        assert!(missing.feature(b"nan") && missing.feature(b"NA") && !missing.feature(b"x"));
    }
}
