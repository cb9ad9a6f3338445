//! Times: dates and timestamps of any unit to microseconds, texts and years as in CSV.

use std::borrow::Cow;

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, TimeUnit};

use crate::error::{Code, Problem};
use crate::table::MISSING_TIME;
use crate::table::arrow::Place;
use crate::table::arrow::category;
use crate::table::arrow::dictionary::{self, Parts};
use crate::table::arrow::text::Texts;
use crate::table::options::MissingTexts;
use crate::table::time::{date_text, not_a_time, parse_time, time_text};

/// An array of dates or timestamps.
pub(super) struct Instants<'a> {
    values: Values<'a>,
    nulls: Option<&'a NullBuffer>,
    /// Length of the unit in nanoseconds.
    unit: i128,
    is_date: bool,
    has_zone: bool,
}

enum Values<'a> {
    Days(&'a [i32]),
    Units(&'a [i64]),
}

impl<'a> Instants<'a> {
    /// The array as instants, if it holds dates or timestamps.
    pub(super) fn of(array: &'a dyn Array) -> Option<Self> {
        let (values, unit) = match array.data_type() {
            DataType::Date32 => (Values::Days(array.as_primitive::<Date32Type>().values()), 86_400_000_000_000),
            DataType::Date64 => (Values::Units(array.as_primitive::<Date64Type>().values()), 1_000_000),
            DataType::Timestamp(TimeUnit::Second, _) => {
                (Values::Units(array.as_primitive::<TimestampSecondType>().values()), 1_000_000_000)
            }
            DataType::Timestamp(TimeUnit::Millisecond, _) => {
                (Values::Units(array.as_primitive::<TimestampMillisecondType>().values()), 1_000_000)
            }
            DataType::Timestamp(TimeUnit::Microsecond, _) => {
                (Values::Units(array.as_primitive::<TimestampMicrosecondType>().values()), 1000)
            }
            DataType::Timestamp(TimeUnit::Nanosecond, _) => {
                (Values::Units(array.as_primitive::<TimestampNanosecondType>().values()), 1)
            }
            _ => return None,
        };
        let is_date = matches!(array.data_type(), DataType::Date32 | DataType::Date64);
        let has_zone = matches!(array.data_type(), DataType::Timestamp(_, Some(_)));
        Some(Self { values, nulls: array.nulls(), unit, is_date, has_zone })
    }

    pub(super) fn len(&self) -> usize {
        match self.values {
            Values::Days(values) => values.len(),
            Values::Units(values) => values.len(),
        }
    }

    pub(super) fn nulls(&self) -> Option<&'a NullBuffer> {
        self.nulls
    }

    /// The value of a row in its unit; `None` for the smallest integer, which NumPy calls NaT.
    #[inline]
    pub(super) fn value(&self, row: usize) -> Option<i64> {
        match self.values {
            Values::Days(values) => Some(i64::from(values[row])),
            Values::Units(values) => Some(values[row]).filter(|value| *value != i64::MIN),
        }
    }

    /// ISO 8601 text of a row; `None` outside the years -9999 to 9999.
    pub(super) fn text(&self, row: usize) -> Option<String> {
        let nanoseconds = i128::from(self.value(row)?) * self.unit;
        if self.is_date {
            date_text(i64::try_from(nanoseconds.div_euclid(86_400_000_000_000)).ok()?)
        } else {
            time_text(nanoseconds, self.has_zone)
        }
    }

    /// Whole microseconds of a row; `None` if they do not fit.
    #[inline]
    fn microseconds(&self, row: usize) -> Option<i64> {
        let Some(value) = self.value(row) else { return Some(MISSING_TIME) };
        match self.unit {
            1 => Some(value.div_euclid(1000)),
            unit => value.checked_mul((unit / 1000) as i64),
        }
    }
}

/// The problem of a time too far away to be written as a date.
pub(super) fn out_of_range(column: &str) -> Problem {
    Problem::new(Code::ValueNotTime, "the time lies outside the years -9999 to 9999")
        .hint("check the unit of the column: seconds, milliseconds, microseconds or nanoseconds")
        .field(column)
}

/// The array as microseconds; its type must be readable as times.
pub(super) fn times<'a>(array: &'a dyn Array, missing: &MissingTexts, place: &mut Place<'_>) -> Cow<'a, [i64]> {
    if let Some(parts) = dictionary::parts(array) {
        return Cow::Owned(from_dictionary(&parts, missing, place));
    }
    if let DataType::Timestamp(TimeUnit::Microsecond, _) = array.data_type()
        && array.null_count() == 0
    {
        return Cow::Borrowed(&array.as_primitive::<TimestampMicrosecondType>().values()[..]);
    }
    Cow::Owned(match Instants::of(array) {
        Some(instants) => (0..instants.len())
            .map(|row| {
                if array.is_null(row) {
                    return MISSING_TIME;
                }
                instants.microseconds(row).unwrap_or_else(|| {
                    place.problem(row, out_of_range(place.name));
                    MISSING_TIME
                })
            })
            .collect(),
        None => from_texts(array, missing, place),
    })
}

/// Texts, and numbers by their text: years.
fn from_texts(array: &dyn Array, missing: &MissingTexts, place: &mut Place<'_>) -> Vec<i64> {
    let codes = category::codes(array, missing, place);
    let parsed: Vec<Option<i64>> = codes.dictionary.iter().map(|text| parse_time(text)).collect();
    let mut values = Vec::with_capacity(codes.codes.len());
    for (row, code) in codes.codes.iter().enumerate() {
        let value = parsed.get(*code as usize).copied().unwrap_or(Some(MISSING_TIME));
        if value.is_none() {
            place.problem(row, not_a_time(&codes.dictionary[*code as usize], place.name));
        }
        values.push(value.unwrap_or(MISSING_TIME));
    }
    values
}

/// A value of the dictionary that no row uses may be anything.
fn from_dictionary(parts: &Parts<'_>, missing: &MissingTexts, place: &mut Place<'_>) -> Vec<i64> {
    if let Some(texts) = Texts::of(parts.values) {
        let parse = |index: usize| match texts.get(index) {
            Some(text) if !missing.text(text) => parse_time(text),
            _ => Some(MISSING_TIME),
        };
        let parsed: Vec<Option<i64>> = (0..parts.values.len()).map(parse).collect();
        let mut values = Vec::with_capacity(parts.keys.len());
        for (row, key) in parts.keys.iter().enumerate() {
            let value = parsed.get(*key as usize).copied().unwrap_or(Some(MISSING_TIME));
            if value.is_none() {
                place.problem(row, not_a_time(texts.get(*key as usize).unwrap_or_default(), place.name));
            }
            values.push(value.unwrap_or(MISSING_TIME));
        }
        return values;
    }
    let of_values = times(parts.values, missing, place);
    parts.keys.iter().map(|key| of_values.get(*key as usize).copied().unwrap_or(MISSING_TIME)).collect()
}
