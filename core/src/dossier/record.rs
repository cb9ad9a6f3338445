//! How a record of the dossier is declared, read, walked and written: once, for all of them.
//!
//! A record is declared with [`record!`]: its fields, what they mean and an example of each. The reader, the JSON
//! Schema, the first dossier that `init` writes and the canonical form all follow from the declaration.

use serde_json::{Map, Value};

use super::stated::Absence;
use crate::yaml::reader::{Field, Reader};
use crate::yaml::{Key, tree};

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// One value.
    Leaf(Kind),
    /// A list of values, or a single one.
    Leaves(Kind),
    /// One record.
    One(&'static [Spec]),
    /// A list of records.
    Many(&'static [Spec]),
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text for people.
    Text,
    /// A number.
    Number,
    /// A whole number of at least 0.
    Count,
    /// `true` or `false`.
    Flag,
    /// A day, `2026-01-31`.
    Date,
    /// A moment, `2026-01-31T09:30:00Z`.
    Moment,
    /// SHA-256 of a file in hexadecimal.
    Sha256,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// The id of another record of the dossier.
    Reference(Target),
}

/// What an id refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A person, under `people.persons`.
    PersonId,
    /// A data set, under `data.datasets`.
    DatasetId,
    /// A criterion of the dossier or of the plan.
    CriterionId,
    /// A monitor, under `monitoring.monitors`.
    MonitorId,
    /// A risk, under `risks`.
    RiskId,
}

/// One field of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// Its key.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// An example in YAML's short form.
    pub example: &'static str,
    /// Whether a record without it cannot be told from others.
    pub required: bool,
    /// What it takes.
    pub shape: Shape,
}

/// A field of any type, as the reader and the walker see it.
pub(crate) trait Slot {
    /// Reads it from the text.
    fn read(&mut self, reader: &mut Reader, field: &Field<'_>);
    /// Its JSON in the canonical dossier; `None` where it is missing.
    fn canonical(&self) -> Option<Value>;
    /// Why there is nothing, or `None` where something is given.
    fn absence(&self) -> Option<&Absence>;
    /// The records below, each with the end of its path.
    fn records(&self) -> Vec<(String, &dyn Record)>;
    /// The ids it refers to.
    fn references(&self) -> Vec<&str>;
}

/// A type that a field may have.
pub(crate) trait Takes {
    /// What it takes.
    const SHAPE: Shape;
}

/// A mapping with known keys.
pub(crate) trait Record {
    /// Its fields.
    fn specs(&self) -> &'static [Spec];
    /// Their values, in the order of the declaration.
    fn slots(&self) -> Vec<&dyn Slot>;
    /// The same to be filled in.
    fn slots_mut(&mut self) -> Vec<&mut dyn Slot>;
}

/// A record whose fields are known without one at hand.
pub(crate) trait Declared: Record + Default {
    /// Its fields.
    const SPECS: &'static [Spec];
    /// What one of them is, after "a record of".
    const NAME: &'static str;
}

/// Fills a record from a mapping, noting every problem.
pub(crate) fn fill(record: &mut dyn Record, name: &str, reader: &mut Reader, node: &tree::Node, path: &str) {
    let specs = record.specs();
    let keys: Vec<Key> = specs.iter().map(|spec| Key::new(spec.name, spec.example, spec.about)).collect();
    let Some(fields) = reader.fields_of(node, path, &keys, name) else { return };
    for (spec, slot) in specs.iter().zip(record.slots_mut()) {
        match fields.get(spec.name) {
            Some(field) => slot.read(reader, &field),
            None if spec.required => reader.missing(&fields, spec.name, name, spec.example),
            None => {}
        }
    }
}

/// The canonical JSON of a record: what is stated, and nothing else.
pub(crate) fn canonical(record: &dyn Record) -> Value {
    let members = record.specs().iter().zip(record.slots());
    let stated = members.filter_map(|(spec, slot)| Some((spec.name.to_owned(), slot.canonical()?)));
    Value::Object(stated.collect::<Map<_, _>>())
}

/// Calls a function for every field of a record and of all records below it, with its path.
pub(crate) fn walk<'r>(record: &'r dyn Record, path: &str, visit: &mut dyn FnMut(&str, &Spec, &'r dyn Slot)) {
    for (spec, slot) in record.specs().iter().zip(record.slots()) {
        let path = if path.is_empty() { spec.name.to_owned() } else { format!("{path}.{}", spec.name) };
        visit(&path, spec, slot);
        for (end, below) in slot.records() {
            walk(below, &format!("{path}{end}"), visit);
        }
    }
}

/// Declares a record: the fields of a mapping with what they mean and an example of each.
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        $name:ident as $words:literal {
            $($(#[doc = $about:literal])+ $field:ident $(($required:ident))?: $type:ty = $example:literal;)+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $($(#[doc = $about])+ pub $field: $type,)+
        }

        impl $crate::dossier::record::Declared for $name {
            const SPECS: &'static [$crate::dossier::record::Spec] = &[
                $($crate::dossier::record::Spec {
                    name: stringify!($field),
                    about: concat!($($about),+),
                    example: $example,
                    required: $crate::dossier::record::record!(@ $($required)?),
                    shape: <$type as $crate::dossier::record::Takes>::SHAPE,
                },)+
            ];
            const NAME: &'static str = $words;
        }

        impl $crate::dossier::record::Record for $name {
            fn specs(&self) -> &'static [$crate::dossier::record::Spec] {
                <Self as $crate::dossier::record::Declared>::SPECS
            }

            fn slots(&self) -> Vec<&dyn $crate::dossier::record::Slot> {
                vec![$(&self.$field),+]
            }

            fn slots_mut(&mut self) -> Vec<&mut dyn $crate::dossier::record::Slot> {
                vec![$(&mut self.$field),+]
            }
        }
    };
    (@ required) => { true };
    (@) => { false };
}
pub(crate) use record;
