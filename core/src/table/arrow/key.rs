//! Keys: the hash of each value's canonical text.

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_schema::DataType;

use crate::table::MISSING_CODE;
use crate::table::arrow::Place;
use crate::table::arrow::category;
use crate::table::arrow::dictionary;
use crate::table::arrow::text::Texts;
use crate::table::key::{MISSING_KEY, integer_key, number_key, row_key};
use crate::table::options::MissingTexts;

/// The key of every row; the array's type must be readable as keys.
pub(super) fn keys(array: &dyn Array, missing: &MissingTexts, place: &mut Place<'_>) -> Vec<u128> {
    if let Some(parts) = dictionary::parts(array) {
        // A dictionary far larger than the rows is not hashed as a whole.
        if let Some(texts) = Texts::of(parts.values).filter(|_| parts.values.len() > parts.keys.len()) {
            let text = |key: &u32| (*key != MISSING_CODE).then(|| texts.get(*key as usize)).flatten();
            let key = |key: &u32| text(key).filter(|text| !missing.text(text)).map_or(MISSING_KEY, row_key);
            return parts.keys.iter().map(key).collect();
        }
        let of_values = keys(parts.values, missing, place);
        return parts.keys.iter().map(|key| of_values.get(*key as usize).copied().unwrap_or(MISSING_KEY)).collect();
    }
    if let Some(texts) = Texts::of(array) {
        let mut keys = Vec::with_capacity(array.len());
        texts.for_each(|_, text| keys.push(text.filter(|text| !missing.text(text)).map_or(MISSING_KEY, row_key)));
        return keys;
    }
    match array.data_type() {
        DataType::Int8 => integers::<Int8Type>(array, missing),
        DataType::Int16 => integers::<Int16Type>(array, missing),
        DataType::Int32 => integers::<Int32Type>(array, missing),
        DataType::Int64 => integers::<Int64Type>(array, missing),
        DataType::UInt8 => integers::<UInt8Type>(array, missing),
        DataType::UInt16 => integers::<UInt16Type>(array, missing),
        DataType::UInt32 => integers::<UInt32Type>(array, missing),
        DataType::UInt64 => integers::<UInt64Type>(array, missing),
        DataType::Float16 => floats::<Float16Type>(array, missing),
        DataType::Float32 => floats::<Float32Type>(array, missing),
        DataType::Float64 => floats::<Float64Type>(array, missing),
        _ => {
            let codes = category::codes(array, missing, place);
            let of_texts: Vec<u128> = codes.dictionary.iter().map(|text| row_key(text)).collect();
            codes.codes.iter().map(|code| of_texts.get(*code as usize).copied().unwrap_or(MISSING_KEY)).collect()
        }
    }
}

fn integers<T: ArrowPrimitiveType>(array: &dyn Array, missing: &MissingTexts) -> Vec<u128>
where
    T::Native: Into<i128>,
{
    let key = |value: Option<T::Native>| match value.map(Into::<i128>::into) {
        Some(value) if !(missing.lists_numbers() && missing.text(&value.to_string())) => integer_key(value),
        _ => MISSING_KEY,
    };
    array.as_primitive::<T>().iter().map(key).collect()
}

fn floats<T: ArrowPrimitiveType>(array: &dyn Array, missing: &MissingTexts) -> Vec<u128>
where
    T::Native: Into<f64>,
{
    let key = |value: Option<T::Native>| match value.map(Into::<f64>::into) {
        Some(value) if !missing.number(value) => number_key(value),
        _ => MISSING_KEY,
    };
    array.as_primitive::<T>().iter().map(key).collect()
}
