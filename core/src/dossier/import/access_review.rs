//! A review of access in CSV: a row for every account, or for every permission of an account, with what was decided.
//!
//! Tools that export reviews name their columns differently; every column is known by several names.

use std::collections::BTreeMap;

use super::csv::{Row, Table};
use super::draft::{Draft, Given, Item};

const PRINCIPAL: &[&str] = &["principal", "account", "user", "user_name", "username", "login"];
const PERMISSION: &[&str] = &["permission", "permissions", "entitlement", "role"];
const SCOPE: &[&str] = &["scope", "resource", "application"];
const PERSON: &[&str] = &["person", "owner"];
const KIND: &[&str] = &["kind", "account_type"];
const MFA: &[&str] = &["mfa", "mfa_enabled"];
const LAST_USED: &[&str] = &["last_used", "last_used_at", "last_login", "last_sign_in"];
const REVIEWED_AT: &[&str] = &["reviewed_at", "reviewed_on", "review_date", "last_review"];
const REVIEWED_BY: &[&str] = &["reviewed_by", "reviewer"];
const DECISION: &[&str] = &["decision", "outcome", "review_decision"];

const KEPT: [&str; 8] = ["approve", "approved", "keep", "kept", "certify", "certified", "maintain", "ok"];
const REVOKED: [&str; 8] = ["revoke", "revoked", "remove", "removed", "deny", "denied", "reject", "rejected"];

/// Whether a table has the columns of a review.
pub(super) fn fits(table: &Table) -> bool {
    let any = |columns: &[&str]| columns.iter().any(|column| table.has(column));
    any(PRINCIPAL) && [PERMISSION, MFA, LAST_USED, REVIEWED_AT, DECISION].iter().any(|columns| any(columns))
}

/// What the rows of an account say together.
#[derive(Default)]
struct Account {
    reviewed: bool,
    kept: bool,
    revoked: Option<Given>,
}

pub(super) fn read(table: &Table, draft: &mut Draft) {
    let mut accounts: BTreeMap<String, Account> = BTreeMap::new();
    let (mut days, mut reviewer) = (Vec::new(), None::<Given>);
    for row in table.rows() {
        let Some(principal) = row.text_any(PRINCIPAL) else {
            draft.note(row.origin(), "a row without a principal");
            continue;
        };
        let account = accounts.entry(principal.text.clone()).or_default();
        let day = row.text_any(REVIEWED_AT);
        let decision = row.text_any(DECISION);
        account.reviewed |= day.is_some() || decision.is_some();
        days.extend(day);
        if let Some(by) = row.text_any(REVIEWED_BY) {
            draft.item("people.persons", &[&by.text], by.from.clone());
            if reviewer.get_or_insert_with(|| by.clone()).text != by.text {
                draft.note(by.from, "another reviewer; the dossier holds one");
            }
        }
        if revokes(decision, draft) {
            account.revoked.get_or_insert(principal);
        } else {
            account.kept = true;
            if let Some(item) = draft.item("security.access", &[&principal.text], principal.from) {
                describe(&row, &item, draft);
            }
        }
    }
    draft.set("security.access_review.by", reviewer);
    // The last day on which something was reviewed is that of the review.
    days.sort_by(|one, other| one.text.cmp(&other.text));
    let Some(day) = days.pop() else { return };
    summarize(accounts.into_values(), &day, draft);
    draft.set("security.access_review.date", Some(day));
}

/// What a row says of an account that keeps its permission.
fn describe(row: &Row<'_>, item: &Item, draft: &mut Draft) {
    for (field, columns) in [("permissions", PERMISSION), ("scope", SCOPE)] {
        let Some(given) = row.text_any(columns) else { continue };
        for word in given.text.split([';', ',', '|']).map(str::trim).filter(|word| !word.is_empty()) {
            draft.set_in(item, field, Some(given.saying(word)));
        }
    }
    if let Some(person) = row.text_any(PERSON) {
        draft.item("people.persons", &[&person.text], person.from.clone());
        draft.set_in(item, "person", Some(person));
    }
    draft.set_in(item, "kind", row.text_any(KIND).map(|kind| kind.saying(kind.text.to_lowercase())));
    draft.set_in(item, "mfa", row.text_any(MFA).map(|mfa| mfa.saying(flag(&mfa.text))));
    draft.set_in(item, "last_used", row.text_any(LAST_USED));
    draft.set_in(item, "last_review", row.text_any(REVIEWED_AT));
}

/// Whether a decision takes a permission away.
fn revokes(decision: Option<Given>, draft: &mut Draft) -> bool {
    let Some(decision) = decision else { return false };
    let word = decision.text.to_lowercase();
    let revoked = REVOKED.contains(&word.as_str());
    if revoked {
        draft.note(decision.from, "a permission that was to be revoked; list it under `security.access` if it was not");
    } else if !KEPT.contains(&word.as_str()) {
        draft.note(decision.from, "neither a word for keeping nor for revoking; the permission is taken to be kept");
    }
    revoked
}

/// What the review comes to: accounts that lose everything are revoked.
fn summarize(accounts: impl Iterator<Item = Account>, day: &Given, draft: &mut Draft) {
    let reviewed: Vec<Account> = accounts.filter(|account| account.reviewed).collect();
    let revoked: Vec<Given> =
        reviewed.iter().filter(|account| !account.kept).filter_map(|account| account.revoked.clone()).collect();
    draft.set("security.access_review.reviewed", Some(day.saying(reviewed.len().to_string())));
    draft.set("security.access_review.revoked", Some(day.saying(revoked.len().to_string())));
    for principal in revoked {
        draft.set("security.access_review.revoked_principals", Some(principal));
    }
}

/// Other words for true and false.
fn flag(word: &str) -> &str {
    match word.to_lowercase().as_str() {
        "yes" | "y" | "enabled" => "true",
        "no" | "n" | "disabled" => "false",
        _ => word,
    }
}
