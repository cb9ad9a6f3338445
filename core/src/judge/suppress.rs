//! Small groups stay hidden, and so do the groups from which they could be worked out.

use std::collections::BTreeMap;

use super::facts::GroupFacts;
use crate::findings::v1::Reason;
use crate::measure::Group;

/// Marks the groups with fewer than `min_n_shown` rows, and complementary ones: wherever all groups but one of
/// a total are shown, the hidden one is that total less the others, so the smallest shown one is hidden too.
pub(super) fn mark(groups: &mut [GroupFacts], min_n_shown: u64) {
    for group in groups.iter_mut() {
        group.suppressed = group.rows < min_n_shown;
    }
    let lines = lines(groups);
    let mut hidden: Vec<bool> = groups.iter().map(|group| group.suppressed).collect();
    let rows: Vec<Option<u64>> = groups.iter().map(|group| Some(group.rows)).collect();
    close(&lines, &mut hidden, &rows);
    for (group, hidden) in groups.iter_mut().zip(hidden) {
        group.suppressed = hidden;
    }
}

/// Hides the numbers from which one could be worked out that is hidden because few rows of its group count in it: of
/// the groups whose numbers make up a total, a second one too.
pub(super) fn complement(groups: &mut [GroupFacts]) {
    let lines = lines(groups);
    let keys: Vec<_> = groups.first().map_or_else(Vec::new, |group| group.estimates.keys().collect());
    for key in keys {
        let of = |group: &GroupFacts| group.estimates.find(key).map(|estimate| (estimate.value, estimate.n));
        let mut hidden: Vec<bool> =
            groups.iter().map(|group| of(group).is_some_and(|(value, _)| value == Err(Reason::Suppressed))).collect();
        // A number that does not exist gives nothing away.
        let rows: Vec<Option<u64>> =
            groups.iter().map(|group| of(group).and_then(|(value, n)| value.is_ok().then_some(n))).collect();
        if !hidden.contains(&true) {
            continue;
        }
        close(&lines, &mut hidden, &rows);
        for (group, hidden) in groups.iter_mut().zip(hidden) {
            if hidden {
                group.estimates.hide(key);
            }
        }
    }
}

/// Hides the smallest shown part of every line in which one alone is hidden, until no line is left like that: what is
/// hidden for one line may lay bare another. `rows` has nothing for what cannot be shown anyhow.
fn close(lines: &[Vec<usize>], hidden: &mut [bool], rows: &[Option<u64>]) {
    loop {
        let mut changed = false;
        for line in lines {
            if line.iter().filter(|&&place| hidden[place]).count() != 1 {
                continue;
            }
            let shown = line.iter().filter(|&&place| !hidden[place]).filter_map(|&place| Some((rows[place]?, place)));
            if let Some((_, place)) = shown.min() {
                hidden[place] = true;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// Sets of groups whose rows add up to a total that is shown elsewhere: all of them, and for an intersection those
/// that share every value but one.
fn lines(groups: &[GroupFacts]) -> Vec<Vec<usize>> {
    let mut lines = vec![(0..groups.len()).collect()];
    let width = groups.first().map_or(0, |group| group.group.len());
    if width > 1 {
        for free in 0..width {
            let mut by_rest: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
            for (place, group) in groups.iter().enumerate() {
                let mut rest = group.group.clone();
                rest.remove(free);
                by_rest.entry(rest).or_default().push(place);
            }
            lines.extend(by_rest.into_values());
        }
    }
    lines
}
