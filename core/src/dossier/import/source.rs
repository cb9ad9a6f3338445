//! A foreign text as a tree of which everything is accounted for: what no importer asked for is listed as unread.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::draft::Given;
use super::{From, Unread};
use crate::error::{Code, Problem, Result};
use crate::yaml::tree::{self, Node, Origin, Place, Value};
use crate::yaml::words::{describe, join_path};
use crate::yaml::{Codes, Document};

/// Largest text, as for a dossier.
pub(super) const MAX_BYTES: usize = 4 << 20;
/// Most documents in one text.
const MAX_DOCUMENTS: usize = 10_000;

static FOREIGN: Document = Document {
    name: "file to import",
    example: "key: value",
    empty: "name a file that says something",
    depth: 64,
    codes: Codes {
        syntax: Code::FileDamaged,
        unknown_key: Code::FileDamaged,
        duplicate_key: Code::FileDamaged,
        missing_key: Code::FileDamaged,
        wrong_type: Code::FileDamaged,
        invalid_value: Code::FileDamaged,
    },
    unknown_key: |_, _| String::new(),
};

/// One tree of one file.
pub(super) struct Source {
    file: String,
    /// Path of the tree within the file.
    root: String,
    /// Lines of the file before the text of the tree.
    lines: u64,
    tree: Node,
    seen: RefCell<BTreeSet<Place>>,
    notes: RefCell<Vec<Unread>>,
}

/// A value within a source.
#[derive(Clone)]
pub(super) struct Found<'s> {
    source: &'s Source,
    node: &'s Node,
    path: String,
}

/// Refuses a text that is larger than the tree reader takes, for those that read lines.
pub(super) fn check_size(file: &str, text: &str) -> Result<()> {
    if text.len() <= MAX_BYTES {
        return Ok(());
    }
    let message = format!("a file to import holds at most {} MiB of text", MAX_BYTES >> 20);
    Err(Problem::new(Code::BudgetExceeded, message).source(file).into())
}

/// Every tree of a text: YAML documents between `---`, or JSON values, one a line.
pub(super) fn trees(file: &str, text: &str) -> Result<Vec<Source>> {
    check_size(file, text)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut parts: Vec<(u64, &str)> = Vec::new();
    if one_a_line(text) {
        let lines = (0..).zip(text.lines());
        parts.extend(lines.filter(|(_, line)| !line.trim().is_empty()));
    } else {
        let (mut start, mut first, mut at) = (0, 0, 0);
        for (number, line) in (0..).zip(text.split_inclusive('\n')) {
            // Within a document such a line can only be the start of the next one.
            if line.trim_end() == "---" {
                parts.push((first, &text[start..at]));
                (start, first) = (at + line.len(), number + 1);
            }
            at += line.len();
        }
        parts.push((first, &text[start..]));
        parts.retain(|(_, part)| part.lines().any(|line| !line.trim().is_empty() && !line.starts_with('#')));
    }
    if parts.len() > MAX_DOCUMENTS {
        let message = format!("a file to import holds at most {MAX_DOCUMENTS} documents");
        return Err(Problem::new(Code::BudgetExceeded, message).source(file).into());
    }
    if parts.is_empty() {
        return Err(FOREIGN.is_empty().source(file).into());
    }
    parts.into_iter().map(|(lines, part)| Source::parse(file, part, String::new(), lines)).collect()
}

/// Whether it is a list or mapping of nothing.
fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Scalar { .. } => false,
    }
}

fn one_a_line(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let more = lines.clone().nth(1).is_some();
    more && lines.all(|line| line.starts_with('{') && line.ends_with('}'))
}

impl Source {
    /// Reads a text that starts after some lines of a file, and whose paths start with some path.
    pub(super) fn parse(file: &str, text: &str, root: String, lines: u64) -> Result<Self> {
        let (tree, duplicates) = tree::parse(text, Origin::Text, &FOREIGN).map_err(|found| {
            let placed = |(place, problem): (Place, Problem)| problem.at(place.line + lines, place.column);
            crate::error::Error { problems: found.into_iter().map(placed).collect() }.in_source(file)
        })?;
        let source =
            Self { file: file.to_owned(), root, lines, tree, seen: RefCell::default(), notes: RefCell::default() };
        for (place, problem) in duplicates {
            source.note(
                place,
                problem.location.field.unwrap_or_default(),
                "the key stands twice; the first one counts",
            );
        }
        Ok(source)
    }

    pub(super) fn root(&self) -> Found<'_> {
        Found { source: self, node: &self.tree, path: self.root.clone() }
    }

    fn from(&self, place: Place, key: String) -> From {
        From { file: self.file.clone(), line: Some(place.line + self.lines), key }
    }

    fn note(&self, place: Place, path: String, why: impl Into<String>) {
        self.notes.borrow_mut().push(Unread { from: self.from(place, path), why: why.into(), count: 1 });
    }

    /// What was noted, and what nobody asked for.
    pub(super) fn unread(self) -> Vec<Unread> {
        self.leftovers(&self.tree, &self.root);
        self.notes.take()
    }

    /// Recursion is bounded by the depth of trees.
    fn leftovers(&self, node: &Node, path: &str) {
        match &node.value {
            Value::Scalar { .. } => {}
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.leftovers(item, &format!("{path}[{index}]"));
                }
            }
            Value::Map(entries) => {
                for entry in entries {
                    let path = join_path(path, &entry.key);
                    if self.seen.borrow().contains(&entry.place) {
                        self.leftovers(&entry.value, &path);
                    } else if !entry.value.is_null() && !is_empty(&entry.value) {
                        self.note(entry.place, path, "no place in a dossier");
                    }
                }
            }
        }
    }
}

impl<'s> Found<'s> {
    /// The value under a key; null is none.
    pub(super) fn get(&self, key: &str) -> Option<Found<'s>> {
        let Value::Map(entries) = &self.node.value else { return None };
        let entry = entries.iter().find(|entry| entry.key == key)?;
        self.source.seen.borrow_mut().insert(entry.place);
        let found = Found { source: self.source, node: &entry.value, path: join_path(&self.path, key) };
        (!entry.value.is_null()).then_some(found)
    }

    /// The value under the first of several spellings of a key that is there.
    pub(super) fn get_any(&self, keys: &[&str]) -> Option<Found<'s>> {
        keys.iter().find_map(|key| self.get(key))
    }

    /// The text under a key.
    pub(super) fn text(&self, key: &str) -> Option<Given> {
        self.get(key)?.given()
    }

    /// The members of the list under a key, or the single one that is there.
    pub(super) fn list(&self, key: &str) -> Vec<Found<'s>> {
        self.get(key).map(|found| found.items()).unwrap_or_default()
    }

    /// The members of a list, or the value itself.
    pub(super) fn items(&self) -> Vec<Found<'s>> {
        match &self.node.value {
            Value::List(items) => (items.iter().enumerate())
                .map(|(index, node)| Found { source: self.source, node, path: format!("{}[{index}]", self.path) })
                .collect(),
            _ => vec![self.clone()],
        }
    }

    /// The members of a mapping.
    pub(super) fn members(&self) -> Vec<(&'s str, Found<'s>)> {
        let Value::Map(entries) = &self.node.value else { return Vec::new() };
        let member = |entry: &'s tree::Entry| {
            self.source.seen.borrow_mut().insert(entry.place);
            let path = join_path(&self.path, &entry.key);
            (entry.key.as_str(), Found { source: self.source, node: &entry.value, path })
        };
        entries.iter().map(member).collect()
    }

    /// Whether it has a key.
    pub(super) fn has(&self, key: &str) -> bool {
        matches!(&self.node.value, Value::Map(entries) if entries.iter().any(|entry| entry.key == key))
    }

    /// The keys of a mapping.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        self.entries().iter().map(|entry| entry.key.as_str())
    }

    /// What a mapping holds, without looking at it.
    fn entries(&self) -> &'s [tree::Entry] {
        match &self.node.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Whether it is a mapping.
    pub(super) fn is_map(&self) -> bool {
        matches!(self.node.value, Value::Map(_))
    }

    /// Its text without looking at it: for telling formats apart.
    pub(super) fn peek(&self, key: &str) -> Option<&'s str> {
        let Value::Map(entries) = &self.node.value else { return None };
        entries.iter().find(|entry| entry.key == key).and_then(|entry| match &entry.value.value {
            Value::Scalar { text, .. } => Some(text.as_str()),
            _ => None,
        })
    }

    /// The members of a list under a key without looking at it: for telling formats apart.
    pub(super) fn peek_list(&self, key: &str) -> Option<Vec<Found<'s>>> {
        let entry = self.entries().iter().find(|entry| entry.key == key)?;
        let found = Found { source: self.source, node: &entry.value, path: join_path(&self.path, key) };
        matches!(entry.value.value, Value::List(_)).then(|| found.items())
    }

    /// The texts of a mapping without looking at them: for what decides how something else is read.
    pub(super) fn peek_all(&self) -> impl Iterator<Item = (&'s str, &'s str)> + use<'s> {
        self.entries().iter().filter_map(|entry| match &entry.value.value {
            Value::Scalar { text, .. } => Some((entry.key.as_str(), text.as_str())),
            _ => None,
        })
    }

    /// Its text with its origin; what is no text is noted.
    pub(super) fn given(&self) -> Option<Given> {
        match &self.node.value {
            Value::Scalar { text, .. } if !self.node.is_null() && !text.trim().is_empty() => {
                Some(Given { text: text.trim().to_owned(), from: self.origin() })
            }
            Value::Scalar { .. } => None,
            _ => {
                self.unread(format!("a text is expected here, not {}", describe(self.node)));
                None
            }
        }
    }

    /// Where it stands.
    pub(super) fn origin(&self) -> From {
        self.source.from(self.node.place, self.path.clone())
    }

    /// Keys by which a format keeps its own books (its version, names within the file): they say nothing of the model, and
    /// are not listed as left out.
    pub(super) fn bookkeeping(&self, keys: &[&str]) {
        for found in keys.iter().filter_map(|key| self.get(key)) {
            found.ignore();
        }
    }

    /// Notes why it could not be used.
    pub(super) fn unread(&self, why: impl Into<String>) {
        self.source.note(self.node.place, self.path.clone(), why);
        self.ignore();
    }

    /// Counts everything below as looked at.
    pub(super) fn ignore(&self) {
        for (_, member) in self.members() {
            member.ignore();
        }
        if let Value::List(_) = self.node.value {
            for item in self.items() {
                item.ignore();
            }
        }
    }

    /// The tree of a text that is itself JSON or YAML; what it leaves unread is noted in this source.
    pub(super) fn embedded<T>(&self, read: impl FnOnce(&Found<'_>) -> T) -> Option<T> {
        let given = self.given()?;
        let lines = given.from.line.unwrap_or(1) - 1;
        match Source::parse(&self.source.file, &given.text, self.path.clone(), lines) {
            Ok(source) => {
                let value = read(&source.root());
                self.source.notes.borrow_mut().extend(source.unread());
                Some(value)
            }
            Err(error) => {
                let why = error.problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
                self.unread(why);
                None
            }
        }
    }
}
