//! Dictionary arrays: their keys as codes, whatever the key's type.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, DictionaryArray};
use arrow_buffer::ArrowNativeType;
use arrow_schema::DataType;

use crate::table::MISSING_CODE;

/// A dictionary array taken apart.
pub(super) struct Parts<'a> {
    /// Index into `values` per row; [`MISSING_CODE`] where the key is null or outside the dictionary.
    pub(super) keys: Cow<'a, [u32]>,
    pub(super) values: &'a dyn Array,
}

/// The parts of an array, if it is a dictionary.
pub(super) fn parts(array: &dyn Array) -> Option<Parts<'_>> {
    let DataType::Dictionary(key, _) = array.data_type() else { return None };
    Some(match key.as_ref() {
        DataType::Int8 => convert(array.as_dictionary::<Int8Type>()),
        DataType::Int16 => convert(array.as_dictionary::<Int16Type>()),
        DataType::Int32 => same_width(array.as_dictionary::<Int32Type>()),
        DataType::Int64 => convert(array.as_dictionary::<Int64Type>()),
        DataType::UInt8 => convert(array.as_dictionary::<UInt8Type>()),
        DataType::UInt16 => convert(array.as_dictionary::<UInt16Type>()),
        DataType::UInt32 => same_width(array.as_dictionary::<UInt32Type>()),
        _ => convert(array.as_dictionary::<UInt64Type>()),
    })
}

/// Keys of 32 bits are codes already, unless some are null.
fn same_width<K: ArrowDictionaryKeyType>(array: &DictionaryArray<K>) -> Parts<'_> {
    if array.keys().null_count() > 0 {
        return convert(array);
    }
    let keys: &[u32] = array.keys().values().inner().typed_data();
    let length = array.values().len();
    if keys.iter().all(|key| (*key as usize) < length) {
        Parts { keys: Cow::Borrowed(keys), values: array.values().as_ref() }
    } else {
        convert(array)
    }
}

fn convert<K: ArrowDictionaryKeyType>(array: &DictionaryArray<K>) -> Parts<'_> {
    let length = array.values().len();
    let code = |key: &K::Native| match u32::try_from(key.as_usize()) {
        Ok(code) if (code as usize) < length => code,
        _ => MISSING_CODE,
    };
    let keys = array.keys();
    let codes = match keys.nulls() {
        None => keys.values().iter().map(code).collect(),
        Some(nulls) => {
            keys.values().iter().zip(nulls).map(|(key, valid)| if valid { code(key) } else { MISSING_CODE }).collect()
        }
    };
    Parts { keys: Cow::Owned(codes), values: array.values().as_ref() }
}
