//! Text -> spanned tree. Scalars keep their text and whether they were quoted: what `01`, `no` or `1.0` mean is
//! for the schema to say, never for YAML. JSON is read by the same parser.

use std::borrow::Cow;
use std::collections::BTreeSet;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

use super::Document;
use super::words::{join_path, quote};
use crate::error::{Code, Problem};

/// Largest text.
const MAX_BYTES: usize = 4 << 20;
/// Deepest nesting of lists and mappings.
const MAX_DEPTH: usize = 64;
/// Most keys, values, lists and mappings.
const MAX_NODES: usize = 100_000;

/// Where a text came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// A YAML or JSON text the user wrote: positions mean something.
    Text,
    /// Keyword arguments in the form of JSON: only the field path means something.
    Keywords,
}

/// The place of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) origin: Origin,
    /// From 1.
    pub(crate) line: u64,
    /// In characters, from 1.
    pub(crate) column: u64,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Scalar { text: String, quoted: bool },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One member of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) place: Place,
    pub(crate) value: Node,
}

impl Node {
    /// Whether it is the absence of a value: nothing at all, `null` or `~`, unquoted.
    pub(crate) fn is_null(&self) -> bool {
        match &self.value {
            Value::Scalar { text, quoted: false } => matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"),
            _ => false,
        }
    }
}

/// A problem and where it is.
pub(crate) type Found = (Place, Problem);

/// Reads a text into a tree.
///
/// The second part of the answer are the duplicate keys, of which the first one is kept in the tree: they do not
/// keep the rest of the text from being checked.
pub(crate) fn parse(text: &str, origin: Origin, document: &'static Document) -> Result<(Node, Vec<Found>), Vec<Found>> {
    if text.len() > MAX_BYTES {
        let problem = Problem::new(
            Code::BudgetExceeded,
            format!("a {} holds at most {} MiB of text", document.name, MAX_BYTES >> 20),
        );
        return Err(vec![(Place { origin, line: 1, column: 1 }, problem)]);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(found) = control_character(text, origin, document) {
        return Err(vec![found]);
    }
    let text = join_surrogates(text);
    let mut builder =
        Builder { document, origin, stack: Vec::new(), root: None, nodes: 0, documents: 0, problems: Vec::new() };
    for event in Parser::new_from_str(&text) {
        let step = match event {
            Ok((event, span)) => builder.event(event, span.start),
            Err(error) => Err(builder.syntax(&error)),
        };
        if let Err(Stop) = step {
            break;
        }
    }
    if !builder.problems.is_empty() {
        return Err(builder.problems);
    }
    match builder.root {
        Some(mut root) if !root.is_null() => {
            let mut duplicates = Vec::new();
            remove_duplicates(&mut root, "", document, &mut duplicates);
            Ok((root, duplicates))
        }
        _ => Err(vec![(Place { origin, line: 1, column: 1 }, document.is_empty())]),
    }
}

/// Characters that no text needs and that terminals obey.
fn control_character(text: &str, origin: Origin, document: &Document) -> Option<Found> {
    let index = text.find(|c: char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r'))?;
    let before = &text[..index];
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u64 + 1;
    let problem = Problem::new(
        document.codes.syntax,
        format!("the text holds the control character U+{:04X}", text.as_bytes()[index]),
    )
    .hint("save it as plain UTF-8 text; inside double quotes such a character can be written as \"\\x00\"");
    Some((Place { origin, line, column }, problem))
}

/// JSON writes characters above U+FFFF as two escapes, which YAML does not know: `\ud83d\ude00` -> `\U0001F600`,
/// and two spaces outside the escape are not needed, so later columns of that line shift by two.
/// Only texts that look like JSON, and only inside double quotes.
fn join_surrogates(text: &str) -> Cow<'_, str> {
    if !text.trim_start().starts_with(['{', '[']) || !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut quoted = false;
    while let Some(index) = rest.find(['"', '\\']) {
        out.push_str(&rest[..index]);
        rest = &rest[index..];
        if rest.starts_with('"') {
            quoted = !quoted;
            out.push('"');
            rest = &rest[1..];
            continue;
        }
        if let (true, Some(character)) = (quoted, surrogate_pair(rest)) {
            out.push_str(&format!("\\U{:08X}", u32::from(character)));
            rest = &rest[12..];
            continue;
        }
        // A backslash and what it escapes, which may be a quote.
        let end = rest.char_indices().nth(if quoted { 2 } else { 1 }).map_or(rest.len(), |(end, _)| end);
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of `\uD83D\uDE00` at the start of a text.
fn surrogate_pair(text: &str) -> Option<char> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    char::decode_utf16([unit(0)?, unit(6)?]).next()?.ok().filter(|character| *character > '\u{ffff}')
}

/// A list or mapping whose end has not been seen.
enum Frame {
    List { items: Vec<Node>, place: Place },
    Map { entries: Vec<Entry>, key: Option<(String, Place)>, place: Place },
}

struct Builder {
    document: &'static Document,
    origin: Origin,
    stack: Vec<Frame>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
    problems: Vec<Found>,
}

/// What follows cannot be read; the reason is among the builder's problems.
struct Stop;

type Step = Result<(), Stop>;

impl Builder {
    fn place(&self, mark: Marker) -> Place {
        Place { origin: self.origin, line: mark.line() as u64, column: mark.col() as u64 + 1 }
    }

    fn stop(&mut self, place: Place, problem: Problem) -> Stop {
        self.problems.push((place, problem));
        Stop
    }

    fn syntax(&mut self, error: &ScanError) -> Stop {
        let info = error.info();
        let place = self.place(*error.marker());
        if info.contains("recursion limit") {
            return self.stop(place, self.too_deep());
        }
        if info.contains("unknown anchor") {
            return self.stop(place, self.no_anchors());
        }
        let problem = Problem::new(
            self.document.codes.syntax,
            format!("the text cannot be read as YAML or JSON from here on: {info}"),
        );
        let hint = if info.contains("tab") {
            "indent with spaces: YAML does not allow tabs there"
        } else if info.contains("block scalar") {
            "a value that starts with `>` or `|` needs quotes: `comparator: \">=\"`"
        } else if info.contains("mapping values are not allowed") {
            "write one `key: value` on each line; a value that itself holds `: ` needs quotes"
        } else if info.contains("did not find expected key") || info.contains("indentation") {
            "keys of one mapping start in the same column; compare with the lines above"
        } else if info.contains("simple key expect") {
            "every key is followed by `:` and a space"
        } else if info.contains("quoted scalar") && info.contains("escape") {
            "inside double quotes a backslash starts an escape; write `\\\\` or use single quotes"
        } else if info.contains("quoted scalar") {
            "close the quotation mark"
        } else if info.contains("<document") {
            "something follows the end of the text: look for a brace or bracket that closes too early"
        } else if info.contains("flow") || info.contains("bracket") || info.contains("placement of ':'") {
            "look for a missing comma, bracket or brace here or just above"
        } else if info.contains("unexpected character") || info.contains("cannot start any token") {
            "put quotes around a value that starts with one of @ ` % & * ! | > { [ #"
        } else {
            "look at this line and the one above; values with special characters need quotes"
        };
        self.stop(place, problem.hint(hint))
    }

    fn event(&mut self, event: Event<'_>, mark: Marker) -> Step {
        let place = self.place(mark);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let problem =
                        Problem::new(self.document.codes.syntax, "a second document starts here").hint(format!(
                            "a {} is one document; remove the line `---` or move what follows to a file of its own",
                            self.document.name
                        ));
                    return Err(self.stop(place, problem));
                }
            }
            Event::Alias(_) => {
                self.problems.push((place, self.no_anchors()));
                self.add(Node { place, value: Value::Scalar { text: String::new(), quoted: false } })?;
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.decorations(anchor, tag.is_some(), place);
                let quoted = style != ScalarStyle::Plain;
                self.add(Node { place, value: Value::Scalar { text: text.into_owned(), quoted } })?;
            }
            Event::SequenceStart(anchor, tag) => {
                self.decorations(anchor, tag.is_some(), place);
                self.open(Frame::List { items: Vec::new(), place }, place)?;
            }
            Event::MappingStart(anchor, tag) => {
                self.decorations(anchor, tag.is_some(), place);
                self.open(Frame::Map { entries: Vec::new(), key: None, place }, place)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let node = match self.stack.pop() {
                    Some(Frame::List { items, place }) => Node { place, value: Value::List(items) },
                    Some(Frame::Map { entries, place, .. }) => Node { place, value: Value::Map(entries) },
                    None => return Ok(()),
                };
                self.attach(node);
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn decorations(&mut self, anchor: usize, tagged: bool, place: Place) {
        if anchor > 0 {
            self.problems.push((place, self.no_anchors()));
        }
        if tagged {
            let problem = Problem::new(
                self.document.codes.syntax,
                format!("a {} has no YAML tags (`!` or `!!`)", self.document.name),
            )
            .hint("remove the tag; put quotes around a value that starts with `!`");
            self.problems.push((place, problem));
        }
    }

    fn count(&mut self, place: Place) -> Step {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let message = format!("a {} holds at most {MAX_NODES} keys and values", self.document.name);
            return Err(self.stop(place, Problem::new(Code::BudgetExceeded, message)));
        }
        Ok(())
    }

    fn open(&mut self, frame: Frame, place: Place) -> Step {
        self.count(place)?;
        if self.stack.len() == MAX_DEPTH {
            return Err(self.stop(place, self.too_deep()));
        }
        if let Some(Frame::Map { key: None, .. }) = self.stack.last() {
            return Err(self.stop(place, self.not_a_key("a list or mapping")));
        }
        self.stack.push(frame);
        Ok(())
    }

    /// A scalar: a key where a mapping waits for one, else a value.
    fn add(&mut self, node: Node) -> Step {
        self.count(node.place)?;
        if let Some(Frame::Map { key: slot @ None, .. }) = self.stack.last_mut() {
            return match node.value {
                Value::Scalar { text, quoted } if quoted || !text.is_empty() => {
                    *slot = Some((text, node.place));
                    Ok(())
                }
                _ => Err(self.stop(node.place, self.not_a_key("nothing"))),
            };
        }
        self.attach(node);
        Ok(())
    }

    fn attach(&mut self, node: Node) {
        match self.stack.last_mut() {
            Some(Frame::List { items, .. }) => items.push(node),
            Some(Frame::Map { entries, key, .. }) => {
                if let Some((key, place)) = key.take() {
                    // What follows a key without a value may be lines away: its place is the key's.
                    let place_of_value = if node.is_null() { place } else { node.place };
                    entries.push(Entry { key, place, value: Node { place: place_of_value, value: node.value } });
                }
            }
            None => self.root = Some(node),
        }
    }

    fn too_deep(&self) -> Problem {
        Problem::new(Code::BudgetExceeded, format!("lists and mappings are nested more than {MAX_DEPTH} deep"))
            .hint(format!("no key of a {} needs more than {} levels", self.document.name, self.document.depth))
    }

    fn no_anchors(&self) -> Problem {
        let message = format!("a {} has no YAML anchors (`&`) and aliases (`*`)", self.document.name);
        Problem::new(self.document.codes.syntax, message)
            .hint("write the value out, or put quotes around a value that starts with `&` or `*`")
    }

    fn not_a_key(&self, what: &str) -> Problem {
        Problem::new(self.document.codes.syntax, format!("{what} stands where a key is expected"))
            .hint("write `key: value`; a text that starts with `{`, `[` or `?` needs quotes")
    }
}

/// Keeps the first of several equal keys. Recursion is bounded by [`MAX_DEPTH`].
fn remove_duplicates(node: &mut Node, path: &str, document: &Document, out: &mut Vec<Found>) {
    match &mut node.value {
        Value::Scalar { .. } => {}
        Value::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                remove_duplicates(item, &format!("{path}[{index}]"), document, out);
            }
        }
        Value::Map(entries) => {
            let mut seen = BTreeSet::new();
            entries.retain(|entry| {
                let first = seen.insert(entry.key.clone());
                if !first {
                    let problem = Problem::new(
                        document.codes.duplicate_key,
                        format!("the key {} appears a second time", quote(&entry.key)),
                    )
                    .hint("keep one of them; YAML has no rule for which one counts")
                    .field(join_path(path, &entry.key));
                    out.push((entry.place, problem));
                }
                first
            });
            for entry in entries {
                remove_duplicates(&mut entry.value, &join_path(path, &entry.key), document, out);
            }
        }
    }
}

/// The keywords win, key by key.
pub(crate) fn merge(text: Node, keywords: Node) -> Node {
    match (text.value, keywords.value) {
        (Value::Map(mut entries), Value::Map(overrides)) => {
            for entry in overrides.into_iter().filter(|entry| !entry.value.is_null()) {
                entries.retain(|other| other.key != entry.key);
                entries.push(entry);
            }
            Node { place: text.place, value: Value::Map(entries) }
        }
        (value, Value::Map(_)) => Node { place: text.place, value },
        (_, value) => Node { place: keywords.place, value },
    }
}
