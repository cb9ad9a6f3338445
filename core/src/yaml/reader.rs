//! The reading of single values, and the list of what was wrong with them.

use jiff::civil::Date;

use crate::error::{Code, Error, Problem, Result};
use crate::table::parse_day;

use super::tree::{self, Entry, Node, Origin, Place, Value};
use super::words::{describe, join_path, list, nearest, quote};
use super::{Document, Key};

/// Problems that one answer holds; a text with more is something else.
const MAX_PROBLEMS: usize = 100;
/// Largest whole number that every reader of JSON keeps.
pub(crate) const MAX_INTEGER: u64 = (1 << 53) - 1;
/// What errors call keyword arguments.
const KEYWORDS: &str = "keyword arguments";

/// Collects problems.
pub(crate) struct Reader {
    document: &'static Document,
    source: String,
    problems: Vec<(Place, Problem)>,
}

/// A value, where its key stands, and its path.
#[derive(Clone, Debug)]
pub(crate) struct Field<'t> {
    pub(crate) node: &'t Node,
    pub(crate) key: Place,
    pub(crate) path: String,
}

/// The members of a mapping.
#[derive(Clone, Debug)]
pub(crate) struct Fields<'t> {
    entries: &'t [Entry],
    pub(crate) place: Place,
    pub(crate) path: String,
    /// The short text form of a criterion: its parts have the path of the whole.
    short: bool,
}

impl<'t> Fields<'t> {
    /// The parts of a criterion in its short text form.
    pub(crate) fn short(entries: &'t [Entry], place: Place, path: &str) -> Self {
        Self { entries, place, path: path.to_owned(), short: true }
    }

    /// A member that has a value.
    pub(crate) fn get(&self, key: &str) -> Option<Field<'t>> {
        self.get_or_null(key).filter(|field| !field.node.is_null())
    }

    /// A member that may be null.
    pub(crate) fn get_or_null(&self, key: &str) -> Option<Field<'t>> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        let path = if self.short { self.path.clone() } else { join_path(&self.path, key) };
        Some(Field { node: &entry.value, key: entry.place, path })
    }

    /// Whether these are the parts of a short text.
    pub(crate) fn is_short(&self) -> bool {
        self.short
    }

    /// Whether a member has a value, readable or not.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// A key and its line, for messages: "`label` (line 3)".
    pub(crate) fn mention(&self, key: &str) -> String {
        match self.get_or_null(key) {
            Some(field) if field.key.origin == Origin::Text => format!("`{key}` (line {})", field.key.line),
            _ => format!("`{key}`"),
        }
    }
}

impl Field<'_> {
    /// The members of a list, or the value itself as the only one.
    pub(crate) fn items(&self) -> Vec<Field<'_>> {
        match &self.node.value {
            Value::List(items) => items
                .iter()
                .enumerate()
                .map(|(index, node)| Field { node, key: node.place, path: format!("{}[{index}]", self.path) })
                .collect(),
            _ => vec![self.clone()],
        }
    }
}

impl Reader {
    pub(crate) fn new(document: &'static Document, source: &str) -> Self {
        Self { document, source: source.to_owned(), problems: Vec::new() }
    }

    /// Notes a problem of a value or key.
    pub(crate) fn report(&mut self, place: Place, path: &str, problem: Problem) {
        let problem = if path.is_empty() || problem.location.field.is_some() { problem } else { problem.field(path) };
        self.problems.push((place, problem));
    }

    /// Whether nothing has been wrong so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// Notes a problem of a field.
    pub(crate) fn wrong(&mut self, field: &Field<'_>, problem: Problem) {
        self.report(field.node.place, &field.path, problem);
    }

    /// The result, or every problem in the order of the input.
    pub(crate) fn finish<T>(mut self, read: Option<T>) -> Result<T> {
        self.problems.sort_by_key(|(place, _)| match place.origin {
            Origin::Keywords => (1, place.line, place.column),
            Origin::Text => (0, place.line, place.column),
        });
        let found = self.problems.len();
        let mut problems: Vec<Problem> = Vec::new();
        for (place, problem) in self.problems.into_iter().take(MAX_PROBLEMS) {
            problems.push(match place.origin {
                Origin::Keywords => problem.source(KEYWORDS),
                Origin::Text => problem.source(self.source.clone()).at(place.line, place.column),
            });
        }
        if found > MAX_PROBLEMS {
            let more =
                Problem::new(Code::BudgetExceeded, format!("{} more problems are not shown", found - MAX_PROBLEMS))
                    .hint("put the ones above right first");
            problems.push(if self.source.is_empty() { more } else { more.source(self.source) });
        }
        match read {
            Some(value) if problems.is_empty() => Ok(value),
            _ if problems.is_empty() => {
                let message = format!("the {} was refused without a reason; please report this", self.document.name);
                Err(Problem::new(Code::Internal, message).into())
            }
            _ => Err(Error { problems }),
        }
    }

    /// The tree of a text.
    pub(crate) fn tree(&mut self, text: &str, origin: Origin) -> Option<Node> {
        match tree::parse(text, origin, self.document) {
            Ok((node, duplicates)) => {
                self.problems.extend(duplicates);
                Some(node)
            }
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        }
    }

    /// The members of a mapping, of which unknown ones are noted.
    pub(crate) fn fields<'t>(&mut self, field: &Field<'t>, keys: &[Key], what: &str) -> Option<Fields<'t>> {
        self.fields_of(field.node, &field.path, keys, what)
    }

    pub(crate) fn fields_of<'t>(&mut self, node: &'t Node, path: &str, keys: &[Key], what: &str) -> Option<Fields<'t>> {
        let Value::Map(entries) = &node.value else {
            let example = keys.iter().take(2).map(|key| format!("`{}: …`", key.name)).collect::<Vec<_>>().join(", ");
            let problem = Problem::new(
                self.document.codes.wrong_type,
                format!("{what} is a mapping of keys, not {}", describe(node)),
            )
            .hint(if path.is_empty() {
                format!("write one `key: value` on each line, such as `{}`", self.document.example)
            } else {
                format!("write it as keys with values: {example}")
            });
            self.report(node.place, path, problem);
            return None;
        };
        for entry in entries.iter().filter(|entry| !keys.iter().any(|key| key.name == entry.key)) {
            let problem =
                Problem::new(self.document.codes.unknown_key, format!("{what} has no key {}", quote(&entry.key)))
                    .hint((self.document.unknown_key)(&entry.key, keys));
            self.report(entry.place, &join_path(path, &entry.key), problem);
        }
        Some(Fields { entries, place: node.place, path: path.to_owned(), short: false })
    }

    /// Notes that a mapping lacks a key that it must have.
    pub(crate) fn missing(&mut self, fields: &Fields<'_>, key: &str, what: &str, example: &str) {
        let problem = Problem::new(self.document.codes.missing_key, format!("{what} needs the key `{key}`"));
        self.report(fields.place, &join_path(&fields.path, key), problem.hint(format!("such as `{key}: {example}`")));
    }

    /// Notes that a value is of the right type and still none that is allowed.
    pub(crate) fn invalid(&mut self, field: &Field<'_>, message: String, hint: &str) {
        self.wrong(field, Problem::new(self.document.codes.invalid_value, message).hint(hint));
    }

    /// Notes that a value has the wrong type.
    pub(crate) fn wrong_type(&mut self, field: &Field<'_>, what: &str, hint: impl Into<String>) {
        let name = quote(last_key(&field.path));
        let message = format!("{name} must be {what}, not {}", describe(field.node));
        self.wrong(field, Problem::new(self.document.codes.wrong_type, message).hint(hint));
    }

    /// The members of a mapping whose keys are the user's.
    pub(crate) fn members<'t>(
        &mut self,
        field: &Field<'t>,
        what: &str,
        hint: &str,
    ) -> Option<Vec<(&'t Entry, Field<'t>)>> {
        let Value::Map(entries) = &field.node.value else {
            self.wrong_type(field, what, hint);
            return None;
        };
        let member = |entry: &'t Entry| {
            let path = join_path(&field.path, &entry.key);
            (entry, Field { node: &entry.value, key: entry.place, path })
        };
        Some(entries.iter().map(member).collect())
    }

    /// Any single value, as the text it was written with.
    pub(crate) fn raw<'t>(&mut self, field: &Field<'t>, what: &str, hint: &str) -> Option<&'t str> {
        match &field.node.value {
            Value::Scalar { text, .. } if !field.node.is_null() && !text.is_empty() => Some(text),
            _ => {
                self.wrong_type(field, what, hint);
                None
            }
        }
    }

    /// A text that people read.
    pub(crate) fn text(&mut self, field: &Field<'_>) -> Option<String> {
        self.raw(field, "a text", "write one text; put quotes around it if it holds special characters")
            .map(str::to_owned)
    }

    /// A day of the calendar.
    pub(crate) fn day(&mut self, field: &Field<'_>) -> Option<Date> {
        const HINT: &str = "write year-month-day, such as 2026-01-15";
        let text = self.raw(field, "a date", HINT)?;
        let day = parse_day(text);
        if day.is_none() {
            let name = quote(last_key(&field.path));
            self.invalid(field, format!("{name} must be a date of the calendar, not {}", quote(text)), HINT);
        }
        day
    }

    /// A finite number.
    pub(crate) fn number(&mut self, field: &Field<'_>) -> Option<f64> {
        self.number_like(field, "write digits with a decimal point, such as 0.8")
    }

    fn number_like(&mut self, field: &Field<'_>, hint: &str) -> Option<f64> {
        if let Value::Scalar { text, quoted } = &field.node.value {
            let number = parse_number(text);
            match (number, quoted) {
                (Some(number), false) => return Some(number),
                (Some(_), true) => {
                    self.wrong_type(field, "a number", format!("write {text} without quotes"));
                    return None;
                }
                _ => {
                    if let Some(percent) = text.strip_suffix('%').and_then(|text| parse_number(text.trim_end())) {
                        self.wrong_type(field, "a number", format!("write {} for {percent} %", percent / 100.0));
                        return None;
                    }
                }
            }
        }
        self.wrong_type(field, "a number", hint);
        None
    }

    /// A whole number between two others, both included.
    pub(crate) fn integer(&mut self, field: &Field<'_>, low: u64, high: u64) -> Option<u64> {
        let number = self.number_like(field, "write a whole number, such as 10")?;
        let exact = match &field.node.value {
            Value::Scalar { text, .. } => text.parse::<u64>().ok(),
            _ => None,
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and in range")]
        let whole = exact.or_else(|| {
            ((0.0..=9_007_199_254_740_991.0).contains(&number) && number.trunc() == number).then_some(number as u64)
        });
        match whole {
            Some(whole) if (low..=high).contains(&whole) => Some(whole),
            _ => {
                let name = quote(last_key(&field.path));
                let too_large = whole.is_some_and(|whole| whole > high) || number > high as f64;
                let range = if high == MAX_INTEGER && !too_large {
                    format!("of at least {low}")
                } else {
                    format!("from {low} to {high}")
                };
                let message = format!("{name} must be a whole number {range}, not {}", describe(field.node));
                let hint = if too_large {
                    format!("the largest is {high}")
                } else if number < low as f64 {
                    format!("the smallest is {low}")
                } else {
                    "write it without decimals".to_owned()
                };
                self.wrong(field, Problem::new(self.document.codes.invalid_value, message).hint(hint));
                None
            }
        }
    }

    /// One of a set of words; the first word of each meaning is the one that messages name.
    pub(crate) fn choice<T: Copy + PartialEq>(&mut self, field: &Field<'_>, words: &[(&'static str, T)]) -> Option<T> {
        let is_first = |place: usize| words[..place].iter().all(|(_, other)| *other != words[place].1);
        let named: Vec<&str> = (0..words.len()).filter(|place| is_first(*place)).map(|place| words[place].0).collect();
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.word(field, &named, &known).map(|place| words[place].1)
    }

    /// The place of a word among those that are known; messages name some of them.
    pub(crate) fn word(&mut self, field: &Field<'_>, named: &[&str], known: &[&str]) -> Option<usize> {
        let all = list(named.iter().copied());
        let given = self.raw(field, &format!("one of {all}"), "write one of these words")?;
        let found = known.iter().position(|word| *word == given);
        if found.is_none() {
            let name = quote(last_key(&field.path));
            let hint = match nearest(given, known.iter().copied()) {
                Some(word) => format!("did you mean `{word}`?"),
                None => "write one of these words".to_owned(),
            };
            self.invalid(field, format!("{name} must be one of {all}, not {}", quote(given)), &hint);
        }
        found
    }
}

/// The name that a path ends with, list positions included.
pub(crate) fn last_key(path: &str) -> &str {
    match path.rfind('`') {
        // A quoted key may hold dots.
        Some(_) => path.trim_end_matches('`').rsplit('`').next().unwrap_or(path),
        None => path.rsplit('.').next().unwrap_or(path),
    }
}

/// A finite number in decimal digits: the grammar of JSON, and what YAML adds (`+0.5`, `.5`, `5.`).
pub(crate) fn parse_number(text: &str) -> Option<f64> {
    if text.len() > 64 || !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E')) {
        return None;
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}
