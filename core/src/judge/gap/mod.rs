//! The groups of an attribute compared: differences, ratios and tests, each under its named convention.

mod abroca;
mod association;
mod best;
mod changes;
mod distances;
mod estimates;
mod inequality;
mod max_t;
mod odds;
mod overall;
mod proxies;
mod rates;
mod representation;
mod scores;
mod shortfall;
mod strata;

use super::estimate::{Estimate, asked, missing_need, of_subjects, rate};
use super::facts::{Dimension, Facts, GroupFacts};
use crate::findings::catalogue::{self, Aspect, Better, Entry, Need, Shape, needs_reference};
use crate::findings::v1::Reason;
use crate::measure::Group;
use crate::plan::{MissingGroup, Plan, Task};

pub(super) use distances::distances;
pub(super) use max_t::Resampled;

/// One gap: who is compared with whom, and the estimate.
#[derive(Clone, Debug)]
pub(crate) struct Gap {
    /// The group compared, or under `each_feature` the input of the model; empty when all groups are.
    pub(crate) group: Group,
    /// The group it is compared with; empty when it is not one group.
    pub(crate) reference: Group,
    /// The estimate.
    pub(crate) estimate: Estimate,
    /// Rows of the group compared, or of the group with the lowest rate.
    pub(crate) concerned: u64,
}

impl Gap {
    /// No number, for a reason.
    fn nothing(reason: Reason, population: &'static str) -> Self {
        let estimate = Estimate::undefined(reason, 0, population);
        Self { group: Vec::new(), reference: Vec::new(), estimate, concerned: 0 }
    }
}

/// The conventions to report of a gap: the overall one, comparisons with a declared reference, and those asked for.
pub(crate) fn conventions(plan: &Plan, aspect: Aspect, entry: &Entry, dimension: &Dimension) -> Vec<&'static str> {
    let declared = reference_group(plan, &dimension.attribute).is_some();
    let asked = asked(plan, entry, aspect);
    let mut conventions = entry.conventions_of(aspect);
    conventions.retain(|convention| match *convention {
        "max_min" | "min_max" | "all_groups" => true,
        "reference_group" => declared,
        "declared_population" => {
            matches!(dimension.attribute.as_slice(), [name] if plan.population.contains_key(name))
        }
        "pooled_reference" => declared && plan.conventions.iter().any(|name| name == convention),
        _ if needs_reference(convention) => declared && asked.contains(convention),
        _ => asked.contains(convention),
    });
    conventions
}

/// The declared reference group of an attribute or intersection.
pub(crate) fn reference_group(plan: &Plan, attribute: &[String]) -> Option<Group> {
    attribute.iter().map(|name| plan.reference_groups.get(name).cloned().map(Some)).collect()
}

/// The groups of an attribute that are compared with each other.
pub(crate) fn compared<'a>(plan: &'a Plan, dimension: &'a Dimension) -> Vec<&'a GroupFacts> {
    Compared::new(plan, dimension).groups
}

/// The declared reference group and all others, or why there is no such comparison.
pub(crate) fn against_reference<'a>(
    plan: &'a Plan,
    dimension: &'a Dimension,
) -> Result<(&'a GroupFacts, Vec<&'a GroupFacts>), Reason> {
    Compared::new(plan, dimension).against_reference()
}

/// The groups that take part in a comparison.
struct Compared<'a> {
    plan: &'a Plan,
    groups: Vec<&'a GroupFacts>,
    reference: Option<Group>,
    resampled: &'a Resampled,
}

impl<'a> Compared<'a> {
    fn new(plan: &'a Plan, dimension: &'a Dimension) -> Self {
        let takes_part = |group: &&GroupFacts| {
            plan.missing_group == MissingGroup::AsGroup || group.group.iter().all(Option::is_some)
        };
        Self {
            plan,
            groups: dimension.groups.iter().filter(takes_part).collect(),
            reference: reference_group(plan, &dimension.attribute),
            resampled: &dimension.resampled,
        }
    }

    /// Whether rows are weighted.
    fn is_weighted(&self) -> bool {
        self.groups.iter().any(|group| group.confusion.weights.is_some())
    }

    /// The declared reference group and all others, or why there is no such comparison.
    fn against_reference(&self) -> Result<(&'a GroupFacts, Vec<&'a GroupFacts>), Reason> {
        let reference = self.reference.as_ref().ok_or(Reason::NoReferenceGroup)?;
        let (found, others): (Vec<&GroupFacts>, Vec<&GroupFacts>) =
            self.groups.iter().copied().partition(|group| group.group == *reference);
        Ok((found.first().copied().ok_or(Reason::GroupAbsent)?, others))
    }
}

/// What one measure says of the groups of an attribute under one convention; `reference_group` gives one number for each.
pub(crate) fn gaps(plan: &Plan, facts: &Facts<'_>, entry: &Entry, convention: &str, dimension: &Dimension) -> Vec<Gap> {
    let mut gaps = of_independent_groups(plan, facts, entry, convention, dimension);
    // Intervals of gaps take the groups' errors as independent.
    for gap in gaps.iter_mut().filter(|gap| dimension.shared_subjects && gap.estimate.uncertainty.is_some()) {
        gap.estimate = gap.estimate.clone().without_interval(Reason::GroupsShareSubjects);
    }
    if plan.roles.cluster.is_some() {
        for gap in &mut gaps {
            gap.estimate = of_subjects(entry, gap.estimate.clone());
        }
    }
    gaps
}

fn of_independent_groups(
    plan: &Plan,
    facts: &Facts<'_>,
    entry: &Entry,
    convention: &str,
    dimension: &Dimension,
) -> Vec<Gap> {
    if let Some(reason) = missing_need(plan, entry.needs, facts.measurements.labels.is_some()) {
        return vec![Gap::nothing(reason, "rows")];
    }
    if entry.needs.contains(&Need::Scores) && dimension.groups.iter().any(|group| group.uncertain) {
        return vec![Gap::nothing(Reason::GroupUncertain, "rows")];
    }
    let compared = Compared::new(plan, dimension);
    let ratio = entry.shape == Shape::Ratio;
    if let Some(base) = entry.of.and_then(catalogue::find) {
        if entry.shape == Shape::Change {
            return vec![changes::gap(&compared, base, base.default_convention(facts.aspect))];
        }
        return match rate(base.name, plan.favourable) {
            // Of a model of several classes as a whole there is no table of two classes.
            Some(rate) if facts.aspect != Aspect::Model(Task::Multiclass) => match convention {
                "best_group" => best::gaps(&compared, rate, ratio, base.better == Better::Lower),
                "overall" => overall::gaps(&compared, rate, ratio),
                _ => rates::gaps(&compared, convention, rate, ratio),
            },
            _ => estimates::gaps(&compared, convention, base, base.default_convention(facts.aspect), ratio),
        };
    }
    match entry.name {
        "equalized_odds_difference"
        | "equalized_odds_ratio"
        | "average_odds_difference"
        | "average_absolute_odds_difference" => odds::gaps(&compared, entry.name, convention, ratio),
        "representation_difference" | "representation_ratio" => representation::gaps(&compared, dimension, ratio),
        "proxy_cramers_v" | "proxy_goodman_kruskal_tau" | "proxy_p_value" => {
            proxies::gaps(facts, entry.name, dimension)
        }
        "conditional_selection_rate_difference"
        | "conditional_odds_ratio"
        | "conditional_independence_p_value"
        | "strata_homogeneity_p_value" => strata::gaps(&compared, entry.name, dimension),
        "abroca" => abroca::gaps(&compared, convention),
        "selection_shortfall" => shortfall::gaps(&compared, convention),
        "standardized_mean_difference" | "score_ks_distance" | "score_wasserstein_distance" => {
            scores::gaps(&compared, &dimension.distances, entry.name, convention)
        }
        name if name.starts_with("selection_rate_") => association::gaps(&compared, name, convention),
        name => vec![inequality::gap(&compared, name)],
    }
}

/// `a - b` or `a / b`; `None` is 0 / 0.
fn compare(a: f64, b: f64, ratio: bool) -> Option<f64> {
    if !ratio {
        Some(a - b)
    } else if a == 0.0 && b == 0.0 {
        None
    } else {
        Some(a / b)
    }
}
