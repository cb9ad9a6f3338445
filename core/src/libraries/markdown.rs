//! The comparison as a text in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{AttributeValues, Comparison, Definition, Value};
use crate::findings::v1::Reason;
use crate::findings::words;

impl Comparison {
    /// One table for each attribute, or one without values where there are no data; then the rules for empty denominators
    /// and the known defects.
    pub fn markdown(&self) -> String {
        let mut text = format!("## How libraries compute {}\n\n", lower(self.title));
        if self.attributes.is_empty() {
            table(&mut text, &self.definitions, None);
        }
        for attribute in &self.attributes {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "### Between groups of {}\n", attribute.attribute.join(" and "));
            table(&mut text, &self.definitions, Some(attribute));
            text.push('\n');
        }
        if self.attributes.is_empty() {
            text.push('\n');
        }
        text.push_str("u: a group; p: the group it is compared with; all: every row.\n");
        self.rules(&mut text);
        text
    }

    fn rules(&self, text: &mut String) {
        let mut empty: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for Definition { library, empty: rule, .. } in &self.definitions {
            let libraries = empty.entry(rule).or_default();
            if !libraries.contains(library) {
                libraries.push(library);
            }
        }
        text.push_str("\nWhere a denominator is empty:\n\n");
        for (rule, libraries) in empty {
            let _ = writeln!(text, "- {}: {rule}", libraries.join(", "));
        }
        let defects: Vec<(&str, &str, &str)> = self
            .definitions
            .iter()
            .filter_map(|definition| Some((definition.library, definition.function, definition.defect?)))
            .collect();
        if defects.is_empty() {
            return;
        }
        text.push_str("\nKnown defects, which nothing here repeats:\n\n");
        for (library, function, defect) in defects {
            let _ = writeln!(text, "- {library}, {function}: {defect}");
        }
    }
}

fn table(text: &mut String, definitions: &[Definition], attribute: Option<&AttributeValues>) {
    let here = if attribute.is_some() { " value here |" } else { "" };
    let rule = if attribute.is_some() { " --- |" } else { "" };
    let _ = writeln!(text, "| library | function | formula |{here} why it differs |");
    let _ = writeln!(text, "| --- | --- | --- |{rule} --- |");
    for (place, Definition { library, function, formula, differs, .. }) in definitions.iter().enumerate() {
        let formula = formula.replace('|', "\\|");
        let _ = write!(text, "| {library} | `{function}` | {formula} |");
        if let Some(attribute) = attribute {
            let values = attribute.values.get(place).map_or(&[][..], Vec::as_slice);
            let _ = write!(text, " {} |", in_words(values));
        }
        let _ = writeln!(text, " {differs} |");
    }
}

/// "black 0.726, hispanic 0.841"
fn in_words(values: &[Value]) -> String {
    if values.is_empty() {
        return "described only".to_owned();
    }
    let one = |value: &Value| {
        let number = match (value.value, value.undefined) {
            (Some(number), _) => words::number(number) + &interval_in_words(value),
            (None, Some(Reason::Suppressed)) => "hidden".to_owned(),
            (None, Some(reason)) => format!("undefined, {}", words::reason(reason)),
            (None, None) => "undefined".to_owned(),
        };
        if value.group.is_empty() { number } else { format!("{} {number}", cell(&words::group(&value.group))) }
    };
    values.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn interval_in_words(value: &Value) -> String {
    let Some(interval) = &value.interval else { return String::new() };
    match (interval.lower, interval.upper) {
        (Some(lower), Some(upper)) => format!(" ({} to {})", words::number(lower), words::number(upper)),
        (Some(lower), None) => format!(" (from {})", words::number(lower)),
        (None, Some(upper)) => format!(" (to {})", words::number(upper)),
        (None, None) => String::new(),
    }
}

/// The name of a group inside a table: what would end a cell or a line is escaped.
fn cell(name: &str) -> String {
    name.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ")
}

/// A title inside a sentence: abbreviations keep their capitals.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => title.to_owned(),
    }
}
