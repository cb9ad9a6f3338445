//! The documentation of checks: the doc comment of each file, under fixed headings.

use serde::Serialize;

use super::Meta;

/// The headings every check's documentation has, in this order.
pub const HEADINGS: [&str; 6] =
    ["What it asks", "Why it matters", "When it does not apply", "How to read it", "What to do", "References"];

/// Documentation of one check.
#[derive(Clone, Copy, Debug)]
pub struct Documentation {
    /// Id of the check.
    pub id: &'static str,
    text: &'static str,
}

impl Documentation {
    pub(crate) const fn new(id: &'static str, text: &'static str) -> Self {
        Self { id, text }
    }

    /// The whole in Markdown, without the space that begins each line of a doc comment.
    pub fn markdown(self) -> String {
        self.text.lines().flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect()
    }

    /// The text under one of the [`HEADINGS`], on one line.
    pub fn section(self, heading: &str) -> Option<String> {
        let mut lines = self.text.lines().map(str::trim).skip_while(|line| line.strip_prefix("# ") != Some(heading));
        lines.next()?;
        let text: Vec<&str> =
            lines.take_while(|line| !line.starts_with("# ")).filter(|line| !line.is_empty()).collect();
        Some(text.join(" "))
    }
}

/// A check with its documentation.
#[derive(Clone, Debug, Serialize)]
pub struct Documented {
    /// Its metadata.
    #[serde(flatten)]
    pub meta: Meta,
    /// Its documentation in Markdown.
    pub doc: String,
}

impl From<(&Meta, Documentation)> for Documented {
    fn from((meta, documentation): (&Meta, Documentation)) -> Self {
        Self { meta: *meta, doc: documentation.markdown() }
    }
}

/// The section "What to do" on one line, as far as it fits, and its length in bytes.
///
/// Findings carry this text, and only this. Taken out when the crate is compiled, it lets a module that shows no
/// documentation go without the rest.
pub(crate) const fn remedy<const N: usize>(doc: &str) -> ([u8; N], usize) {
    let doc = doc.as_bytes();
    let (mut text, mut length) = ([0; N], 0);
    let mut place = 0;
    // A check without the heading does not compile.
    while !begins(doc, place, REMEDY) {
        place += 1;
    }
    place += REMEDY.len();
    let mut indent = true;
    while place < doc.len() && !(indent && begins(doc, place, b" # ")) {
        let byte = doc[place];
        if byte == b'\n' {
            indent = true;
        } else if !indent || byte != b' ' {
            if indent && length > 0 {
                length = put(&mut text, length, b' ');
            }
            length = put(&mut text, length, byte);
            indent = false;
        }
        place += 1;
    }
    (text, length)
}

const REMEDY: &[u8] = b" # What to do\n";

const fn begins(text: &[u8], place: usize, with: &[u8]) -> bool {
    let mut index = 0;
    while index < with.len() && text[place + index] == with[index] {
        index += 1;
    }
    index == with.len()
}

const fn put(text: &mut [u8], length: usize, byte: u8) -> usize {
    if length < text.len() {
        text[length] = byte;
    }
    length + 1
}
