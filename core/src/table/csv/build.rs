//! Gathers the fields of one column into a typed column of a batch.

use std::borrow::Cow;

use crate::error::Problem;
use crate::table::csv::header::not_utf8;
use crate::table::csv::records::Record;
use crate::table::interner::{Entries, Interner};
use crate::table::key::{MISSING_KEY, row_key};
use crate::table::number::{not_a_number, parse_number};
use crate::table::options::MissingTexts;
use crate::table::time::{not_a_time, parse_time};
use crate::table::{Codes, Column, Kind, MISSING_CODE, MISSING_TIME, Numbers};

/// A dictionary with at most this many texts is kept for the next batch.
const KEPT_TEXTS: usize = 1024;

/// One column under construction.
#[derive(Debug)]
pub(super) struct Builder {
    values: Values,
}

#[derive(Debug)]
enum Values {
    Category {
        codes: Vec<u32>,
        interner: Interner,
        texts: Texts,
    },
    /// NaN where missing.
    Number(Vec<f64>),
    Key(Vec<u128>),
    Time {
        values: Vec<i64>,
        last: (Vec<u8>, i64),
    },
    Presence {
        missing: u64,
    },
}

impl Builder {
    pub(super) fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Category => {
                Values::Category { codes: Vec::new(), interner: Interner::new(), texts: Texts::default() }
            }
            Kind::Number => Values::Number(Vec::new()),
            Kind::Key => Values::Key(Vec::new()),
            Kind::Time => Values::Time { values: Vec::new(), last: (Vec::new(), MISSING_TIME) },
            Kind::Presence => Values::Presence { missing: 0 },
        };
        Self { values }
    }

    /// Takes a field; a problem comes back without its place, and the value counts as missing.
    #[inline]
    pub(super) fn push(
        &mut self,
        record: &Record<'_>,
        field: usize,
        name: &str,
        missing: &MissingTexts,
    ) -> Option<Problem> {
        let (start, end) = record.range(field);
        match &mut self.values {
            Values::Category { codes, interner, texts } => {
                let mut entries = NewTexts { texts, missing, invalid: None };
                codes.push(interner.code(record.bytes, start, end, &mut entries));
                return entries.invalid.map(|problem| problem.field(name));
            }
            Values::Number(values) => match parse_number(&record.bytes[start..end]) {
                Some(value) => values.push(if missing.number(value) { f64::NAN } else { value }),
                None => {
                    values.push(f64::NAN);
                    return number_problem(&record.bytes[start..end], name, missing);
                }
            },
            Values::Key(values) => match std::str::from_utf8(&record.bytes[start..end]) {
                Ok(text) => values.push(if missing.text(text) { MISSING_KEY } else { row_key(text) }),
                Err(_) => {
                    values.push(MISSING_KEY);
                    return Some(not_utf8(&record.bytes[start..end]).field(name));
                }
            },
            Values::Time { values, last } => {
                let text = &record.bytes[start..end];
                if last.0 != text {
                    let (value, problem) = time(text, name, missing);
                    if problem.is_some() {
                        values.push(MISSING_TIME);
                        return problem;
                    }
                    last.0.clear();
                    last.0.extend_from_slice(text);
                    last.1 = value;
                }
                values.push(last.1);
            }
            Values::Presence { missing: count } => {
                *count += u64::from(missing.feature(&record.bytes[start..end]));
            }
        }
        None
    }

    /// Takes a value that is missing.
    pub(super) fn push_missing(&mut self) {
        match &mut self.values {
            Values::Category { codes, .. } => codes.push(MISSING_CODE),
            Values::Number(values) => values.push(f64::NAN),
            Values::Key(values) => values.push(MISSING_KEY),
            Values::Time { values, .. } => values.push(MISSING_TIME),
            Values::Presence { missing } => *missing += 1,
        }
    }

    /// Bytes of text held for the batch.
    pub(super) fn text_bytes(&self) -> usize {
        match &self.values {
            Values::Category { texts, .. } => texts.text.len(),
            _ => 0,
        }
    }

    /// The column gathered since the last [`clear`](Self::clear).
    pub(super) fn column(&self) -> Column<'_> {
        match &self.values {
            Values::Category { codes, texts, .. } => {
                Column::Category(Codes { codes: Cow::Borrowed(codes), dictionary: texts.dictionary() })
            }
            Values::Number(values) => Column::Number(Numbers { values: Cow::Borrowed(values), missing: None }),
            Values::Key(values) => Column::Key(values.clone()),
            Values::Time { values, .. } => Column::Time(Cow::Borrowed(values)),
            Values::Presence { missing } => Column::Presence { missing: *missing },
        }
    }

    /// Makes room for the next batch.
    pub(super) fn clear(&mut self) {
        match &mut self.values {
            Values::Category { codes, interner, texts } => {
                codes.clear();
                if texts.ends.len() > KEPT_TEXTS || texts.text.len() > 64 * KEPT_TEXTS {
                    interner.clear();
                    *texts = Texts::default();
                }
            }
            Values::Number(values) => values.clear(),
            Values::Key(values) => values.clear(),
            Values::Time { values, .. } => values.clear(),
            Values::Presence { missing } => *missing = 0,
        }
    }
}

#[cold]
fn number_problem(text: &[u8], name: &str, missing: &MissingTexts) -> Option<Problem> {
    match std::str::from_utf8(text) {
        Ok(text) if text.trim_ascii().is_empty() || missing.text(text) => None,
        Ok(text) => Some(not_a_number(text, name)),
        Err(_) => Some(not_utf8(text).field(name)),
    }
}

fn time(text: &[u8], name: &str, missing: &MissingTexts) -> (i64, Option<Problem>) {
    match std::str::from_utf8(text) {
        Ok(text) if missing.text(text) => (MISSING_TIME, None),
        Ok(text) => match parse_time(text) {
            Some(value) => (value, None),
            None => (MISSING_TIME, Some(not_a_time(text, name))),
        },
        Err(_) => (MISSING_TIME, Some(not_utf8(text).field(name))),
    }
}

/// Distinct texts, one after the other.
#[derive(Debug, Default)]
struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start..self.ends[index]]
    }

    fn dictionary(&self) -> Vec<Cow<'_, str>> {
        (0..self.ends.len()).map(|index| Cow::Borrowed(self.get(index))).collect()
    }
}

struct NewTexts<'t> {
    texts: &'t mut Texts,
    missing: &'t MissingTexts,
    invalid: Option<Problem>,
}

impl<'a> Entries<'a> for NewTexts<'_> {
    fn add(&mut self, text: &'a [u8]) -> u32 {
        match std::str::from_utf8(text) {
            Ok(text) if self.missing.text(text) => MISSING_CODE,
            Ok(text) => {
                self.texts.text.push_str(text);
                self.texts.ends.push(self.texts.text.len());
                self.texts.ends.len() as u32 - 1
            }
            Err(_) => {
                self.invalid = Some(not_utf8(text));
                MISSING_CODE
            }
        }
    }

    fn text(&self, code: u32) -> &[u8] {
        self.texts.get(code as usize).as_bytes()
    }

    fn is_missing(&self, text: &[u8]) -> bool {
        std::str::from_utf8(text).map_or(true, |text| self.missing.text(text))
    }
}
