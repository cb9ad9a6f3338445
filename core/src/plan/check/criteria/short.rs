//! The short text form of a criterion.

use super::SHORT;
use crate::error::{Code, Problem};
use crate::yaml::reader::{Field, Reader, parse_number};
use crate::yaml::tree::{Entry, Node, Value};
use crate::yaml::words::quote;

/// `measure [of class] [by attribute [& attribute]] comparator number`, or `… within [number, number]`, as the entries of a
/// mapping.
pub(super) fn split(reader: &mut Reader, item: &Field<'_>, text: &str) -> Option<Vec<Entry>> {
    let split = [" within ", ">=", "<=", "≥", "≤", ">", "<"]
        .into_iter()
        .find_map(|word| text.rsplit_once(word).map(|(left, right)| (left.trim(), word, right.trim())));
    let Some((left, comparator, right)) = split else {
        let message = format!("{} has no comparison", quote(text));
        reader.wrong(item, Problem::new(Code::PlanInvalidValue, message).hint(SHORT));
        return None;
    };
    // No measure has a space in its name, so " of " names a class only if no " by " comes before it.
    let (measure, class, attributes) = match (left.split_once(" of "), left.split_once(" by ")) {
        (Some((measure, rest)), None) => (measure, Some(rest), None),
        (Some((measure, rest)), Some((other, _))) if measure.len() < other.len() => match rest.rsplit_once(" by ") {
            Some((class, attributes)) => (measure, Some(class), Some(attributes)),
            None => (measure, Some(rest), None),
        },
        (_, Some((measure, attributes))) => (measure, None, Some(attributes)),
        (None, None) => (left, None, None),
    };
    let (measure, class) = (measure.trim(), class.map(str::trim));
    if measure.is_empty()
        || class.is_some_and(str::is_empty)
        || right.is_empty()
        || attributes.is_some_and(|names| names.split('&').any(|name| name.trim().is_empty()))
    {
        let message = format!("{} is not a complete criterion", quote(text));
        reader.wrong(item, Problem::new(Code::PlanInvalidValue, message).hint(SHORT));
        return None;
    }
    let place = item.node.place;
    let scalar = |text: &str, quoted: bool| Node { place, value: Value::Scalar { text: text.to_owned(), quoted } };
    let entry = |key: &str, value: Node| Entry { key: key.to_owned(), place, value };
    let mut entries = vec![entry("measure", scalar(measure, true))];
    if comparator == " within " {
        let inner = right.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(right);
        let bounds = inner.split(',').map(|bound| scalar(bound.trim(), false)).collect();
        entries.push(entry("within", Node { place, value: Value::List(bounds) }));
    } else {
        entries.push(entry("comparator", scalar(comparator, true)));
        entries.push(entry("threshold", scalar(right, false)));
    }
    if comparator != " within " && parse_number(right).is_none() {
        let hint = match right.strip_suffix('%').and_then(|text| parse_number(text.trim_end())) {
            Some(percent) => format!("write {} for {percent} %", percent / 100.0),
            None => SHORT.to_owned(),
        };
        let message = format!("{} is not a number to compare with", quote(right));
        reader.wrong(item, Problem::new(Code::PlanWrongType, message).hint(hint));
        entries.pop();
        entries.push(entry("threshold", scalar("", false)));
    }
    if let Some(class) = class {
        entries.push(entry("class", scalar(class, true)));
    }
    if let Some(names) = attributes {
        let names = names.split('&').map(|name| scalar(name.trim(), true)).collect();
        entries.push(entry("attribute", Node { place, value: Value::List(names) }));
    }
    Some(entries)
}
