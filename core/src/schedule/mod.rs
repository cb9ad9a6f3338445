//! When the next audits of a model are due. All intervals are defaults of policy; the day is an input.

mod calendar;

pub use calendar::icalendar;

use jiff::civil::Date;
use serde::Serialize;

use crate::checks::calendar::{days_after, months_after};
use crate::dossier::Dossier;
use crate::dossier::sections::documents::{AuditKind, PastAudit};
use crate::dossier::sections::identity::Tier;

/// Days before the due day on which an audit is due soon.
const SOON: i64 = 30;
/// Share of open questions with which an audit does not count.
const OPEN: f64 = 0.2;
/// What a light audit covers at least.
const LIGHT: [&str; 3] = ["performance", "documentation", "monitoring"];
/// Months between light audits.
const LIGHT_MONTHS: u64 = 1;

/// How an audit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Due, and no audit has ever been.
    Never,
    /// Due.
    Overdue,
    /// Due within 30 days.
    DueSoon,
    /// Later.
    Ok,
}

impl Status {
    /// The word for it on every surface.
    pub fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Overdue => "overdue",
            Self::DueSoon => "due_soon",
            Self::Ok => "ok",
        }
    }
}

/// An audit that comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The last day on which it is in time; where none has ever been, the day of deployment.
    #[serde(serialize_with = "iso")]
    pub due: Date,
    /// How it stands.
    pub status: Status,
}

/// An audit of one model of an inventory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// Id of the model, else its name, else the name of its dossier.
    pub model: String,
    /// `full` or `light`.
    pub audit: &'static str,
    /// When it is due; absent where the dossier says nothing to count from.
    #[serde(flatten)]
    pub due: Option<Due>,
}

/// Every audit of an inventory, what is due first. Each dossier comes with the name of its file.
pub fn inventory<'d>(dossiers: impl IntoIterator<Item = (&'d str, &'d Dossier)>, day: Date) -> Vec<Planned> {
    let mut planned: Vec<Planned> = dossiers
        .into_iter()
        .flat_map(|(file, dossier)| {
            let identity = &dossier.identity;
            let model = identity.model_id.text().or_else(|| identity.name.text()).unwrap_or(file).to_owned();
            [("full", full_audit(dossier, day)), ("light", light_audit(dossier, day))].map(|(audit, due)| Planned {
                model: model.clone(),
                audit,
                due,
            })
        })
        .collect();
    // What cannot be told comes last.
    let rank = |one: &Planned| (one.due.is_none(), one.due.map(|due| (due.status, due.due)));
    planned.sort_by(|a, b| (rank(a), &a.model, a.audit).cmp(&(rank(b), &b.model, b.audit)));
    planned
}

fn iso<S: serde::Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

/// The next full audit; `None` without a tier, or without a day to count from.
pub fn full_audit(dossier: &Dossier, day: Date) -> Option<Due> {
    let tier = *dossier.classification.tier.get()?;
    let supervised = dossier.classification.regulated_by.get().is_some_and(|supervisors| !supervisors.is_empty());
    let months = match tier {
        Tier::CriticalCustomerFacing => 6,
        Tier::High => 12,
        Tier::Medium => 24,
        Tier::Low => 36,
    };
    let months = if supervised { 12.min(months) } else { months };
    let audits = full_audits(dossier, day).into_iter().map(|(_, audit)| audit);
    next(dossier, audits.filter(|audit| counts(dossier, audit)), months, day)
}

/// The next light audit; `None` without a day to count from.
pub fn light_audit(dossier: &Dossier, day: Date) -> Option<Due> {
    let covers = |audit: &&PastAudit| match audit.kind.get() {
        Some(AuditKind::Full) => true,
        Some(AuditKind::Light) => {
            let scope = audit.scope.get().map(Vec::as_slice).unwrap_or_default();
            LIGHT.iter().all(|part| scope.iter().any(|covered| covered == part))
        }
        _ => false,
    };
    next(dossier, dossier.audits.iter().filter(covers), LIGHT_MONTHS, day)
}

/// The full audits that had ended by a day, with their places in the dossier, oldest first.
pub(crate) fn full_audits(dossier: &Dossier, day: Date) -> Vec<(usize, &PastAudit)> {
    let full = dossier.audits.iter().enumerate().filter(|(_, audit)| audit.kind.get() == Some(&AuditKind::Full));
    let mut ended: Vec<_> = full.filter(|(_, audit)| audit.finished.get().is_some_and(|end| *end <= day)).collect();
    ended.sort_by_key(|(_, audit)| audit.finished.get().copied());
    ended
}

fn next<'d>(dossier: &Dossier, audits: impl Iterator<Item = &'d PastAudit>, months: u64, day: Date) -> Option<Due> {
    let last = audits.filter_map(|audit| audit.finished.get().copied()).filter(|finished| *finished <= day).max();
    let Some(last) = last else {
        return Some(Due { due: *dossier.identity.deployed_at.get()?, status: Status::Never });
    };
    let due = months_after(last, months)?;
    let status = if due < day {
        Status::Overdue
    } else if due <= days_after(day, SOON)? {
        Status::DueSoon
    } else {
        Status::Ok
    };
    Some(Due { due, status })
}

/// Whether a full audit speaks for what is deployed now.
fn counts(dossier: &Dossier, audit: &PastAudit) -> bool {
    let concluded = audit.verdict.get().is_some_and(|verdict| verdict.word() != "incomplete");
    let open = audit.not_assessed_share.get().is_some_and(|share| *share > OPEN);
    let Some(deployed) = dossier.identity.artifact.sha256.get() else { return concluded && !open };
    let Some(mut hash) = audit.model_hash.get() else { return false };
    // Follow the chain of changes; each can be used once, so a circle ends.
    let mut left: Vec<_> = dossier.changes.iter().filter(|change| change.significant.get() == Some(&false)).collect();
    while hash != deployed {
        let Some(step) = left.iter().position(|change| change.from_hash.get() == Some(hash)) else { return false };
        let Some(next) = left.swap_remove(step).to_hash.get() else { return false };
        hash = next;
    }
    concluded && !open
}
