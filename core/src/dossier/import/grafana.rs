//! Alert rules of Grafana: a provisioning file as Grafana exports it, in YAML or JSON, or rules as its API gives them.
//!
//! Source: "Use configuration files to provision alerting resources" and "Expressions" of the Grafana documentation, release 12.

use super::draft::{Draft, Given, Item};
use super::monitors;
use super::promql::condition;
use super::source::Found;
use crate::yaml::words::quote;

/// What an alert compares by, and the comparison that holds while all is well.
const EVALUATORS: [(&str, &str); 4] = [("lt", ">="), ("lte", ">"), ("gt", "<="), ("gte", "<")];
/// What says how a query is drawn and when it is asked.
const QUERY: [&str; 9] =
    ["refId", "datasource", "editorMode", "hide", "instant", "range", "intervalMs", "legendFormat", "maxDataPoints"];

/// Whether a tree is a provisioning file with rules, or a rule of the API.
pub(super) fn fits(root: &Found<'_>) -> bool {
    root.peek("apiVersion") == Some("1") && root.has("groups") || root.has("ruleGroup") && root.has("data")
}

pub(super) fn read(file: &Found<'_>, draft: &mut Draft) {
    file.bookkeeping(&["apiVersion"]);
    let groups = file.list("groups");
    let rules = groups.iter().flat_map(|group| {
        group.bookkeeping(&["orgId", "name", "folder"]);
        group.list("rules")
    });
    let of_api = file.items().into_iter().filter(|rule| rule.has("ruleGroup"));
    for rule in rules.chain(of_api) {
        monitor(&rule, draft);
    }
}

fn monitor(rule: &Found<'_>, draft: &mut Draft) {
    if rule.peek("isPaused") == Some("true") {
        return rule.unread("a rule that is paused");
    }
    rule.bookkeeping(&["id", "orgID", "folderUID", "ruleGroup", "updated", "provenance", "isPaused"]);
    let Some(title) = rule.text("title") else { return rule.unread("a rule without a title") };
    // The title tells alerts apart only within a folder.
    let id = rule.text("uid").unwrap_or_else(|| title.clone());
    let Some(item) = draft.item("monitoring.monitors", &[&id.text], id.from) else { return };
    let name = title.text.clone();
    draft.set_in(&item, "alert", Some(title));
    let steps: Vec<Step<'_>> = rule.list("data").into_iter().filter_map(Step::read).collect();
    let reference = rule.text("condition");
    let last = reference.as_ref().and_then(|condition| Step::named(&steps, &condition.text));
    let range = last.and_then(|last| {
        compared(last, &item, draft);
        measured(last, &steps, &item, draft)
    });
    if let Some(reference) = reference.filter(|_| last.is_none()) {
        draft.note(reference.from, "a condition that is none of the queries");
    }
    monitors::window(&item, range, rule.text("for"), draft);
    if let Some(settings) = rule.get_any(&["notification_settings", "notificationSettings"]) {
        draft.set_in(&item, "receiver", settings.text("receiver"));
    }
    monitors::labelled(rule, item, name, draft);
}

/// A query, or an expression over what other steps give.
struct Step<'s> {
    name: String,
    model: Found<'s>,
}

impl<'s> Step<'s> {
    fn read(step: Found<'s>) -> Option<Self> {
        step.bookkeeping(&["queryType", "datasourceUid", "relativeTimeRange"]);
        let (name, model) = (step.text("refId")?.text, step.get("model")?);
        model.bookkeeping(&QUERY);
        Some(Self { name, model })
    }

    fn named<'t>(steps: &'t [Self], name: &str) -> Option<&'t Self> {
        steps.iter().find(|step| step.name == name)
    }
}

/// States the bound of a threshold.
fn compared(last: &Step<'_>, item: &Item, draft: &mut Draft) {
    let conditions = last.model.list("conditions");
    let [condition] = conditions.as_slice() else {
        return last.model.unread("an expression that is no single threshold");
    };
    condition.bookkeeping(&["type", "operator", "reducer", "query"]);
    let Some(evaluator) = condition.get("evaluator") else { return };
    let Some(kind) = evaluator.text("type") else { return };
    let Some((_, good)) = EVALUATORS.iter().find(|(known, _)| *known == kind.text) else {
        return evaluator.unread(format!("{} compares with no single bound", quote(&kind.text)));
    };
    draft.set_in(item, "comparator", Some(kind.saying(*good)));
    // A comparison with one bound may carry a second that Grafana does not use.
    draft.set_in(item, "threshold", evaluator.list("params").first().and_then(Found::given));
}

/// States the metric that the condition comes down to; the answer is the time over which it is measured.
fn measured(last: &Step<'_>, steps: &[Step<'_>], item: &Item, draft: &mut Draft) -> Option<Given> {
    let mut step = last;
    // A chain is no longer than the steps that there are: a longer one would turn in a circle.
    for _ in steps {
        step.model.bookkeeping(&["type", "reducer", "settings"]);
        if let Some(expression) = step.model.text("expr") {
            let read = condition(&expression.text);
            match (read.metrics.as_slice(), &read.good) {
                ([metric], Err(_)) => draft.set_in(item, "metric", Some(expression.saying(*metric))),
                ([_], Ok(_)) => draft.note(expression.from.clone(), "a query that compares too"),
                _ => draft.note(expression.from.clone(), "an expression of no single metric"),
            }
            return read.range.map(|range| expression.saying(range));
        }
        let above = step.model.text("expression")?;
        let Some(next) = Step::named(steps, above.text.trim_start_matches('$')) else {
            draft.note(above.from, "an expression that reads no single query");
            return None;
        };
        step = next;
        // The editor leaves there what only a threshold uses.
        step.model.bookkeeping(&["conditions"]);
    }
    last.model.unread("expressions that read one another in a circle");
    None
}
