//! Every measure by name: what a plan may set a criterion on, and how a number is to be read.

mod changes;
mod classes;
mod conditions;
mod conventions;
mod decisions;
mod gaps;
mod groups;
mod offer;
mod regression;
mod scores;

use serde::Serialize;

use crate::plan::Task;
pub use conventions::{gives_each_group, is_signed, needs_groups, needs_reference};
pub use offer::{Offer, OfferedMeasure, offer};

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
    /// A dossier.
    Dossier,
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

/// What a measure is a number of where a model has several classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Classes {
    /// Whether it is a number of each class against the rest, as of a binary model.
    pub each: bool,
    /// Named definitions for the model as a whole, the default first; none where it is no number of the whole.
    pub whole: &'static [&'static str],
}

/// Whose numbers are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// Those of a model as a whole.
    Model(Task),
    /// Those of one class of a model of several, against the rest.
    Class,
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
    /// What it is a number of where a model has several classes.
    pub classes: Classes,
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
    let (conventions, scope) = (&["standard"], Scope::Rows);
    let (tasks, classes) = (CLASSIFIERS, EACH_CLASS);
    Entry { name, aliases, title, shape, better, needs, tasks, classes, conventions, scope, of: None, definition }
}

/// Models that choose among classes.
const CLASSIFIERS: &[Task] = &[Task::Binary, Task::Multiclass];
/// A number of each class alone.
const EACH_CLASS: Classes = Classes { each: true, whole: &[] };

/// The same entry as a number of each class and, under these definitions, of a model of several classes as a whole.
const fn whole_too(entry: Entry, whole: &'static [&'static str]) -> Entry {
    Entry { classes: Classes { each: true, whole }, ..entry }
}

/// The same entry as a number of a model of several classes as a whole, not of its classes.
const fn whole_only(entry: Entry, whole: &'static [&'static str]) -> Entry {
    Entry { classes: Classes { each: false, whole }, ..entry }
}

const PARTS: [&[Entry]; 8] = [
    decisions::MEASURES,
    scores::MEASURES,
    classes::MEASURES,
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
        let of_library = convention.starts_with("fairlearn") || convention.ends_with("zero_division_0");
        let part_of_whole = self.name == "abroca" && convention == "overall";
        self.shape != Shape::PValue && !part_of_whole && !of_library && !points.contains(&self.name)
    }

    /// Its named definitions for these numbers, the default first; none where it is not one of them.
    pub fn conventions_of(&self, aspect: Aspect) -> Vec<&'static str> {
        let of_counts = |convention: &&str| ["max_min", "min_max", "reference_group"].contains(convention);
        let of_both_classes = |convention: &&str| convention.ends_with("_average");
        match aspect {
            Aspect::Model(Task::Multiclass) => match self.of {
                Some(base) if find(base).is_some_and(|base| !base.classes.whole.is_empty()) => {
                    self.conventions.iter().copied().filter(of_counts).collect()
                }
                _ => self.classes.whole.to_vec(),
            },
            Aspect::Class if self.fits(Task::Multiclass) && self.is_of_each_class() => {
                self.conventions.iter().copied().filter(|convention| !of_both_classes(convention)).collect()
            }
            Aspect::Model(task) if self.fits(task) => self.conventions.to_vec(),
            _ => Vec::new(),
        }
    }

    /// Whether it, or the measure that it compares, is a number of each class alone.
    fn is_of_each_class(&self) -> bool {
        self.of.and_then(find).unwrap_or(self).classes.each
    }

    /// Its default definition for these numbers.
    pub fn default_convention(&self, aspect: Aspect) -> Option<&'static str> {
        self.conventions_of(aspect).first().copied()
    }

    /// Every named definition that it has.
    pub fn all_conventions(&self) -> impl Iterator<Item = &'static str> {
        self.conventions.iter().chain(self.classes.whole).copied()
    }

    /// A definition in words, where the title alone would be taken for another one: "macro average".
    pub fn definition_words(&self, convention: &str) -> Option<String> {
        let of_several = self.classes.whole.contains(&convention) && !self.conventions.contains(&convention);
        let said = of_several || convention.ends_with("_average") || convention.starts_with("top_");
        (said && convention != "standard").then(|| convention.replace('_', " "))
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

/// The name of a measure under which its aliases are known too; what is no measure keeps its own.
pub fn known_as(name: &str) -> &str {
    find(name).map_or(name, |entry| entry.name)
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
    fn what_is_for_several_classes_is_a_number_of_something() {
        for entry in MEASURES {
            let (whole, class) = (Aspect::Model(Task::Multiclass), Aspect::Class);
            let any = entry.default_convention(whole).or(entry.default_convention(class));
            assert_eq!(entry.fits(Task::Multiclass), any.is_some(), "{}", entry.name);
        }
    }

    #[test]
    fn gaps_compare_a_measure_of_the_catalogue() {
        for entry in MEASURES {
            if let Some(of) = entry.of {
                // The change of a gap is named after the gap, and made of the changes of the groups.
                let named = if entry.shape == Shape::Change { of.trim_end_matches("_change") } else { of };
                assert!(
                    entry.name.starts_with(named) && find(of).is_some_and(|base| base.name == of),
                    "{}",
                    entry.name
                );
            }
        }
    }
}
