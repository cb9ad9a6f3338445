//! Checks: one question each, one file each, listed in the [`registry`].

pub mod registry;

mod acceptance;
mod access;
mod audit_programme;
pub(crate) mod calendar;
mod data;
mod data_governance;
mod documentation;
mod fairness;
mod incidents;
mod monitoring;
mod oversight;
mod performance;
mod predictions;
mod review;
mod risks;
pub(crate) mod texts;
mod third_parties;
mod transparency;

use serde::Serialize;

use crate::findings::catalogue::{self, Need};
use crate::findings::v1::{Dimension, EvidenceClass, Outcome, Reason, Severity, Subject};
use crate::judge::Context;
use crate::plan::Task;
use crate::rulebook::Rulebook;

pub(crate) use audit_programme::exceptions::unsound as unsound_exception;
pub(crate) use review::{Asked, Review};
pub use texts::{Documentation, Documented, HEADINGS};

/// One check: its metadata and how it judges.
pub struct Check {
    /// Who it is, and its documentation.
    pub meta: Meta,
    /// How it answers.
    pub(crate) judge: Judge,
}

/// The metadata of a check; documentation, command line, schema and page follow from it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Meta {
    /// `dimension/kebab-name`, never reused.
    pub id: &'static str,
    /// Title for people.
    pub title: &'static str,
    /// The part of an audit it belongs to.
    pub dimension: Dimension,
    /// How much it matters when no criterion says otherwise.
    pub severity: Severity,
    /// What it needs to be assessed.
    pub needs: &'static [Need],
    /// How strong its evidence is.
    pub evidence_class: EvidenceClass,
    /// First release that has it.
    pub since: &'static str,
    /// What to do where its answer is not as it should be, on one line.
    pub remedy: &'static str,
}

/// How a check answers.
pub(crate) enum Judge {
    /// It judges the plan's criteria on measures of the catalogue.
    Measures(&'static [&'static str]),
    /// It reads a rulebook, where the plan asks for it.
    Rulebook(&'static Rulebook),
    /// It reviews the dossier, where one is given.
    Dossier {
        /// What it rests on, by paths: where one of them says nothing, that is the answer.
        rests_on: &'static [&'static str],
        /// The question.
        asked: Asked,
    },
    /// It asks a question of its own: numbers first, words second.
    Own {
        /// The tasks in which it can be asked.
        tasks: &'static [Task],
        /// The numbers.
        judge: fn(&Context<'_>) -> Vec<Answer>,
        /// The words.
        words: fn(&Answer, &Context<'_>) -> String,
    },
}

/// Every task.
pub(crate) const ANY: &[Task] = &[Task::Binary, Task::Multiclass, Task::Regression];

impl Check {
    /// Whether its question has a meaning for models of that task.
    pub fn fits(&self, task: Task) -> bool {
        match &self.judge {
            Judge::Measures(names) => {
                names.iter().any(|name| catalogue::find(name).is_some_and(|entry| entry.fits(task)))
            }
            // Rulebooks read decisions between two classes.
            Judge::Rulebook(_) => task == Task::Binary,
            Judge::Own { tasks, .. } => tasks.contains(&task),
            Judge::Dossier { .. } => true,
        }
    }
}

/// The answer of a check with a question of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) outcome: Option<Outcome>,
    pub(crate) reason: Option<Reason>,
    pub(crate) subject: Subject,
    /// Rows it concerns.
    pub(crate) concerned: Option<u64>,
    /// Rows it was asked of.
    pub(crate) of: u64,
    /// Names worth saying: groups, columns.
    pub(crate) names: Vec<String>,
}

impl Answer {
    /// Not assessed, for a reason.
    pub(crate) fn not_assessed(reason: Reason) -> Vec<Self> {
        vec![Self { outcome: Some(Outcome::NotAssessed), reason: Some(reason), ..Self::default() }]
    }

    /// Met when it concerns no row, else not met.
    pub(crate) fn none_of(concerned: u64, of: u64) -> Self {
        let outcome = if concerned == 0 { Outcome::Met } else { Outcome::NotMet };
        Self { outcome: Some(outcome), concerned: Some(concerned), of, ..Self::default() }
    }
}

/// Declares the check of a file: its doc comment becomes its documentation.
macro_rules! check {
    (
        $(#[doc = $doc:literal])*
        id: $id:literal,
        title: $title:literal,
        dimension: $dimension:ident,
        severity: $severity:ident,
        needs: [$($need:ident),*],
        $(evidence: $evidence:ident,)?
        since: $since:literal,
        judge: $judge:expr $(,)?
    ) => {
        const DOC: &str = concat!($($doc, "\n"),*);

        pub(crate) const DOCUMENTATION: $crate::checks::Documentation = $crate::checks::Documentation::new($id, DOC);

        $(#[doc = $doc])*
        pub(crate) static CHECK: $crate::checks::Check = $crate::checks::Check {
            meta: $crate::checks::Meta {
                id: $id,
                title: $title,
                dimension: $crate::findings::v1::Dimension::$dimension,
                severity: $crate::findings::v1::Severity::$severity,
                needs: &[$($crate::findings::catalogue::Need::$need),*],
                evidence_class: $crate::checks::check!(@evidence $($evidence)?),
                since: $since,
                remedy: {
                    const LENGTH: usize = $crate::checks::texts::remedy::<0>(DOC).1;
                    const TEXT: [u8; LENGTH] = $crate::checks::texts::remedy(DOC).0;
                    match str::from_utf8(&TEXT) {
                        Ok(text) => text,
                        Err(_) => panic!("a doc comment is text"),
                    }
                },
            },
            judge: $judge,
        };
    };
    (@evidence $evidence:ident) => { $crate::findings::v1::EvidenceClass::$evidence };
    (@evidence) => { $crate::findings::v1::EvidenceClass::Test };
}
pub(crate) use check;
