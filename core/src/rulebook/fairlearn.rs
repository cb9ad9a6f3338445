//! Group fairness as Fairlearn's metrics give it.

use super::{Reading, Rulebook, Settings, informational};
use crate::checks::{Judge, check};
use crate::judge::Context;

/// The rulebook.
pub(super) static RULEBOOK: Rulebook = Rulebook {
    name: "fairlearn",
    source: "Fairlearn 0.15, fairlearn.metrics, method between_groups",
    settings: &[],
    needs_reference: false,
    needs_intersection: false,
    read,
};

check! {
    /// # What it asks
    /// Which values would Fairlearn's fairness metrics give on these data?
    ///
    /// # Why it matters
    /// Numbers of earlier audits were often made with Fairlearn; without its conventions a new audit cannot be compared
    /// with them.
    ///
    /// # When it does not apply
    /// Without decisions or a protected attribute.
    ///
    /// # How to read it
    /// Differences are the largest rate minus the smallest, ratios the smallest divided by the largest. As in Fairlearn, a
    /// group without positives counts with a true positive rate of 0, and so on: `modelassay explain` says where that
    /// changes a number. Fairlearn has no mark to pass and no interval for these numbers, so nothing is judged.
    /// Selection is counted by the plan's favourable decision. Fairlearn refuses rows whose group is missing; here the
    /// plan's `missing_group` says whether they are a group.
    ///
    /// # What to do
    /// Compare with the earlier numbers, then set criteria on measures with intervals.
    ///
    /// # References
    /// Weerts et al. (2023), Fairlearn: Assessing and Improving Fairness of AI Systems, JMLR 24.
    id: "fairness/rulebook-fairlearn",
    title: "Fairness metrics as Fairlearn gives them",
    dimension: Fairness,
    severity: Info,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Rulebook(&RULEBOOK),
}

const NUMBERS: &[informational::Number] = &[
    ("demographic_parity_difference", "selection_rate_difference", "fairlearn"),
    ("demographic_parity_ratio", "selection_rate_ratio", "fairlearn"),
    ("equal_opportunity_difference", "recall_difference", "fairlearn"),
    ("equal_opportunity_ratio", "recall_ratio", "fairlearn"),
    ("equalized_odds_difference", "equalized_odds_difference", "fairlearn"),
    ("equalized_odds_ratio", "equalized_odds_ratio", "fairlearn"),
];

fn read(context: &Context<'_>, _: &Settings) -> Vec<Reading> {
    informational::read(context, "Fairlearn", NUMBERS)
}
