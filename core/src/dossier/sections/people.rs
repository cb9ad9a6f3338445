//! Who does what.

use crate::dossier::leaf::{Date, Person, Persons, Text, choice};
use crate::dossier::record::record;
use crate::dossier::stated::{Many, Stated};

record! {
    /// The people around a model.
    People as "the people" {
        /// Everyone whom the dossier names.
        persons: Many<PersonRecord> = "[{id: p-lee, name: Lee Wei, roles: [developer], org_unit: data science}]";
        /// Who is accountable for the model.
        accountable: Person = "p-lim";
        /// Who owns it.
        owners: Persons = "[p-lim]";
        /// Who built it.
        developers: Persons = "[p-lee]";
        /// Who prepared its data.
        data_preparers: Persons = "[p-tan]";
        /// Who runs it.
        operators: Persons = "[p-ong]";
        /// Who reviews its decisions.
        reviewers: Persons = "[p-goh]";
    }
}

record! {
    /// A person.
    PersonRecord as "a person" {
        /// Id by which the dossier names them.
        id (required): Text = "p-lee";
        /// Their name; an id will do where names must not be kept.
        name: Text = "Lee Wei";
        /// What they are.
        roles: PersonRoles = "[developer]";
        /// Unit in which they work.
        org_unit: Text = "data science";
        /// Whom they report to.
        manager: Person = "p-lim";
        /// Who employs them, where it is not the organisation itself.
        employer: Text = "Example Auditors LLP";
        /// Fields in which they are competent, and until when that was established.
        competence: Many<Competence> = "[{domain: machine learning, until: 2027-06-30}]";
        /// Courses they took.
        training: Many<Training> = "[{course: human oversight, done: 2026-03-01, expires: 2027-03-01}]";
    }
}

record! {
    /// A field in which somebody is competent.
    Competence as "a competence" {
        /// The field.
        domain: Text = "machine learning";
        /// The day until which it counts.
        until: Date = "2027-06-30";
    }
}

record! {
    /// A course that somebody took.
    Training as "a training" {
        /// The course.
        course: Text = "human oversight";
        /// The day it was completed.
        done: Date = "2026-03-01";
        /// The day until which it counts.
        expires: Date = "2027-03-01";
    }
}

choice! {
    /// What a person is to the model.
    Role as RoleOf {
        /// Builds models.
        Developer = "developer",
        /// Owns a model.
        Owner = "owner",
        /// Runs it.
        Operator = "operator",
        /// Validates it.
        Validator = "validator",
        /// Manages risk.
        Risk = "risk",
        /// Sees to compliance.
        Compliance = "compliance",
        /// Audits from within.
        InternalAudit = "internal_audit",
        /// Audits from outside.
        ExternalAuditor = "external_auditor",
        /// Decides for the business.
        Business = "business",
        /// Reviews decisions.
        Reviewer = "reviewer",
    }
}

/// What a person is, in several words.
pub type PersonRoles = Stated<Vec<Role>>;
