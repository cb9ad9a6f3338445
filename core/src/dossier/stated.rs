//! What is stated: a value with who says so and on what evidence, or why there is none.

use serde_json::{Value, json};

use jiff::civil::Date as Day;

use super::evidence::Evidence;
use super::leaf::Leaf;
use super::record::{self, Declared, Record, Shape, Slot, Takes};
use crate::yaml::Key;
use crate::yaml::reader::{Field, Reader};
use crate::yaml::tree::{Place, Value as Written};

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
    absence: Absence,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Id of the person who says so.
    pub asserted_by: Option<String>,
    /// The day on which they said so.
    pub asserted_at: Option<Day>,
    place: Option<Place>,
}

/// One record, or why there is none.
#[derive(Clone, Debug, Default)]
pub struct One<R> {
    record: R,
    absence: Absence,
    given: bool,
}

/// A list of records, or why there is none.
#[derive(Clone, Debug)]
pub struct Many<R> {
    records: Vec<R>,
    absence: Absence,
    given: bool,
}

impl<T> Default for Stated<T> {
    fn default() -> Self {
        Self {
            value: None,
            absence: Absence::Missing,
            evidence: Vec::new(),
            asserted_by: None,
            asserted_at: None,
            place: None,
        }
    }
}

impl<R> Default for Many<R> {
    fn default() -> Self {
        Self { records: Vec::new(), absence: Absence::Missing, given: false }
    }
}

impl<T> Stated<T> {
    /// The value, where there is one.
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Line of the text on which it stands.
    pub fn line(&self) -> Option<u64> {
        self.place.map(|place| place.line)
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

/// `unknown`, or `not_applicable: reason`.
fn absence(reader: &mut Reader, field: &Field<'_>) -> Option<Absence> {
    match &field.node.value {
        Written::Scalar { text, quoted: false } if text == "unknown" => Some(Absence::Unknown),
        Written::Map(entries) if entries.iter().any(|entry| entry.key == "not_applicable") => {
            let keys = [Key::new("not_applicable", "no supplier is involved", "why there can be none")];
            let fields = reader.fields(field, &keys, "a value that is not applicable")?;
            let reason = fields.get("not_applicable").and_then(|reason| reader.text(&reason));
            if reason.is_none() {
                reader.missing(&fields, "not_applicable", "a value that is not applicable", "no supplier is involved");
            }
            Some(Absence::NotApplicable(reason.unwrap_or_default()))
        }
        _ => None,
    }
}

/// The canonical JSON of an absence.
fn absent(absence: &Absence) -> Option<Value> {
    match absence {
        Absence::Missing => None,
        Absence::Unknown => Some(json!({ "unknown": true })),
        Absence::NotApplicable(reason) => Some(json!({ "not_applicable": reason })),
    }
}

impl<T: Leaf> Takes for Stated<T> {
    const SHAPE: Shape = T::SHAPE;
}

impl<T: Leaf> Slot for Stated<T> {
    fn read(&mut self, reader: &mut Reader, field: &Field<'_>) {
        self.place = Some(field.node.place);
        if let Some(absence) = absence(reader, field) {
            self.absence = absence;
            return;
        }
        if !matches!(field.node.value, Written::Map(_)) {
            self.value = T::read(reader, field);
            return;
        }
        let Some(fields) = reader.fields(field, STATED, "a value with its evidence") else { return };
        match fields.get("value") {
            Some(value) => match self::absence(reader, &value) {
                Some(absence) => self.absence = absence,
                None => self.value = T::read(reader, &value),
            },
            None => reader.missing(&fields, "value", "a value with its evidence", "0.8"),
        }
        if let Some(evidence) = fields.get("evidence") {
            self.evidence = evidence
                .items()
                .iter()
                .map(|item| {
                    let mut evidence = Evidence::default();
                    record::fill(&mut evidence, Evidence::NAME, reader, item.node, &item.path);
                    evidence
                })
                .collect();
        }
        self.asserted_by = fields.get("asserted_by").and_then(|by| reader.text(&by));
        self.asserted_at = fields.get("asserted_at").and_then(|at| reader.day(&at));
    }

    fn canonical(&self) -> Option<Value> {
        let value = self.value.as_ref().map(Leaf::canonical).or_else(|| absent(&self.absence))?;
        if self.evidence.is_empty() && self.asserted_by.is_none() && self.asserted_at.is_none() {
            return Some(value);
        }
        let evidence: Vec<Value> = self.evidence.iter().map(|evidence| record::canonical(evidence)).collect();
        let mut stated = json!({ "value": value, "evidence": evidence });
        if let Some(by) = &self.asserted_by {
            stated["asserted_by"] = json!(by);
        }
        if let Some(at) = &self.asserted_at {
            stated["asserted_at"] = json!(at.to_string());
        }
        Some(stated)
    }

    fn absence(&self) -> Option<&Absence> {
        self.value.is_none().then_some(&self.absence)
    }

    fn records(&self) -> Vec<(String, &dyn Record)> {
        let evidence = self.evidence.iter().enumerate();
        evidence.map(|(index, evidence)| (format!(".evidence[{index}]"), evidence as &dyn Record)).collect()
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
        match absence(reader, field) {
            Some(absence) => self.absence = absence,
            None => {
                self.given = true;
                record::fill(&mut self.record, R::NAME, reader, field.node, &field.path);
            }
        }
    }

    fn canonical(&self) -> Option<Value> {
        if self.given { Some(record::canonical(&self.record)) } else { absent(&self.absence) }
    }

    fn absence(&self) -> Option<&Absence> {
        (!self.given).then_some(&self.absence)
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
        if let Some(absence) = absence(reader, field) {
            self.absence = absence;
            return;
        }
        self.given = true;
        for item in field.items() {
            let mut record = R::default();
            record::fill(&mut record, R::NAME, reader, item.node, &item.path);
            self.records.push(record);
        }
    }

    fn canonical(&self) -> Option<Value> {
        if self.given {
            Some(self.records.iter().map(|record| record::canonical(record)).collect())
        } else {
            absent(&self.absence)
        }
    }

    fn absence(&self) -> Option<&Absence> {
        (!self.given).then_some(&self.absence)
    }

    fn records(&self) -> Vec<(String, &dyn Record)> {
        let records = self.records.iter().enumerate();
        records.map(|(index, record)| (format!("[{index}]"), record as &dyn Record)).collect()
    }

    fn references(&self) -> Vec<&str> {
        Vec::new()
    }
}
