//! Measures of labels and decisions.

use super::Better::{Higher, Lower, Neither};
use super::Shape::{Coefficient, Count, Index, Positive, Rate};
use super::{Better, EVERY, Entry, Need, Scope, base, whole_only, whole_too};
use crate::plan::Task;

const LD: &[Need] = &[Need::Labels, Need::Decisions];

/// As counted, and drawn towards the rate of all groups.
const SHRUNKEN: &[&str] = &["standard", "clopper_pearson", "empirical_bayes"];

/// The two classes taken together, as libraries that average over classes do.
const AVERAGES: &[&str] = &["standard", "macro_average", "weighted_average"];

/// A share of rows, with the interval by default and the exact one.
const SHARE: &[&str] = &["standard", "clopper_pearson"];

/// Both of these.
const PRECISION: &[&str] = &["standard", "macro_average", "weighted_average", "clopper_pearson"];

const fn share(
    name: &'static str,
    aliases: &'static [&'static str],
    title: &'static str,
    better: Better,
    needs: &'static [Need],
    definition: &'static str,
) -> Entry {
    Entry { conventions: SHARE, ..base(name, aliases, title, Rate, better, needs, definition) }
}

/// A share that is also shrunken towards what the groups have in common.
const fn shrunken(entry: Entry) -> Entry {
    Entry { conventions: SHRUNKEN, ..entry }
}

/// How the values of several classes become one. With `zero_division_0` a class whose value does not exist counts 0, as
/// scikit-learn's `zero_division=0` has it; otherwise the average does not exist either.
const AVERAGES_OF_CLASSES: &[&str] =
    &["macro_average", "weighted_average", "micro_average", "macro_zero_division_0", "weighted_zero_division_0"];
const AVERAGES_WITHOUT_MICRO: &[&str] =
    &["macro_average", "weighted_average", "macro_zero_division_0", "weighted_zero_division_0"];

pub(super) const MEASURES: &[Entry] = &[
    whole_only(
        Entry { tasks: EVERY, ..base("n", &["count", "support"], "Rows", Count, Neither, &[], "Rows of the group.") },
        &["standard"],
    ),
    whole_only(
        base(
            "sum_of_weights",
            &["sum_weight"],
            "Sum of weights",
            Count,
            Neither,
            &[Need::Labels, Need::Decisions, Need::Weights],
            "Sum of the weights of the rows with a label and a decision.",
        ),
        &["standard"],
    ),
    base(
        "true_positives",
        &["tp"],
        "True positives",
        Count,
        Neither,
        LD,
        "Positive decisions on positive labels, or the sum of their weights.",
    ),
    base(
        "false_positives",
        &["fp"],
        "False positives",
        Count,
        Neither,
        LD,
        "Positive decisions on negative labels, or the sum of their weights.",
    ),
    base(
        "true_negatives",
        &["tn"],
        "True negatives",
        Count,
        Neither,
        LD,
        "Negative decisions on negative labels, or the sum of their weights.",
    ),
    base(
        "false_negatives",
        &["fn"],
        "False negatives",
        Count,
        Neither,
        LD,
        "Negative decisions on positive labels, or the sum of their weights.",
    ),
    share(
        "prevalence",
        &["base_rate"],
        "Prevalence (base rate)",
        Neither,
        &[Need::Labels],
        "Share of positive labels among labelled rows.",
    ),
    shrunken(share(
        "selection_rate",
        &["acceptance_rate", "approval_rate"],
        "Selection rate",
        Neither,
        &[Need::Decisions],
        "Share of favourable decisions among decided rows.",
    )),
    whole_too(
        shrunken(share("accuracy", &["acc"], "Accuracy", Higher, LD, "Share of decisions that agree with the label.")),
        &["standard"],
    ),
    whole_too(
        base(
            "balanced_accuracy",
            &[],
            "Balanced accuracy",
            Index,
            Higher,
            LD,
            "Mean of recall and specificity; of several classes, the mean of their recalls.",
        ),
        &["standard", "present_classes"],
    ),
    Entry {
        conventions: PRECISION,
        ..whole_too(
            base(
                "precision",
                &["positive_predictive_value", "ppv"],
                "Precision (positive predictive value)",
                Rate,
                Higher,
                LD,
                "Share of positive labels among positive decisions.",
            ),
            AVERAGES_OF_CLASSES,
        )
    },
    whole_too(
        shrunken(share(
            "recall",
            &["true_positive_rate", "tpr", "sensitivity"],
            "Recall (true positive rate)",
            Higher,
            LD,
            "Share of positive decisions among positive labels.",
        )),
        AVERAGES_OF_CLASSES,
    ),
    share(
        "specificity",
        &["true_negative_rate", "tnr"],
        "Specificity (true negative rate)",
        Higher,
        LD,
        "Share of negative decisions among negative labels.",
    ),
    share(
        "negative_predictive_value",
        &["npv"],
        "Negative predictive value",
        Higher,
        LD,
        "Share of negative labels among negative decisions.",
    ),
    shrunken(share(
        "false_positive_rate",
        &["fpr"],
        "False positive rate",
        Lower,
        LD,
        "Share of positive decisions among negative labels.",
    )),
    share(
        "false_negative_rate",
        &["fnr"],
        "False negative rate",
        Lower,
        LD,
        "Share of negative decisions among positive labels.",
    ),
    share(
        "false_discovery_rate",
        &["fdr"],
        "False discovery rate",
        Lower,
        LD,
        "Share of negative labels among positive decisions.",
    ),
    share(
        "false_omission_rate",
        &["for"],
        "False omission rate",
        Lower,
        LD,
        "Share of positive labels among negative decisions.",
    ),
    Entry {
        conventions: AVERAGES,
        ..whole_too(
            base(
                "f1",
                &["f1_score"],
                "F1",
                Index,
                Higher,
                LD,
                "Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN).",
            ),
            AVERAGES_OF_CLASSES,
        )
    },
    base(
        "f2",
        &["f2_score"],
        "F2",
        Index,
        Higher,
        LD,
        "Weighted harmonic mean of precision and recall that counts recall double: 5 TP / (5 TP + 4 FN + FP).",
    ),
    base(
        "f0_5",
        &["f0_5_score", "f_half"],
        "F0.5",
        Index,
        Higher,
        LD,
        "Weighted harmonic mean of precision and recall that counts precision double: 1.25 TP / (1.25 TP + 0.25 FN + FP).",
    ),
    whole_too(
        share("jaccard", &["jaccard_index"], "Jaccard index", Higher, LD, "TP / (TP + FP + FN)."),
        AVERAGES_WITHOUT_MICRO,
    ),
    whole_too(
        base(
            "matthews_correlation",
            &["mcc", "phi"],
            "Matthews correlation",
            Coefficient,
            Higher,
            LD,
            "Correlation of labels and decisions: (TP TN - FP FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN)); of several classes, Gorodkin's.",
        ),
        &["standard"],
    ),
    whole_too(
        base(
            "cohen_kappa",
            &["kappa"],
            "Cohen's kappa",
            Coefficient,
            Higher,
            LD,
            "Agreement of labels and decisions beyond what their shares alone would give.",
        ),
        &["standard", "linear", "quadratic"],
    ),
    base(
        "informedness",
        &["youden_j", "bookmaker_informedness"],
        "Informedness (Youden's J)",
        Coefficient,
        Higher,
        LD,
        "Recall plus specificity minus 1.",
    ),
    base(
        "treatment_equality",
        &["false_negatives_per_false_positive"],
        "Treatment equality (false negatives per false positive)",
        Positive,
        Neither,
        LD,
        "False negatives divided by false positives: how many people are wrongly refused for each wrongly accepted.",
    ),
    Entry {
        tasks: &[Task::Binary],
        scope: Scope::Both,
        ..base(
            "generalized_entropy_index",
            &["generalized_entropy_error"],
            "Generalized entropy index (α = 2)",
            Positive,
            Lower,
            LD,
            "Inequality of the benefit 1 + decision - label over individuals, 0 when everyone gets the same; α = 2.",
        )
    },
    Entry {
        tasks: &[Task::Binary],
        scope: Scope::Both,
        ..base(
            "theil_index",
            &["theil"],
            "Theil index",
            Positive,
            Lower,
            LD,
            "Inequality of the benefit 1 + decision - label over individuals: generalized entropy with α = 1.",
        )
    },
    Entry {
        tasks: &[Task::Binary],
        scope: Scope::Both,
        ..base(
            "coefficient_of_variation",
            &[],
            "Coefficient of variation of benefits",
            Positive,
            Lower,
            LD,
            "Standard deviation of the benefit 1 + decision - label over its mean: √(2 GE(2)).",
        )
    },
    Entry {
        tasks: &[Task::Binary],
        conventions: &["standard", "aif360"],
        scope: Scope::Whole,
        ..base(
            "consistency",
            &["knn_consistency"],
            "Consistency",
            Index,
            Higher,
            &[Need::Decisions, Need::Similarity],
            "1 minus the mean distance between a decision and the mean decision of the most alike rows; with `aif360` a row is \
             one of the rows most like itself.",
        )
    },
    whole_only(
        Entry {
            tasks: EVERY,
            ..base(
                "label_coverage",
                &[],
                "Label coverage",
                Rate,
                Higher,
                &[Need::Labels],
                "Share of rows whose label is known.",
            )
        },
        &["standard"],
    ),
];
