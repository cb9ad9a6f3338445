//! Numbers and names for people: rounding, separators, and text that cannot break its surroundings.

pub(super) use crate::findings::numbers::{NONE, count, level, significant, threshold};

/// A number with three significant digits, for sentences.
pub(super) fn in_text(value: f64) -> String {
    significant(value, 3)
}

/// A number with four significant digits, for tables.
pub(super) fn in_table(value: f64) -> String {
    significant(value, 4)
}

/// A number of things: `1 group`, `2,000 groups`.
pub(super) fn counted(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(value), if value == 1 { one } else { many })
}

/// The limits of an interval in words, `0.62 to 0.81`.
pub(super) fn limits(lower: Option<f64>, upper: Option<f64>, digits: usize) -> String {
    let finite = |limit: Option<f64>| limit.filter(|value| value.is_finite());
    match (finite(lower), finite(upper)) {
        (Some(lower), Some(upper)) => format!("{} to {}", significant(lower, digits), significant(upper, digits)),
        (Some(lower), None) => format!("{} or more", significant(lower, digits)),
        (None, Some(upper)) => format!("{} or less", significant(upper, digits)),
        (None, None) => NONE.to_owned(),
    }
}

/// The same text with a capital at its start.
pub(super) fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// A text from the data without characters that could move the cursor, reverse the line or hide;
/// line ends become spaces.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
            _ if is_unsafe(c) => '\u{fffd}',
            _ => c,
        })
        .collect()
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || matches!(u32::from(c) & 0xfffe, 0xfffe)
}

/// [`clean`], cut to so many characters with an ellipsis.
pub(super) fn short(text: &str, characters: usize) -> String {
    let mut kept: String = clean(&text.chars().take(characters + 1).collect::<String>());
    if let Some((cut, _)) = kept.char_indices().nth(characters.saturating_sub(1))
        && kept.chars().count() > characters
    {
        kept.truncate(cut);
        kept.push('…');
    }
    kept
}

/// Cells a text takes on a terminal, roughly: East Asian and emoji characters take two, combining marks none.
pub(super) fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match u32::from(c) {
            0x300..=0x36f | 0xfe00..=0xfe0f => 0,
            0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f => 2,
            0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd => 2,
            _ => 1,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_may_be_open() {
        assert_eq!(limits(Some(0.62), Some(0.81), 3), "0.620 to 0.810");
        assert_eq!(limits(None, Some(0.81), 3), "0.810 or less");
        assert_eq!(limits(Some(0.62), Some(f64::INFINITY), 3), "0.620 or more");
        assert_eq!(limits(None, None, 3), "–");
    }

    #[test]
    fn hostile_text_is_made_harmless() {
        assert_eq!(clean("a\0b\u{1b}[31mc\nd\u{202e}e"), "a\u{fffd}b\u{fffd}[31mc d\u{fffd}e");
        assert_eq!(short("abcdef", 4), "abc…");
        assert_eq!(short("abcd", 4), "abcd");
        assert_eq!(short("", 4), "");
        assert_eq!(width("日本a"), 5);
    }

    #[test]
    fn lists_read_as_sentences() {
        let words = |items: &[&str]| list(&items.iter().map(|&item| item.to_owned()).collect::<Vec<_>>());
        assert_eq!(words(&[]), "");
        assert_eq!(words(&["a", "b", "c"]), "a, b and c");
        assert_eq!(counted(1, "row", "rows"), "1 row");
        assert_eq!(counted(1_194, "row", "rows"), "1,194 rows");
    }
}
