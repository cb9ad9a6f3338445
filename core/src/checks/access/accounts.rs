use jiff::civil::Date;

use crate::checks::calendar::months_after;
use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::security::{Access, AccountKind, Permission};
use crate::judge::Context;

check! {
    /// # What it asks
    /// Does every account belong to one known person, need a second factor where it can change the model, and get used?
    ///
    /// # Why it matters
    /// What a shared account did, nobody did. What nobody uses, nobody misses when it is stolen.
    ///
    /// # When it does not apply
    /// Where `security.access` is empty or stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// An account names a `person` of `people.persons`, for a service whoever answers for it, and is not `shared`. A person's
    /// account that may do more than `read` needs `mfa`. Each was used in the three months before the `as_of` day, which is a
    /// default of policy.
    ///
    /// # What to do
    /// Close the account, or give it an owner and a second factor.
    ///
    /// # References
    /// ISO/IEC 27001:2022, A.5.16, A.5.18 and A.8.5.
    id: "access/accounts",
    title: "Accounts belong to somebody and are used",
    dimension: Access,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["security.access"], asked: Asked::on_the_day(judge) },
}

/// Months after which an account that nobody uses is to be closed.
const MONTHS: u64 = 3;

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("accounts", "belong to somebody and are used");
    for (index, account) in dossier.security.access.iter().enumerate() {
        let name = account.principal.text().unwrap_or_default();
        let wrong = unsound(dossier, account, day).map(|wrong| format!("`{name}` {wrong}"));
        review.look(format!("security.access[{index}]"), wrong);
    }
    review
}

fn unsound(dossier: &Dossier, account: &Access, day: Date) -> Option<String> {
    if account.kind.get() == Some(&AccountKind::Shared) {
        return Some("is shared by several people".to_owned());
    }
    let Some(person) = account.person.get() else { return Some("belongs to nobody".to_owned()) };
    if let Some(stranger) = dossier.stranger(person) {
        return Some(format!("belongs to a stranger: {stranger}"));
    }
    let Some(permissions) = account.permissions.get() else { return Some("does not say what it may do".to_owned()) };
    let writes = permissions.iter().any(|permission| *permission != Permission::Read);
    let by_person = account.kind.get() != Some(&AccountKind::Service);
    if writes && by_person && account.mfa.get() != Some(&true) {
        return Some("can change the model without a second factor".to_owned());
    }
    let Some(used) = account.last_used.get() else { return Some("does not say when it was used".to_owned()) };
    let until = months_after(*used, MONTHS)?;
    (until < day).then(|| format!("was not used since {used}"))
}
