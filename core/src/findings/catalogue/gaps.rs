//! Differences and ratios of a measure between groups.

use super::Better::{NearOne, NearZero};
use super::changes::of_two_classes;
use super::{CLASSIFIERS, EACH_CLASS, Entry, Need, Scope, Shape};

const GD: &[Need] = &[Need::Decisions, Need::Groups];
const GL: &[Need] = &[Need::Labels, Need::Groups];
const GLD: &[Need] = &[Need::Labels, Need::Decisions, Need::Groups];
const GLDB: &[Need] = &[Need::Labels, Need::Decisions, Need::BaselineDecisions, Need::Groups];
const GDB: &[Need] = &[Need::Decisions, Need::BaselineDecisions, Need::Groups];
const GLSB: &[Need] = &[Need::Labels, Need::Scores, Need::BaselineScores, Need::Groups];
const GS: &[Need] = &[Need::Scores, Need::Groups];
const GLS: &[Need] = &[Need::Labels, Need::Scores, Need::Groups];

/// Definitions of a difference between the rates of groups.
const DIFFERENCE: &[&str] = &[
    "max_min",
    "max_min_bonferroni",
    "reference_group",
    "agresti_caffo",
    "pooled_reference",
    "best_group",
    "overall",
    "fairlearn",
    "fairlearn_to_overall",
];
/// Definitions of a ratio between the rates of groups.
const RATIO: &[&str] = &[
    "min_max",
    "min_max_bonferroni",
    "reference_group",
    "pooled_reference",
    "best_group",
    "overall",
    "fairlearn",
    "fairlearn_to_overall",
];

pub(super) const fn gap(
    name: &'static str,
    aliases: &'static [&'static str],
    title: &'static str,
    of: &'static str,
    needs: &'static [Need],
    definition: &'static str,
) -> Entry {
    let ratio = is_ratio(name);
    Entry {
        name,
        aliases,
        title,
        shape: if ratio { Shape::Ratio } else { Shape::Difference },
        better: if ratio { NearOne } else { NearZero },
        needs,
        classes: EACH_CLASS,
        conventions: if ratio { RATIO } else { DIFFERENCE },
        scope: Scope::Groups,
        tasks: CLASSIFIERS,
        of: Some(of),
        definition,
    }
}

const fn is_ratio(name: &str) -> bool {
    let bytes = name.as_bytes();
    // Every gap is named `…_ratio` or `…_difference`.
    bytes[bytes.len() - 1] == b'o'
}

/// Without conventions that only rates of decisions have: pooled groups need one table of counts.
pub(super) const fn of_estimates(entry: Entry) -> Entry {
    let ratio = matches!(entry.shape, Shape::Ratio);
    let conventions: &[&str] = if ratio {
        &["min_max", "min_max_bonferroni", "reference_group"]
    } else {
        &["max_min", "max_min_bonferroni", "reference_group"]
    };
    Entry { conventions, ..entry }
}

/// How unevenly the change from the baseline model fell on the groups.
macro_rules! change_of_gap {
    ($of:literal, $title:literal, $needs:expr) => {
        $crate::findings::catalogue::gaps::of_estimates($crate::findings::catalogue::gaps::gap(
            concat!($of, "_change_difference"),
            &[],
            concat!("Difference in the change in ", $title),
            concat!($of, "_change"),
            $needs,
            concat!(
                "How far apart the groups' changes in ",
                $title,
                " lie. No gap between two groups can have changed by more; against a reference group it is the change \
                 of that gap."
            ),
        ))
    };
}

/// How much wider the largest gap is than under the baseline model.
macro_rules! gap_change {
    ($of:literal, $title:literal, $needs:expr) => {
        $crate::findings::catalogue::Entry {
            shape: $crate::findings::catalogue::Shape::Change,
            better: $crate::findings::catalogue::Better::Lower,
            conventions: &["max_min"],
            ..$crate::findings::catalogue::gaps::gap(
                concat!($of, "_difference_change"),
                &[],
                concat!("Change in the difference in ", $title),
                concat!($of, "_change"),
                $needs,
                concat!(
                    "The largest gap in ",
                    $title,
                    " between groups under the audited model minus the largest under the baseline, on rows that both \
                     answered; above 0 the largest gap has grown."
                ),
            )
        }
    };
}

/// The difference and the ratio of a measure: `pair!(of, title, plural, needs, aliases of both)`.
macro_rules! pair {
    ($of:literal, $title:literal, $plural:literal, $needs:expr, $difference:expr, $ratio:expr) => {
        [
            $crate::findings::catalogue::gaps::gap(
                concat!($of, "_difference"),
                $difference,
                concat!("Difference in ", $title),
                $of,
                $needs,
                concat!("How far apart the groups' ", $plural, " lie."),
            ),
            $crate::findings::catalogue::gaps::gap(
                concat!($of, "_ratio"),
                $ratio,
                concat!("Ratio of ", $plural),
                $of,
                $needs,
                concat!("The lower of the groups' ", $plural, " relative to the higher, or to the reference group's."),
            ),
        ]
    };
}

pub(super) use {change_of_gap, pair};

const PREVALENCE: [Entry; 2] =
    pair!("prevalence", "prevalence", "shares of positive labels", GL, &["base_rate_difference"], &["base_rate_ratio"]);
const ACCURACY: [Entry; 2] = pair!("accuracy", "accuracy", "accuracies", GLD, &[], &[]);
const FALSE_NEGATIVE_RATE: [Entry; 2] = pair!(
    "false_negative_rate",
    "false negative rate",
    "false negative rates",
    GLD,
    &["fnr_difference"],
    &["fnr_ratio"]
);
const SPECIFICITY: [Entry; 2] = pair!(
    "specificity",
    "specificity",
    "true negative rates",
    GLD,
    &["true_negative_rate_difference", "tnr_difference"],
    &["true_negative_rate_ratio", "tnr_ratio"]
);
const NPV: [Entry; 2] = pair!(
    "negative_predictive_value",
    "negative predictive value",
    "negative predictive values",
    GLD,
    &["npv_difference", "negative_predictive_parity_difference"],
    &["npv_ratio", "negative_predictive_parity_ratio"]
);
const FALSE_DISCOVERY_RATE: [Entry; 2] = pair!(
    "false_discovery_rate",
    "false discovery rate",
    "false discovery rates",
    GLD,
    &["fdr_difference", "false_discovery_rate_parity_difference"],
    &["fdr_ratio", "false_discovery_rate_parity_ratio"]
);
const FALSE_OMISSION_RATE: [Entry; 2] = pair!(
    "false_omission_rate",
    "false omission rate",
    "false omission rates",
    GLD,
    &["for_difference", "false_omission_rate_parity_difference"],
    &["for_ratio", "false_omission_rate_parity_ratio"]
);
const BALANCED_ACCURACY: [Entry; 2] =
    pair!("balanced_accuracy", "balanced accuracy", "balanced accuracies", GLD, &[], &[]);
const F1: [Entry; 2] = pair!("f1", "F1", "F1 values", GLD, &[], &[]);
const ROC_AUC: [Entry; 2] = pair!("roc_auc", "ROC AUC", "ROC AUCs", GLS, &["auc_difference"], &["auc_ratio"]);
const AVERAGE_PRECISION: [Entry; 2] =
    pair!("average_precision", "average precision", "average precisions", GLS, &[], &[]);
const LOG_LOSS: [Entry; 2] = pair!("log_loss", "log loss", "log losses", GLS, &[], &[]);
const BRIER: [Entry; 2] = pair!("brier", "Brier score", "Brier scores", GLS, &[], &[]);
const MEAN_SCORE: [Entry; 2] = pair!("mean_score", "mean score", "mean scores", GS, &[], &[]);
const SCORING_RATE: [Entry; 2] =
    pair!("scoring_rate", "scoring rate", "scoring rates", GS, &[], &["scoring_impact_ratio"]);
const TREATMENT_EQUALITY: [Entry; 2] = pair!(
    "treatment_equality",
    "false negatives per false positive",
    "false negatives per false positive",
    GLD,
    &[],
    &[]
);
const CALIBRATION_ERROR: [Entry; 2] = pair!(
    "expected_calibration_error",
    "expected calibration error",
    "expected calibration errors",
    GLS,
    &["ece_difference"],
    &["ece_ratio"]
);
const OBSERVED_EXPECTED: [Entry; 2] = pair!(
    "observed_expected_ratio",
    "observed over expected",
    "observed over expected ratios",
    GLS,
    &["oe_ratio_difference"],
    &[]
);

const LABEL_COVERAGE: [Entry; 2] =
    pair!("label_coverage", "label coverage", "shares of rows with a known label", GL, &[], &[]);

pub(super) const MEASURES: &[Entry] = &[
    gap(
        "selection_rate_difference",
        &["demographic_parity_difference", "statistical_parity_difference", "marginal_gap"],
        "Difference in selection rate",
        "selection_rate",
        GD,
        "How far apart the groups' selection rates lie.",
    ),
    gap(
        "selection_rate_ratio",
        &["demographic_parity_ratio", "disparate_impact", "impact_ratio", "adverse_impact_ratio"],
        "Ratio of selection rates",
        "selection_rate",
        GD,
        "The lower selection rate relative to the higher, or to the reference group's.",
    ),
    gap(
        "recall_difference",
        &["true_positive_rate_difference", "tpr_difference", "equal_opportunity_difference"],
        "Difference in recall (equal opportunity)",
        "recall",
        GLD,
        "How far apart the groups' true positive rates lie.",
    ),
    gap(
        "recall_ratio",
        &["true_positive_rate_ratio", "tpr_ratio", "equal_opportunity_ratio"],
        "Ratio of recalls",
        "recall",
        GLD,
        "The lower true positive rate relative to the higher, or to the reference group's.",
    ),
    gap(
        "false_positive_rate_difference",
        &["fpr_difference", "predictive_equality_difference"],
        "Difference in false positive rate",
        "false_positive_rate",
        GLD,
        "How far apart the groups' false positive rates lie.",
    ),
    gap(
        "false_positive_rate_ratio",
        &["fpr_ratio"],
        "Ratio of false positive rates",
        "false_positive_rate",
        GLD,
        "The lower false positive rate relative to the higher, or to the reference group's.",
    ),
    gap(
        "precision_difference",
        &["positive_predictive_value_difference", "ppv_difference", "predictive_parity_difference"],
        "Difference in precision (predictive parity)",
        "precision",
        GLD,
        "How far apart the groups' positive predictive values lie.",
    ),
    gap(
        "precision_ratio",
        &["positive_predictive_value_ratio", "ppv_ratio", "predictive_parity_ratio"],
        "Ratio of precisions",
        "precision",
        GLD,
        "The lower positive predictive value relative to the higher, or to the reference group's.",
    ),
    PREVALENCE[0],
    PREVALENCE[1],
    ACCURACY[0],
    ACCURACY[1],
    FALSE_NEGATIVE_RATE[0],
    FALSE_NEGATIVE_RATE[1],
    SPECIFICITY[0],
    SPECIFICITY[1],
    NPV[0],
    NPV[1],
    FALSE_DISCOVERY_RATE[0],
    FALSE_DISCOVERY_RATE[1],
    FALSE_OMISSION_RATE[0],
    FALSE_OMISSION_RATE[1],
    of_estimates(BALANCED_ACCURACY[0]),
    of_estimates(BALANCED_ACCURACY[1]),
    of_estimates(F1[0]),
    of_estimates(F1[1]),
    of_estimates(ROC_AUC[0]),
    of_estimates(ROC_AUC[1]),
    of_estimates(AVERAGE_PRECISION[0]),
    of_estimates(AVERAGE_PRECISION[1]),
    of_estimates(LOG_LOSS[0]),
    of_estimates(LOG_LOSS[1]),
    of_estimates(BRIER[0]),
    of_estimates(BRIER[1]),
    of_estimates(MEAN_SCORE[0]),
    of_estimates(MEAN_SCORE[1]),
    SCORING_RATE[0],
    SCORING_RATE[1],
    of_estimates(TREATMENT_EQUALITY[0]),
    of_estimates(TREATMENT_EQUALITY[1]),
    of_estimates(CALIBRATION_ERROR[0]),
    of_estimates(OBSERVED_EXPECTED[0]),
    LABEL_COVERAGE[0],
    LABEL_COVERAGE[1],
    gap_change!("selection_rate", "selection rate", GDB),
    gap_change!("accuracy", "accuracy", GLDB),
    gap_change!("recall", "recall", GLDB),
    gap_change!("false_positive_rate", "false positive rate", GLDB),
    gap_change!("precision", "precision", GLDB),
    change_of_gap!("selection_rate", "selection rate", GDB),
    change_of_gap!("accuracy", "accuracy", GLDB),
    change_of_gap!("recall", "recall", GLDB),
    change_of_gap!("false_positive_rate", "false positive rate", GLDB),
    change_of_gap!("precision", "precision", GLDB),
    of_two_classes(change_of_gap!("roc_auc", "ROC AUC", GLSB)),
    of_two_classes(change_of_gap!("log_loss", "log loss", GLSB)),
];
