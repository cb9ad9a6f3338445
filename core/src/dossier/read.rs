//! Text -> [`Dossier`]: every problem at once.

use std::collections::BTreeMap;

use super::keys::DOSSIER;
use super::record::Declared;
use super::{Dossier, SCHEMA_VERSION, record};
use crate::error::{Problem, Result};
use crate::yaml::reader::Reader;
use crate::yaml::tree::{Node, Origin, Place, Value};
use crate::yaml::words::{join_path, quote};

impl Dossier {
    /// Reads a dossier in YAML or JSON. `source` names the text in errors, such as `dossier.yaml`.
    ///
    /// # Errors
    /// Every problem of the text at once, each with line, column and what to do.
    pub fn parse(text: &str, source: &str) -> Result<Self> {
        let mut reader = Reader::new(&DOSSIER, source);
        let read = reader.tree(text, Origin::Text).map(|tree| {
            let mut dossier = Self::default();
            record::fill(&mut dossier, Self::NAME, &mut reader, &tree, "");
            version(&mut reader, &tree, &dossier);
            unique_ids(&mut reader, &tree, "");
            dossier
        });
        reader.finish(read)
    }
}

fn version(reader: &mut Reader, tree: &Node, dossier: &Dossier) {
    let Some(version) = dossier.schema_version.get().filter(|version| **version != SCHEMA_VERSION) else { return };
    let message = format!("this release reads version {SCHEMA_VERSION} of the dossier format, not {version}");
    let problem = Problem::new(DOSSIER.codes.invalid_value, message);
    reader.report(tree.place, "schema_version", problem.hint("install the release that wrote it, or a later one"));
}

/// Notes ids that stand twice in one list: nobody could tell which of the two is meant.
fn unique_ids(reader: &mut Reader, node: &Node, path: &str) {
    match &node.value {
        Value::Scalar { .. } => {}
        Value::List(items) => {
            let mut seen = BTreeMap::new();
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}[{index}]");
                if let Some((id, place)) = id(item)
                    && let Some(first) = seen.insert(id, index)
                {
                    let message = format!("the id {} stands twice in this list", quote(id));
                    let problem = Problem::new(DOSSIER.codes.invalid_value, message);
                    let hint = format!("entry {} has it too: give each its own", first + 1);
                    reader.report(place, &join_path(&path, "id"), problem.hint(hint));
                }
                unique_ids(reader, item, &path);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                unique_ids(reader, &entry.value, &join_path(path, &entry.key));
            }
        }
    }
}

fn id(node: &Node) -> Option<(&str, Place)> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key == "id").and_then(|entry| match &entry.value.value {
        Value::Scalar { text, .. } => Some((text.as_str(), entry.value.place)),
        _ => None,
    })
}
