use jiff::civil::Date;

use crate::checks::calendar::months_after;
use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::sections::people::{PersonRecord, Training};
use crate::dossier::{Dossier, PersonId};
use crate::judge::Context;

check! {
    /// # What it asks
    /// Are the people who watch over the decisions named, known, and trained for it on the day?
    ///
    /// # Why it matters
    /// Who was never shown how a model fails confirms what it says.
    ///
    /// # When it does not apply
    /// Where `oversight.overseers` is stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// Each overseer stands under `people.persons` with a course under `training` that was `done` until the `as_of` day and
    /// has not expired. A course without `expires` counts for twelve months, which is a default of policy. Which course is
    /// the right one is for people to judge.
    ///
    /// # What to do
    /// Train the overseer before the next decision, or name another one.
    ///
    /// # References
    /// EU AI Act, Articles 14 (4) and 26 (2).
    id: "oversight/overseers",
    title: "Overseers are known and trained",
    dimension: Oversight,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["oversight.overseers"], asked: Asked::on_the_day(judge) },
}

/// Months for which a course counts that does not say until when.
const MONTHS: u64 = 12;

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("overseers", "are known and trained");
    let overseers = dossier.oversight.overseers.items();
    if overseers.is_empty() {
        review.look("oversight.overseers", Some("nobody is named who watches over the decisions".to_owned()));
    }
    for (index, overseer) in overseers.iter().enumerate() {
        review.look(format!("oversight.overseers[{index}]"), untrained(dossier, overseer, day));
    }
    review
}

fn untrained(dossier: &Dossier, overseer: &PersonId, day: Date) -> Option<String> {
    let id = overseer.as_str();
    let Some(person) = dossier.person(overseer) else { return dossier.stranger(overseer) };
    match current_until(person, day) {
        None => Some(format!("`{id}` has no training on record")),
        Some(until) => (until < day).then(|| format!("the training of `{id}` ran out on {until}")),
    }
}

/// Until when the courses count that somebody took until a day.
fn current_until(person: &PersonRecord, day: Date) -> Option<Date> {
    let until = |training: &Training| {
        let done = training.done.get().filter(|done| **done <= day)?;
        training.expires.get().copied().or_else(|| months_after(*done, MONTHS))
    };
    person.training.iter().filter_map(until).max()
}
