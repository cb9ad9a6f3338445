use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::sections::documents::PastAudit;
use crate::dossier::sections::identity::Tier;
use crate::dossier::sections::people::{Competence, PersonRecord, Role};
use crate::dossier::{Dossier, PersonId};
use crate::findings::v1::Reason;
use crate::judge::Context;
use crate::schedule::full_audits;

check! {
    /// # What it asks
    /// Was the last full audit carried out by people who are independent enough for its tier?
    ///
    /// # Why it matters
    /// Who built, owns or runs a model defends it, mostly without meaning to.
    ///
    /// # When it does not apply
    /// Without a full audit in the dossier.
    ///
    /// # How to read it
    /// Worked out from the people, not declared: `self` where an auditor developed, owns, prepared data for or runs the model;
    /// `peer` where all of them report to a manager whom a developer also reports to, up to two levels; `independent_internal`
    /// otherwise; `external` where every auditor has another `employer`. Tier `low` needs `self`, `medium` `peer`, `high` and
    /// above `independent_internal`. A model with `regulated_by` also needs an auditor whose role is risk, compliance or internal
    /// audit; `critical_customer_facing` also one with another `employer` and a competence that had not run out.
    ///
    /// # What to do
    /// Have the next audit led by somebody outside the reporting line of the developers.
    ///
    /// # References
    /// NIST AI RMF 1.0, Measure 1.3; SR 26-2, independence of validation.
    id: "audit_programme/auditors",
    title: "Auditors are independent",
    dimension: AuditProgramme,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["audits"], asked: Asked::on_the_day(judge) },
}

/// How far an auditor stands from the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Independence {
    Own,
    Peer,
    Internal,
    External,
}

impl Independence {
    fn word(self) -> &'static str {
        match self {
            Self::Own => "self",
            Self::Peer => "peer",
            Self::Internal => "independent_internal",
            Self::External => "external",
        }
    }
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let Some((index, audit)) = full_audits(dossier, day).pop() else { return Review::not_assessed(Reason::NotStated) };
    let mut review = Review::of_one("The last full audit", "was independent enough", "was not independent enough");
    review.look(format!("audits[{index}].auditors"), dependent(dossier, audit));
    review
}

fn dependent(dossier: &Dossier, audit: &PastAudit) -> Option<String> {
    let named = audit.auditors.get().map(Vec::as_slice).unwrap_or_default();
    if named.is_empty() {
        return Some("no auditor is named".to_owned());
    }
    let auditors = people(dossier, named);
    if auditors.len() < named.len() {
        return Some("an auditor is not among the people".to_owned());
    }
    let auditors = auditors.as_slice();
    let tier = dossier.classification.tier.get().copied();
    let needed = match tier {
        None | Some(Tier::Low) => Independence::Own,
        Some(Tier::Medium) => Independence::Peer,
        Some(Tier::High | Tier::CriticalCustomerFacing) => Independence::Internal,
    };
    let level = independence(dossier, auditors);
    if level < needed {
        return Some(format!("their independence is `{}`, and the tier needs `{}`", level.word(), needed.word()));
    }
    let supervised = dossier.classification.regulated_by.get().is_some_and(|supervisors| !supervisors.is_empty());
    let second_line = |person: &&PersonRecord| {
        let roles = person.roles.get().map(Vec::as_slice).unwrap_or_default();
        roles.iter().any(|role| matches!(role, Role::Risk | Role::Compliance | Role::InternalAudit))
    };
    if supervised && !auditors.iter().any(second_line) {
        return Some("nobody from risk, compliance or internal audit took part".to_owned());
    }
    let finished = audit.finished.get();
    let competent = |person: &&PersonRecord| {
        let until = |competence: &Competence| competence.until.get().copied();
        person.employer.get().is_some() && person.competence.iter().any(|one| until(one).as_ref() >= finished)
    };
    (tier == Some(Tier::CriticalCustomerFacing) && !auditors.iter().any(competent))
        .then(|| "nobody from outside with a current competence took part".to_owned())
}

fn independence(dossier: &Dossier, auditors: &[&PersonRecord]) -> Independence {
    let of = &dossier.people;
    let involved: BTreeSet<&str> = [&of.owners, &of.developers, &of.data_preparers, &of.operators]
        .into_iter()
        .flat_map(|field| field.get().map(Vec::as_slice).unwrap_or_default())
        .map(PersonId::as_str)
        .collect();
    let id = |person: &&PersonRecord| person.id.text().unwrap_or_default().to_owned();
    if auditors.iter().any(|auditor| involved.contains(id(auditor).as_str())) {
        return Independence::Own;
    }
    if auditors.iter().all(|auditor| auditor.employer.get().is_some()) {
        return Independence::External;
    }
    let line: BTreeSet<String> = people(dossier, of.developers.get().map(Vec::as_slice).unwrap_or_default())
        .iter()
        .flat_map(|person| managers(dossier, person))
        .collect();
    let within = |auditor: &&PersonRecord| managers(dossier, auditor).iter().any(|manager| line.contains(manager));
    if auditors.iter().all(within) { Independence::Peer } else { Independence::Internal }
}

/// The managers of a person, two levels up.
fn managers(dossier: &Dossier, person: &PersonRecord) -> Vec<String> {
    let manager = |person: &PersonRecord| person.manager.get().map(|id| id.as_str().to_owned());
    let find = |id: &String| dossier.people.persons.iter().find(|person| person.id.get() == Some(id));
    let first = manager(person);
    let second = first.as_ref().and_then(find).and_then(manager);
    first.into_iter().chain(second).collect()
}

/// The people with some ids; an id that nobody has gives nobody.
fn people<'d>(dossier: &'d Dossier, ids: &[PersonId]) -> Vec<&'d PersonRecord> {
    ids.iter().filter_map(|id| dossier.person(id)).collect()
}
