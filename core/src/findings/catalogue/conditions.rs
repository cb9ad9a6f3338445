//! Measures that compare groups under a condition: within strata, or with what the plan declares of the population.

use super::Better::{Lower, NearOne, NearZero};
use super::Shape::{Difference, Index, PValue, Positive, Ratio};
use super::groups::across;
use super::{EVERY, Entry, Need, whole_only};

const GDS: &[Need] = &[Need::Decisions, Need::Groups, Need::Strata];
const AGAINST: &[&str] = &["reference_group"];
const EACH_FEATURE: &[&str] = &["each_feature"];
const GP: &[Need] = &[Need::Groups, Need::Proxies];
const DECLARED: &[&str] = &["declared_population"];

pub(super) const MEASURES: &[Entry] = &[
    across(
        "conditional_selection_rate_difference",
        &["conditional_demographic_parity_difference", "mantel_haenszel_difference"],
        "Difference in selection rate within strata",
        Difference,
        NearZero,
        GDS,
        AGAINST,
        "Mean over the strata of the difference in selection rate, with Mantel and Haenszel's weights.",
    ),
    across(
        "conditional_odds_ratio",
        &["common_odds_ratio", "mantel_haenszel_odds_ratio"],
        "Odds ratio of selection within strata",
        Positive,
        NearOne,
        GDS,
        AGAINST,
        "Odds of selection relative to the reference group's, common to all strata (Mantel and Haenszel).",
    ),
    across(
        "conditional_independence_p_value",
        &["cochran_mantel_haenszel_p_value", "cmh_p_value"],
        "Cochran-Mantel-Haenszel test, p",
        PValue,
        NearOne,
        GDS,
        AGAINST,
        "Probability of data at least as extreme if selection and group were independent within every stratum.",
    ),
    across(
        "strata_homogeneity_p_value",
        &["breslow_day_p_value"],
        "Breslow-Day test, p",
        PValue,
        NearOne,
        GDS,
        AGAINST,
        "Probability of odds ratios at least as different if the strata had the same one (with Tarone's correction).",
    ),
    whole_only(
        Entry {
            tasks: EVERY,
            ..across(
                "proxy_cramers_v",
                &["cramers_v"],
                "Association (Cramér's V)",
                Index,
                Lower,
                GP,
                EACH_FEATURE,
                "How strongly a feature goes together with the group, from 0 to 1, corrected for bias; a number counts by tenths.",
            )
        },
        EACH_FEATURE,
    ),
    whole_only(
        Entry {
            tasks: EVERY,
            ..across(
                "proxy_goodman_kruskal_tau",
                &["goodman_kruskal_tau"],
                "Predictability of the group (Goodman and Kruskal's τ)",
                Index,
                Lower,
                GP,
                EACH_FEATURE,
                "Share of wrong guesses of the group that knowing the feature saves, from 0 to 1; a number counts by tenths.",
            )
        },
        EACH_FEATURE,
    ),
    whole_only(
        Entry {
            tasks: EVERY,
            ..across(
                "proxy_p_value",
                &[],
                "Chi-square test of feature and group, p",
                PValue,
                NearOne,
                GP,
                EACH_FEATURE,
                "Probability of data at least as extreme if feature and group were independent.",
            )
        },
        EACH_FEATURE,
    ),
    whole_only(
        Entry {
            tasks: EVERY,
            ..across(
                "representation_difference",
                &[],
                "Difference from the share in the population",
                Difference,
                NearZero,
                &[Need::Groups],
                DECLARED,
                "Share of the group among the rows whose group is known, minus its declared share of the population.",
            )
        },
        DECLARED,
    ),
    whole_only(
        Entry {
            tasks: EVERY,
            ..across(
                "representation_ratio",
                &[],
                "Ratio to the share in the population",
                Ratio,
                NearOne,
                &[Need::Groups],
                DECLARED,
                "Share of the group among the rows whose group is known, relative to its declared share of the population.",
            )
        },
        DECLARED,
    ),
];
