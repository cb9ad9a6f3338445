//! What changed from the baseline model to the audited one, on the same rows.

use super::Better::{Higher, Lower, Neither};
use super::Shape::{Change, PValue, Statistic};
use super::{Better, Entry, Need, Shape, base, whole_only, whole_too};
use crate::plan::Task;

const D: &[Need] = &[Need::Decisions, Need::BaselineDecisions];
const LD: &[Need] = &[Need::Labels, Need::Decisions, Need::BaselineDecisions];
const LS: &[Need] = &[Need::Labels, Need::Scores, Need::BaselineScores];

/// The change of a measure: `change!(name, title, better, needs)`.
macro_rules! change {
    ($name:literal, $title:literal, $better:expr, $needs:expr, $shape:expr) => {
        base(
            concat!($name, "_change"),
            &[],
            concat!("Change in ", $title),
            $shape,
            $better,
            $needs,
            concat!("The ", $title, " of the audited model minus that of the baseline, on rows that both answered."),
        )
    };
    ($name:literal, $title:literal, $better:expr, $needs:expr) => {
        change!($name, $title, $better, $needs, Change)
    };
}

const fn mcnemar(name: &'static str, title: &'static str, shape: Shape, better: Better, text: &'static str) -> Entry {
    base(name, &[], title, shape, better, LD, text)
}

/// Scores of a baseline model are those of two classes.
pub(super) const fn of_two_classes(entry: Entry) -> Entry {
    Entry { tasks: &[Task::Binary], ..entry }
}

/// How the p-value of McNemar's test is had.
const MCNEMAR: &[&str] = &["mid_p", "exact", "chi_squared"];

pub(super) const MEASURES: &[Entry] = &[
    change!("selection_rate", "selection rate", Neither, D),
    whole_too(change!("accuracy", "accuracy", Higher, LD), &["standard"]),
    whole_too(change!("balanced_accuracy", "balanced accuracy", Higher, LD), &["macro_average"]),
    change!("precision", "precision", Higher, LD),
    change!("recall", "recall", Higher, LD),
    change!("specificity", "specificity", Higher, LD),
    change!("negative_predictive_value", "negative predictive value", Higher, LD),
    change!("false_positive_rate", "false positive rate", Lower, LD),
    change!("false_negative_rate", "false negative rate", Lower, LD),
    change!("f1", "F1", Higher, LD),
    of_two_classes(change!("roc_auc", "ROC AUC", Higher, LS)),
    of_two_classes(change!("log_loss", "log loss", Lower, LS, Statistic)),
    of_two_classes(change!("brier", "Brier score", Lower, LS)),
    whole_only(
        Entry {
            conventions: MCNEMAR,
            ..mcnemar(
                "mcnemar_p_value",
                "McNemar's p",
                PValue,
                Neither,
                "Two-sided p that rows only one of the two models decides rightly are as often the one's as the other's.",
            )
        },
        MCNEMAR,
    ),
    whole_only(
        mcnemar(
            "mcnemar_chi_squared",
            "McNemar's chi-square",
            Statistic,
            Neither,
            "(b - c)² / (b + c) of the b and c rows that only one of the two models decides rightly.",
        ),
        &["standard"],
    ),
];
