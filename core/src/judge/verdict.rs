//! The answer to the whole audit, with its denominators.

use std::collections::BTreeMap;

use crate::findings::v1::{Finding, Outcome, Tally, Verdict, VerdictOutcome};
use crate::findings::words;
use crate::plan::Plan;

/// Fail over incomplete over conditional over pass. What is not met only by an exception of the dossier is conditional.
pub(super) fn verdict(plan: &Plan, findings: &[Finding]) -> Verdict {
    let mut worst: BTreeMap<u64, Outcome> = BTreeMap::new();
    for finding in findings {
        if let Some(criterion) = &finding.criterion {
            // Outcomes are ordered worst first.
            let entry = worst.entry(criterion.index).or_insert(finding.outcome);
            *entry = finding.outcome.min(*entry);
        }
    }
    let criteria = tally(worst.values().copied());
    let unmet = |asked: fn(&Finding) -> bool| {
        let counts = |finding: &&Finding| {
            let open = finding.outcome == Outcome::NotMet && finding.exception.is_none();
            open && finding.criterion.is_none() && asked(finding)
        };
        findings.iter().filter(counts).count() as u64
    };
    let unmet = [
        (unmet(|f| f.rulebook.is_none() && !f.dimension.reads_dossier()), "check", "of the data or predictions"),
        (unmet(|f| f.dimension.reads_dossier()), "check", "of the dossier"),
        (unmet(|f| f.rulebook.is_some()), "reading", "of rulebooks"),
    ];
    let excepted: Vec<&str> =
        findings.iter().filter_map(|finding| Some(finding.exception.as_ref()?.expires.as_str())).collect();
    let findings = tally(findings.iter().map(|finding| finding.outcome));
    let open = criteria.undecided + criteria.not_assessed + criteria.error;
    let (outcome, reason) = if findings.not_met > excepted.len() as u64 {
        (VerdictOutcome::Fail, failure(criteria, unmet))
    } else if plan.criteria.is_empty() {
        (VerdictOutcome::Incomplete, "The plan declares no criteria, so nothing could be met.".to_owned())
    } else if open > 0 {
        (VerdictOutcome::Incomplete, format!("{open} of {} criteria could not be decided.", criteria.total))
    } else if let Some(first) = excepted.iter().min() {
        let are = if excepted.len() == 1 { "finding is" } else { "findings are" };
        let count = words::count(excepted.len() as u64);
        let reason = format!("{count} {are} not met, and excepted for a time; the first exception ends on {first}.");
        (VerdictOutcome::Conditional, reason)
    } else {
        (VerdictOutcome::Pass, format!("All {} criteria are met.", criteria.total))
    };
    Verdict { outcome, criteria, findings, reason }
}

/// "3 of 10 criteria and 1 check without a criterion are not met."
fn failure(criteria: Tally, unmet: [(u64, &str, &str); 3]) -> String {
    let mut parts = Vec::new();
    if criteria.not_met > 0 {
        parts.push(format!("{} of {} criteria", words::count(criteria.not_met), words::count(criteria.total)));
    }
    for (count, what, of) in unmet.into_iter().filter(|(count, ..)| *count > 0) {
        let plural = if count == 1 { "" } else { "s" };
        parts.push(format!("{} {what}{plural} {of}", words::count(count)));
    }
    let singular = criteria.not_met + unmet.iter().map(|(count, ..)| count).sum::<u64>() == 1;
    let listed = match parts.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => parts.concat(),
    };
    format!("{listed} {} not met.", if singular { "is" } else { "are" })
}

fn tally(outcomes: impl Iterator<Item = Outcome>) -> Tally {
    let mut tally = Tally::default();
    for outcome in outcomes {
        tally.total += 1;
        *match outcome {
            Outcome::Met => &mut tally.met,
            Outcome::NotMet => &mut tally.not_met,
            Outcome::Undecided => &mut tally.undecided,
            Outcome::NotAssessed => &mut tally.not_assessed,
            Outcome::NotApplicable => &mut tally.not_applicable,
            Outcome::Error => &mut tally.error,
        } += 1;
    }
    tally
}
