//! What each function gives on the data, from our own conventions.

use super::patterns::{self, Pattern, Source};
use super::{AttributeValues, Definition, Value};
use crate::findings::catalogue::Entry;
use crate::findings::v1::Reason;
use crate::judge::{Dimension, Facts, GroupFacts, Share, gap, interval, rate};
use crate::plan::Plan;

/// The values of every definition, by attribute.
pub(super) fn values(
    plan: &Plan,
    facts: &Facts<'_>,
    entry: &Entry,
    definitions: &[Definition],
) -> Vec<AttributeValues> {
    let of = |dimension: &Dimension| AttributeValues {
        attribute: dimension.attribute.clone(),
        values: definitions
            .iter()
            .map(|definition| of_pattern(plan, facts, entry, definition.pattern, dimension))
            .collect(),
    };
    facts.dimensions.iter().map(of).collect()
}

fn of_pattern(plan: &Plan, facts: &Facts<'_>, entry: &Entry, pattern: &Pattern, dimension: &Dimension) -> Vec<Value> {
    let ours = pattern.library == patterns::OURS;
    let gaps = |convention: &str, change: fn(f64) -> f64| {
        let gaps = gap::gaps(plan, facts, entry, convention, dimension);
        gaps.into_iter()
            .map(|gap| {
                // Where the groups are the extremes, they are found and not named by the definition.
                let named = matches!(convention, "reference_group" | "pooled_reference");
                Value {
                    group: if named { gap.group } else { Vec::new() },
                    reference: if named { gap.reference } else { Vec::new() },
                    value: gap.estimate.value.ok().map(change),
                    undefined: gap.estimate.value.err(),
                    interval: if ours { interval(&gap.estimate, plan.level) } else { None },
                }
            })
            .collect()
    };
    match pattern.source {
        Source::Convention(convention) => gaps(convention, |value| value),
        Source::Opposite(convention) => gaps(convention, |value| -value),
        Source::Folded(convention) => gaps(convention, |value| if value > 1.0 { 1.0 / value } else { value }),
        Source::Highest => ratios(plan, entry, dimension, highest, |share| share.value),
        Source::Largest => ratios(plan, entry, dimension, largest, |share| share.value),
        Source::LargestCounts => ratios(plan, entry, dimension, largest, |share| share.successes),
        Source::Nothing => Vec::new(),
    }
}

/// A group with its rate.
type Rated<'a> = (&'a GroupFacts, Share);

/// Each group's number divided by that of the group chosen.
fn ratios(
    plan: &Plan,
    entry: &Entry,
    dimension: &Dimension,
    choose: fn(&Plan, &Dimension, &[Rated<'_>]) -> Option<usize>,
    number: fn(&Share) -> f64,
) -> Vec<Value> {
    let Some(rate) = entry.of.and_then(|name| rate(name, plan.favourable)) else { return Vec::new() };
    let groups: Vec<Rated<'_>> = gap::compared(plan, dimension)
        .into_iter()
        .filter_map(|group| Some((group, rate.share(&group.confusion)?)))
        .filter(|(group, _)| rate.is_shown(group))
        .collect();
    let Some(chosen) = choose(plan, dimension, &groups) else { return Vec::new() };
    let (reference, theirs) = &groups[chosen];
    groups
        .iter()
        .filter(|(group, _)| group.group != reference.group)
        .map(|(group, mine)| {
            let (mine, theirs) = (number(mine), number(theirs));
            let (value, undefined) = match theirs == 0.0 {
                true if mine == 0.0 => (None, Some(Reason::ZeroDenominator)),
                true => (None, Some(Reason::Infinite)),
                false => (Some(mine / theirs), None),
            };
            Value { group: group.group.clone(), reference: reference.group.clone(), value, undefined, interval: None }
        })
        .collect()
}

/// The group with the highest rate among those of known category that hold at least 2 % of the people of one.
fn highest(_: &Plan, _: &Dimension, groups: &[Rated<'_>]) -> Option<usize> {
    let known = |place: &usize| groups[*place].0.group.iter().all(Option::is_some);
    let people: u64 = (0..groups.len()).filter(known).map(|place| groups[place].1.rows).sum();
    (0..groups.len())
        .filter(known)
        .filter(|&place| u128::from(groups[place].1.rows) * 50 >= u128::from(people))
        .reduce(|best, other| if groups[other].1.value > groups[best].1.value { other } else { best })
}

/// The declared reference group, or else the largest.
fn largest(plan: &Plan, dimension: &Dimension, groups: &[Rated<'_>]) -> Option<usize> {
    match gap::reference_group(plan, &dimension.attribute) {
        Some(reference) => groups.iter().position(|(group, _)| group.group == reference),
        None => (0..groups.len())
            .reduce(|largest, other| if groups[other].0.rows > groups[largest].0.rows { other } else { largest }),
    }
}
