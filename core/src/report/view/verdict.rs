//! The verdict line.

use crate::findings::v1::{Report, VerdictOutcome};

use super::super::{text, words};

/// What stands at the top of every rendering.
pub(in super::super) struct Facts {
    /// The model and its version.
    pub(in super::super) model: String,
    /// The answer.
    pub(in super::super) outcome: VerdictOutcome,
    /// Its word.
    pub(in super::super) word: &'static str,
    /// Why, in one sentence.
    pub(in super::super) reason: String,
    /// `10 criteria: 5 met, 2 not met, 3 undecided`.
    pub(in super::super) criteria: String,
    /// `61 checks: 40 answered, 21 not assessed`.
    pub(in super::super) checks: String,
    /// Rows, period, day and so on, each with its name.
    pub(in super::super) items: Vec<(&'static str, String)>,
    /// The digest of the report.
    pub(in super::super) digest: String,
}

/// Reads them off the report.
pub(in super::super) fn facts(report: &Report) -> Facts {
    let name = report.model.name.as_deref().filter(|name| !name.trim().is_empty());
    let mut model = text::short(name.unwrap_or("Unnamed model"), 120);
    if let Some(version) = &report.model.version {
        model.push(' ');
        model.push_str(&text::short(version, 60));
    }
    let predictions = &report.inputs.predictions;
    let mut items = Vec::new();
    if let Some(period) = &predictions.period {
        items.push(("Period", format!("{} to {}", text::short(&period.from, 40), text::short(&period.to, 40))));
    }
    items.push(("Rows", text::count(predictions.rows)));
    items.push((
        "As of",
        report.as_of.as_deref().map_or_else(|| "no date given".to_owned(), |day| text::short(day, 40)),
    ));
    items.push(("Task", words::task(report.task).to_owned()));
    if let Some(owner) = &report.model.owner {
        items.push(("Owner", text::short(owner, 120)));
    }
    let verdict = &report.verdict;
    Facts {
        model,
        outcome: verdict.outcome,
        word: words::verdict(verdict.outcome),
        reason: text::clean(&verdict.reason),
        criteria: match verdict.criteria.total {
            0 => "no criteria declared".to_owned(),
            total => {
                format!("{}: {}", text::counted(total, "criterion", "criteria"), words::tally(&verdict.criteria))
            }
        },
        checks: checks(report),
        items,
        digest: text::short(&report.digest, 128),
    }
}

fn checks(report: &Report) -> String {
    let tally = &report.verdict.findings;
    let answered = tally.met.saturating_add(tally.not_met).saturating_add(tally.undecided);
    let mut parts = vec![format!("{} answered", text::count(answered))];
    for (count, word) in
        [(tally.not_assessed, "not assessed"), (tally.not_applicable, "not applicable"), (tally.error, "in error")]
    {
        if count > 0 {
            parts.push(format!("{} {word}", text::count(count)));
        }
    }
    format!("{}: {}", text::counted(tally.total, "finding", "findings"), parts.join(", "))
}
