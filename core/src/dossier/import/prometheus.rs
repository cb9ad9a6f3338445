//! Rules of Prometheus: `groups[].rules[]` of a rule file, or under `spec` of a `PrometheusRule` of its operator.
//!
//! Source: "Alerting rules" of the Prometheus documentation, release 3; `monitoring.coreos.com/v1`.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::monitors;
use super::promql::condition;
use super::source::Found;

pub(super) fn read(file: &Found<'_>, draft: &mut Draft) {
    let spec = match file.peek("kind") {
        Some("PrometheusRule") => {
            file.bookkeeping(&["apiVersion", "kind", "metadata"]);
            file.get("spec")
        }
        Some(_) => return file.unread("a manifest that is no PrometheusRule"),
        None => Some(file.clone()),
    };
    let Some(spec) = spec else { return };
    let rules: Vec<Found<'_>> = spec
        .list("groups")
        .iter()
        .flat_map(|group| {
            group.bookkeeping(&["name"]);
            group.list("rules")
        })
        .collect();
    let mut names: BTreeMap<&str, u64> = BTreeMap::new();
    for name in rules.iter().filter_map(|rule| rule.peek("alert")) {
        *names.entry(name).or_default() += 1;
    }
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for rule in &rules {
        let Some(alert) = rule.peek("alert") else {
            // That a rule reads or records a series does not show that the service exports anything.
            rule.unread("not an alert; say in `monitoring.exported_metrics` what the service exports");
            continue;
        };
        // One alert may have a rule for each severity.
        let number = seen.entry(alert).or_default();
        *number += 1;
        let id = if names.get(alert) == Some(&1) { alert.to_owned() } else { format!("{alert}-{number}") };
        monitor(rule, &id, draft);
    }
}

fn monitor(rule: &Found<'_>, id: &str, draft: &mut Draft) {
    let Some(alert) = rule.text("alert") else { return };
    let Some(item) = draft.item("monitoring.monitors", &[id], alert.from.clone()) else { return };
    let name = alert.text.clone();
    draft.set_in(&item, "alert", Some(alert));
    let mut range = None;
    if let Some(expression) = rule.text("expr") {
        let read = condition(&expression.text);
        match read.metrics.as_slice() {
            [metric] => draft.set_in(&item, "metric", Some(expression.saying(*metric))),
            _ => draft.note(expression.from.clone(), "an expression of no single metric"),
        }
        match read.good {
            Ok((comparator, bound)) => {
                draft.set_in(&item, "comparator", Some(expression.saying(comparator)));
                draft.set_in(&item, "threshold", Some(expression.saying(bound.to_string())));
            }
            Err(why) => draft.note(expression.from.clone(), why),
        }
        range = read.range.map(|range| expression.saying(range));
    }
    monitors::window(&item, range, rule.text("for"), draft);
    monitors::labelled(rule, item, name, draft);
}
