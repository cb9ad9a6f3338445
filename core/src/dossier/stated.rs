//! What is stated: a value with who says so and on what evidence, or why there is none.

use serde_json::{Value, json};

use jiff::civil::Date as Day;

use super::evidence::Evidence;
use super::leaf::Leaf;
use super::record::{self, Declared, Record, Shape, Slot, Takes};
use crate::yaml::Key;
use crate::yaml::reader::{Field, Reader};
use crate::yaml::tree::Value as Written;

/// Why there is no value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Absence {
    /// Nobody said anything.
    #[default]
    Missing,
    /// Somebody says that it is not known.
    Unknown,
    /// Somebody says that there can be none, and why.
    NotApplicable(String),
}

/// A value of a dossier: `{value, evidence, asserted_by, asserted_at}`, or the value alone.
#[derive(Clone, Debug)]
pub struct Stated<T> {
    value: Option<T>,
    said: Said,
}

/// One record, or why there is none.
#[derive(Clone, Debug, Default)]
pub struct One<R> {
    record: R,
    given: bool,
    said: Said,
}

/// A list of records, or why there is none.
#[derive(Clone, Debug)]
pub struct Many<R> {
    records: Vec<R>,
    given: bool,
    said: Said,
}

/// What is said besides a value: mostly nothing.
#[derive(Clone, Debug, Default)]
struct Said(Option<Box<Circumstances>>);

#[derive(Clone, Debug, Default)]
struct Circumstances {
    absence: Absence,
    evidence: Vec<Evidence>,
    asserted_by: Option<String>,
    asserted_at: Option<Day>,
}

impl<T> Default for Stated<T> {
    fn default() -> Self {
        Self { value: None, said: Said(None) }
    }
}

impl<R> Default for Many<R> {
    fn default() -> Self {
        Self { records: Vec::new(), given: false, said: Said(None) }
    }
}

impl<T> Stated<T> {
    /// The value, where there is one.
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// What it rests on.
    pub fn evidence(&self) -> &[Evidence] {
        self.said.evidence()
    }

    /// Id of the person who says so.
    pub fn asserted_by(&self) -> Option<&str> {
        self.said.0.as_ref()?.asserted_by.as_deref()
    }

    /// The day on which they said so.
    pub fn asserted_at(&self) -> Option<Day> {
        self.said.0.as_ref()?.asserted_at
    }
}

impl<T> Stated<Vec<T>> {
    /// The values, of which there may be none.
    pub fn items(&self) -> &[T] {
        self.value.as_deref().unwrap_or_default()
    }
}

impl Stated<String> {
    /// The text, where there is one.
    pub fn text(&self) -> Option<&str> {
        self.value.as_deref()
    }
}

impl<R> std::ops::Deref for One<R> {
    type Target = R;

    /// The record; every field is missing where there is none.
    fn deref(&self) -> &R {
        &self.record
    }
}

impl<R> std::ops::Deref for Many<R> {
    type Target = [R];

    fn deref(&self) -> &[R] {
        &self.records
    }
}

/// Keys of a value that says more than itself.
const STATED: &[Key] = &[
    Key::new("value", "0.8", "the value itself"),
    Key::new("evidence", "[{uri: policy.pdf}]", "what it rests on"),
    Key::new("asserted_by", "p-lee", "id of the person who says so"),
    Key::new("asserted_at", "2026-01-31", "the day on which they said so"),
];

// What follows is written without the type of a value where it can be: there are three hundred fields.

impl Said {
    fn absence(&self) -> &Absence {
        self.0.as_ref().map_or(&Absence::Missing, |said| &said.absence)
    }

    fn evidence(&self) -> &[Evidence] {
        self.0.as_ref().map_or(&[], |said| said.evidence.as_slice())
    }

    /// Reads what is said besides a value; the field of the value itself, where there is one.
    fn read<'t>(&mut self, reader: &mut Reader, field: &Field<'t>) -> Option<Field<'t>> {
        if self.is_absent(reader, field) {
            return None;
        }
        if !matches!(field.node.value, Written::Map(_)) {
            return Some(field.clone());
        }
        let fields = reader.fields(field, STATED, "a value with its evidence")?;
        let evidence = fields.get("evidence");
        let evidence = evidence
            .iter()
            .flat_map(Field::items)
            .map(|item| {
                let mut evidence = Evidence::default();
                record::fill(&mut evidence, Evidence::NAME, reader, item.node, &item.path);
                evidence
            })
            .collect();
        let said = self.0.get_or_insert_default();
        said.evidence = evidence;
        said.asserted_by = fields.get("asserted_by").and_then(|by| reader.text(&by));
        said.asserted_at = fields.get("asserted_at").and_then(|at| reader.day(&at));
        let value = fields.get("value");
        match &value {
            Some(value) if self.is_absent(reader, value) => return None,
            Some(_) => {}
            None => reader.missing(&fields, "value", "a value with its evidence", "0.8"),
        }
        value
    }

    /// Whether it is `unknown`, or `not_applicable: reason`.
    fn is_absent(&mut self, reader: &mut Reader, field: &Field<'_>) -> bool {
        let absence = match &field.node.value {
            Written::Scalar { text, .. } if text == "unknown" => Absence::Unknown,
            Written::Map(entries) if entries.iter().any(|entry| entry.key == "not_applicable") => {
                let keys = [Key::new("not_applicable", "no supplier is involved", "why there can be none")];
                let fields = reader.fields(field, &keys, "a value that is not applicable");
                let reason = fields.as_ref().and_then(|fields| fields.get("not_applicable"));
                let reason = reason.and_then(|reason| reader.text(&reason));
                if let (None, Some(fields)) = (&reason, &fields) {
                    let example = "no supplier is involved";
                    reader.missing(fields, "not_applicable", "a value that is not applicable", example);
                }
                Absence::NotApplicable(reason.unwrap_or_default())
            }
            _ => return false,
        };
        self.0.get_or_insert_default().absence = absence;
        true
    }

    /// The canonical JSON of a value, or of its absence, with what is said besides.
    fn canonical(&self, value: Option<Value>) -> Option<Value> {
        let value = value.or_else(|| match self.absence() {
            Absence::Missing => None,
            Absence::Unknown => Some(json!({ "unknown": true })),
            Absence::NotApplicable(reason) => Some(json!({ "not_applicable": reason })),
        })?;
        let Some(said) = &self.0 else { return Some(value) };
        if said.evidence.is_empty() && said.asserted_by.is_none() && said.asserted_at.is_none() {
            return Some(value);
        }
        let evidence: Vec<Value> = said.evidence.iter().map(|evidence| record::canonical(evidence)).collect();
        let mut stated = json!({ "value": value, "evidence": evidence });
        if let Some(by) = &said.asserted_by {
            stated["asserted_by"] = json!(by);
        }
        if let Some(at) = said.asserted_at {
            stated["asserted_at"] = json!(at.to_string());
        }
        Some(stated)
    }
}

impl<T: Leaf> Takes for Stated<T> {
    const SHAPE: Shape = T::SHAPE;
}

impl<T: Leaf> Slot for Stated<T> {
    fn read(&mut self, reader: &mut Reader, field: &Field<'_>) {
        self.value = self.said.read(reader, field).and_then(|value| T::read(reader, &value));
    }

    fn canonical(&self) -> Option<Value> {
        self.said.canonical(self.value.as_ref().map(Leaf::canonical))
    }

    fn absence(&self) -> Option<&Absence> {
        self.value.is_none().then_some(self.said.absence())
    }

    fn records(&self) -> Vec<(String, &dyn Record)> {
        listed(".evidence", each(self.said.evidence()))
    }

    fn references(&self) -> Vec<&str> {
        self.value.as_ref().map(Leaf::texts).unwrap_or_default()
    }
}

impl<R: Declared> Takes for One<R> {
    const SHAPE: Shape = Shape::One(R::SPECS);
}

impl<R: Declared> Slot for One<R> {
    fn read(&mut self, reader: &mut Reader, field: &Field<'_>) {
        self.given = !self.said.is_absent(reader, field);
        if self.given {
            record::fill(&mut self.record, R::NAME, reader, field.node, &field.path);
        }
    }

    fn canonical(&self) -> Option<Value> {
        self.said.canonical(self.given.then(|| record::canonical(&self.record)))
    }

    fn absence(&self) -> Option<&Absence> {
        (!self.given).then_some(self.said.absence())
    }

    fn records(&self) -> Vec<(String, &dyn Record)> {
        if self.given { vec![(String::new(), &self.record)] } else { Vec::new() }
    }

    fn references(&self) -> Vec<&str> {
        Vec::new()
    }
}

impl<R: Declared> Takes for Many<R> {
    const SHAPE: Shape = Shape::Many(R::SPECS);
}

impl<R: Declared> Slot for Many<R> {
    fn read(&mut self, reader: &mut Reader, field: &Field<'_>) {
        self.given = !self.said.is_absent(reader, field);
        if self.given {
            let items = field.items();
            self.records.resize_with(items.len(), R::default);
            let records = self.records.iter_mut().map(|record| record as &mut dyn Record).collect();
            fill_all(records, R::NAME, reader, &items);
        }
    }

    fn canonical(&self) -> Option<Value> {
        self.said.canonical(self.given.then(|| each(&self.records).into_iter().map(record::canonical).collect()))
    }

    fn absence(&self) -> Option<&Absence> {
        (!self.given).then_some(self.said.absence())
    }

    fn records(&self) -> Vec<(String, &dyn Record)> {
        listed("", each(&self.records))
    }

    fn references(&self) -> Vec<&str> {
        Vec::new()
    }
}

fn fill_all(records: Vec<&mut dyn Record>, name: &str, reader: &mut Reader, items: &[Field<'_>]) {
    for (record, item) in records.into_iter().zip(items) {
        record::fill(record, name, reader, item.node, &item.path);
    }
}

fn each<R: Declared>(records: &[R]) -> Vec<&dyn Record> {
    records.iter().map(|record| record as &dyn Record).collect()
}

/// Records with their places in a list.
fn listed<'r>(of: &str, records: Vec<&'r dyn Record>) -> Vec<(String, &'r dyn Record)> {
    records.into_iter().enumerate().map(|(index, record)| (format!("{of}[{index}]"), record)).collect()
}
