//! Measures that only models of several classes have.

use super::Better::Higher;
use super::Shape::Rate;
use super::{Entry, Need, base, whole_only};
use crate::plan::Task;

/// How many of the highest scores are looked at.
const TOP: &[&str] = &["top_2", "top_3", "top_5"];

pub(super) const MEASURES: &[Entry] = &[whole_only(
    Entry {
        tasks: &[Task::Multiclass],
        conventions: TOP,
        ..base(
            "top_k_accuracy",
            &["top_k", "hit_rate"],
            "Top-k accuracy",
            Rate,
            Higher,
            &[Need::Labels, Need::Scores],
            "Share of labelled rows whose true class is among the k highest scores; of equal scores the first class is \
             the higher.",
        )
    },
    TOP,
)];
