//! Simpson's paradox: a difference over all rows and one within strata that certainly point in opposite directions.

use super::facts::{Dimension, Facts};
use super::gap;
use super::measures::limits;
use crate::findings::catalogue;
use crate::findings::v1::Reason;
use crate::measure::Group;
use crate::plan::Plan;

/// What was found among the groups of an attribute.
pub(crate) struct Reversal {
    /// The groups that show it.
    pub(crate) groups: Vec<Group>,
    /// Groups that could be compared.
    pub(crate) compared: u64,
}

/// A group, and on which side of 0 its difference certainly lies.
type Sign = (Group, Option<Option<bool>>);

/// Looks for a reversal in the selection rate of each group against the declared reference group.
pub(crate) fn reversal(plan: &Plan, facts: &Facts<'_>, dimension: &Dimension) -> Result<Reversal, Reason> {
    let crude = signs(plan, facts, dimension, "selection_rate_difference")?;
    let within = signs(plan, facts, dimension, "conditional_selection_rate_difference")?;
    let mut found = Reversal { groups: Vec::new(), compared: 0 };
    for ((group, crude), (_, within)) in crude.into_iter().zip(within) {
        found.compared += u64::from(crude.is_some() && within.is_some());
        if crude.flatten().zip(within.flatten()).is_some_and(|(crude, within)| crude != within) {
            found.groups.push(group);
        }
    }
    Ok(found)
}

/// For each group compared, whether its difference certainly lies above 0: `Some(None)` where neither side is certain,
/// `None` where there is no interval.
fn signs(plan: &Plan, facts: &Facts<'_>, dimension: &Dimension, name: &str) -> Result<Vec<Sign>, Reason> {
    let Some(entry) = catalogue::find(name) else { return Ok(Vec::new()) };
    let gaps = gap::gaps(plan, facts, entry, "reference_group", dimension);
    if let Some(reason) = gaps.iter().find(|gap| gap.group.is_empty()).and_then(|gap| gap.estimate.value.err()) {
        return Err(reason);
    }
    let sign = |gap: gap::Gap| {
        let side = limits(&gap.estimate, plan.level).map(|(lower, upper)| match () {
            () if lower > 0.0 => Some(true),
            () if upper < 0.0 => Some(false),
            () => None,
        });
        (gap.group, side)
    };
    Ok(gaps.into_iter().map(sign).collect())
}
