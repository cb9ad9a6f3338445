//! The draft as text: YAML that the dossier's reader takes, with the origin of every value beside it.

use std::fmt::Write as _;

use serde_json::Value;

use super::draft::{Record, Slot, Stated};
use super::{File, Filled, From};
use crate::dossier::SCHEMA_VERSION;
use crate::yaml::words::{bare, double_quoted};

/// The text of a draft; what it states is added to a list.
pub(super) fn yaml(root: &Record, files: &[File<'_>], filled: &mut Vec<Filled>) -> String {
    let names: Vec<String> = files.iter().map(|file| bare(file.name)).collect();
    let mut out = format!(
        "# A draft of a dossier, from {}.\n\
         # Behind every value stands where it comes from: check each, and add what only you know.\n\
         schema_version: {SCHEMA_VERSION}\n",
        names.join(", ")
    );
    Writer { out: &mut out, filled }.record(root, "", 0, false);
    out
}

struct Writer<'w> {
    out: &'w mut String,
    filled: &'w mut Vec<Filled>,
}

impl Writer<'_> {
    /// The first field of an item of a list stands behind its dash. Recursion follows the declaration.
    fn record(&mut self, record: &Record, path: &str, indent: usize, item: bool) {
        let mut dash = item;
        for (place, slot) in &record.fields {
            let name = record.specs[*place].name;
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            if indent == 0 {
                self.out.push('\n');
            }
            let lead = if dash { format!("{:1$}- ", "", indent - 2) } else { " ".repeat(indent) };
            dash = false;
            let _ = write!(self.out, "{lead}{name}:");
            match slot {
                Slot::Leaf(stated) => {
                    self.out.push(' ');
                    self.value(stated, path);
                }
                Slot::Leaves(list) => {
                    self.out.push('\n');
                    for (index, stated) in list.items.iter().enumerate() {
                        let _ = write!(self.out, "{:1$}- ", "", indent + 2);
                        self.value(stated, format!("{path}[{index}]"));
                    }
                }
                Slot::One(below) => {
                    self.out.push('\n');
                    self.record(below, &path, indent + 2, false);
                }
                Slot::Many(list) => {
                    self.out.push('\n');
                    for (index, below) in list.records.iter().enumerate() {
                        self.record(below, &format!("{path}[{index}]"), indent + 4, true);
                    }
                }
            }
        }
    }

    fn value(&mut self, stated: &Stated, path: String) {
        let _ = writeln!(self.out, "{}  # {}", scalar(&stated.value), words(&stated.from));
        self.filled.push(Filled { path, value: stated.value.clone(), from: stated.from.clone() });
    }
}

/// Texts always in double quotes, so that no character of theirs means anything to YAML.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => double_quoted(text),
        _ => value.to_string(),
    }
}

/// An origin for a comment.
fn words(from: &From) -> String {
    let line = from.line.map(|line| format!(", line {line}")).unwrap_or_default();
    let key = if from.key.is_empty() { String::new() } else { format!(": {}", bare(&from.key)) };
    format!("{}{line}{key}", bare(&from.file))
}
