//! The findings of one dimension: a sentence, charts, then the answers.

use std::collections::BTreeMap;

use crate::findings::v1::{Dimension, Fault, Finding, Measure, Outcome, Tally};

use super::super::{text, words};
use super::fairness::{self, Attribute};
use super::figures::{self, Figure};
use super::index::Index;
use super::missing::{Missing, missing};

/// One dimension.
pub(in super::super) struct Section {
    /// Its anchor.
    pub(in super::super) anchor: &'static str,
    /// Its heading.
    pub(in super::super) title: &'static str,
    /// What came out, in a sentence.
    pub(in super::super) sentence: String,
    /// Charts.
    pub(in super::super) figures: Vec<Figure>,
    /// The same, attribute by attribute.
    pub(in super::super) attributes: Vec<Attribute>,
    /// What these leave out.
    pub(in super::super) attributes_more: Option<String>,
    /// Findings that ask for attention.
    pub(in super::super) open: Vec<Article>,
    /// How many of those are not shown, in words.
    pub(in super::super) open_more: Option<String>,
    /// Findings that do not.
    pub(in super::super) settled: Vec<Article>,
    /// Title of that list.
    pub(in super::super) settled_title: String,
    /// How many of those are not shown, in words.
    pub(in super::super) settled_more: Option<String>,
    /// What could not be asked.
    pub(in super::super) missing: Vec<Missing>,
}

/// One finding.
pub(in super::super) struct Article {
    /// Place in the report.
    pub(in super::super) place: usize,
    /// Anchor.
    pub(in super::super) anchor: String,
    /// Title of the check.
    pub(in super::super) title: String,
    /// What it is about.
    pub(in super::super) subject: String,
    /// The answer.
    pub(in super::super) outcome: Outcome,
    /// Why there is no answer, or what made it so.
    pub(in super::super) reason: Option<&'static str>,
    /// The answer in words.
    pub(in super::super) summary: String,
    /// What to do.
    pub(in super::super) remedy: Option<String>,
    /// How many rows it concerns.
    pub(in super::super) concerned: Option<String>,
    /// Everything else, each with its name.
    pub(in super::super) details: Vec<(&'static str, String)>,
}

/// Findings shown in full for a dimension, and in short.
const OPEN: usize = 40;
const SETTLED: usize = 60;
/// Faults named for one finding.
const FAULTS: usize = 40;

/// Every dimension that has findings, in the order of a report.
pub(in super::super) fn sections(index: &Index<'_>) -> Vec<Section> {
    [
        (Dimension::Performance, "performance"),
        (Dimension::Fairness, "fairness"),
        (Dimension::Data, "data"),
        (Dimension::Predictions, "predictions"),
        (Dimension::Documentation, "documentation"),
        (Dimension::Acceptance, "acceptance"),
        (Dimension::DataGovernance, "data-governance"),
        (Dimension::Risks, "risks"),
        (Dimension::Transparency, "transparency"),
        (Dimension::Monitoring, "monitoring"),
        (Dimension::Access, "access"),
        (Dimension::Incidents, "incidents"),
        (Dimension::Oversight, "oversight"),
        (Dimension::ThirdParties, "third-parties"),
        (Dimension::AuditProgramme, "audit-programme"),
    ]
    .into_iter()
    .filter_map(|(dimension, anchor)| section(index, dimension, anchor))
    .collect()
}

fn section(index: &Index<'_>, dimension: Dimension, anchor: &'static str) -> Option<Section> {
    let findings: Vec<_> =
        index.report.findings.iter().enumerate().filter(|(_, finding)| finding.dimension == dimension).collect();
    let figures = if dimension == Dimension::Performance { figures::performance(index) } else { Vec::new() };
    let (attributes, attributes_more) =
        if dimension == Dimension::Fairness { fairness::attributes(index) } else { (Vec::new(), None) };
    if findings.is_empty() && figures.is_empty() && attributes.is_empty() {
        return None;
    }
    let mut open: Vec<_> = findings
        .iter()
        .filter(|(_, f)| matches!(f.outcome, Outcome::NotMet | Outcome::Error | Outcome::Undecided))
        .collect();
    open.sort_by_key(|(place, finding)| (finding.outcome, std::cmp::Reverse(finding.severity), *place));
    let settled: Vec<_> =
        findings.iter().filter(|(_, f)| matches!(f.outcome, Outcome::Met | Outcome::NotApplicable)).collect();
    let total = tally(settled.iter().map(|(_, finding)| finding.outcome));
    let article = |&&(place, finding): &&(usize, &Finding)| article(index, place, finding);
    let kept: Vec<_> = open
        .iter()
        .enumerate()
        .filter(|(rank, (place, _))| *rank < OPEN || index.is_pinned(*place))
        .map(|(_, finding)| article(finding))
        .collect();
    Some(Section {
        anchor,
        title: words::dimension(dimension),
        sentence: sentence(&findings),
        figures,
        attributes,
        attributes_more,
        open_more: more(open.len(), kept.len()),
        open: kept,
        settled_title: format!(
            "{}: {}",
            text::counted(total.total, "other finding", "other findings"),
            words::tally(&total)
        ),
        settled_more: more(settled.len(), SETTLED),
        settled: settled.iter().take(SETTLED).map(article).collect(),
        missing: missing(findings.iter().map(|(_, finding)| *finding)),
    })
}

fn more(have: usize, shown: usize) -> Option<String> {
    let more = have.saturating_sub(shown) as u64;
    (more > 0).then(|| format!("{} in the JSON.", text::counted(more, "more finding is", "more findings are")))
}

fn tally(outcomes: impl Iterator<Item = Outcome>) -> Tally {
    let mut tally = Tally::default();
    for outcome in outcomes {
        tally.total += 1;
        match outcome {
            Outcome::Met => tally.met += 1,
            Outcome::NotMet => tally.not_met += 1,
            Outcome::Undecided => tally.undecided += 1,
            Outcome::NotAssessed => tally.not_assessed += 1,
            Outcome::NotApplicable => tally.not_applicable += 1,
            Outcome::Error => tally.error += 1,
        }
    }
    tally
}

/// `3 criteria: 1 met, 2 not met. 12 further findings: 10 met, 2 not assessed.`
pub(super) fn sentence(findings: &[(usize, &Finding)]) -> String {
    let mut worst: BTreeMap<u64, Outcome> = BTreeMap::new();
    for (_, finding) in findings {
        if let Some(criterion) = &finding.criterion {
            let entry = worst.entry(criterion.index).or_insert(finding.outcome);
            *entry = (*entry).min(finding.outcome);
        }
    }
    let criteria = tally(worst.into_values());
    let others = tally(findings.iter().filter(|(_, f)| f.criterion.is_none()).map(|(_, f)| f.outcome));
    let mut parts = Vec::new();
    if criteria.total > 0 {
        parts.push(format!("{}: {}.", text::counted(criteria.total, "criterion", "criteria"), words::tally(&criteria)));
    }
    if others.total > 0 {
        let (one, many) =
            if parts.is_empty() { ("finding", "findings") } else { ("further finding", "further findings") };
        parts.push(format!("{}: {}.", text::counted(others.total, one, many), words::tally(&others)));
    }
    parts.join(" ")
}

fn article(index: &Index<'_>, place: usize, finding: &Finding) -> Article {
    let measure = index.measure_of(finding);
    let mut details = Vec::new();
    if let Some(criterion) = &finding.criterion {
        details.push(("Criterion", text::clean(&criterion.text)));
    }
    if let Some(measure) = measure {
        details.push(("Measure", measure_words(measure)));
    }
    decision(finding, &mut details);
    if let Some(rulebook) = &finding.rulebook {
        details.push(("Read by", text::clean(&rulebook.source)));
    }
    for fault in finding.faults.iter().take(FAULTS) {
        details.push(("Fault", fault_words(fault)));
    }
    if let Some(exception) = &finding.exception {
        let (until, path) = (text::short(&exception.expires, 20), text::short(&exception.path, 80));
        details.push(("Exception", format!("until {until} ({path})")));
    }
    if finding.faults.len() > FAULTS {
        let more = (finding.faults.len() - FAULTS) as u64;
        details.push(("Fault", format!("{} in the JSON.", text::counted(more, "more is", "more are"))));
    }
    details.push(("Severity", words::severity(finding.severity).to_owned()));
    details.push(("Evidence", words::evidence(finding.evidence_class).to_owned()));
    details.push(("Check", text::short(&finding.check, 120)));
    Article {
        place,
        anchor: index.anchor(place).to_owned(),
        title: text::short(&finding.title, 120),
        subject: words::about(finding),
        outcome: finding.outcome,
        reason: finding.reason.map(words::reason),
        summary: text::clean(&finding.summary),
        remedy: finding.remedy.as_deref().filter(|remedy| !remedy.is_empty()).map(text::clean),
        concerned: finding.concerned.map(|rows| format!("{} concerned", text::counted(rows, "row is", "rows are"))),
        details,
    }
}

/// What is wrong, where, and who answers for it until when.
fn fault_words(fault: &Fault) -> String {
    let mut where_and_who = text::short(&fault.path, 80);
    if let Some(owner) = &fault.owner {
        where_and_who = format!("{where_and_who}; {} answers for it", text::short(owner, 40));
    }
    if let Some(due) = &fault.due {
        where_and_who = format!("{where_and_who}; due {}", text::short(due, 20));
    }
    format!("{} ({where_and_who})", text::clean(&fault.text))
}

fn measure_words(measure: &Measure) -> String {
    let mut out = format!("{}: {}", words::measure(&measure.name), words::value(measure, 4));
    let mut beside = Vec::new();
    if let Some(interval) = &measure.interval {
        let limits = text::limits(interval.lower, interval.upper, 4);
        beside.push(format!(
            "{} interval {limits}, {}",
            text::level(interval.level),
            text::short(&interval.method, 60)
        ));
    }
    if let Some(bounds) = &measure.bounds {
        beside.push(format!("certainly {}", text::limits(Some(bounds.lower), Some(bounds.upper), 4)));
    }
    if let Some(n) = measure.n {
        beside.push(format!("n {}", text::count(n)));
    }
    if !measure.population.is_empty() {
        beside.push(format!("rows that are {}", text::short(&measure.population, 60)));
    }
    if !measure.convention.is_empty() && measure.convention != "standard" {
        beside.push(format!("convention {}", text::short(&measure.convention, 60)));
    }
    if !beside.is_empty() {
        out.push_str(&format!(" ({})", beside.join("; ")));
    }
    out
}

fn decision(finding: &Finding, details: &mut Vec<(&'static str, String)>) {
    let Some(decision) = &finding.decision else { return };
    let by = match decision.decided_by.as_str() {
        "interval" => "the whole interval".to_owned(),
        "point" => "the point value, as the plan asks".to_owned(),
        "holm" => "Holm's adjustment over the groups, which kept a not met from standing".to_owned(),
        other => text::short(other, 60),
    };
    details.push(("Decided by", by));
    if let Some(p) = decision.p_value {
        let adjusted = [(decision.p_adjusted, "Holm"), (decision.p_adjusted_bh, "Benjamini-Hochberg")];
        let adjusted: String = adjusted
            .into_iter()
            .filter_map(|(p, name)| Some(format!("; adjusted ({name}) {}", text::in_table(p?))))
            .collect();
        details.push(("One-sided p of not met", format!("{}{adjusted}", text::in_table(p))));
    }
    if let Some(p) = decision.p_equivalence {
        details.push(("p of equivalence (TOST)", text::in_table(p)));
    }
    match (decision.n_needed, &decision.n_needed_reason) {
        (Some(n), _) => {
            details.push(("Rows needed to decide", format!("about {}, if the estimate persists", text::count(n))))
        }
        (None, Some(reason)) => {
            let reason = if reason == "estimate_at_threshold" {
                "no number would do: the estimate lies at the threshold".to_owned()
            } else {
                text::short(reason, 120)
            };
            details.push(("Rows needed to decide", reason));
        }
        (None, None) => {}
    }
    if let Some(gap) = decision.smallest_detectable {
        details.push(("Smallest distance these rows could show", text::in_table(gap)));
    }
}
