//! Words for messages: quoting what the user wrote, and guessing what was meant.

use std::fmt::Write as _;

use super::tree::{Node, Value};

/// Characters of the user's text that a message repeats.
const SHOWN: usize = 60;
/// Longest text for which a near match is looked for; the cost grows with the product of the lengths.
const COMPARED: usize = 64;

/// A text of the user in back quotes, cut to a bearable length and without control characters.
pub(crate) fn quote(text: &str) -> String {
    format!("`{}`", bare(text))
}

/// The same without back quotes, for a place that has its own.
pub(crate) fn bare(text: &str) -> String {
    let mut out = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == SHOWN {
            out.push('…');
            break;
        }
        if character.is_control()
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

/// A text in double quotes, so that no character of it means anything to YAML.
#[cfg(feature = "dossier")]
pub(crate) fn double_quoted(text: &str) -> String {
    let mut out = String::from('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // Other than for control characters this is for those that read as the end of a line or not at all.
            _ if character.is_control()
                || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// `a`, `b` and `c`.
pub(crate) fn list<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.into_iter().map(quote).collect();
    match items.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What a node is, after "not".
pub(crate) fn describe(node: &Node) -> String {
    match &node.value {
        Value::List(items) if items.is_empty() => "an empty list".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a mapping".to_owned(),
        Value::Scalar { .. } if node.is_null() => "nothing".to_owned(),
        Value::Scalar { text, .. } if text.is_empty() => "an empty text".to_owned(),
        Value::Scalar { text, quoted: true } => format!("the text {}", quote(text)),
        Value::Scalar { text, .. } => quote(text),
    }
}

/// The path of a member of a mapping; keys that are no plain words are quoted.
pub(crate) fn join_path(path: &str, key: &str) -> String {
    let plain = !key.is_empty()
        && key.len() <= SHOWN
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    match (path, plain) {
        ("", true) => key.to_owned(),
        ("", false) => quote(key),
        (_, true) => format!("{path}.{key}"),
        (_, false) => format!("{path}.{}", quote(key)),
    }
}

/// The allowed word nearest to what was written, if it is near enough to be meant.
pub(crate) fn nearest<'a>(given: &str, allowed: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if given.is_empty() || given.chars().count() > COMPARED {
        return None;
    }
    let given: String = given.trim().to_lowercase().replace([' ', '-', '.'], "_");
    let mut best: Option<(f64, &str)> = None;
    for word in allowed {
        let edits = strsim::damerau_levenshtein(&given, word);
        let letters = word.chars().count();
        let typo = edits <= letters.max(3) / 3 && edits < letters;
        let similarity = strsim::jaro_winkler(&given, word);
        let start = given.chars().count() >= 4 && word.starts_with(&given);
        if (typo || start || similarity >= 0.88) && best.is_none_or(|(other, _)| similarity > other) {
            best = Some((similarity, word));
        }
    }
    best.map(|(_, word)| word)
}

/// "did you mean" where something is near, else everything that is allowed.
pub(crate) fn suggest<'a>(given: &str, allowed: impl IntoIterator<Item = &'a str> + Clone, what: &str) -> String {
    match nearest(given, allowed.clone()) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("{what}: {}", list(allowed)),
    }
}
