use std::collections::BTreeSet;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::security::{AccountKind, Permission};
use crate::judge::Context;

check! {
    /// # What it asks
    /// Is there nobody who can both build the model and approve or deploy it, or change what they audit?
    ///
    /// # Why it matters
    /// What one person can do alone, one person can do wrong alone, and nobody sees it.
    ///
    /// # When it does not apply
    /// Where `security.access` is empty or stated as not applicable.
    ///
    /// # How to read it
    /// What a person may do is what all their accounts may do together; accounts of services are left out. Whoever may train,
    /// or stands under `people.developers`, may neither approve nor deploy. Whoever may change data or thresholds may not
    /// approve. Whoever may audit may do none of these. `admin` is all of it.
    ///
    /// # What to do
    /// Take away one of the two rights, or have an exception approved with something in its place.
    ///
    /// # References
    /// ISO/IEC 27001:2022, A.5.3; NIST SP 800-53 Rev. 5, AC-5.
    id: "access/separation-of-duties",
    title: "Duties are separated",
    dimension: Access,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["security.access"], asked: Asked::anytime(judge) },
}

/// What nobody may do together.
const APART: [(Permission, Permission); 9] = [
    (Permission::Train, Permission::Approve),
    (Permission::Train, Permission::Deploy),
    (Permission::ChangeData, Permission::Approve),
    (Permission::ChangeThresholds, Permission::Approve),
    (Permission::Audit, Permission::Train),
    (Permission::Audit, Permission::Approve),
    (Permission::Audit, Permission::Deploy),
    (Permission::Audit, Permission::ChangeData),
    (Permission::Audit, Permission::ChangeThresholds),
];

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("people with access", "have separate duties");
    let mut seen = BTreeSet::new();
    for (index, account) in dossier.security.access.iter().enumerate() {
        let Some(person) = account.person.get().filter(|_| account.kind.get() != Some(&AccountKind::Service)) else {
            continue;
        };
        if seen.insert(person) {
            let developer = person.is_among(&dossier.people.developers);
            let wrong = conflict(&permissions(dossier, person.as_str()), developer);
            let wrong = wrong.map(|wrong| format!("`{}` {wrong}", person.as_str()));
            review.look(format!("security.access[{index}].permissions"), wrong);
        }
    }
    review
}

/// What the accounts of a person may do together.
fn permissions(dossier: &Dossier, person: &str) -> BTreeSet<Permission> {
    let theirs = dossier.security.access.iter().filter(|account| {
        account.kind.get() != Some(&AccountKind::Service)
            && account.person.get().is_some_and(|holder| holder.as_str() == person)
    });
    theirs.flat_map(|account| account.permissions.items()).copied().collect()
}

fn conflict(permissions: &BTreeSet<Permission>, developer: bool) -> Option<String> {
    if permissions.contains(&Permission::Admin) {
        return Some("may do everything".to_owned());
    }
    let both = APART.iter().find(|(one, other)| permissions.contains(one) && permissions.contains(other));
    if let Some((one, other)) = both {
        return Some(format!("may both `{}` and `{}`", one.word(), other.word()));
    }
    let duties = [Permission::Approve, Permission::Deploy, Permission::Audit];
    let duty = duties.iter().find(|duty| developer && permissions.contains(duty))?;
    Some(format!("is a developer and may `{}`", duty.word()))
}
