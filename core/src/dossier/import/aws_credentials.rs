//! Credential report of AWS IAM in CSV: a row for every user of an account.
//!
//! Source: "Generate credential reports for your AWS account" of the IAM user guide.

use super::csv::{Row, Table};
use super::draft::{Draft, Given};

/// When something was used last: a day, or `N/A` and the like.
const USED: [&str; 3] = ["password_last_used", "access_key_1_last_used_date", "access_key_2_last_used_date"];

/// Whether a table has the columns of the report.
pub(super) fn fits(table: &Table) -> bool {
    ["user", "arn", "mfa_active"].iter().all(|column| table.has(column))
}

pub(super) fn read(table: &Table, draft: &mut Draft) {
    for row in table.rows() {
        // The name is part of the ARN, by which policies know the user too.
        let name = row.text("user");
        let Some(arn) = row.text("arn") else {
            draft.note(row.origin(), "a row without an ARN");
            continue;
        };
        let Some(account) = draft.item("security.access", &[&arn.text], arn.from.clone()) else { continue };
        if let Some(root) = name.filter(|name| name.text == "<root_account>") {
            draft.set_in(&account, "permissions", Some(root.saying("admin")));
            draft.set_in(&account, "scope", Some(root.saying("*")));
        }
        draft.set_in(&account, "mfa", row.text("mfa_active"));
        draft.set_in(&account, "last_used", last_used(&row));
        for (active, rotated) in
            [("access_key_1_active", "access_key_1_last_rotated"), ("access_key_2_active", "access_key_2_last_rotated")]
        {
            let is_active = row.text(active).is_some_and(|active| active.text.eq_ignore_ascii_case("true"));
            if let Some(rotated) = row.text(rotated).filter(|_| is_active) {
                let day = rotated.text.get(..10).unwrap_or(&rotated.text);
                draft.note(rotated.from.clone(), format!("an active key, of {day}; a dossier does not hold its age"));
            }
        }
    }
}

/// The last of the days on which a password or key was used.
fn last_used(row: &Row<'_>) -> Option<Given> {
    let days = USED.iter().filter_map(|column| row.text(column));
    days.filter(|given| given.text.starts_with(|c: char| c.is_ascii_digit())).max_by(|a, b| a.text.cmp(&b.text))
}
