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
    ranked.sort_by_key(|finding| {
        (finding.outcome, std::cmp::Reverse(finding.severity), std::cmp::Reverse(finding.concerned.unwrap_or(0)))
    });
    ranked
        .into_iter()
        .take(SHOWN)
        .map(|finding| Headline { finding: finding.id.clone(), text: finding.summary.clone() })
        .collect()
}
