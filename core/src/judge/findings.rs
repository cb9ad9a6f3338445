//! The answers of all checks: criteria first, then every other question in the order of the registry.

use super::consequence;
use super::criteria::{self, Judged};
use super::estimate::{Estimate, missing_need};
use super::facts::Facts;
use super::measures::{measure_id, subject_suffix};
use super::{Context, gap, sentences};
use crate::checks::{Answer, Check, Judge, Meta, Review, registry};
use crate::findings::catalogue::{self, Entry, Need};
use crate::findings::v1::{CriterionRecord, Finding, Outcome, Reason, RulebookRecord, Subject, TableName};
use crate::findings::words;
use crate::plan::Plan;
use crate::rulebook::Rulebook;

/// Runs every check.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let judged = criteria::judge(context.plan, context.facts);
    let mut findings: Vec<Finding> = judged.iter().filter_map(|judged| criterion_finding(context, judged)).collect();
    for check in registry::all().filter(|check| check.fits(context.plan.task)) {
        match &check.judge {
            Judge::Measures(names) => {
                if !judged.iter().any(|judged| names.contains(&judged.entry.name)) {
                    findings.push(uncriticised(context, check, names));
                }
            }
            Judge::Rulebook(rulebook) => findings.extend(readings(context, check, rulebook)),
            Judge::Own { judge, words, .. } => findings.extend(own(context, check, *judge, *words)),
            Judge::Dossier { rests_on, asked } => {
                let answer = |dossier| reviewed(check, Review::new(context, dossier, rests_on, *asked));
                findings.extend(context.dossier.map(answer));
            }
        }
    }
    findings
}

fn criterion_finding(context: &Context<'_>, judged: &Judged<'_>) -> Option<Finding> {
    let check = registry::all()
        .find(|check| matches!(check.judge, Judge::Measures(names) if names.contains(&judged.entry.name)))?;
    let criterion = judged.criterion;
    let mut finding = blank(&check.meta, judged.subject.clone());
    finding.id = format!("{}#{}", finding.id, judged.index + 1);
    finding.outcome = judged.outcome;
    finding.reason = judged.reason;
    finding.severity = criterion.severity;
    finding.criterion = Some(CriterionRecord {
        index: judged.index as u64,
        text: criterion.sentence_in(context.plan),
        criterion: criterion.clone(),
    });
    finding.measure = Some(measure_id(TableName::Predictions, judged.entry, &criterion.convention, &judged.subject));
    finding.decision.clone_from(&judged.decision);
    finding.summary = sentences::criterion(context.plan, judged);
    if judged.outcome == Outcome::NotMet {
        if let Some(sentence) = consequence::consequence(context.plan, context.facts, judged) {
            finding.summary.push(' ');
            finding.summary.push_str(&sentence);
        }
        finding.remedy = Some(check.meta.remedy.to_owned());
        // A gap concerns everyone in the group; a rate concerns the rows it was measured on.
        finding.concerned =
            if judged.entry.compares_groups() { judged.rows } else { judged.rows.map(|_| judged.estimate.n) };
    }
    Some(finding)
}

/// Measures without a criterion: their value is said, nothing is judged.
fn uncriticised(context: &Context<'_>, check: &Check, names: &[&str]) -> Finding {
    let mut finding = blank(&check.meta, Subject::default());
    finding.outcome = Outcome::NotAssessed;
    finding.reason = Some(Reason::NoCriterion);
    let (plan, facts) = (context.plan, context.facts);
    let entries: Vec<&Entry> =
        names.iter().filter_map(|name| catalogue::find(name)).filter(|entry| entry.fits(plan.task)).collect();
    if let Some(reason) = missing_need(plan, check.meta.needs, facts.measurements.labels.is_some()) {
        finding.reason = Some(reason);
        finding.summary = format!("{} was not computed: {}.", check.meta.title, words::reason(reason));
        return finding;
    }
    let &[entry] = entries.as_slice() else {
        let titles: Vec<&str> = entries.iter().map(|entry| entry.title).collect();
        finding.summary = format!(
            "The plan states no criterion for any of these; their values are among the measures: {}.",
            titles.join(", ")
        );
        return finding;
    };
    let Some(convention) = entry.default_convention(facts.aspect) else {
        let of_class =
            |facts: &Facts<'_>| Some(format!("class {}: {}", facts.class.as_deref()?, said(plan, facts, entry)?));
        let classes: Vec<String> = facts.classes.iter().filter_map(of_class).collect();
        finding.summary = format!("{}, {}; the plan states no criterion for it.", entry.title, classes.join("; "));
        return finding;
    };
    if !entry.compares_groups() {
        let estimate = facts.overall.estimates.get(entry, convention);
        finding.reason = Some(estimate.value.err().unwrap_or(Reason::NoCriterion));
        finding.measure = Some(measure_id(TableName::Predictions, entry, convention, &finding.subject));
        finding.summary = sentences::uncriticised(plan, entry, convention, &finding.subject, &estimate);
        return finding;
    }
    let gaps = said(plan, facts, entry).unwrap_or_default();
    finding.summary = format!("{} between groups of {gaps}; the plan states no criterion for it.", entry.title);
    finding
}

/// The value of a measure of all rows, or of the groups of each attribute, by its default definition.
fn said(plan: &Plan, facts: &Facts<'_>, entry: &Entry) -> Option<String> {
    let convention = entry.default_convention(facts.aspect)?;
    let number = |estimate: &Estimate| match estimate.value {
        Ok(value) => words::number(value),
        Err(reason) => format!("not computed, {}", words::reason(reason)),
    };
    if !entry.compares_groups() {
        return Some(number(&facts.overall.estimates.get(entry, convention)));
    }
    let gaps = facts.dimensions.iter().flat_map(|dimension| {
        let attribute = dimension.attribute.join(" and ");
        let gaps = gap::gaps(plan, facts, entry, convention, dimension);
        gaps.into_iter().map(move |gap| format!("{attribute}: {}", number(&gap.estimate)))
    });
    Some(gaps.collect::<Vec<_>>().join("; "))
}

fn own(
    context: &Context<'_>,
    check: &Check,
    judge: fn(&Context<'_>) -> Vec<Answer>,
    words: fn(&Answer, &Context<'_>) -> String,
) -> Vec<Finding> {
    let joined = context.facts.measurements.labels.is_some();
    let undocumented = check.meta.needs.contains(&Need::Dossier) && context.dossier.is_none();
    let missing = missing_need(context.plan, check.meta.needs, joined);
    if let Some(reason) = undocumented.then_some(Reason::DossierMissing).or(missing) {
        let mut finding = blank(&check.meta, Subject::default());
        finding.outcome = Outcome::NotAssessed;
        finding.reason = Some(reason);
        finding.summary = format!("Not assessed: {}.", crate::findings::words::reason(reason));
        return vec![finding];
    }
    judge(context)
        .into_iter()
        .map(|answer| {
            let mut finding = blank(&check.meta, answer.subject.clone());
            finding.outcome = answer.outcome.unwrap_or(Outcome::NotAssessed);
            finding.reason = answer.reason;
            finding.summary = words(&answer, context);
            if matches!(finding.outcome, Outcome::NotMet | Outcome::Undecided) {
                finding.remedy = Some(check.meta.remedy.to_owned());
            }
            if finding.outcome == Outcome::NotMet {
                finding.concerned = answer.concerned;
            }
            finding
        })
        .collect()
}

/// The answer of a check that reviews the dossier.
fn reviewed(check: &Check, review: Review) -> Finding {
    let mut finding = blank(&check.meta, Subject::default());
    finding.outcome = review.outcome();
    finding.reason = review.reason;
    finding.summary = review.summary();
    if finding.outcome == Outcome::NotMet {
        finding.remedy = Some(check.meta.remedy.to_owned());
    }
    finding.faults = review.faults;
    finding
}

/// The answers of a rulebook that the plan asks for.
fn readings(context: &Context<'_>, check: &Check, rulebook: &Rulebook) -> Vec<Finding> {
    let Some(settings) = context.plan.rulebooks.get(rulebook.name) else { return Vec::new() };
    let record =
        |figures| RulebookRecord { name: rulebook.name.to_owned(), source: rulebook.source.to_owned(), figures };
    (rulebook.read)(context, settings)
        .into_iter()
        .map(|reading| {
            let mut finding = blank(&check.meta, reading.subject);
            if let Some(part) = reading.part {
                finding.id = format!("{}#{part}", finding.id);
            }
            finding.outcome = reading.outcome;
            finding.reason = reading.reason;
            finding.summary = reading.text;
            finding.rulebook = Some(record(reading.figures));
            if matches!(finding.outcome, Outcome::NotMet | Outcome::Undecided) {
                finding.remedy = Some(check.meta.remedy.to_owned());
            }
            if finding.outcome == Outcome::NotMet {
                finding.concerned = reading.concerned;
            }
            finding
        })
        .collect()
}

fn blank(meta: &Meta, subject: Subject) -> Finding {
    Finding {
        id: format!("{}{}", meta.id, subject_suffix(&subject)),
        check: meta.id.to_owned(),
        title: meta.title.to_owned(),
        dimension: meta.dimension,
        outcome: Outcome::NotAssessed,
        reason: None,
        severity: meta.severity,
        evidence_class: meta.evidence_class,
        subject,
        criterion: None,
        measure: None,
        decision: None,
        rulebook: None,
        summary: String::new(),
        remedy: None,
        concerned: None,
        faults: Vec::new(),
        exception: None,
    }
}
