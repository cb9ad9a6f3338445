//! The answer to the whole audit, with its denominators.

use std::collections::BTreeMap;

use crate::findings::v1::{Finding, Outcome, Tally, Verdict, VerdictOutcome};
use crate::findings::words;
use crate::plan::Plan;

/// Fail over incomplete over pass. Exceptions, and with them `conditional`, come from a dossier.
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
    let unmet = |of_rulebook: bool| {
        let counts = |finding: &&Finding| {
            finding.criterion.is_none()
                && finding.rulebook.is_some() == of_rulebook
                && finding.outcome == Outcome::NotMet
        };
        findings.iter().filter(counts).count() as u64
    };
    let (unmet_questions, unmet_readings) = (unmet(false), unmet(true));
    let findings = tally(findings.iter().map(|finding| finding.outcome));
    let open = criteria.undecided + criteria.not_assessed + criteria.error;
    let (outcome, reason) = if findings.not_met > 0 {
        (VerdictOutcome::Fail, failure(criteria, unmet_questions, unmet_readings))
    } else if plan.criteria.is_empty() {
        (VerdictOutcome::Incomplete, "The plan declares no criteria, so nothing could be met.".to_owned())
    } else if open > 0 {
        (VerdictOutcome::Incomplete, format!("{open} of {} criteria could not be decided.", criteria.total))
    } else {
        (VerdictOutcome::Pass, format!("All {} criteria are met.", criteria.total))
    };
    Verdict { outcome, criteria, findings, reason }
}

/// "3 of 10 criteria and 1 check without a criterion are not met."
fn failure(criteria: Tally, unmet_questions: u64, unmet_readings: u64) -> String {
    let mut parts = Vec::new();
    if criteria.not_met > 0 {
        parts.push(format!("{} of {} criteria", words::count(criteria.not_met), words::count(criteria.total)));
    }
    if unmet_questions > 0 {
        let plural = if unmet_questions == 1 { "" } else { "s" };
        parts.push(format!("{} check{plural} of the data or predictions", words::count(unmet_questions)));
    }
    if unmet_readings > 0 {
        let plural = if unmet_readings == 1 { "" } else { "s" };
        parts.push(format!("{} reading{plural} of rulebooks", words::count(unmet_readings)));
    }
    let singular = criteria.not_met + unmet_questions + unmet_readings == 1;
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
