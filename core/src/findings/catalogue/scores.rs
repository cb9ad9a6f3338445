//! Measures of scores: ranking, losses, calibration.

use super::Better::{Higher, Lower, NearOne, NearZero, Neither};
use super::Shape::{Coefficient, Count, Index, Loss, PValue, Positive, Rate, Statistic};
use super::{Entry, Need, Scope, base, whole_too};

const LS: &[Need] = &[Need::Labels, Need::Scores];

/// How scores are put into bins, and which edge a bin holds.
const BINS: &[&str] = &["equal_width", "equal_width_left_closed", "equal_count", "equal_count_left_closed"];

/// The share of rows with the highest scores.
const TOP: &[&str] = &["top_10_percent", "top_1_percent", "top_5_percent", "top_20_percent"];

/// A measure of the top share of rows.
const fn at_k(entry: Entry) -> Entry {
    Entry { conventions: TOP, ..entry }
}

/// Areas of several classes: each against the rest, or every pair of classes by the score of either; the mean, or weighted
/// by the rows of the class or pair.
const AVERAGES_OF_PAIRS: &[&str] = &["ovr_macro", "ovr_weighted", "ovo_macro", "ovo_weighted"];

pub(super) const MEASURES: &[Entry] = &[
    Entry {
        conventions: &["standard", "delong_plain"],
        ..whole_too(
            base(
                "roc_auc",
                &["auc", "auroc", "c_statistic"],
                "ROC AUC",
                Index,
                Higher,
                LS,
                "Probability that a positive row scores above a negative one, ties counted half.",
            ),
            AVERAGES_OF_PAIRS,
        )
    },
    whole_too(
        base(
            "average_precision",
            &["ap", "pr_auc"],
            "Average precision",
            Index,
            Higher,
            LS,
            "Sum of precision over the steps of recall, without interpolation.",
        ),
        &["ovr_macro", "ovr_weighted"],
    ),
    whole_too(
        base(
            "log_loss",
            &["cross_entropy"],
            "Log loss",
            Loss,
            Lower,
            LS,
            "Mean negative log-likelihood in nats; scores are clipped to [2^-52, 1 - 2^-52]. Of several classes, that of the \
         true one.",
        ),
        &["standard"],
    ),
    whole_too(
        base(
            "brier",
            &["brier_score"],
            "Brier score",
            Loss,
            Lower,
            LS,
            "Mean squared difference between score and label; of several classes the sum over all scores, from 0 to 2.",
        ),
        &["standard"],
    ),
    base(
        "pr_auc_trapezoid",
        &[],
        "Area under the precision-recall curve (trapezoid)",
        Index,
        Higher,
        LS,
        "Area under straight lines between the points of the precision-recall curve; too large, see average precision.",
    ),
    base("gini", &["gini_coefficient", "somers_d"], "Gini", Coefficient, Higher, LS, "Twice the ROC AUC minus 1."),
    base(
        "ks",
        &["ks_statistic", "kolmogorov_smirnov"],
        "Kolmogorov-Smirnov distance of the classes",
        Rate,
        Higher,
        LS,
        "Largest distance between the score distributions of the two classes.",
    ),
    Entry {
        conventions: &["standard", "labelled"],
        ..whole_too(
            base(
                "mean_score",
                &[],
                "Mean score",
                Rate,
                Neither,
                &[Need::Scores],
                "Mean of the scores, of all scored rows or of those with a label.",
            ),
            &["standard"],
        )
    },
    base(
        "scoring_rate",
        &[],
        "Scoring rate",
        Rate,
        Neither,
        &[Need::Scores],
        "Share of scores beyond the median of all rows, on the favourable side; a score at the median is not beyond it.",
    ),
    Entry {
        conventions: &["fpr_10_percent", "fpr_1_percent", "fpr_5_percent", "fpr_20_percent"],
        ..base(
            "partial_auc",
            &["partial_roc_auc"],
            "Partial ROC AUC",
            Index,
            Higher,
            LS,
            "Area under the ROC curve up to a false positive rate, rescaled so that 0.5 is chance and 1 perfect.",
        )
    },
    at_k(base(
        "precision_at_k",
        &[],
        "Precision at the top",
        Rate,
        Higher,
        LS,
        "Share of positives among the rows with the highest scores, ties at the cut in proportion.",
    )),
    at_k(base(
        "recall_at_k",
        &["cumulative_gain"],
        "Recall at the top",
        Rate,
        Higher,
        LS,
        "Share of all positives that is among the rows with the highest scores.",
    )),
    at_k(base(
        "lift_at_k",
        &["lift"],
        "Lift at the top",
        Positive,
        Higher,
        LS,
        "Precision among the highest scores relative to the share of positives among all rows.",
    )),
    at_k(base(
        "gain_at_k",
        &[],
        "Positives at the top",
        Count,
        Higher,
        LS,
        "Positives among the rows with the highest scores, or the sum of their weights.",
    )),
    whole_too(
        base(
            "observed_expected_ratio",
            &["oe_ratio", "calibration_ratio"],
            "Observed over expected",
            Positive,
            NearOne,
            LS,
            "Positive labels divided by the sum of the scores; above 1 the model predicts too few.",
        ),
        &["standard"],
    ),
    Entry {
        conventions: BINS,
        ..whole_too(
            base(
                "expected_calibration_error",
                &["ece"],
                "Expected calibration error",
                Rate,
                Lower,
                LS,
                "Mean distance between observed share and mean score over ten bins, weighted by their rows.",
            ),
            BINS,
        )
    },
    Entry {
        conventions: BINS,
        ..whole_too(
            base(
                "maximum_calibration_error",
                &["mce"],
                "Maximum calibration error",
                Rate,
                Lower,
                LS,
                "Largest distance between observed share and mean score over ten bins.",
            ),
            BINS,
        )
    },
    whole_too(
        base(
            "calibration_slope",
            &[],
            "Calibration slope",
            Statistic,
            NearOne,
            LS,
            "Slope of a logistic regression of the label on the logit of the score; below 1 the scores are too extreme.",
        ),
        &["standard"],
    ),
    Entry {
        conventions: &["in_the_large", "joint"],
        ..whole_too(
            base(
                "calibration_intercept",
                &["calibration_in_the_large"],
                "Calibration intercept",
                Statistic,
                NearZero,
                LS,
                "Intercept of a logistic regression of the label on the logit of the score: with slope 1 (in the large), or \
             fitted together with the slope (joint).",
            ),
            &["in_the_large", "joint"],
        )
    },
    Entry {
        scope: Scope::Whole,
        ..whole_too(
            base(
                "integrated_calibration_index",
                &["ici"],
                "Integrated calibration index",
                Rate,
                Lower,
                LS,
                "Mean distance between the score and a smooth estimate of the observed share (restricted cubic spline).",
            ),
            &["standard"],
        )
    },
    base(
        "brier_reliability",
        &[],
        "Reliability part of the Brier score",
        Loss,
        Lower,
        LS,
        "Mean squared distance between observed share and mean score over ten bins of equal count.",
    ),
    base(
        "brier_resolution",
        &[],
        "Resolution part of the Brier score",
        Loss,
        Higher,
        LS,
        "Mean squared distance between the observed share of a bin and that of all rows.",
    ),
    base(
        "brier_uncertainty",
        &[],
        "Uncertainty part of the Brier score",
        Loss,
        Neither,
        LS,
        "Prevalence times one minus prevalence: the Brier score of a model that says the prevalence to everybody.",
    ),
    whole_too(
        base(
            "spiegelhalter_z",
            &[],
            "Spiegelhalter's Z",
            Statistic,
            NearZero,
            LS,
            "Standardised distance of the Brier score from what calibrated scores would give.",
        ),
        &["standard"],
    ),
    whole_too(
        base(
            "spiegelhalter_p_value",
            &[],
            "p of Spiegelhalter's Z",
            PValue,
            Higher,
            LS,
            "Two-sided p of Spiegelhalter's Z.",
        ),
        &["standard"],
    ),
    Entry {
        conventions: &["external", "development"],
        ..whole_too(
            base(
                "hosmer_lemeshow_p_value",
                &["hosmer_lemeshow"],
                "p of the Hosmer-Lemeshow test",
                PValue,
                Higher,
                LS,
                "Chi-square test over ten bins of equal count, with as many degrees of freedom as bins (external) or two \
             fewer (development). It depends on the bins, and finds anything in enough rows.",
            ),
            &["external", "development"],
        )
    },
];
