use jiff::civil::Date;

use crate::checks::calendar::stale;
use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::identity::Tier;
use crate::dossier::sections::operations::{DrillKind, Exercise};
use crate::judge::Context;

check! {
    /// # What it asks
    /// Was the way out exercised within twelve months: the incident procedure, switching off, and going back?
    ///
    /// # Why it matters
    /// A way back that nobody ever took is mostly found to be closed on the day it is needed.
    ///
    /// # When it does not apply
    /// Where the exercises are stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// The last exercise of each kind until the `as_of` day counts. It is not older than twelve months and records its
    /// `result` and its `participants`. All three kinds are needed, and for the tiers `low` and `medium` only `incident`. The
    /// interval is a default of policy. What the result says is for people to read.
    ///
    /// # What to do
    /// Play it through, and write down who took part, how long it took and what came of it.
    ///
    /// # References
    /// ISO/IEC 27001:2022, A.5.30; NIST SP 800-84.
    id: "incidents/exercises",
    title: "The way out is exercised",
    dimension: Incidents,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["incidents.exercises"], asked: Asked::on_the_day(judge) },
}

/// Months after which an exercise no longer counts.
const MONTHS: u64 = 12;
/// Every kind, the one first that every tier needs.
const KINDS: [DrillKind; 3] = [DrillKind::Incident, DrillKind::KillSwitch, DrillKind::Rollback];

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("exercises", "were held in time");
    let few = matches!(dossier.classification.tier.get(), Some(Tier::Low | Tier::Medium));
    for kind in KINDS.into_iter().take(if few { 1 } else { KINDS.len() }) {
        let held = dossier.incidents.exercises.iter().enumerate().filter(|(_, exercise)| {
            exercise.kind.get() == Some(&kind) && exercise.date.get().is_none_or(|date| *date <= day)
        });
        match held.max_by_key(|(_, exercise)| exercise.date.get().copied()) {
            None => review.look("incidents.exercises", Some(format!("no exercise of `{}` is stated", kind.word()))),
            Some((index, exercise)) => {
                let wrong = incomplete(exercise, day).map(|wrong| format!("the last of `{}` {wrong}", kind.word()));
                review.look(format!("incidents.exercises[{index}]"), wrong);
            }
        }
    }
    review
}

fn incomplete(exercise: &Exercise, day: Date) -> Option<String> {
    let Some(date) = exercise.date.get() else { return Some("has no day".to_owned()) };
    if exercise.result.get().is_none() {
        return Some("has no result".to_owned());
    }
    if exercise.participants.items().is_empty() {
        return Some("names nobody who took part".to_owned());
    }
    stale(*date, MONTHS, day)
}
