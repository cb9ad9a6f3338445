//! Rulebooks: the same counts as a regulator, an industry or a library reads them.
//!
//! A rulebook is a named set of conventions and rules of decision. It reads point values where its source does, keeps its
//! source's thresholds, and says which rule decided; the plan's own criteria stay as they are. One rulebook, one file:
//! its settings, how it reads, and the check that documents it. What a source computes wrongly is described in
//! [`libraries`](crate::libraries) and not repeated here.

pub(crate) mod aequitas;
pub(crate) mod aif360;
pub(crate) mod eeoc;
pub(crate) mod fairlearn;
pub(crate) mod ll144;
pub(crate) mod us_credit;
pub(crate) mod veritas;

mod informational;
mod people;
mod settings;

pub use settings::{Given, Kind, Setting, Settings};

use crate::findings::v1::{Figure, Outcome, Reason, Subject};
use crate::findings::words;
use crate::judge::{Context, Estimate, interval};
use crate::measure::Group;

/// A regulator's, an industry's or a library's reading.
#[derive(Debug)]
pub struct Rulebook {
    /// Its name in a plan.
    pub name: &'static str,
    /// Where its rules are written.
    pub source: &'static str,
    /// What a plan may set.
    pub settings: &'static [Setting],
    /// Whether it compares with the reference group that the plan declares.
    pub needs_reference: bool,
    /// Whether it asks for two attributes and their intersection.
    pub needs_intersection: bool,
    /// How it reads.
    pub(crate) read: fn(&Context<'_>, &Settings) -> Vec<Reading>,
}

/// Every rulebook, in the order of reports.
pub static RULEBOOKS: &[&Rulebook] = &[
    &eeoc::RULEBOOK,
    &ll144::RULEBOOK,
    &us_credit::RULEBOOK,
    &veritas::RULEBOOK,
    &fairlearn::RULEBOOK,
    &aif360::RULEBOOK,
    &aequitas::RULEBOOK,
];

/// Finds a rulebook by its name.
pub fn find(name: &str) -> Option<&'static Rulebook> {
    RULEBOOKS.iter().copied().find(|rulebook| rulebook.name == name)
}

/// One answer of a rulebook.
#[derive(Debug)]
pub(crate) struct Reading {
    /// What it is about.
    pub(crate) subject: Subject,
    /// Which of several answers about the same subject.
    pub(crate) part: Option<&'static str>,
    /// The answer.
    pub(crate) outcome: Outcome,
    /// Why there is none, or what made it so.
    pub(crate) reason: Option<Reason>,
    /// The numbers behind it.
    pub(crate) figures: Vec<Figure>,
    /// The answer in words, with the rule that decided.
    pub(crate) text: String,
    /// Rows it concerns.
    pub(crate) concerned: Option<u64>,
}

impl Reading {
    /// No answer about a subject, for a reason.
    fn not_assessed(subject: Subject, reason: Reason) -> Self {
        let text = format!("Nothing was read{}: {}.", words::of_subject(&subject), words::reason(reason));
        let (outcome, reason) = (Outcome::NotAssessed, Some(reason));
        Self { subject, part: None, outcome, reason, figures: Vec::new(), text, concerned: None }
    }
}

/// All groups of an attribute.
fn of_attribute(attribute: &[String]) -> Subject {
    Subject { attribute: attribute.to_vec(), ..Subject::default() }
}

/// One group of an attribute, perhaps against another.
fn of_group(attribute: &[String], group: &Group, reference: &Group) -> Subject {
    Subject { attribute: attribute.to_vec(), group: group.clone(), reference: reference.clone(), ..Subject::default() }
}

/// A number without an interval.
fn figure(name: &str, value: f64, n: u64) -> Figure {
    estimated(name, &Estimate::new(value, n, ""), 0.95)
}

/// An estimate as a figure.
fn estimated(name: &str, estimate: &Estimate, level: f64) -> Figure {
    Figure {
        name: name.to_owned(),
        group: Vec::new(),
        value: estimate.value.ok(),
        undefined: estimate.value.err(),
        interval: estimate.value.ok().and_then(|_| interval(estimate, level)),
        n: (estimate.value != Err(Reason::Suppressed)).then_some(estimate.n),
    }
}
