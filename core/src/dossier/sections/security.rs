//! Who can touch the model, and how it is protected.

use crate::dossier::leaf::{Count, Date, Flag, Person, Sha256, Text, Texts, Url, choice};
use crate::dossier::record::record;
use crate::dossier::stated::{Many, One, Stated};

record! {
    /// How the model is protected.
    Security as "the security" {
        /// Accounts, and what each may do.
        access: Many<Access> = "[{principal: alice, person: p-lee, permissions: [train], mfa: true}]";
        /// The last review of access.
        access_review: One<AccessReview> = "{date: 2026-09-30, by: p-chan, reviewed: 14, revoked: 1}";
        /// The threat model.
        threat_model: Url = "docs/threats.md";
        /// The day it was looked at last.
        threat_model_at: Date = "2026-01-20";
        /// The last penetration test.
        penetration_test: One<PenetrationTest> = "{date: 2026-04-11, by: Example Labs, open_findings: 0}";
        /// Whether secrets are kept in a vault and rotated.
        secrets_managed: Flag = "true";
        /// Whether its endpoint asks who is calling.
        endpoint_authenticated: Flag = "true";
        /// Whether calls are limited.
        rate_limited: Flag = "true";
        /// The day its dependencies were scanned last.
        dependencies_scanned_at: Date = "2026-10-02";
        /// SHA-256 of the signature of the artefact.
        artifact_signature: Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    }
}

record! {
    /// An account and what it may do.
    Access as "an account" {
        /// Its name.
        principal (required): Text = "alice";
        /// The person behind it.
        person: Person = "p-lee";
        /// What kind of account it is.
        kind: AccountType = "person";
        /// What it may do to the model.
        permissions: Permissions = "[train]";
        /// On what: `*` stands for everything.
        scope: Texts = "[models/mortgage]";
        /// Whether it needs a second factor.
        mfa: Flag = "true";
        /// The day it was used last.
        last_used: Date = "2026-10-20";
        /// The day it was reviewed last.
        last_review: Date = "2026-09-30";
    }
}

record! {
    /// A review of access.
    AccessReview as "a review of access" {
        /// The day.
        date: Date = "2026-09-30";
        /// Who reviewed.
        by: Person = "p-chan";
        /// Accounts that were looked at.
        reviewed: Count = "14";
        /// Accounts that were to be revoked.
        revoked: Count = "1";
        /// Principals that were to be revoked.
        revoked_principals: Texts = "[bob]";
    }
}

record! {
    /// A penetration test.
    PenetrationTest as "a penetration test" {
        /// The day it ended.
        date: Date = "2026-04-11";
        /// Who carried it out.
        by: Text = "Example Labs";
        /// Findings that are still open.
        open_findings: Count = "0";
        /// Its report.
        report: Url = "docs/pentest-2026.pdf";
    }
}

choice! {
    /// What kind of account it is.
    AccountKind as AccountType {
        /// One person's.
        Person = "person",
        /// A program's.
        Service = "service",
        /// Used by several people.
        Shared = "shared",
    }
}

choice! {
    /// What an account may do to a model.
    Permission as PermissionOf {
        /// Read it.
        Read = "read",
        /// Train it.
        Train = "train",
        /// Approve it.
        Approve = "approve",
        /// Deploy it, which writes the deployed artefact.
        Deploy = "deploy",
        /// Change its data.
        ChangeData = "change_data",
        /// Change its thresholds.
        ChangeThresholds = "change_thresholds",
        /// Audit it.
        Audit = "audit",
        /// Everything.
        Admin = "admin",
    }
}

/// What an account may do, in several words.
pub type Permissions = Stated<Vec<Permission>>;
