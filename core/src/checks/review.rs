//! What a check says of the dossier: how many things it looked at, and which are not as they should be.

use crate::dossier::{Absence, Slot};
use crate::findings::v1::{Fault, Outcome, Reason};
use crate::findings::words;

/// Faults that a sentence names; the rest stands in the list.
const SAID: usize = 3;

/// The answer of one check.
#[derive(Debug, Default)]
pub(crate) struct Review {
    /// What was looked at, and what it should be: "documents", "are current".
    things: &'static str,
    good: &'static str,
    /// Where it is one thing, what it is when it is not as it should be.
    bad: Option<&'static str>,
    of: u64,
    pub(crate) faults: Vec<Fault>,
    pub(crate) reason: Option<Reason>,
}

impl Review {
    /// Looks at things that should be good.
    pub(crate) fn of(things: &'static str, good: &'static str) -> Self {
        Self { things, good, ..Self::default() }
    }

    /// Looks at one thing: "The last audit", "was in time", "was late".
    pub(crate) fn of_one(thing: &'static str, good: &'static str, bad: &'static str) -> Self {
        Self { bad: Some(bad), ..Self::of(thing, good) }
    }

    /// Nothing could be looked at.
    pub(crate) fn not_assessed(reason: Reason) -> Self {
        Self { reason: Some(reason), ..Self::default() }
    }

    /// What it comes to where a field says nothing: why.
    pub(crate) fn absent(slot: &dyn Slot) -> Option<Self> {
        Some(Self::not_assessed(match slot.absence()? {
            Absence::Missing => Reason::NotStated,
            Absence::Unknown => Reason::StatedUnknown,
            Absence::NotApplicable(_) => Reason::StatedNotApplicable,
        }))
    }

    /// Looks at one more thing, with what is wrong with it, if anything.
    pub(crate) fn look(&mut self, path: impl Into<String>, wrong: Option<String>) {
        self.of += 1;
        if let Some(text) = wrong {
            self.faults.push(Fault { path: path.into(), text });
        }
    }

    /// The same where two records, or a record and a test, disagree.
    pub(crate) fn look_for_contradiction(&mut self, path: impl Into<String>, wrong: Option<String>) {
        if wrong.is_some() {
            self.reason = Some(Reason::Contradicted);
        }
        self.look(path, wrong);
    }

    /// The answer.
    pub(crate) fn outcome(&self) -> Outcome {
        match self.reason {
            Some(Reason::StatedNotApplicable) => Outcome::NotApplicable,
            _ if self.of == 0 => Outcome::NotAssessed,
            _ if self.faults.is_empty() => Outcome::Met,
            _ => Outcome::NotMet,
        }
    }

    /// The answer in words.
    pub(crate) fn summary(&self) -> String {
        if self.of == 0 {
            let reason = self.reason.unwrap_or(Reason::NotStated);
            return format!("Not assessed: {}.", words::reason(reason));
        }
        let (faults, of) = (self.faults.len() as u64, words::count(self.of));
        let good = words::count(self.of.saturating_sub(faults));
        let said: Vec<&str> = self.faults.iter().take(SAID).map(|fault| fault.text.as_str()).collect();
        let more = match self.faults.len().saturating_sub(SAID) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        let colon = if said.is_empty() { "" } else { ": " };
        let head = match self.bad {
            None => format!("{good} of {of} {} {}", self.things, self.good),
            Some(bad) => format!("{} {}", self.things, if faults == 0 { self.good } else { bad }),
        };
        format!("{head}{colon}{}{more}.", said.join("; "))
    }
}
