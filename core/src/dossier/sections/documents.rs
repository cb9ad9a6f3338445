//! What is written about the model, and who vouches for it.

use crate::dossier::leaf::{Count, Date, Number, Person, Persons, Sha256, Text, Texts, Url, choice};
use crate::dossier::record::record;
use crate::dossier::stated::Many;

use super::operations::Grade;

record! {
    /// A document.
    Document as "a document" {
        /// Its id.
        id (required): Text = "model-card";
        /// What it documents: `purpose`, `data`, `performance`, `limits`, `oversight`, `instructions`, `change_log`, or a
        /// clause such as `annex_iv.2.g`.
        slots: Texts = "[purpose, performance]";
        /// Where it lies.
        uri: Url = "docs/model-card.md";
        /// SHA-256 of its bytes.
        sha256: Sha256 = "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9";
        /// SHA-256 of the artefact that it describes.
        describes_model_hash: Sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        /// Its version.
        version: Text = "3";
        /// The day of its last change.
        updated_at: Date = "2026-02-03";
        /// Who wrote it.
        author: Person = "p-lee";
        /// Who approved it.
        approved_by: Person = "p-lim";
        /// The day they did.
        approved_at: Date = "2026-02-05";
        /// Months after which it is looked at again.
        review_every_months: Count = "12";
    }
}

record! {
    /// How people watch over the decisions.
    Oversight as "the oversight" {
        /// How.
        mode: Text = "a loan officer confirms every refusal";
        /// Who does it.
        overseers: Persons = "[p-goh]";
        /// How to stop the model.
        stop_procedure: Url = "docs/stop.md";
        /// When an overseer may decide otherwise.
        override_policy: Text = "always, with a reason";
        /// Decisions that people reviewed.
        reviewed: Count = "1840";
        /// Decisions that people changed.
        overridden: Count = "73";
        /// The last day of the period in which both were counted.
        counted_until: Date = "2026-10-31";
        /// What makes people look up.
        escalation: Texts = "[score near the threshold]";
        /// What keeps people from trusting it too much.
        automation_bias_measures: Texts = "[training, blind second review of 2 %]";
    }
}

record! {
    /// What the model could do to people, assessed.
    Impact as "the impact assessment" {
        /// Data protection impact assessment.
        dpia: Url = "docs/dpia.pdf";
        /// Fundamental rights impact assessment.
        fria: Url = "docs/fria.pdf";
        /// The day of the last assessment.
        assessed_at: Date = "2026-01-08";
        /// Who assessed.
        assessed_by: Person = "p-chan";
    }
}

record! {
    /// An audit of the past.
    PastAudit as "an audit" {
        /// Its id.
        id (required): Text = "audit-2025";
        /// How much it covered.
        kind: AuditType = "full";
        /// The day it began.
        started: Date = "2025-11-01";
        /// The day it ended.
        finished: Date = "2025-11-28";
        /// Who carried it out, the lead first.
        auditors: Persons = "[p-rao]";
        /// What it covered.
        scope: Texts = "[performance, documentation, monitoring]";
        /// SHA-256 of the artefact that was audited.
        model_hash: Sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        /// What it concluded.
        verdict: Concluded = "pass";
        /// Share of the applicable questions that it did not answer.
        not_assessed_share: Number = "0.05";
        /// What it found.
        findings: Many<PastFinding> = "[{id: f-3, severity: high, opened: 2025-11-20, due: 2025-12-20}]";
    }
}

record! {
    /// Something that an audit found.
    PastFinding as "a finding of an audit" {
        /// Its id.
        id (required): Text = "f-3";
        /// What was found.
        title: Text = "no alert on missing bureau data";
        /// How bad it is.
        severity: Grade = "high";
        /// The day it was opened.
        opened: Date = "2025-11-20";
        /// The day by which it is to be closed.
        due: Date = "2025-12-20";
        /// Who answers for it.
        owner: Person = "p-ong";
        /// The day it was closed.
        closed: Date = "2025-12-18";
        /// The day it was opened again.
        reopened: Date = "2026-01-20";
        /// Who put it right.
        fixed_by: Person = "p-ong";
        /// Who verified that.
        verified_by: Person = "p-rao";
    }
}

record! {
    /// What somebody vouches for.
    Attestation as "an attestation" {
        /// The control it speaks for.
        control: Text = "human-oversight";
        /// What is said.
        statement: Text = "every refusal is confirmed by a loan officer";
        /// Who says it.
        by: Person = "p-goh";
        /// The day they said it.
        at: Date = "2026-03-01";
        /// The day until which it counts.
        expires: Date = "2027-03-01";
    }
}

record! {
    /// An exception to what must hold.
    Exception as "an exception" {
        /// The check, criterion or control it is from.
        subject (required): Text = "fairness/selection-rate-ratio";
        /// Why.
        reason: Text = "small group, second review in place";
        /// What is done instead.
        compensating_control: Text = "every refusal of the group is reviewed";
        /// Who approved it.
        approved_by: Person = "p-lim";
        /// The day it ends.
        expires: Date = "2026-12-31";
    }
}

record! {
    /// How long things are kept.
    Retention as "the retention" {
        /// Months for which decisions are kept.
        decisions_months: Count = "84";
        /// Months for which logs are kept.
        logs_months: Count = "12";
        /// Months for which documents are kept.
        documents_months: Count = "120";
        /// Where this is laid down.
        policy: Url = "docs/retention.md";
    }
}

choice! {
    /// How much an audit covers.
    AuditKind as AuditType {
        /// Everything.
        Full = "full",
        /// Performance, documents and monitoring.
        Light = "light",
        /// What a trigger asked for.
        AdHoc = "ad_hoc",
    }
}

choice! {
    /// What an audit concluded.
    Conclusion as Concluded {
        /// Everything holds.
        Pass = "pass",
        /// Holds under exceptions.
        Conditional = "conditional",
        /// Not everything could be answered.
        Incomplete = "incomplete",
        /// Something does not hold.
        Fail = "fail",
    }
}
