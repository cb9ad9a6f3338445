use jiff::civil::Date;

use crate::checks::calendar::stale;
use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::acceptance::{Comparison, Sla};
use crate::findings::words;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Is every level of service measured, kept, and watched by a monitor that alerts somebody?
    ///
    /// # Why it matters
    /// A right answer that comes too late is a wrong one.
    ///
    /// # When it does not apply
    /// Where `acceptance.slas` is empty or stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// A monitor with the same `measure` has an `alert` and a `receiver`. `measured` was established within the month before
    /// the `as_of` day and keeps the bound. The month is a default of policy.
    ///
    /// # What to do
    /// Measure it, alert on it, and put right what breaks it, or agree on another level.
    ///
    /// # References
    /// ISO/IEC 42001:2023, A.6.2.6; NIST AI RMF 1.0, Measure 2.4.
    id: "monitoring/service-levels",
    title: "Service levels are kept and watched",
    dimension: Monitoring,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["acceptance.slas"], asked: Asked::on_the_day(judge) },
}

/// Months after which a measurement no longer counts.
const MONTHS: u64 = 1;

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("levels of service", "are kept and watched");
    for (index, sla) in dossier.acceptance.slas.iter().enumerate() {
        let id = sla.id.text().unwrap_or_default();
        let wrong = missed(sla, day).or_else(|| unwatched(dossier, sla)).map(|wrong| format!("`{id}` {wrong}"));
        review.look(format!("acceptance.slas[{index}]"), wrong);
    }
    review
}

fn missed(sla: &Sla, day: Date) -> Option<String> {
    let (Some(comparator), Some(bound)) = (sla.comparator.get(), sla.threshold.get()) else {
        return Some("has no bound".to_owned());
    };
    let (Some(measured), Some(at)) = (sla.measured.get(), sla.measured_at.get()) else {
        return Some("was not measured".to_owned());
    };
    let kept = match comparator {
        Comparison::AtLeast => measured >= bound,
        Comparison::MoreThan => measured > bound,
        Comparison::AtMost => measured <= bound,
        Comparison::LessThan => measured < bound,
    };
    if !kept {
        return Some(format!(
            "is {}, agreed `{} {}`",
            words::number(*measured),
            comparator.word(),
            words::number(*bound)
        ));
    }
    stale(*at, MONTHS, day).map(|wrong| format!("has a measurement that {wrong}"))
}

fn unwatched(dossier: &Dossier, sla: &Sla) -> Option<String> {
    let mut monitors =
        dossier.monitoring.monitors.iter().filter(|one| one.measure.get() == sla.measure.get()).peekable();
    if monitors.peek().is_none() {
        return Some("is watched by nothing".to_owned());
    }
    let heard = monitors.any(|monitor| monitor.alert.get().is_some() && monitor.receiver.get().is_some());
    (!heard).then(|| "is watched, and nobody is alerted".to_owned())
}
