//! The draft: what the importers state, each value with its origin, in the shape that the dossier declares.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Conflict, File, Filled, From, Unread, write};
use crate::dossier::Dossier;
use crate::dossier::keys::DOSSIER;
use crate::dossier::leaf::{Digest, Instant, Leaf};
use crate::dossier::record::{Kind, Shape, Spec};
use crate::dossier::sections::operations::Monitor;
use crate::yaml::reader::{Field, Reader, last_key};
use crate::yaml::tree::{Node, Origin, Place, Value as Written};

/// Most statements that one file may make where it makes more than it has texts; a dossier holds no more.
pub(super) const MAX_STATEMENTS: usize = 100_000;

/// A text with its origin.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) text: String,
    pub(super) from: From,
}

impl Given {
    /// Another text from the same place.
    pub(super) fn saying(&self, text: impl Into<String>) -> Self {
        Self { text: text.into(), from: self.from.clone() }
    }
}

/// A value with its origin.
pub(super) struct Stated {
    pub(super) value: Value,
    pub(super) from: From,
}

/// A record of the draft: its fields by their place in the declaration.
pub(super) struct Record {
    pub(super) specs: &'static [Spec],
    pub(super) fields: BTreeMap<usize, Slot>,
}

pub(super) enum Slot {
    Leaf(Stated),
    Leaves(Items),
    One(Record),
    Many(Records),
}

/// Values of a list, each once.
#[derive(Default)]
pub(super) struct Items {
    pub(super) items: Vec<Stated>,
    known: BTreeSet<String>,
}

/// Records of a list, by what identifies them.
#[derive(Default)]
pub(super) struct Records {
    pub(super) records: Vec<Record>,
    index: BTreeMap<Vec<String>, usize>,
}

/// A record of a list, by the name of the list and what identifies it.
#[derive(Clone)]
pub(super) struct Item {
    list: &'static str,
    identity: Vec<String>,
    from: From,
}

/// The monitor behind an alert, with what is known of the labels by which the alert is routed.
#[derive(Clone)]
pub(super) struct Alert {
    pub(super) monitor: Item,
    pub(super) labels: BTreeMap<String, String>,
}

pub(super) struct Draft {
    root: Record,
    beside: Record,
    /// The alerts of the dossier and of the files so far.
    pub(super) alerts: Vec<Alert>,
    unread: Vec<Unread>,
    conflicts: Vec<Conflict>,
}

/// What a draft comes to: what it states, leaves out and contradicts, and its text.
type Finished = (Vec<Filled>, Vec<Unread>, Vec<Conflict>, String);

impl Draft {
    pub(super) fn new(beside: Option<(&Dossier, &str)>) -> Self {
        let mut draft = Self {
            root: Record::new(Dossier::keys()),
            beside: Record::new(Dossier::keys()),
            alerts: Vec::new(),
            unread: Vec::new(),
            conflicts: Vec::new(),
        };
        if let Some((dossier, name)) = beside {
            draft.beside.load(&dossier.canonical(), "", name);
            draft.alerts = alerts(dossier, name);
        }
        draft
    }

    /// States a value that is in no list of records.
    pub(super) fn set(&mut self, path: &str, given: Option<Given>) {
        let Some(given) = given else { return };
        let Some(shape) = shape_at(Dossier::keys(), path) else { return self.no_such(path, &given) };
        let Some(value) = self.value(shape, last_key(path), &given) else { return };
        self.state(None, path, shape, value, given.from);
    }

    /// Names a record of a list; with a text for each of the fields that identify it. Without one there is none.
    pub(super) fn item(&mut self, list: &'static str, identity: &[&str], from: From) -> Option<Item> {
        let identity: Vec<String> = identity.iter().map(|text| text.trim().to_owned()).collect();
        if identity.first().is_none_or(String::is_empty) {
            return None;
        }
        let item = Item { list, identity, from };
        // A dossier that says there can be none.
        if let Some(Slot::Leaf(kept)) = self.beside.slot(list) {
            let (kept, kept_from) = (kept.value.clone(), kept.from.clone());
            let given = Value::from(item.identity[0].as_str());
            self.conflicts.push(Conflict { path: list.to_owned(), kept, kept_from, given, from: item.from });
            return None;
        }
        if self.beside.many(list).is_none_or(|records| !records.index.contains_key(&item.identity)) {
            self.root.record(&item);
        }
        Some(item)
    }

    /// States a value of a record of a list.
    pub(super) fn set_in(&mut self, item: &Item, field: &str, given: Option<Given>) {
        let Some(given) = given else { return };
        let Some(Shape::Many(specs)) = shape_at(Dossier::keys(), item.list) else { return self.no_such(field, &given) };
        let Some(shape) = shape_at(specs, field) else { return self.no_such(field, &given) };
        let Some(value) = self.value(shape, field, &given) else { return };
        self.state(Some(item), field, shape, value, given.from);
    }

    /// Lists something that could not be used.
    pub(super) fn note(&mut self, from: From, why: impl Into<String>) {
        self.unread.push(Unread { from, why: why.into(), count: 1 });
    }

    /// Lists what an importer left of a file.
    pub(super) fn leave(&mut self, unread: Vec<Unread>) {
        self.unread.extend(unread);
    }

    /// Whether a value of a record of the draft is stated.
    pub(super) fn states(&self, item: &Item, field: &str) -> bool {
        let records = self.root.many(item.list);
        let record = records.and_then(|records| records.records.get(*records.index.get(&item.identity)?));
        record.is_some_and(|record| record.slot(field).is_some())
    }

    pub(super) fn finish(self, files: &[File<'_>]) -> Finished {
        let mut filled = Vec::new();
        let text = write::yaml(&self.root, files, &mut filled);
        (filled, together(self.unread), self.conflicts, text)
    }

    /// A mistake of an importer, which tests of every field find; what was read is not lost.
    fn no_such(&mut self, path: &str, given: &Given) {
        debug_assert!(false, "the dossier has no {path}");
        self.note(given.from.clone(), "no place in a dossier");
    }

    /// The value in the type of its field, as the dossier's own reader takes it.
    fn value(&mut self, shape: Shape, name: &str, given: &Given) -> Option<Value> {
        let (Shape::Leaf(kind) | Shape::Leaves(kind)) = shape else { return None };
        match canonical(kind, name, &given.text) {
            Ok(value) => Some(value),
            Err(why) => {
                self.note(given.from.clone(), why);
                None
            }
        }
    }

    fn state(&mut self, item: Option<&Item>, field: &str, shape: Shape, value: Value, from: From) {
        let start = |records: Option<&Records>, item: &Item| {
            records
                .and_then(|records| records.index.get(&item.identity))
                .map(|place| format!("{}[{place}].", item.list))
        };
        // Where the dossier states it already, the draft does not.
        let before = match item {
            None => Some((&self.beside, String::new())),
            Some(item) => self.beside.many(item.list).and_then(|records| {
                let place = start(Some(records), item)?;
                Some((&records.records[*records.index.get(&item.identity)?], place))
            }),
        };
        if let Some((record, start)) = before
            && let Some(kept) = record.kept(field, &value)
        {
            if kept.value != value {
                let path = format!("{start}{field}");
                let (kept, kept_from) = (kept.value.clone(), kept.from.clone());
                self.conflicts.push(Conflict { path, kept, kept_from, given: value, from });
            }
            return;
        }
        let record = match item {
            None => Some(&mut self.root),
            Some(item) => self.root.record(item),
        };
        let Some(conflict) = record.and_then(|record| record.put(field, shape, value, from)) else { return };
        let start = item.and_then(|item| start(self.root.many(item.list), item)).unwrap_or_default();
        self.conflicts.push(Conflict { path: format!("{start}{field}"), ..conflict });
    }
}

/// The alerts that a dossier names.
fn alerts(dossier: &Dossier, file: &str) -> Vec<Alert> {
    let alert = |(index, monitor): (usize, &Monitor)| {
        let key = format!("monitoring.monitors[{index}]");
        let identity = vec![monitor.id.text()?.to_owned()];
        let from = From { file: file.to_owned(), line: None, key };
        let labels = BTreeMap::from([("alertname".to_owned(), monitor.alert.text()?.to_owned())]);
        Some(Alert { monitor: Item { list: "monitoring.monitors", identity, from }, labels })
    };
    dossier.monitoring.monitors.iter().enumerate().filter_map(alert).collect()
}

/// What is left out of many members of a list for one reason, once, with their number.
fn together(all: Vec<Unread>) -> Vec<Unread> {
    let mut places = BTreeMap::new();
    let mut out: Vec<Unread> = Vec::new();
    for unread in all {
        let alike = (unread.from.file.clone(), unnumbered(&unread.from.key), unread.why.clone());
        match places.entry(alike) {
            Entry::Vacant(place) => {
                place.insert(out.len());
                out.push(unread);
            }
            Entry::Occupied(place) => out[*place.get()].count += unread.count,
        }
    }
    out
}

/// A path without the numbers of lists.
fn unnumbered(path: &str) -> String {
    let parts = path.split('[').map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()));
    parts.collect::<Vec<_>>().join("[")
}

impl Record {
    fn new(specs: &'static [Spec]) -> Self {
        Self { specs, fields: BTreeMap::new() }
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.specs.iter().position(|spec| spec.name == name)
    }

    /// What is at a path of names.
    fn slot(&self, path: &str) -> Option<&Slot> {
        let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
        let slot = self.fields.get(&self.place(name)?)?;
        match (rest, slot) {
            (None, slot) => Some(slot),
            (Some(rest), Slot::One(below)) => below.slot(rest),
            // Where there can be no record, there can be none of its fields.
            (Some(_), Slot::Leaf(_)) => Some(slot),
            _ => None,
        }
    }

    fn many(&self, path: &str) -> Option<&Records> {
        match self.slot(path)? {
            Slot::Many(records) => Some(records),
            _ => None,
        }
    }

    /// The statement that keeps another from being made: the same one, or one that contradicts it.
    fn kept(&self, path: &str, value: &Value) -> Option<&Stated> {
        match self.slot(path)? {
            Slot::Leaf(stated) => Some(stated),
            Slot::Leaves(list) => list.items.iter().find(|stated| stated.value == *value),
            _ => None,
        }
    }

    /// The record that holds the last name of a path, made where it is not there yet.
    fn holder<'r, 'p>(&'r mut self, path: &'p str) -> Option<(&'r mut Record, &'p str)> {
        let Some((name, rest)) = path.split_once('.') else { return Some((self, path)) };
        let place = self.place(name)?;
        let Shape::One(specs) = self.specs[place].shape else { return None };
        match self.fields.entry(place).or_insert_with(|| Slot::One(Record::new(specs))) {
            Slot::One(below) => below.holder(rest),
            _ => None,
        }
    }

    /// States a value; the answer is the conflict with one that stands, whose path is the caller's to give.
    fn put(&mut self, path: &str, shape: Shape, value: Value, from: From) -> Option<Conflict> {
        let (holder, name) = self.holder(path)?;
        let place = holder.place(name)?;
        if let Shape::Leaves(_) = shape {
            let slot = holder.fields.entry(place).or_insert_with(|| Slot::Leaves(Items::default()));
            if let Slot::Leaves(list) = slot
                && list.known.insert(value.to_string())
            {
                list.items.push(Stated { value, from });
            }
            return None;
        }
        match holder.fields.get(&place) {
            None => {
                holder.fields.insert(place, Slot::Leaf(Stated { value, from }));
                None
            }
            Some(Slot::Leaf(kept)) if kept.value != value => {
                let (kept, kept_from) = (kept.value.clone(), kept.from.clone());
                Some(Conflict { path: String::new(), kept, kept_from, given: value, from })
            }
            Some(_) => None,
        }
    }

    /// A record of a list, made where it is not there yet.
    fn record(&mut self, item: &Item) -> Option<&mut Record> {
        let (holder, name) = self.holder(item.list)?;
        let place = holder.place(name)?;
        let Shape::Many(specs) = holder.specs[place].shape else { return None };
        let slot = holder.fields.entry(place).or_insert_with(|| Slot::Many(Records::default()));
        let Slot::Many(records) = slot else { return None };
        let place = *records.index.entry(item.identity.clone()).or_insert_with(|| {
            let mut record = Record::new(specs);
            for (field, text) in identity(specs).zip(&item.identity).filter(|(_, text)| !text.is_empty()) {
                let stated = Stated { value: Value::from(text.as_str()), from: item.from.clone() };
                record.fields.insert(field, Slot::Leaf(stated));
            }
            records.records.push(record);
            records.records.len() - 1
        });
        records.records.get_mut(place)
    }

    /// Takes over what a dossier states. Recursion follows the declaration.
    fn load(&mut self, canonical: &Value, path: &str, file: &str) {
        for (place, spec) in self.specs.iter().enumerate() {
            let Some(value) = canonical.get(spec.name) else { continue };
            // A value with its evidence; that it is unknown says nothing that a file could contradict.
            let value = value.get("evidence").and_then(|_| canonical[spec.name].get("value")).unwrap_or(value);
            if value.get("unknown").is_some() {
                continue;
            }
            let path = if path.is_empty() { spec.name.to_owned() } else { format!("{path}.{}", spec.name) };
            let stated = |value: &Value| Stated {
                value: value.clone(),
                from: From { file: file.to_owned(), line: None, key: path.clone() },
            };
            let slot = match (spec.shape, value) {
                _ if value.get("not_applicable").is_some() => Slot::Leaf(stated(value)),
                (Shape::One(specs), Value::Object(_)) => {
                    let mut below = Record::new(specs);
                    below.load(value, &path, file);
                    Slot::One(below)
                }
                (Shape::Many(specs), Value::Array(items)) => {
                    let mut records = Records::default();
                    for (index, item) in items.iter().enumerate() {
                        let mut below = Record::new(specs);
                        below.load(item, &format!("{path}[{index}]"), file);
                        let text = |field: usize| match below.fields.get(&field) {
                            Some(Slot::Leaf(stated)) => stated.value.as_str().unwrap_or_default().to_owned(),
                            _ => String::new(),
                        };
                        records.index.insert(identity(specs).map(text).collect(), index);
                        records.records.push(below);
                    }
                    Slot::Many(records)
                }
                (Shape::Leaves(_), Value::Array(items)) => {
                    let items = items.iter().map(stated).collect();
                    Slot::Leaves(Items { items, known: BTreeSet::new() })
                }
                _ => Slot::Leaf(stated(value)),
            };
            self.fields.insert(place, slot);
        }
    }
}

/// Places of the fields that tell records of a list apart: the first that must be there, and the group of a number.
fn identity(specs: &'static [Spec]) -> impl Iterator<Item = usize> {
    let first = specs.iter().position(|spec| spec.required);
    first.into_iter().chain(specs.iter().position(|spec| spec.name == "group"))
}

fn shape_at(specs: &[Spec], path: &str) -> Option<Shape> {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let shape = specs.iter().find(|spec| spec.name == name)?.shape;
    match (rest, shape) {
        (None, shape) => Some(shape),
        (Some(rest), Shape::One(below)) => shape_at(below, rest),
        _ => None,
    }
}

/// A text as the canonical value of a field, or why it is none: the dossier's own reader decides.
fn canonical(kind: Kind, name: &str, text: &str) -> Result<Value, String> {
    // A moment will do for a day.
    let text = match (kind, text.as_bytes().get(10)) {
        (Kind::Date, Some(b'T' | b' ')) => text.get(..10).unwrap_or(text),
        _ => text,
    };
    let place = Place { origin: Origin::Text, line: 1, column: 1 };
    let quoted = !matches!(kind, Kind::Number | Kind::Count | Kind::Flag);
    let text = if kind == Kind::Flag { text.to_ascii_lowercase() } else { text.to_owned() };
    let node = Node { place, value: Written::Scalar { text, quoted } };
    let field = Field { node: &node, key: place, path: name.to_owned() };
    let mut reader = Reader::new(&DOSSIER, "");
    let value = match kind {
        Kind::Text | Kind::Reference(_) => read::<String>(&mut reader, &field),
        Kind::Number => read::<f64>(&mut reader, &field),
        Kind::Count => read::<u64>(&mut reader, &field),
        Kind::Flag => read::<bool>(&mut reader, &field),
        Kind::Date => read::<jiff::civil::Date>(&mut reader, &field),
        Kind::Moment => read::<Instant>(&mut reader, &field),
        Kind::Sha256 => read::<Digest>(&mut reader, &field),
        Kind::Choice(words) => reader.word(&field, words, words).map(|place| Value::from(words[place])),
    };
    let because = |error: crate::error::Error| {
        error.problems.into_iter().next().map(|problem| problem.message).unwrap_or_default()
    };
    reader.finish(value).map_err(because)
}

fn read<T: Leaf>(reader: &mut Reader, field: &Field<'_>) -> Option<Value> {
    T::read(reader, field).map(|value| value.canonical())
}
