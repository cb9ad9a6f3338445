//! Findings that somebody allowed for a time.

use super::Context;
use crate::checks::unsound_exception;
use crate::findings::v1::{ExceptionRecord, Finding, Outcome};

/// Marks what is not met and has an exception that is sound on the day: of the finding itself, or of all of its check.
pub(super) fn mark(context: &Context<'_>, findings: &mut [Finding]) {
    let (Some(dossier), Some(day)) = (context.dossier, context.day) else { return };
    for (index, exception) in dossier.exceptions.iter().enumerate() {
        let Some(expires) = exception.expires.get().filter(|_| unsound_exception(dossier, exception, day).is_none())
        else {
            continue;
        };
        let subject = exception.subject.text();
        let meant = |finding: &&mut Finding| {
            finding.outcome == Outcome::NotMet
                && finding.exception.is_none()
                && (subject == Some(finding.check.as_str()) || subject == Some(finding.id.as_str()))
        };
        for finding in findings.iter_mut().filter(meant) {
            finding.exception =
                Some(ExceptionRecord { path: format!("exceptions[{index}]"), expires: expires.to_string() });
        }
    }
}
