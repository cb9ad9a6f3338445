//! Configuration of Alertmanager: the tree of routes tells which receiver an alert reaches.
//!
//! Source: "Configuration" of the Alertmanager documentation, release 0.28; `Route.Match` of its `dispatch` package.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Alert, Draft, Given};
use super::source::Found;
use crate::yaml::words::quote;

/// Most answers to whether a route takes an alert.
const MAX_ANSWERS: usize = 10_000_000;

pub(super) fn read(file: &Found<'_>, draft: &mut Draft) {
    let silent = silent(file);
    let Some(root) = file.get("route") else { return };
    let root = Route::read(root, None);
    name_alerts(&root, draft);
    if draft.alerts.len().saturating_mul(root.size()) > MAX_ANSWERS {
        return root.found.unread("more routes than can be tried for every alert");
    }
    for Alert { monitor, labels } in draft.alerts.clone() {
        match root.reached(&labels) {
            Ok(reached) => {
                let (nobody, names): (Vec<_>, Vec<_>) =
                    reached.into_iter().partition(|name| silent.contains(&name.text));
                for name in nobody {
                    draft.note(name.from.clone(), "the receiver has no integration: it reaches nobody");
                }
                let joined = names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(", ");
                draft.set_in(&monitor, "receiver", names.first().map(|name| name.saying(joined)));
            }
            Err(route) => {
                let name = labels.get("alertname").map(|name| quote(name)).unwrap_or_default();
                let why = format!("whether it takes {name} depends on labels that no rule states");
                draft.note(route.found.origin(), why);
            }
        }
    }
}

/// The receivers that have no way to reach anybody, such as the customary `null`.
fn silent(file: &Found<'_>) -> BTreeSet<String> {
    let receivers = file.list("receivers");
    let silent = receivers.iter().filter_map(|receiver| receiver.text("name").filter(|_| !has_integration(receiver)));
    silent.map(|name| name.text).collect()
}

fn has_integration(receiver: &Found<'_>) -> bool {
    receiver.keys().any(|key| key.ends_with("_configs"))
}

/// A route that names an alert shows that there is one, where no rule was given.
fn name_alerts(route: &Route<'_>, draft: &mut Draft) {
    for matcher in route.matchers.iter().filter(|matcher| matcher.label == "alertname" && !matcher.negated) {
        for name in matcher.words.iter().flatten() {
            if draft.alerts.iter().any(|alert| alert.labels.get("alertname") == Some(name)) {
                continue;
            }
            let Some(monitor) = draft.item("monitoring.monitors", &[name], matcher.given.from.clone()) else {
                continue;
            };
            draft.set_in(&monitor, "alert", Some(matcher.given.saying(name)));
            let labels = BTreeMap::from([("alertname".to_owned(), name.clone())]);
            draft.alerts.push(Alert { monitor, labels });
        }
    }
    for below in &route.below {
        name_alerts(below, draft);
    }
}

/// A route, and those below it.
struct Route<'s> {
    found: Found<'s>,
    receiver: Option<Given>,
    matchers: Vec<Matcher>,
    /// Whether the routes after it are tried too.
    goes_on: bool,
    below: Vec<Route<'s>>,
}

impl<'s> Route<'s> {
    /// Without a receiver of its own it has that of the route above. Recursion is bounded by the depth of trees.
    fn read(found: Found<'s>, above: Option<&Given>) -> Self {
        let receiver = found.text("receiver").or_else(|| above.cloned());
        let matchers = Matcher::all(&found);
        let goes_on = found.text("continue").is_some_and(|given| given.text == "true");
        let below = found.list("routes").into_iter().map(|below| Self::read(below, receiver.as_ref())).collect();
        Self { found, receiver, matchers, goes_on, below }
    }

    fn size(&self) -> usize {
        1 + self.below.iter().map(Self::size).sum::<usize>()
    }

    /// The receivers of an alert, or the route of which it is not known whether it takes it.
    fn reached(&self, labels: &BTreeMap<String, String>) -> Result<Vec<&Given>, &Self> {
        match self.takes(labels) {
            None => return Err(self),
            Some(false) => return Ok(Vec::new()),
            Some(true) => {}
        }
        let mut reached = Vec::new();
        for below in &self.below {
            let more = below.reached(labels)?;
            let taken = !more.is_empty();
            reached.extend(more);
            if taken && !below.goes_on {
                break;
            }
        }
        if reached.is_empty() {
            reached.extend(&self.receiver);
        }
        Ok(reached)
    }

    /// Whether it takes an alert, where that is known.
    fn takes(&self, labels: &BTreeMap<String, String>) -> Option<bool> {
        let answers = || self.matchers.iter().map(|matcher| matcher.holds(labels));
        if answers().any(|answer| answer == Some(false)) {
            return Some(false);
        }
        answers().all(|answer| answer == Some(true)).then_some(true)
    }
}

/// A condition on one label.
struct Matcher {
    given: Given,
    label: String,
    /// The texts that it may be, where they can be listed.
    words: Option<Vec<String>>,
    negated: bool,
}

impl Matcher {
    /// The conditions of a route, in the present spelling and in both that went before.
    fn all(route: &Found<'_>) -> Vec<Self> {
        let mut matchers: Vec<Self> = route.list("matchers").iter().filter_map(Found::given).map(Self::parse).collect();
        for (key, operator) in [("match", "="), ("match_re", "=~")] {
            let Some(labels) = route.get(key) else { continue };
            let conditions = labels.members().into_iter().filter_map(|(label, text)| Some((label, text.given()?)));
            matchers.extend(conditions.map(|(label, given)| {
                let text = given.text.clone();
                Self::new(given, label, operator, &text)
            }));
        }
        matchers
    }

    /// Reads `label="text"`, or `!=`, `=~`, `!~` in the place of `=`; what is written otherwise is never known to hold.
    fn parse(given: Given) -> Self {
        let text = given.text.clone();
        let at = text.find(['=', '!']).unwrap_or(text.len());
        let (label, rest) = text.split_at(at);
        let Some(operator) = ["=~", "!~", "!=", "="].into_iter().find(|operator| rest.starts_with(operator)) else {
            return Self { given, label: text, words: None, negated: false };
        };
        let value = rest[operator.len()..].trim();
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
        Self::new(given, label.trim(), operator, value)
    }

    fn new(given: Given, label: &str, operator: &str, value: &str) -> Self {
        let words = match operator {
            "=~" | "!~" => alternatives(value),
            _ if value.contains(['"', '\\']) => None,
            _ => Some(vec![value.to_owned()]),
        };
        Self { given, label: label.to_owned(), words, negated: operator.starts_with('!') }
    }

    /// Whether it holds. A label that no rule states may come from the series, so that it is not known.
    fn holds(&self, labels: &BTreeMap<String, String>) -> Option<bool> {
        let (text, words) = (labels.get(&self.label)?, self.words.as_ref()?);
        Some(words.contains(text) != self.negated)
    }
}

/// The texts that an expression such as `a|b` stands for, which Alertmanager anchors; another kind of expression has none.
fn alternatives(expression: &str) -> Option<Vec<String>> {
    let expression = expression.trim_start_matches('^').trim_end_matches('$');
    let inner = expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(expression);
    let words: Vec<String> = inner.trim_start_matches("?:").split('|').map(str::to_owned).collect();
    let plain = |word: &String| word.chars().all(|c| c.is_alphanumeric() || "_- :/".contains(c));
    words.iter().all(plain).then_some(words)
}
