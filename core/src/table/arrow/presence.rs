//! Presence: how many values are missing.

use arrow_array::Array;
use arrow_schema::DataType;

use crate::table::MISSING_CODE;
use crate::table::arrow::text::Texts;
use crate::table::arrow::types::is_decimal;
use crate::table::arrow::{Place, dictionary, number};
use crate::table::options::MissingTexts;
use crate::table::problems::Problems;

/// Rows without a value; NaN and texts that count as missing are none.
pub(super) fn missing(array: &dyn Array, missing: &MissingTexts) -> u64 {
    if let Some(parts) = dictionary::parts(array) {
        let of_values = mask(parts.values, missing);
        let absent = |key: &&u32| **key == MISSING_CODE || of_values.get(**key as usize).copied().unwrap_or(true);
        return parts.keys.iter().filter(absent).count() as u64;
    }
    if Texts::of(array).is_none() && !holds_missing_numbers(array.data_type(), missing) {
        return array.logical_null_count() as u64;
    }
    mask(array, missing).into_iter().filter(|missing| *missing).count() as u64
}

/// Whether a number that is not null can be missing.
fn holds_missing_numbers(data_type: &DataType, missing: &MissingTexts) -> bool {
    data_type.is_floating() || (missing.lists_numbers() && (data_type.is_integer() || is_decimal(data_type)))
}

fn mask(array: &dyn Array, missing: &MissingTexts) -> Vec<bool> {
    if let Some(texts) = Texts::of(array) {
        let mut mask = Vec::with_capacity(array.len());
        texts.for_each(|_, text| mask.push(text.is_none_or(|text| missing.feature(text.as_bytes()))));
        return mask;
    }
    if holds_missing_numbers(array.data_type(), missing) {
        let mut problems = Problems::default();
        let numbers = number::numbers(array, missing, &mut Place { name: "", first_row: 1, problems: &mut problems });
        return (0..array.len()).map(|row| numbers.get(row).is_none()).collect();
    }
    match array.logical_nulls() {
        Some(nulls) => nulls.iter().map(|valid| !valid).collect(),
        None => vec![false; array.len()],
    }
}
