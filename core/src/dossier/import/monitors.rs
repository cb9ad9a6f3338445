//! What the rules of several tools say of a monitor alike.

use std::collections::BTreeMap;

use super::draft::{Alert, Draft, Given, Item};
use super::source::Found;

/// States the time over which a monitor measures; an expression without one measures for as long as it must hold.
pub(super) fn window(item: &Item, range: Option<Given>, held: Option<Given>, draft: &mut Draft) {
    let Some(range) = range else { return draft.set_in(item, "window", held) };
    draft.set_in(item, "window", Some(range));
    if let Some(held) = held {
        draft.note(held.from, "how long it must hold; the window is the range of the expression");
    }
}

/// States what the labels of a rule say, and keeps them for whoever routes its alert.
pub(super) fn labelled(rule: &Found<'_>, monitor: Item, alert: String, draft: &mut Draft) {
    let mut routed = BTreeMap::new();
    if let Some(labels) = rule.get("labels") {
        if let Some(owner) = labels.get_any(&["owner", "team"]).and_then(|owner| owner.given()) {
            draft.item("people.persons", &[&owner.text], owner.from.clone());
            draft.set_in(&monitor, "owner", Some(owner));
        }
        draft.set_in(&monitor, "receiver", labels.text("receiver"));
        // A template takes its text from the series.
        let fixed = labels.peek_all().filter(|(_, text)| !text.contains("{{"));
        routed.extend(fixed.map(|(label, text)| (label.to_owned(), text.to_owned())));
    }
    routed.insert("alertname".to_owned(), alert);
    draft.alerts.push(Alert { monitor, labels: routed });
}
