//! What matters: at most five sentences, worst first.

use crate::findings::v1::{Finding, Headline, Outcome};

/// Sentences shown.
const SHOWN: usize = 5;

/// Failures by severity and number of people, then errors, then what stayed undecided.
pub(super) fn headlines(findings: &[Finding]) -> Vec<Headline> {
    let mut ranked: Vec<&Finding> = findings
        .iter()
        .filter(|finding| match finding.outcome {
            Outcome::NotMet | Outcome::Error => true,
            Outcome::Undecided => finding.criterion.is_some(),
            Outcome::NotAssessed | Outcome::NotApplicable | Outcome::Met => false,
        })
        .collect();
    // What the plan itself asks comes before what a rulebook reads from the same numbers.
    ranked.sort_by_key(|finding| {
        let (severity, concerned) = (finding.severity, finding.concerned.unwrap_or(0));
        (finding.outcome, finding.rulebook.is_some(), std::cmp::Reverse(severity), std::cmp::Reverse(concerned))
    });
    ranked
        .into_iter()
        .take(SHOWN)
        .map(|finding| Headline { finding: finding.id.clone(), text: finding.summary.clone() })
        .collect()
}
