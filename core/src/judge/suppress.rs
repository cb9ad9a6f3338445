//! Small groups stay hidden, and so do the groups from which they could be worked out.

use std::collections::BTreeMap;

use super::facts::GroupFacts;
use crate::measure::Group;

/// Marks the groups with fewer than `min_n_shown` rows, and complementary ones: wherever all groups but one of
/// a total are shown, the hidden one is that total less the others, so the smallest shown one is hidden too.
pub(super) fn mark(groups: &mut [GroupFacts], min_n_shown: u64) {
    for group in groups.iter_mut() {
        group.suppressed = group.rows < min_n_shown;
    }
    let lines = lines(groups);
    // Hiding a group may lay bare another line of an intersection: repeat until nothing changes.
    loop {
        let mut changed = false;
        for line in &lines {
            if line.iter().filter(|&&place| groups[place].suppressed).count() != 1 {
                continue;
            }
            let shown = line.iter().copied().filter(|&place| !groups[place].suppressed);
            if let Some(place) = shown.min_by_key(|&place| (groups[place].rows, place)) {
                groups[place].suppressed = true;
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
