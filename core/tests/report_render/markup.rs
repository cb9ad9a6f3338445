//! A reader of markup, strict enough to notice a name that broke out of its place.

use std::collections::BTreeSet;

/// A tag in order of appearance: its name, its attributes as text, and whether it closes.
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    pub(crate) attributes: &'a str,
    pub(crate) closing: bool,
}

const VOID: [&str; 2] = ["meta", "br"];
const KNOWN: [&str; 56] = [
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "main",
    "footer",
    "nav",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "div",
    "span",
    "a",
    "b",
    "strong",
    "small",
    "bdi",
    "code",
    "pre",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "details",
    "summary",
    "svg",
    "desc",
    "g",
    "path",
    "line",
    "rect",
    "circle",
    "text",
    "br",
    "em",
    "sub",
    "sup",
    "abbr",
];

/// Every tag; panics on one that is unknown, unbalanced or not closed.
pub(crate) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html.strip_prefix("<!doctype html>").unwrap_or(html);
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let end = end_of_tag(rest);
        let inside = &rest[..end];
        rest = &rest[end + 1..];
        let closing = inside.starts_with('/');
        let selfclosed = inside.ends_with('/');
        let inside = inside.trim_matches('/');
        let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        assert!(KNOWN.contains(&name), "unknown tag <{inside}>");
        if closing {
            assert_eq!(open.pop(), Some(name), "unbalanced </{name}>");
        } else if !selfclosed && !VOID.contains(&name) {
            open.push(name);
        }
        if name == "style" && !closing {
            rest = &rest[rest.find("</style>").expect("an end of the style")..];
        }
        tags.push(Tag { name, attributes, closing });
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    tags
}

fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            b'<' if !quoted => panic!("< inside a tag: {}", &text[..at]),
            _ => {}
        }
    }
    panic!("tag without end");
}

/// The values of an attribute, in order.
pub(crate) fn values<'a>(tags: &[Tag<'a>], name: &str) -> Vec<&'a str> {
    let needle = format!("{name}=\"");
    tags.iter()
        .filter_map(|tag| {
            let from = if tag.attributes.starts_with(&needle) {
                needle.len()
            } else {
                tag.attributes.find(&format!(" {needle}"))? + needle.len() + 1
            };
            let value = &tag.attributes[from..];
            Some(&value[..value.find('"')?])
        })
        .collect()
}

/// Checks that ids are unique and that every link inside the page arrives.
pub(crate) fn links_arrive(tags: &[Tag<'_>]) {
    let ids = values(tags, "id");
    let unique: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "an id occurs twice");
    for href in values(tags, "href") {
        let target = decoded(href.strip_prefix('#').unwrap_or_else(|| panic!("outside link {href}")));
        assert!(unique.contains(target.as_str()), "no target for {href}");
    }
}

fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = fragment.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).expect("text"), 16).expect("two digits"));
            rest = &tail[2..];
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Checks that no character can move the cursor, reverse a line or hide.
pub(crate) fn characters_are_harmless(text: &str) {
    for c in text.chars().filter(|&c| c != '\n') {
        assert!(!c.is_control(), "control character {c:?}");
        assert!(!matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}'), "{c:?}");
    }
}
