//! Measures that compare the groups of an attribute in another way than by one difference or ratio.

use super::Better::{Higher, Lower, NearOne, NearZero};
use super::Shape::{Difference, Index, PValue, Positive, Ratio, Statistic};
use super::{Better, Entry, Need, Scope, Shape, base};
use crate::plan::Task;

const GD: &[Need] = &[Need::Decisions, Need::Groups];
const GS: &[Need] = &[Need::Scores, Need::Groups];
const GLS: &[Need] = &[Need::Labels, Need::Scores, Need::Groups];
const GLD: &[Need] = &[Need::Labels, Need::Decisions, Need::Groups];

/// Every group's scores against those of all rows, or of a declared group.
const FROM: &[&str] = &["overall", "reference_group"];
/// Both error rates against a declared group.
const AGAINST: &[&str] = &["reference_group", "pooled_reference"];
const EVERY: &[&str] = &["all_groups"];

#[expect(clippy::too_many_arguments, reason = "a row of a table")]
pub(super) const fn across(
    name: &'static str,
    aliases: &'static [&'static str],
    title: &'static str,
    shape: Shape,
    better: Better,
    needs: &'static [Need],
    conventions: &'static [&'static str],
    definition: &'static str,
) -> Entry {
    let entry = base(name, aliases, title, shape, better, needs, definition);
    Entry { conventions, scope: Scope::Groups, ..entry }
}

pub(super) const MEASURES: &[Entry] = &[
    across(
        "equalized_odds_difference",
        &[],
        "Equalized odds difference",
        Difference,
        NearZero,
        GLD,
        &[
            "max_min",
            "max_min_bonferroni",
            "max_min_mean",
            "reference_group",
            "fairlearn",
            "fairlearn_mean",
            "fairlearn_to_overall",
            "fairlearn_to_overall_mean",
        ],
        "The larger of the differences in true positive rate and in false positive rate; `mean` in the name of a \
         convention: their mean.",
    ),
    across(
        "equalized_odds_ratio",
        &[],
        "Equalized odds ratio",
        Ratio,
        NearOne,
        GLD,
        &[
            "min_max",
            "min_max_bonferroni",
            "min_max_mean",
            "fairlearn",
            "fairlearn_mean",
            "fairlearn_to_overall",
            "fairlearn_to_overall_mean",
        ],
        "The smaller of the ratios of true positive rates and of false positive rates; `mean` in the name of a \
         convention: their mean.",
    ),
    across(
        "average_odds_difference",
        &[],
        "Average odds difference",
        Difference,
        NearZero,
        GLD,
        AGAINST,
        "Mean of the differences in true and in false positive rate, each with its sign.",
    ),
    across(
        "average_absolute_odds_difference",
        &["average_abs_odds_difference", "average_odds_error"],
        "Average absolute odds difference",
        Difference,
        NearZero,
        GLD,
        AGAINST,
        "Mean of the sizes of the differences in true and in false positive rate.",
    ),
    across(
        "selection_rate_odds_ratio",
        &["odds_ratio"],
        "Odds ratio of selection",
        Positive,
        NearOne,
        GD,
        AGAINST,
        "Odds of a favourable decision relative to those of the reference group.",
    ),
    across(
        "selection_rate_z",
        &["two_proportion_z", "standard_deviations"],
        "z of the difference in selection rate",
        Statistic,
        NearZero,
        GD,
        AGAINST,
        "Difference in selection rate in pooled standard errors: the `2 SD` of employment cases.",
    ),
    across(
        "selection_rate_z_p_value",
        &["two_proportion_z_pvalue"],
        "p of the difference in selection rate",
        PValue,
        Higher,
        GD,
        AGAINST,
        "Two-sided p of the pooled z.",
    ),
    across(
        "selection_rate_fisher_p_value",
        &["fisher_exact_pvalue"],
        "Fisher's exact p of the selection",
        PValue,
        Higher,
        GD,
        AGAINST,
        "Two-sided exact p that selection and group are independent.",
    ),
    across(
        "selection_rate_fisher_mid_p_value",
        &[],
        "Fisher's mid-p of the selection",
        PValue,
        Higher,
        GD,
        AGAINST,
        "The exact p with half the probability of the tables as likely as the observed one.",
    ),
    across(
        "selection_rate_boschloo_p_value",
        &["boschloo_exact_pvalue"],
        "Boschloo's exact p of the selection",
        PValue,
        Higher,
        GD,
        AGAINST,
        "Two-sided p of the exact test that takes only the groups' sizes as given; for at most 200 rows.",
    ),
    across(
        "selection_shortfall",
        &["shortfall"],
        "Shortfall of selections",
        Statistic,
        Lower,
        GD,
        &["best_group", "reference_group", "four_fifths", "overall"],
        "Favourable decisions that a group lacks to reach the rate of the best or the reference group, four fifths of the \
         best, or the rate of all rows; negative where it has more.",
    ),
    across(
        "standardized_mean_difference",
        &["standardised_mean_difference", "smd", "cohens_d"],
        "Standardised mean difference",
        Statistic,
        NearZero,
        GS,
        &["pooled_sd", "population_sd"],
        "Mean score of the group minus that of the reference group, over the pooled standard deviation of the two, or over \
         that of all rows.",
    ),
    across(
        "score_ks_distance",
        &[],
        "Kolmogorov-Smirnov distance of the scores",
        Index,
        Lower,
        GS,
        FROM,
        "Largest distance between the score distributions of a group and of all rows, or of the reference group.",
    ),
    across(
        "score_wasserstein_distance",
        &["score_earth_movers_distance"],
        "Wasserstein distance of the scores",
        Positive,
        Lower,
        GS,
        FROM,
        "How far scores have to be moved on average to turn the distribution of a group into that of all rows, or of the \
         reference group; in units of the score.",
    ),
    across(
        "abroca",
        &["area_between_roc_curves"],
        "Area between the ROC curves",
        Index,
        Lower,
        GLS,
        &["reference_group", "overall"],
        "Area between the ROC curves of a group and of the reference group, or of all rows, whichever curve is higher.",
    ),
    across(
        "selection_rate_chi_squared",
        &["selection_chi2"],
        "Chi-square of selection and group",
        Statistic,
        Lower,
        GD,
        EVERY,
        "Pearson's statistic of decisions by group, without a continuity correction.",
    ),
    across(
        "selection_rate_chi_squared_p_value",
        &["selection_chi2_pvalue"],
        "p of selection and group being independent",
        PValue,
        Higher,
        GD,
        EVERY,
        "p of Pearson's chi-square, with one degree of freedom fewer than groups.",
    ),
    Entry {
        tasks: &[Task::Binary],
        ..across(
            "between_group_generalized_entropy",
            &["between_group_generalized_entropy_error"],
            "Generalized entropy between groups (α = 2)",
            Positive,
            Lower,
            GLD,
            EVERY,
            "The part of the generalized entropy index that remains when everyone gets the mean benefit of their group.",
        )
    },
    Entry {
        tasks: &[Task::Binary],
        ..across(
            "between_group_theil",
            &["between_group_theil_index"],
            "Theil index between groups",
            Positive,
            Lower,
            GLD,
            EVERY,
            "The part of the Theil index that remains when everyone gets the mean benefit of their group.",
        )
    },
    across(
        "differential_fairness",
        &["smoothed_edf", "smoothed_empirical_differential_fairness"],
        "Smoothed empirical differential fairness",
        Statistic,
        NearZero,
        GD,
        EVERY,
        "Largest log ratio of the smoothed shares of any decision between two groups; concentration 1.",
    ),
];
