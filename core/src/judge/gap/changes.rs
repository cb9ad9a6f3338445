//! How much further apart, or closer, the groups lie under the audited model than under the baseline.

use super::super::estimate::Estimate;
use super::super::facts::GroupFacts;
use super::{Compared, Gap};
use crate::findings::catalogue::Entry;
use crate::findings::v1::Reason;
use crate::stats::gap_change::Change;
use crate::stats::{Part, Uncertainty};

/// Largest minus smallest under the audited model less that under the baseline, over the groups that are shown and whose
/// change is defined. `of` is that change, under its convention.
pub(super) fn gap(compared: &Compared<'_>, of: &Entry, convention: Option<&str>) -> Gap {
    let defined: Vec<(&GroupFacts, Estimate)> = compared
        .groups
        .iter()
        .map(|group| (*group, group.estimates.get(of, convention.unwrap_or_default())))
        .filter(|(_, estimate)| estimate.value.is_ok())
        .collect();
    let Some((_, any)) = defined.first() else { return Gap::nothing(Reason::NoRows, "rows") };
    if defined.len() < 2 {
        return Gap::nothing(Reason::SingleGroup, any.population);
    }
    let changes: Result<Vec<Change>, Reason> = defined.iter().map(|(_, estimate)| under_both(estimate)).collect();
    let changes = match changes {
        Ok(changes) => changes,
        Err(reason) => return Gap::nothing(reason, any.population),
    };
    let place = |furthest: fn(f64, f64) -> bool, of: fn(&Change) -> &Part| {
        let value = |place: usize| of(&changes[place]).value;
        (1..changes.len()).fold(0, |best, place| if furthest(value(place), value(best)) { place } else { best })
    };
    let widest = |of: fn(&Change) -> &Part| {
        let (lowest, highest) = (place(|a, b| a < b, of), place(|a, b| a > b, of));
        (lowest, highest, of(&changes[highest]).value - of(&changes[lowest]).value)
    };
    let (lowest, highest, now) = widest(|change| &change.first);
    let (.., before) = widest(|change| &change.second);
    let estimate = Estimate {
        n_effective: defined.iter().map(|(_, estimate)| estimate.n_effective).sum(),
        subjects: defined.iter().map(|(_, estimate)| estimate.subjects).sum(),
        ..Estimate::new(now - before, defined.iter().map(|(_, estimate)| estimate.n).sum(), any.population)
    };
    // Both gaps lie between 0 and 1.
    let of = Box::new(Uncertainty::GapChange { groups: changes });
    Gap {
        group: defined[lowest].0.group.clone(),
        reference: defined[highest].0.group.clone(),
        estimate: estimate.with(Some(Uncertainty::Clamped { of, least: -1.0, most: 1.0 })),
        concerned: defined[lowest].0.rows,
    }
}

/// The estimates that a change is the difference of.
fn under_both(change: &Estimate) -> Result<Change, Reason> {
    let unknown = change.no_interval.unwrap_or(Reason::ZeroVariance);
    change.uncertainty.as_ref().and_then(sides).ok_or(unknown)
}

fn sides(of: &Uncertainty) -> Option<Change> {
    match of {
        Uncertainty::PairedDifference { first, second, correlation } => {
            Some(Change { first: *first.clone(), second: *second.clone(), correlation: *correlation })
        }
        &Uncertainty::Clustered { ref of, rows, subjects, looks } => {
            let by_subject = |part: Part| {
                let of = Box::new(part.of);
                Part { of: Uncertainty::Clustered { of, rows, subjects, looks }, ..part }
            };
            let Change { first, second, correlation } = sides(of)?;
            Some(Change { first: by_subject(first), second: by_subject(second), correlation })
        }
        _ => None,
    }
}
