//! The criteria, one by one, each against its threshold.

use std::collections::BTreeMap;

use crate::findings::v1::{CriterionRecord, Finding, Outcome};

use super::super::svg::Strip;
use super::super::{text, words};
use super::index::{Index, natural};

/// A declared criterion with its answers, worst first.
pub(in super::super) struct CriterionRow {
    /// The criterion in words.
    pub(in super::super) text: String,
    /// Where the threshold comes from and who set it.
    pub(in super::super) source: Option<String>,
    /// When it was set.
    pub(in super::super) set_at: Option<String>,
    /// The worst answer.
    pub(in super::super) outcome: Outcome,
    /// One answer for every group it asks about.
    pub(in super::super) answers: Vec<Answer>,
}

/// One answer to a criterion.
pub(in super::super) struct Answer {
    /// Place of the finding.
    pub(in super::super) place: usize,
    /// The group without its attribute, or `all rows`.
    pub(in super::super) label: String,
    /// The answer.
    pub(in super::super) outcome: Outcome,
    /// Drawing of it, where there is a number.
    pub(in super::super) strip: Option<Strip>,
    /// The estimate, or why there is none.
    pub(in super::super) estimate: String,
    /// The limits of its interval.
    pub(in super::super) interval: String,
    /// Rows it rests on.
    pub(in super::super) n: String,
    /// The reason behind the outcome, in words.
    pub(in super::super) reason: Option<&'static str>,
}

/// A finding with its place in the report.
type Placed<'a> = (usize, &'a Finding);

/// Every criterion, in the order of the plan.
pub(in super::super) fn criteria(index: &Index<'_>) -> Vec<CriterionRow> {
    let mut rows: BTreeMap<u64, (&CriterionRecord, Vec<Placed<'_>>)> = BTreeMap::new();
    for (place, finding) in index.report.findings.iter().enumerate() {
        if let Some(criterion) = &finding.criterion {
            rows.entry(criterion.index).or_insert_with(|| (criterion, Vec::new())).1.push((place, finding));
        }
    }
    rows.into_values()
        .map(|(criterion, mut findings)| {
            findings.sort_by_key(|(place, finding)| (finding.outcome, *place));
            let answers: Vec<_> = findings.iter().map(|&(place, finding)| answer(index, place, finding)).collect();
            CriterionRow {
                text: text::sentence(&text::clean(&criterion.text)),
                source: source(criterion),
                set_at: criterion.criterion.set_at.as_deref().map(|day| text::short(day, 40)),
                outcome: answers.first().map_or(Outcome::NotAssessed, |answer| answer.outcome),
                answers,
            }
        })
        .collect()
}

fn answer(index: &Index<'_>, place: usize, finding: &Finding) -> Answer {
    let measure = index.measure_of(finding);
    let interval = measure.and_then(|measure| measure.interval.as_ref());
    let reason = finding.reason.map(words::reason);
    Answer {
        place,
        label: words::group_of(&finding.subject),
        outcome: finding.outcome,
        strip: strip(index, finding),
        estimate: measure.map_or_else(|| text::NONE.to_owned(), |measure| words::value(measure, 4)),
        interval: interval.map_or_else(String::new, |interval| text::limits(interval.lower, interval.upper, 4)),
        n: measure.and_then(|measure| measure.n).map_or_else(|| text::NONE.to_owned(), text::count),
        reason,
    }
}

fn strip(index: &Index<'_>, finding: &Finding) -> Option<Strip> {
    let measure = index.measure_of(finding)?;
    let criterion = &finding.criterion.as_ref()?.criterion;
    let value = measure.value.filter(|value| value.is_finite())?;
    Some(Strip {
        title: format!("{}, {}", words::measure_short(&measure.name), words::about(finding)),
        value,
        interval: measure.interval.as_ref().map(|interval| (interval.lower, interval.upper)),
        good: criterion.bounds(),
        outcome: finding.outcome,
        natural: natural(&measure.name),
    })
}

fn source(record: &CriterionRecord) -> Option<String> {
    let criterion = &record.criterion;
    let mut parts = Vec::new();
    if let Some(source) = &criterion.source {
        parts.push(text::short(source, 120));
    }
    if let Some(by) = &criterion.set_by {
        parts.push(format!("set by {}", text::short(by, 80)));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}
