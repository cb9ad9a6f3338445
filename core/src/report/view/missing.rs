//! What was not assessed, why, and what would change that.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::v1::{Finding, Lacking, Outcome, Reason};

use super::super::{text, words};

/// Findings that share a reason.
pub(in super::super) struct Missing {
    /// The reason in words, as a sentence without its full stop.
    pub(in super::super) reason: String,
    /// How many findings.
    pub(in super::super) count: u64,
    /// Which checks, each with what it was asked about; not more than can be read.
    pub(in super::super) checks: Vec<String>,
    /// How many checks.
    pub(in super::super) checks_in_all: u64,
    /// What to provide.
    pub(in super::super) provide: Option<String>,
}

/// A record that the dossier lacks.
pub(in super::super) struct Wanted {
    /// Where it belongs.
    pub(in super::super) path: String,
    /// What it is.
    pub(in super::super) about: String,
    /// An example of it.
    pub(in super::super) example: String,
    /// How many checks wait for it.
    pub(in super::super) checks: u64,
}

/// What the dossier lacks, as the report ranks it.
pub(in super::super) fn wanted(lacking: &[Lacking]) -> Vec<Wanted> {
    let wanted = lacking.iter().map(|record| Wanted {
        path: text::short(&record.path, 80),
        about: text::clean(&record.about),
        example: text::clean(&record.example),
        checks: record.checks.len() as u64,
    });
    wanted.collect()
}

/// Checks named for one reason.
const CHECKS: usize = 12;
/// Subjects named for one check.
const SUBJECTS: usize = 6;

/// Groups the unanswered findings by reason, the most frequent first.
pub(in super::super) fn missing<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<Missing> {
    let mut reasons: BTreeMap<Option<Reason>, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.filter(|finding| finding.outcome == Outcome::NotAssessed) {
        reasons.entry(finding.reason).or_default().push(finding);
    }
    let mut rows: Vec<_> = reasons
        .into_iter()
        .map(|(reason, findings)| Missing {
            reason: text::sentence(reason.map_or("no reason was given", words::reason)),
            count: findings.len() as u64,
            checks: checks(&findings),
            checks_in_all: findings.iter().map(|finding| finding.check.as_str()).collect::<BTreeSet<_>>().len() as u64,
            provide: provide(reason, &findings),
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

fn checks(findings: &[&Finding]) -> Vec<String> {
    let mut titles: Vec<(&str, Vec<String>)> = Vec::new();
    let mut places = BTreeMap::new();
    for finding in findings {
        let place = *places.entry(finding.check.as_str()).or_insert_with(|| {
            titles.push((finding.title.as_str(), Vec::new()));
            titles.len() - 1
        });
        let subject = words::about(finding);
        if titles[place].1.last() != Some(&subject) {
            titles[place].1.push(subject);
        }
    }
    let more = titles.len().saturating_sub(CHECKS) as u64;
    let mut lines: Vec<_> = titles
        .into_iter()
        .take(CHECKS)
        .map(|(title, mut subjects)| {
            let title = text::short(title, 80);
            if matches!(subjects.as_slice(), [whole] if whole == "all rows" || whole == "dossier") {
                return title;
            }
            let more = subjects.len().saturating_sub(SUBJECTS) as u64;
            if more > 0 {
                subjects.truncate(SUBJECTS);
                subjects.push(format!("{} more", text::count(more)));
            }
            format!("{title} ({})", subjects.join("; "))
        })
        .collect();
    if more > 0 {
        lines.push(format!("{} in the JSON", text::counted(more, "more check", "more checks")));
    }
    lines
}

/// The checks' own remedy where they agree on one, else the advice for the reason.
fn provide(reason: Option<Reason>, findings: &[&Finding]) -> Option<String> {
    let mut remedies = findings.iter().map(|finding| finding.remedy.as_deref().filter(|text| !text.is_empty()));
    let first = remedies.next().flatten();
    match first {
        Some(remedy) if remedies.all(|other| other == Some(remedy)) => Some(text::clean(remedy)),
        _ => reason.and_then(words::provide).map(str::to_owned),
    }
}
