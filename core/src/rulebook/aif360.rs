//! Group fairness as AIF360's classification metric gives it.

use super::{Reading, Rulebook, Settings, informational};
use crate::checks::{Judge, check};
use crate::judge::Context;

/// The rulebook.
pub(super) static RULEBOOK: Rulebook = Rulebook {
    name: "aif360",
    source: "AI Fairness 360 0.6.1, aif360.metrics.ClassificationMetric",
    settings: &[],
    needs_reference: true,
    needs_intersection: false,
    read,
};

check! {
    /// # What it asks
    /// Which values would the group metrics of AI Fairness 360 give on these data?
    ///
    /// # Why it matters
    /// Numbers of earlier audits were often made with AIF360; without its conventions a new audit cannot be compared
    /// with them.
    ///
    /// # When it does not apply
    /// Without decisions, or where the plan declares no reference group for the attribute: AIF360's privileged group.
    ///
    /// # How to read it
    /// All other groups taken together are the unprivileged group. Differences are signed, unprivileged minus privileged, so
    /// a negative number is to the disadvantage of the others; the average odds difference adds two signed gaps that may
    /// cancel. Ratios may exceed 1. What AIF360 leaves as nan is undefined here, with its reason. AIF360 has no mark to
    /// pass, so nothing is judged; intervals are ours. It drops rows with missing values; here the plan's
    /// `missing_group` says whether rows without a group take part.
    ///
    /// # What to do
    /// Compare with the earlier numbers, then set criteria on measures with intervals.
    ///
    /// # References
    /// Bellamy et al. (2019), AI Fairness 360, IBM Journal of Research and Development 63.
    id: "fairness/rulebook-aif360",
    title: "Fairness metrics as AIF360 gives them",
    dimension: Fairness,
    severity: Info,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Rulebook(&RULEBOOK),
}

const NUMBERS: &[informational::Number] = &[
    ("statistical_parity_difference", "selection_rate_difference", "pooled_reference"),
    ("disparate_impact", "selection_rate_ratio", "pooled_reference"),
    ("equal_opportunity_difference", "recall_difference", "pooled_reference"),
    ("average_odds_difference", "average_odds_difference", "pooled_reference"),
    ("average_abs_odds_difference", "average_absolute_odds_difference", "pooled_reference"),
    ("equalized_odds_difference", "equalized_odds_difference", "pooled_reference"),
    ("false_discovery_rate_difference", "false_discovery_rate_difference", "pooled_reference"),
    ("false_omission_rate_difference", "false_omission_rate_difference", "pooled_reference"),
];

fn read(context: &Context<'_>, _: &Settings) -> Vec<Reading> {
    informational::read(context, "AIF360", NUMBERS)
}
