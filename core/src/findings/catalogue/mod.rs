//! Every measure by name: what a plan may set a criterion on, and how a number is to be read.

mod changes;
mod conditions;
mod conventions;
mod decisions;
mod gaps;
mod groups;
mod regression;
mod scores;

use serde::Serialize;

use crate::plan::Task;
pub use conventions::{gives_each_group, is_signed, needs_groups, needs_reference};

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
    /// Columns within whose values groups are compared.
    Strata,
    /// What makes people alike.
    Similarity,
    /// The question which features tell the group.
    Proxies,
    /// Predictions that are numbers.
    Predictions,
    /// Predicted quantiles.
    Quantiles,
    /// Weights of rows.
    Weights,
    /// Row identifiers.
    Ids,
    /// Time of the prediction and of the label.
    LabelTimes,
    /// A baseline model.
    Baseline,
    /// Decisions of a baseline model.
    BaselineDecisions,
    /// Scores of a baseline model.
    BaselineScores,
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
    /// A difference in [-1, 1] between two models on the same rows.
    Change,
    /// A number in [-1, 1]: an agreement or association.
    Coefficient,
    /// A number without bounds, such as a slope or a test statistic.
    Statistic,
    /// A number of at least 0 without an upper bound, such as an odds ratio.
    Positive,
    /// A number of at most 1 without a lower bound: how much better than a constant prediction.
    Skill,
    /// A p-value.
    PValue,
}

/// What a measure is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All rows, and nothing else: it costs too much to work out for every group.
    Whole,
    /// All rows, and each group.
    Rows,
    /// The groups of an attribute, compared.
    Groups,
    /// All rows, each group, and the groups of an attribute taken together.
    Both,
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
    /// What it is a number of.
    pub scope: Scope,
    /// The tasks it is a measure of.
    pub tasks: &'static [Task],
    /// For a difference or ratio: the measure whose group values are compared.
    pub of: Option<&'static str>,
    /// One sentence: what it is.
    pub definition: &'static str,
}

/// Every task.
const EVERY: &[Task] = &[Task::Binary, Task::Multiclass, Task::Regression];

/// A measure of all rows and of each group, with one definition.
const fn base(
    name: &'static str,
    aliases: &'static [&'static str],
    title: &'static str,
    shape: Shape,
    better: Better,
    needs: &'static [Need],
    definition: &'static str,
) -> Entry {
    let (conventions, scope, tasks) = (&["standard"], Scope::Rows, &[Task::Binary]);
    Entry { name, aliases, title, shape, better, needs, conventions, scope, tasks, of: None, definition }
}

const PARTS: [&[Entry]; 7] = [
    decisions::MEASURES,
    scores::MEASURES,
    changes::MEASURES,
    gaps::MEASURES,
    groups::MEASURES,
    conditions::MEASURES,
    regression::MEASURES,
];
const COUNT: usize = {
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        count += PARTS[part].len();
        part += 1;
    }
    count
};

/// The catalogue, in the order of reports.
pub static MEASURES: &[Entry] = &joined();

const fn joined() -> [Entry; COUNT] {
    let mut all = [PARTS[0][0]; COUNT];
    let (mut place, mut part) = (0, 0);
    while part < PARTS.len() {
        let mut index = 0;
        while index < PARTS[part].len() {
            all[place] = PARTS[part][index];
            place += 1;
            index += 1;
        }
        part += 1;
    }
    all
}

impl Entry {
    /// Whether a plan may set a criterion on it; what only describes cannot be met.
    pub fn may_be_criterion(&self) -> bool {
        let describes =
            ["prevalence", "mean_score", "sum_of_weights", "brier_uncertainty", "mean_label", "mean_prediction"];
        self.shape != Shape::Count && !describes.contains(&self.name)
    }

    /// Whether it comes with an interval that can decide a criterion: libraries' own definitions, tests and some indices
    /// are points.
    pub fn has_interval(&self, convention: &str) -> bool {
        let points = [
            "integrated_calibration_index",
            "brier_reliability",
            "brier_resolution",
            "spiegelhalter_z",
            "selection_rate_z",
            "selection_rate_chi_squared",
            "between_group_generalized_entropy",
            "between_group_theil",
            "differential_fairness",
            "mcnemar_chi_squared",
            "proxy_goodman_kruskal_tau",
            "consistency",
            "max_error",
        ];
        let part_of_whole = self.name == "abroca" && convention == "overall";
        self.shape != Shape::PValue
            && !part_of_whole
            && !convention.starts_with("fairlearn")
            && !points.contains(&self.name)
    }

    /// Whether it compares two models.
    pub fn needs_baseline(&self) -> bool {
        self.needs.iter().any(|need| matches!(need, Need::BaselineDecisions | Need::BaselineScores))
    }

    /// Whether it is a measure of models of that task.
    pub fn fits(&self, task: Task) -> bool {
        self.tasks.contains(&task)
    }

    /// Whether it is a number of each group.
    pub fn is_of_groups(&self) -> bool {
        matches!(self.scope, Scope::Rows | Scope::Both)
    }

    /// Whether it compares groups, and so is a number of an attribute and of nothing else.
    pub fn compares_groups(&self) -> bool {
        self.scope == Scope::Groups
    }
}

/// The measures of models of one task, in the order of reports.
pub fn of_task(task: Task) -> impl Iterator<Item = &'static Entry> {
    MEASURES.iter().filter(move |entry| entry.fits(task))
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
