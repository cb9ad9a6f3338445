//! The flat list of all measures, for every table and group.

use super::estimate::{Estimate, asked, missing_need};
use super::facts::{Dimension, Facts};
use super::gap;
use crate::findings::catalogue::{self, Entry, Scope};
use crate::findings::v1::{Bounds, Interval, Measure, Reason, Subject, TableName};
use crate::parallel;
use crate::plan::Plan;

/// Every measure of a table: all of it, then each group, then the groups compared.
pub(crate) fn measures(plan: &Plan, facts: &Facts<'_>, threads: usize) -> Vec<Measure> {
    let mut list = Vec::new();
    let joined = facts.measurements.labels.is_some();
    // Without a baseline model nothing changed from it, which is not worth a line each.
    let compared = |entry: &&Entry| !entry.needs_baseline() || plan.baseline.is_some();
    for entry in catalogue::of_task(plan.task).filter(|entry| !entry.compares_groups()).filter(compared) {
        for convention in asked(plan, entry, facts.aspect).into_iter().filter(|name| !catalogue::needs_groups(name)) {
            let estimate = facts.overall.estimates.get(entry, convention);
            list.push(measure(facts.table, entry, convention, facts.subject(), &estimate, plan.level));
        }
    }
    if facts.table == TableName::Reference {
        return list;
    }
    // What the plan cannot have at all is said once, for the whole table.
    let possible = || catalogue::of_task(plan.task).filter(|entry| missing_need(plan, entry.needs, joined).is_none());
    let of_dimensions: Vec<(&Dimension, &Entry)> =
        facts.dimensions.iter().flat_map(|dimension| possible().map(move |entry| (dimension, entry))).collect();
    let measured =
        parallel::map(&of_dimensions, threads, |(dimension, entry)| of_groups(plan, facts, dimension, entry));
    list.extend(measured.into_iter().flatten());
    list
}

/// What a measure says of each group of an attribute, and of the groups compared.
fn of_groups(plan: &Plan, facts: &Facts<'_>, dimension: &Dimension, entry: &Entry) -> Vec<Measure> {
    let mut list = Vec::new();
    if entry.is_of_groups() {
        for convention in asked(plan, entry, facts.aspect) {
            for group in &dimension.groups {
                let estimate = group.estimates.get(entry, convention);
                let subject = group_subject(facts, dimension, &group.group);
                list.push(measure(facts.table, entry, convention, subject, &estimate, plan.level));
            }
        }
    }
    if matches!(entry.scope, Scope::Groups | Scope::Both) {
        for convention in gap::conventions(plan, facts.aspect, entry, dimension) {
            for gap in gap::gaps(plan, facts, entry, convention, dimension) {
                let subject = gap_subject(facts, dimension, &gap, convention);
                list.push(measure(facts.table, entry, convention, subject, &gap.estimate, plan.level));
            }
        }
    }
    list
}

/// The subject of one group's value.
pub(crate) fn group_subject(facts: &Facts<'_>, dimension: &Dimension, group: &[Option<String>]) -> Subject {
    Subject { attribute: dimension.attribute.clone(), group: group.to_vec(), ..facts.subject() }
}

/// The subject of a gap: the groups compared belong to it only where they define it, not where they happen to be extreme.
pub(crate) fn gap_subject(facts: &Facts<'_>, dimension: &Dimension, gap: &gap::Gap, convention: &str) -> Subject {
    let attribute = dimension.attribute.clone();
    if convention == "each_feature" {
        return Subject { attribute, feature: gap.group.first().cloned().flatten(), ..facts.subject() };
    }
    let (group, reference) = match convention {
        convention if catalogue::gives_each_group(convention) => (gap.group.clone(), gap.reference.clone()),
        "pooled_reference" => (Vec::new(), gap.reference.clone()),
        _ => (Vec::new(), Vec::new()),
    };
    Subject { attribute, group, reference, ..facts.subject() }
}

/// The unique id of a measure.
pub(crate) fn measure_id(table: TableName, entry: &Entry, convention: &str, subject: &Subject) -> String {
    let table = if table == TableName::Reference { "reference/" } else { "" };
    let name = entry.name;
    let convention = if convention == "standard" { String::new() } else { format!("[{convention}]") };
    format!("{table}{name}{convention}{}", subject_suffix(subject))
}

/// `:race=black`, `:race~income` for a feature, or `:race&sex=black&female`, after `[class=…]` where there is one; empty
/// for the whole table. Missing is `∅`.
pub(crate) fn subject_suffix(subject: &Subject) -> String {
    let class = subject.class.as_ref().map_or_else(String::new, |class| format!("[class={class}]"));
    if subject.attribute.is_empty() {
        return class;
    }
    let attribute = subject.attribute.join("&");
    if let Some(feature) = &subject.feature {
        return format!("{class}:{attribute}~{feature}");
    }
    if subject.group.is_empty() {
        return format!("{class}:{attribute}");
    }
    let group: Vec<&str> = subject.group.iter().map(|value| value.as_deref().unwrap_or("∅")).collect();
    format!("{class}:{attribute}={}", group.join("&"))
}

fn measure(
    table: TableName,
    entry: &Entry,
    convention: &str,
    subject: Subject,
    estimate: &Estimate,
    level: f64,
) -> Measure {
    let suppressed = estimate.value == Err(Reason::Suppressed);
    Measure {
        id: measure_id(table, entry, convention, &subject),
        name: entry.name.to_owned(),
        convention: convention.to_owned(),
        table,
        subject,
        value: estimate.value.ok(),
        undefined: estimate.value.err(),
        interval: interval(estimate, level),
        bounds: estimate.bounds.map(|(lower, upper)| Bounds { lower, upper }),
        n: (!suppressed).then_some(estimate.n),
        n_effective: estimate.n_effective,
        subjects: estimate.subjects.filter(|_| !suppressed && estimate.value.is_ok()),
        no_interval: estimate.no_interval.filter(|_| estimate.value.is_ok()),
        population: estimate.population.to_owned(),
    }
}

/// The interval of an estimate on the wire: an infinite limit is absent.
pub(crate) fn interval(estimate: &Estimate, level: f64) -> Option<Interval> {
    let uncertainty = estimate.uncertainty.as_ref()?;
    let (lower, upper) = limits(estimate, level)?;
    let finite = |limit: f64| limit.is_finite().then_some(limit);
    Some(Interval { lower: finite(lower), upper: finite(upper), level, method: uncertainty.method().to_owned() })
}

/// The limits of an estimate, widened by the bounds of coarsening.
pub(crate) fn limits(estimate: &Estimate, level: f64) -> Option<(f64, f64)> {
    let (lower, upper) = estimate.uncertainty.as_ref()?.interval(level)?;
    Some(match (estimate.value, estimate.bounds) {
        (Ok(value), Some((least, most))) => (lower - (value - least), upper + (most - value)),
        _ => (lower, upper),
    })
}
