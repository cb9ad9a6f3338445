//! What people write: YAML or JSON text -> spanned tree -> values, every problem with its place and what to do.

pub(crate) mod reader;
pub(crate) mod tree;
pub(crate) mod words;

use crate::error::{Code, Problem};

/// What a text is: how messages call it, and the codes of what can be wrong with it.
#[derive(Debug)]
pub(crate) struct Document {
    /// Its name, after "a" or "the".
    pub(crate) name: &'static str,
    /// One line of it.
    pub(crate) example: &'static str,
    /// What to write where it is empty.
    pub(crate) empty: &'static str,
    /// Levels of lists and mappings that its deepest key needs.
    pub(crate) depth: usize,
    pub(crate) codes: Codes,
    /// What to do about a key that is not among those of its mapping.
    pub(crate) unknown_key: fn(&str, &[Key]) -> String,
}

/// The codes of one kind of text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Codes {
    pub(crate) syntax: Code,
    pub(crate) unknown_key: Code,
    pub(crate) duplicate_key: Code,
    pub(crate) missing_key: Code,
    pub(crate) wrong_type: Code,
    pub(crate) invalid_value: Code,
}

impl Document {
    /// The problem of a text without content.
    pub(crate) fn is_empty(&self) -> Problem {
        Problem::new(self.codes.missing_key, format!("the {} is empty", self.name)).hint(self.empty)
    }
}

/// One key of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it is, in one line.
    pub about: &'static str,
    /// An example of a value, in YAML's short form.
    pub example: &'static str,
    /// Other words for it, which only suggestions know.
    pub(crate) words: &'static [&'static str],
}

impl Key {
    /// A key that no other word stands for.
    pub(crate) const fn new(name: &'static str, example: &'static str, about: &'static str) -> Self {
        Self { name, about, example, words: &[] }
    }
}
