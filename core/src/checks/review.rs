//! What a check says of the dossier: how many things it looked at, and which are not as they should be.

use jiff::civil::Date;

use crate::checks::calendar::stale;
use crate::dossier::{Absence, Dossier, Slot, Stated};
use crate::findings::v1::{Fault, Outcome, Reason};
use crate::findings::words;
use crate::judge::Context;

/// Faults that a sentence names; the rest stands in the list.
const SAID: usize = 3;

/// How a dossier is asked.
#[derive(Clone, Copy)]
pub(crate) enum Asked {
    /// On any day.
    Anytime(fn(&Context<'_>, &Dossier) -> Review),
    /// On the day the audit speaks for; without one it is not assessed.
    OnTheDay(fn(&Context<'_>, &Dossier, Date) -> Review),
    /// Never, in a build to which no dossier can be given.
    Never,
}

impl Asked {
    pub(crate) const fn anytime(judge: fn(&Context<'_>, &Dossier) -> Review) -> Self {
        if cfg!(feature = "dossier") { Self::Anytime(judge) } else { Self::Never }
    }

    pub(crate) const fn on_the_day(judge: fn(&Context<'_>, &Dossier, Date) -> Review) -> Self {
        if cfg!(feature = "dossier") { Self::OnTheDay(judge) } else { Self::Never }
    }
}

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

    /// Asks a question, where what it rests on is stated.
    pub(crate) fn new(context: &Context<'_>, dossier: &Dossier, rests_on: &[&str], asked: Asked) -> Self {
        if let Some(absence) = rests_on.iter().find_map(|path| dossier.absence_at(path)) {
            return Self::not_assessed(match absence {
                Absence::Missing => Reason::NotStated,
                Absence::Unknown => Reason::StatedUnknown,
                Absence::NotApplicable(_) => Reason::StatedNotApplicable,
            });
        }
        let review = match (asked, context.day) {
            (Asked::Anytime(judge), _) => judge(context, dossier),
            (Asked::OnTheDay(judge), Some(day)) => judge(context, dossier, day),
            (Asked::OnTheDay(_), None) => Self::not_assessed(Reason::AsOfMissing),
            (Asked::Never, _) => Self::not_assessed(Reason::DossierMissing),
        };
        let reason = review.reason.or(Some(Reason::NotStated));
        review.or_not_assessed(reason)
    }

    /// Nothing could be looked at.
    pub(crate) fn not_assessed(reason: Reason) -> Self {
        Self { reason: Some(reason), ..Self::default() }
    }

    /// The same, and why where there was nothing to look at.
    pub(crate) fn or_not_assessed(self, reason: Option<Reason>) -> Self {
        if self.of == 0 { Self { reason, ..self } } else { self }
    }

    /// Looks at one more thing, with what is wrong with it, if anything.
    pub(crate) fn look(&mut self, path: impl Into<String>, wrong: Option<String>) {
        self.of += 1;
        if let Some(text) = wrong {
            self.faults.push(Fault { path: path.into(), text, owner: None, due: None });
        }
    }

    /// Looks at a field that must say something good. One of which somebody says that there can be none is passed over.
    pub(crate) fn expect(&mut self, path: &str, field: &dyn Slot, good: bool, wrong: &str) {
        if !matches!(field.absence(), Some(Absence::NotApplicable(_))) {
            self.look(path, (!good).then(|| wrong.to_owned()));
        }
    }

    /// The same with the day of something that is done anew every so many months.
    pub(crate) fn expect_every(&mut self, path: &str, field: &Stated<Date>, months: u64, day: Date, what: &str) {
        let wrong = match field.get() {
            None => Some("has no day".to_owned()),
            Some(at) => stale(*at, months, day),
        };
        let said = wrong.as_ref().map(|wrong| format!("{what} {wrong}")).unwrap_or_default();
        self.expect(path, field, wrong.is_none(), &said);
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
