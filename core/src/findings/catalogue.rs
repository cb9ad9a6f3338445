//! Every measure by name: what a plan may set a criterion on, and how a number is to be read.

use serde::Serialize;

/// What a measure is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Labels.
    Labels,
    /// Decisions: a prediction column, or scores and a threshold.
    Decisions,
    /// Scores.
    Scores,
    /// Protected attributes.
    Groups,
    /// Row identifiers.
    Ids,
    /// Time of the prediction and of the label.
    LabelTimes,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// Larger values.
    Higher,
    /// Smaller values.
    Lower,
    /// Values near zero.
    NearZero,
    /// Values near one.
    NearOne,
    /// Neither: it describes.
    Neither,
}

/// The shape of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A number of rows.
    Count,
    /// A share of rows, in [0, 1].
    Rate,
    /// A number in [0, 1] that is not a share.
    Index,
    /// A mean loss, not below 0.
    Loss,
    /// A difference between groups.
    Difference,
    /// A ratio between groups.
    Ratio,
}

/// One measure of the catalogue.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Entry {
    /// The name used in plans, reports and code.
    pub name: &'static str,
    /// Other names the field uses; a plan may use them, reports never do.
    pub aliases: &'static [&'static str],
    /// For people.
    pub title: &'static str,
    /// Shape.
    pub shape: Shape,
    /// Which way is better.
    pub better: Better,
    /// What it needs.
    pub needs: &'static [Need],
    /// Named definitions, the default first. For gaps the default is `reference_group` where the plan declares one.
    pub conventions: &'static [&'static str],
    /// For gaps: the measure whose group values are compared.
    pub of: Option<&'static str>,
    /// One sentence: what it is.
    pub definition: &'static str,
}

const LD: &[Need] = &[Need::Labels, Need::Decisions];
const LS: &[Need] = &[Need::Labels, Need::Scores];
const STANDARD: &[&str] = &["standard"];
/// Definitions of a difference between groups.
const DIFFERENCE: &[&str] = &["max_min", "reference_group", "pooled_reference", "fairlearn", "fairlearn_to_overall"];
/// Definitions of a ratio between groups.
const RATIO: &[&str] = &["min_max", "reference_group", "pooled_reference", "fairlearn", "fairlearn_to_overall"];

const fn base(
    name: &'static str,
    aliases: &'static [&'static str],
    title: &'static str,
    shape: Shape,
    better: Better,
    needs: &'static [Need],
    definition: &'static str,
) -> Entry {
    Entry { name, aliases, title, shape, better, needs, conventions: STANDARD, of: None, definition }
}

const fn gap(
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
        better: if ratio { Better::NearOne } else { Better::NearZero },
        needs,
        conventions: if ratio { RATIO } else { DIFFERENCE },
        of: Some(of),
        definition,
    }
}

const fn is_ratio(name: &str) -> bool {
    let bytes = name.as_bytes();
    // Every gap is named `…_ratio` or `…_difference`.
    bytes[bytes.len() - 1] == b'o'
}

use Better::{Higher, Lower, Neither};
use Shape::{Count, Index, Loss, Rate};

const GD: &[Need] = &[Need::Decisions, Need::Groups];
const GLD: &[Need] = &[Need::Labels, Need::Decisions, Need::Groups];

/// The catalogue, in the order of reports.
pub const MEASURES: &[Entry] = &[
    base("n", &["count", "support"], "Rows", Count, Neither, &[], "Rows of the group."),
    base("true_positives", &["tp"], "True positives", Count, Neither, LD, "Positive decisions on positive labels."),
    base("false_positives", &["fp"], "False positives", Count, Neither, LD, "Positive decisions on negative labels."),
    base("true_negatives", &["tn"], "True negatives", Count, Neither, LD, "Negative decisions on negative labels."),
    base("false_negatives", &["fn"], "False negatives", Count, Neither, LD, "Negative decisions on positive labels."),
    base(
        "prevalence",
        &["base_rate"],
        "Prevalence (base rate)",
        Rate,
        Neither,
        &[Need::Labels],
        "Share of positive labels among labelled rows.",
    ),
    base(
        "selection_rate",
        &["acceptance_rate", "approval_rate"],
        "Selection rate",
        Rate,
        Neither,
        &[Need::Decisions],
        "Share of favourable decisions among decided rows.",
    ),
    base("accuracy", &["acc"], "Accuracy", Rate, Higher, LD, "Share of decisions that agree with the label."),
    base("balanced_accuracy", &[], "Balanced accuracy", Index, Higher, LD, "Mean of recall and specificity."),
    base(
        "precision",
        &["positive_predictive_value", "ppv"],
        "Precision (positive predictive value)",
        Rate,
        Higher,
        LD,
        "Share of positive labels among positive decisions.",
    ),
    base(
        "recall",
        &["true_positive_rate", "tpr", "sensitivity"],
        "Recall (true positive rate)",
        Rate,
        Higher,
        LD,
        "Share of positive decisions among positive labels.",
    ),
    base(
        "specificity",
        &["true_negative_rate", "tnr"],
        "Specificity (true negative rate)",
        Rate,
        Higher,
        LD,
        "Share of negative decisions among negative labels.",
    ),
    base(
        "negative_predictive_value",
        &["npv"],
        "Negative predictive value",
        Rate,
        Higher,
        LD,
        "Share of negative labels among negative decisions.",
    ),
    base(
        "false_positive_rate",
        &["fpr"],
        "False positive rate",
        Rate,
        Lower,
        LD,
        "Share of positive decisions among negative labels.",
    ),
    base(
        "false_negative_rate",
        &["fnr"],
        "False negative rate",
        Rate,
        Lower,
        LD,
        "Share of negative decisions among positive labels.",
    ),
    base(
        "false_discovery_rate",
        &["fdr"],
        "False discovery rate",
        Rate,
        Lower,
        LD,
        "Share of negative labels among positive decisions.",
    ),
    base(
        "false_omission_rate",
        &["for"],
        "False omission rate",
        Rate,
        Lower,
        LD,
        "Share of positive labels among negative decisions.",
    ),
    base(
        "f1",
        &["f1_score"],
        "F1",
        Index,
        Higher,
        LD,
        "Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN).",
    ),
    base("jaccard", &["jaccard_index"], "Jaccard index", Rate, Higher, LD, "TP / (TP + FP + FN)."),
    base("label_coverage", &[], "Label coverage", Rate, Higher, &[Need::Labels], "Share of rows whose label is known."),
    Entry {
        conventions: &["standard", "delong_plain"],
        ..base(
            "roc_auc",
            &["auc", "auroc", "c_statistic"],
            "ROC AUC",
            Index,
            Higher,
            LS,
            "Probability that a positive row scores above a negative one, ties counted half.",
        )
    },
    base(
        "average_precision",
        &["ap", "pr_auc"],
        "Average precision",
        Index,
        Higher,
        LS,
        "Sum of precision over the steps of recall, without interpolation.",
    ),
    base(
        "log_loss",
        &["cross_entropy"],
        "Log loss",
        Loss,
        Lower,
        LS,
        "Mean negative log-likelihood in nats; scores are clipped to [2^-52, 1 - 2^-52].",
    ),
    base("brier", &["brier_score"], "Brier score", Loss, Lower, LS, "Mean squared difference between score and label."),
    gap(
        "selection_rate_difference",
        &["demographic_parity_difference", "statistical_parity_difference"],
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
];

impl Entry {
    /// Whether a plan may set a criterion on it: counts and the prevalence describe, they cannot be met.
    pub fn may_be_criterion(&self) -> bool {
        self.shape != Shape::Count && self.name != "prevalence"
    }
}

/// Finds a measure by its name or an alias.
pub fn find(name: &str) -> Option<&'static Entry> {
    MEASURES.iter().find(|entry| entry.name == name || entry.aliases.contains(&name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_and_aliases_are_unique() {
        let names: Vec<_> =
            MEASURES.iter().flat_map(|entry| entry.aliases.iter().chain(std::iter::once(&entry.name))).collect();
        assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len());
    }

    #[test]
    fn gaps_compare_a_measure_of_the_catalogue() {
        for entry in MEASURES {
            if let Some(of) = entry.of {
                assert!(entry.name.starts_with(of) && find(of).is_some_and(|base| base.name == of), "{}", entry.name);
            }
        }
    }
}
