//! Numbers: floats are borrowed, everything else widens exactly or to the nearest float.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, PrimitiveArray};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType;

use crate::table::Numbers;
use crate::table::arrow::Place;
use crate::table::arrow::dictionary::{self, Parts};
use crate::table::arrow::text::{Texts, decimals};
use crate::table::number::{not_a_number, parse_number};
use crate::table::options::MissingTexts;

/// The array as floats; its type must be readable as numbers.
pub(super) fn numbers<'a>(array: &'a dyn Array, missing: &MissingTexts, place: &mut Place<'_>) -> Numbers<'a> {
    if let Some(parts) = dictionary::parts(array) {
        return from_dictionary(&parts, missing, place);
    }
    let values = match array.data_type() {
        DataType::Float64 => Cow::Borrowed(&array.as_primitive::<Float64Type>().values()[..]),
        DataType::Float32 => converted::<Float32Type>(array, f64::from),
        DataType::Float16 => converted::<Float16Type>(array, f64::from),
        DataType::Int8 => converted::<Int8Type>(array, f64::from),
        DataType::Int16 => converted::<Int16Type>(array, f64::from),
        DataType::Int32 => converted::<Int32Type>(array, f64::from),
        DataType::Int64 => converted::<Int64Type>(array, |value| value as f64),
        DataType::UInt8 => converted::<UInt8Type>(array, f64::from),
        DataType::UInt16 => converted::<UInt16Type>(array, f64::from),
        DataType::UInt32 => converted::<UInt32Type>(array, f64::from),
        DataType::UInt64 => converted::<UInt64Type>(array, |value| value as f64),
        _ => return from_texts(array, missing, place),
    };
    let mask = mask(&values, array.nulls(), missing);
    Numbers { values, missing: mask }
}

fn converted<'a, T: ArrowPrimitiveType>(array: &dyn Array, convert: impl Fn(T::Native) -> f64) -> Cow<'a, [f64]> {
    let array: &PrimitiveArray<T> = array.as_primitive();
    Cow::Owned(array.values().iter().map(|value| convert(*value)).collect())
}

fn mask(values: &[f64], nulls: Option<&NullBuffer>, missing: &MissingTexts) -> Option<Vec<bool>> {
    let nulls = nulls.filter(|nulls| nulls.null_count() > 0);
    match (nulls, missing.lists_numbers()) {
        (None, false) => None,
        (None, true) => Some(values.iter().map(|value| missing.number(*value)).collect()),
        (Some(nulls), _) => {
            Some(nulls.iter().zip(values).map(|(valid, value)| !valid || missing.number(*value)).collect())
        }
    }
}

/// The number of a text, NaN where it is missing; `None` if it is not a number.
fn parse(text: Option<&str>, missing: &MissingTexts) -> Option<f64> {
    let Some(text) = text else { return Some(f64::NAN) };
    match parse_number(text.as_bytes()) {
        Some(value) => Some(if missing.number(value) { f64::NAN } else { value }),
        None => (text.trim_ascii().is_empty() || missing.text(text)).then_some(f64::NAN),
    }
}

fn from_texts<'a>(array: &dyn Array, missing: &MissingTexts, place: &mut Place<'_>) -> Numbers<'a> {
    let mut values = vec![f64::NAN; array.len()];
    let mut take = |row: usize, text: Option<&str>| match parse(text, missing) {
        Some(value) => values[row] = value,
        None => place.problem(row, not_a_number(text.unwrap_or_default(), place.name)),
    };
    if let Some(texts) = Texts::of(array) {
        texts.for_each(take);
    } else if let Some(texts) = decimals(array) {
        for (row, text) in texts.iter().enumerate() {
            take(row, text.as_deref());
        }
    }
    Numbers { values: Cow::Owned(values), missing: None }
}

/// A value of the dictionary that no row uses may be anything.
fn from_dictionary<'a>(parts: &Parts<'_>, missing: &MissingTexts, place: &mut Place<'_>) -> Numbers<'a> {
    if let Some(texts) = Texts::of(parts.values) {
        let parsed: Vec<Option<f64>> = (0..parts.values.len()).map(|index| parse(texts.get(index), missing)).collect();
        let mut values = Vec::with_capacity(parts.keys.len());
        for (row, key) in parts.keys.iter().enumerate() {
            let value = parsed.get(*key as usize).copied().unwrap_or(Some(f64::NAN));
            if value.is_none() {
                place.problem(row, not_a_number(texts.get(*key as usize).unwrap_or_default(), place.name));
            }
            values.push(value.unwrap_or(f64::NAN));
        }
        return Numbers { values: Cow::Owned(values), missing: None };
    }
    let of_values = numbers(parts.values, missing, place);
    let value = |key: &u32| {
        let index = *key as usize;
        if index < of_values.values.len() { of_values.get(index).unwrap_or(f64::NAN) } else { f64::NAN }
    };
    Numbers { values: Cow::Owned(parts.keys.iter().map(value).collect()), missing: None }
}
