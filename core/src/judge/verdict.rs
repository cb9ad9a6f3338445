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
    let findings = tally(findings.iter().map(|finding| finding.outcome));
    let open = criteria.undecided + criteria.not_assessed + criteria.error;
    let (outcome, reason) = if findings.not_met > 0 {
        let unmet = findings.not_met;
        (
            VerdictOutcome::Fail,
            format!(
                "{} of {} findings {} not met.",
                words::count(unmet),
                words::count(findings.total),
                if unmet == 1 { "is" } else { "are" }
            ),
        )
    } else if plan.criteria.is_empty() {
        (VerdictOutcome::Incomplete, "The plan declares no criteria, so nothing could be met.".to_owned())
    } else if open > 0 {
        (VerdictOutcome::Incomplete, format!("{open} of {} criteria could not be decided.", criteria.total))
    } else {
        (VerdictOutcome::Pass, format!("All {} criteria are met.", criteria.total))
    };
    Verdict { outcome, criteria, findings, reason }
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
