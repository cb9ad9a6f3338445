//! Texts of an array, whatever their layout.

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType};
use arrow_array::{Array, ArrayAccessor, LargeStringArray, StringArray, StringViewArray};
use arrow_schema::DataType;

/// An array of texts.
#[derive(Clone, Copy)]
pub(super) enum Texts<'a> {
    Small(&'a StringArray),
    Large(&'a LargeStringArray),
    View(&'a StringViewArray),
}

impl<'a> Texts<'a> {
    /// The array as texts, if it holds texts.
    pub(super) fn of(array: &'a dyn Array) -> Option<Self> {
        Some(match array.data_type() {
            DataType::Utf8 => Self::Small(array.as_string()),
            DataType::LargeUtf8 => Self::Large(array.as_string()),
            DataType::Utf8View => Self::View(array.as_string_view()),
            _ => return None,
        })
    }

    /// Calls a function with the text of every row, or `None` where it is null.
    pub(super) fn for_each(self, mut take: impl FnMut(usize, Option<&'a str>)) {
        fn walk<'a>(array: impl ArrayAccessor<Item = &'a str>, take: &mut impl FnMut(usize, Option<&'a str>)) {
            for row in 0..array.len() {
                take(row, array.is_valid(row).then(|| array.value(row)));
            }
        }
        match self {
            Self::Small(array) => walk(array, &mut take),
            Self::Large(array) => walk(array, &mut take),
            Self::View(array) => walk(array, &mut take),
        }
    }

    /// The text of a row, or `None` where it is null.
    pub(super) fn get(self, row: usize) -> Option<&'a str> {
        match self {
            Self::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Self::View(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }
}

/// The decimal digits of every row, with the declared number of places, as a CSV file would hold them.
pub(super) fn decimals(array: &dyn Array) -> Option<Vec<Option<String>>> {
    fn format<T: DecimalType>(array: &dyn Array, precision: u8, scale: i8) -> Vec<Option<String>> {
        let values = array.as_primitive::<T>();
        values.iter().map(|value| value.map(|value| T::format_decimal(value, precision, scale))).collect()
    }
    Some(match array.data_type() {
        DataType::Decimal32(precision, scale) => format::<Decimal32Type>(array, *precision, *scale),
        DataType::Decimal64(precision, scale) => format::<Decimal64Type>(array, *precision, *scale),
        DataType::Decimal128(precision, scale) => format::<Decimal128Type>(array, *precision, *scale),
        DataType::Decimal256(precision, scale) => format::<Decimal256Type>(array, *precision, *scale),
        _ => return None,
    })
}
