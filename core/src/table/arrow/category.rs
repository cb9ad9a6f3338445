//! Categories: dictionary encoding. This is what the speed of an audit of a data frame hangs on.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, BooleanArray, GenericStringArray, OffsetSizeTrait, PrimitiveArray, StringViewArray};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType;

use crate::table::arrow::Place;
use crate::table::arrow::dictionary::{self, Parts};
use crate::table::arrow::text::{Texts, decimals};
use crate::table::arrow::time::{Instants, out_of_range};
use crate::table::interner::{Entries, Interner};
use crate::table::key::number_text;
use crate::table::options::MissingTexts;
use crate::table::{Codes, MISSING_CODE};

/// Bytes of a text that lie in its view.
const INLINE: u32 = 12;

/// The array dictionary-encoded; the array's type must be readable as a category.
pub(super) fn codes<'a>(array: &'a dyn Array, missing: &MissingTexts, place: &mut Place<'_>) -> Codes<'a> {
    if let Some(parts) = dictionary::parts(array) {
        return from_dictionary(parts, missing, place);
    }
    match array.data_type() {
        DataType::Utf8 => from_offsets(array.as_string::<i32>(), missing),
        DataType::LargeUtf8 => from_offsets(array.as_string::<i64>(), missing),
        DataType::Utf8View => from_views(array.as_string_view(), missing),
        DataType::Boolean => from_booleans(array.as_boolean(), missing),
        DataType::Int8 => from_integers::<Int8Type>(array, missing),
        DataType::Int16 => from_integers::<Int16Type>(array, missing),
        DataType::Int32 => from_integers::<Int32Type>(array, missing),
        DataType::Int64 => from_integers::<Int64Type>(array, missing),
        DataType::UInt8 => from_integers::<UInt8Type>(array, missing),
        DataType::UInt16 => from_integers::<UInt16Type>(array, missing),
        DataType::UInt32 => from_integers::<UInt32Type>(array, missing),
        DataType::UInt64 => from_integers::<UInt64Type>(array, missing),
        DataType::Float16 => from_floats::<Float16Type>(array, missing),
        DataType::Float32 => from_floats::<Float32Type>(array, missing),
        DataType::Float64 => from_floats::<Float64Type>(array, missing),
        _ => match (Instants::of(array), decimals(array)) {
            (Some(instants), _) => from_instants(&instants, missing, place),
            (None, Some(texts)) => from_owned(texts, missing),
            (None, None) => Codes { codes: Cow::Owned(vec![MISSING_CODE; array.len()]), dictionary: Vec::new() },
        },
    }
}

/// Distinct texts that live in the array.
struct Borrowed<'a, 'm> {
    texts: Vec<Cow<'a, str>>,
    missing: &'m MissingTexts,
}

impl<'a> Entries<'a> for Borrowed<'a, '_> {
    fn add(&mut self, text: &'a [u8]) -> u32 {
        // Arrow has promised UTF-8. A producer that broke the promise gets no undefined behaviour from us.
        let text = String::from_utf8_lossy(text);
        if self.missing.text(&text) {
            return MISSING_CODE;
        }
        self.texts.push(text);
        self.texts.len() as u32 - 1
    }

    fn text(&self, code: u32) -> &[u8] {
        self.texts[code as usize].as_bytes()
    }

    fn is_missing(&self, text: &[u8]) -> bool {
        self.missing.text(&String::from_utf8_lossy(text))
    }
}

/// Calls `code` for every row that is not null.
fn each_valid(rows: usize, nulls: Option<&NullBuffer>, mut code: impl FnMut(usize) -> u32) -> Vec<u32> {
    match nulls.filter(|nulls| nulls.null_count() > 0) {
        None => (0..rows).map(code).collect(),
        Some(nulls) => (0..rows).map(|row| if nulls.is_valid(row) { code(row) } else { MISSING_CODE }).collect(),
    }
}

fn from_offsets<'a, O: OffsetSizeTrait>(array: &'a GenericStringArray<O>, missing: &MissingTexts) -> Codes<'a> {
    let (mut interner, mut entries) = (Interner::new(), Borrowed { texts: Vec::new(), missing });
    let bytes = array.value_data();
    let offsets = &array.value_offsets()[..=array.len()];
    let mut code = |ends: &[O]| interner.code(bytes, ends[0].as_usize(), ends[1].as_usize(), &mut entries);
    let codes = match array.nulls().filter(|nulls| nulls.null_count() > 0) {
        None => offsets.windows(2).map(code).collect(),
        Some(nulls) => {
            offsets.windows(2).zip(nulls).map(|(ends, valid)| if valid { code(ends) } else { MISSING_CODE }).collect()
        }
    };
    Codes { codes: Cow::Owned(codes), dictionary: entries.texts }
}

/// The view of a short text holds its length and all of its bytes, so it is the key.
fn from_views<'a>(array: &'a StringViewArray, missing: &MissingTexts) -> Codes<'a> {
    let (mut interner, mut entries) = (Interner::new(), Borrowed { texts: Vec::new(), missing });
    let views: &[u128] = &array.views()[..array.len()];
    let buffers = array.data_buffers();
    let codes = each_valid(array.len(), array.nulls(), |row| {
        let view = views[row];
        let length = view as u32;
        if length <= INLINE {
            // What lies behind the text ought to be zero, but not every producer sees to that.
            let key = view & (u128::MAX >> (8 * (INLINE - length)));
            interner.code_of_key(key, || entries.add(array.value(row).as_bytes()))
        } else {
            let (buffer, start) = ((view >> 64) as u32 as usize, (view >> 96) as usize);
            interner.long_code(&buffers[buffer][start..start + length as usize], &mut entries)
        }
    });
    Codes { codes: Cow::Owned(codes), dictionary: entries.texts }
}

fn from_booleans<'a>(array: &BooleanArray, missing: &MissingTexts) -> Codes<'a> {
    let code = ["false", "true"].map(|text| missing.text(text));
    let codes = each_valid(array.len(), array.nulls(), |row| {
        let value = usize::from(array.value(row));
        if code[value] { MISSING_CODE } else { value as u32 }
    });
    Codes { codes: Cow::Owned(codes), dictionary: vec![Cow::Borrowed("false"), Cow::Borrowed("true")] }
}

/// Encodes values by a key; `text` makes the text of a new one.
fn from_keys<'a>(
    rows: usize,
    nulls: Option<&NullBuffer>,
    missing: &MissingTexts,
    key: impl Fn(usize) -> Option<u128>,
    mut text: impl FnMut(usize) -> Option<String>,
) -> Codes<'a> {
    let mut interner = Interner::new();
    let mut dictionary = Vec::new();
    let codes = each_valid(rows, nulls, |row| {
        let Some(key) = key(row) else { return MISSING_CODE };
        interner.code_of_key(key, || match text(row) {
            Some(text) if !missing.text(&text) => {
                dictionary.push(Cow::Owned(text));
                dictionary.len() as u32 - 1
            }
            _ => MISSING_CODE,
        })
    });
    Codes { codes: Cow::Owned(codes), dictionary }
}

fn from_integers<'a, T: ArrowPrimitiveType>(array: &dyn Array, missing: &MissingTexts) -> Codes<'a>
where
    T::Native: Into<i128>,
{
    let array: &PrimitiveArray<T> = array.as_primitive();
    let value = |row: usize| -> i128 { array.values()[row].into() };
    from_keys(array.len(), array.nulls(), missing, |row| Some(value(row) as u128), |row| Some(value(row).to_string()))
}

fn from_floats<'a, T: ArrowPrimitiveType>(array: &dyn Array, missing: &MissingTexts) -> Codes<'a>
where
    T::Native: Into<f64>,
{
    let array: &PrimitiveArray<T> = array.as_primitive();
    // Adding zero makes the negative zero positive: both print as 0.
    let value = |row: usize| -> f64 { array.values()[row].into() + 0.0 };
    let mut buffer = ryu_js::Buffer::new();
    from_keys(
        array.len(),
        array.nulls(),
        missing,
        |row| Some(value(row)).filter(|value| !value.is_nan()).map(|value| u128::from(value.to_bits())),
        |row| Some(number_text(value(row), &mut buffer).to_owned()),
    )
}

fn from_instants<'a>(instants: &Instants<'_>, missing: &MissingTexts, place: &mut Place<'_>) -> Codes<'a> {
    from_keys(
        instants.len(),
        instants.nulls(),
        missing,
        |row| instants.value(row).map(|value| u128::from(value as u64)),
        |row| {
            let text = instants.text(row);
            if text.is_none() {
                place.problem(row, out_of_range(place.name));
            }
            text
        },
    )
}

fn from_owned<'a>(texts: Vec<Option<String>>, missing: &MissingTexts) -> Codes<'a> {
    let (mut interner, mut entries) = (Interner::new(), Borrowed { texts: Vec::new(), missing });
    let codes = texts
        .iter()
        .map(|text| match text {
            Some(text) => interner.code(text.as_bytes(), 0, text.len(), &mut entries),
            None => MISSING_CODE,
        })
        .collect();
    let dictionary = entries.texts.into_iter().map(|text| Cow::Owned(text.into_owned())).collect();
    Codes { codes: Cow::Owned(codes), dictionary }
}

/// Codes of a dictionary array. A dictionary may repeat values, hold nulls or be far larger than the rows.
fn from_dictionary<'a>(parts: Parts<'a>, missing: &MissingTexts, place: &mut Place<'_>) -> Codes<'a> {
    let Parts { keys, values } = parts;
    if let Some(texts) = Texts::of(values).filter(|_| values.len() > keys.len()) {
        let (mut interner, mut entries) = (Interner::new(), Borrowed { texts: Vec::new(), missing });
        let code = |key: &u32| match (*key != MISSING_CODE).then(|| texts.get(*key as usize)).flatten() {
            Some(text) => interner.code(text.as_bytes(), 0, text.len(), &mut entries),
            None => MISSING_CODE,
        };
        let codes = keys.iter().map(code).collect();
        return Codes { codes: Cow::Owned(codes), dictionary: entries.texts };
    }
    let of_values = codes(values, missing, place);
    let is_identity = of_values.codes.iter().enumerate().all(|(index, code)| *code as usize == index);
    if is_identity {
        return Codes { codes: keys, dictionary: of_values.dictionary };
    }
    let code = |key: &u32| of_values.codes.get(*key as usize).copied().unwrap_or(MISSING_CODE);
    Codes { codes: Cow::Owned(keys.iter().map(code).collect()), dictionary: of_values.dictionary }
}
