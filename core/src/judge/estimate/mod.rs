//! The value of every measure of rows for one group, with its uncertainty.

mod alike;
mod calibration;
mod change;
mod decisions;
mod inequality;
mod linked;
mod multiclass;
mod rates;
mod regression;
mod scores;
mod shrinkage;
mod top;

use std::collections::BTreeMap;

use super::classes::{ClassCounts, Pairs};
use super::facts::GroupFacts;
use super::scores::GroupScores;
use crate::findings::catalogue::{self, Aspect, Entry, Need, Scope, Shape};
use crate::findings::v1::Reason;
use crate::measure::{BinaryTable, Measurements, TaskTable};
use crate::plan::{Baseline, Plan, Task};
use crate::stats::Uncertainty;

pub(super) use inequality::{Index as Inequality, benefits, estimate as inequality};
pub(crate) use rates::{Rate, Share, by_subject, rate};
pub(super) use regression::share_of;
pub(super) use shrinkage::{SHRUNKEN, shrink};

/// A value, or the reason why there is none, and what is known of its error.
#[derive(Clone, Debug)]
pub(crate) struct Estimate {
    pub(crate) value: Result<f64, Reason>,
    pub(crate) uncertainty: Option<Uncertainty>,
    /// Rows in its denominator.
    pub(crate) n: u64,
    /// Effective n, where rows are weighted or subjects have several of them.
    pub(crate) n_effective: Option<f64>,
    /// Subjects that the rows are of, where the plan names them.
    pub(crate) subjects: Option<u64>,
    /// Why there is no interval, where that is not the nature of the measure.
    pub(crate) no_interval: Option<Reason>,
    /// Which rows count.
    pub(crate) population: &'static str,
    /// Certain bounds, where scores were coarsened.
    pub(crate) bounds: Option<(f64, f64)>,
}

impl Estimate {
    /// A value without a sampling model.
    pub(crate) fn new(value: f64, n: u64, population: &'static str) -> Self {
        let value = if value.is_finite() { Ok(value) } else { Err(Reason::Infinite) };
        Self { value, ..Self::undefined(Reason::NoRows, n, population) }
    }

    /// No value.
    pub(crate) fn undefined(reason: Reason, n: u64, population: &'static str) -> Self {
        Self {
            value: Err(reason),
            uncertainty: None,
            n,
            n_effective: None,
            subjects: None,
            no_interval: None,
            population,
            bounds: None,
        }
    }

    /// With what is known of its error.
    pub(crate) fn with(self, uncertainty: impl Into<Option<Uncertainty>>) -> Self {
        Self { uncertainty: uncertainty.into(), ..self }
    }

    /// With the number of subjects that its rows are of; one alone cannot tell how subjects vary.
    pub(crate) fn of_subjects(self, subjects: Option<u64>) -> Self {
        let estimate = Self { subjects, ..self };
        if subjects.is_some_and(|subjects| subjects < 2) {
            estimate.without_interval(Reason::SingleSubject)
        } else {
            estimate
        }
    }

    /// Without an interval, for a reason.
    pub(crate) fn without_interval(self, reason: Reason) -> Self {
        Self { uncertainty: None, no_interval: Some(reason), ..self }
    }

    /// With the effective number of rows.
    pub(crate) fn effective(self, n: f64) -> Self {
        Self { n_effective: Some(n), ..self }
    }
}

/// A measure and a convention.
type Key = (&'static str, &'static str);

/// The estimates of one group, by measure and convention.
#[derive(Clone, Debug, Default)]
pub(crate) struct Estimates(BTreeMap<Key, Estimate>);

impl Estimates {
    /// Works out the measures of rows of a model or a class of it, under every convention that the plan asks for; `view` is
    /// the table of a class against the rest.
    pub(super) fn new(
        plan: &Plan,
        measurements: &Measurements,
        aspect: Aspect,
        view: Option<&BinaryTable>,
        group: &GroupFacts,
    ) -> Self {
        let whole = group.group.is_empty();
        let measures = TaskMeasures::new(measurements, view, group);
        let wanted = |entry: &Entry| entry.is_of_groups() || (whole && entry.scope == Scope::Whole);
        Self::of(plan, aspect, wanted, |entry, convention| {
            let counted = decisions::rows_counted(entry.name, &group.confusion);
            let estimate = guarded(plan, measurements, entry, group, counted, || match &measures {
                _ if entry.name == "n" => Estimate::new(group.rows as f64, group.rows, "rows"),
                TaskMeasures::Binary(binary, scores) => match decided(plan, entry, convention, group) {
                    Some(estimate) => estimate,
                    None if entry.name == "consistency" => alike::estimate(plan, binary, convention),
                    None => scores.estimate(entry.name, convention),
                },
                TaskMeasures::Regression(numbers) => numbers.estimate(entry.name, convention),
                TaskMeasures::Nothing => Estimate::undefined(Reason::NoRows, 0, "rows"),
            });
            if plan.roles.cluster.is_some() { of_subjects(entry, estimate) } else { estimate }
        })
    }

    /// Works out every measure of a model of several classes as a whole; `views` are the same group of each class.
    pub(super) fn of_classes(
        plan: &Plan,
        measurements: &Measurements,
        group: &GroupFacts,
        counts: &ClassCounts,
        pairs: &Pairs,
        views: &[&GroupFacts],
    ) -> Self {
        let top = scores::ScoreMeasures::new(group);
        let whole = multiclass::Whole { plan, top, counts, pairs, views };
        let is_whole = group.group.is_empty();
        let wanted = |entry: &Entry| entry.is_of_groups() || (is_whole && entry.scope == Scope::Whole);
        Self::of(plan, Aspect::Model(Task::Multiclass), wanted, |entry, convention| {
            let estimate = || whole.estimate(entry.name, convention);
            let estimate = guarded(plan, measurements, entry, group, None, estimate);
            if plan.roles.cluster.is_some() { of_subjects(entry, estimate) } else { estimate }
        })
    }

    fn of(
        plan: &Plan,
        aspect: Aspect,
        wanted: impl Fn(&Entry) -> bool,
        estimate: impl Fn(&Entry, &str) -> Estimate,
    ) -> Self {
        let mut estimates = BTreeMap::new();
        for entry in catalogue::of_task(plan.task).filter(|entry| wanted(entry)) {
            // Shrunken rates take all groups at once: see `shrink`.
            for convention in asked(plan, entry, aspect).into_iter().filter(|convention| *convention != SHRUNKEN) {
                estimates.insert((entry.name, convention), estimate(entry, convention));
            }
        }
        Self(estimates)
    }

    /// Measures and conventions that it has.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        self.0.keys().copied()
    }

    /// The estimate of a measure and convention.
    pub(super) fn find(&self, key: Key) -> Option<&Estimate> {
        self.0.get(&key)
    }

    /// Hides an estimate.
    pub(super) fn hide(&mut self, key: Key) {
        if let Some(estimate) = self.0.get_mut(&key) {
            *estimate = Estimate::undefined(Reason::Suppressed, estimate.n, estimate.population);
        }
    }

    /// Adds the estimate of a measure that is worked out from all groups.
    fn insert(&mut self, entry: &Entry, convention: &'static str, estimate: Estimate) {
        self.0.insert((entry.name, convention), estimate);
    }

    /// The estimate of a measure of rows under a convention that the plan asks for.
    pub(crate) fn get(&self, entry: &Entry, convention: &str) -> Estimate {
        let found = self.0.get(&(entry.name, convention));
        found.cloned().unwrap_or_else(|| Estimate::undefined(Reason::NoRows, 0, "rows"))
    }
}

/// The measures of a group that depend on what the model predicts.
enum TaskMeasures<'g> {
    Binary(&'g BinaryTable, Box<scores::ScoreMeasures<'g>>),
    Regression(regression::NumberMeasures<'g>),
    /// Of a table without rows.
    Nothing,
}

impl<'g> TaskMeasures<'g> {
    fn new(measurements: &'g Measurements, view: Option<&'g BinaryTable>, group: &'g GroupFacts) -> Self {
        match (&measurements.task, &group.numbers) {
            _ if view.is_some() => {
                view.map_or(Self::Nothing, |view| Self::Binary(view, Box::new(scores::ScoreMeasures::new(group))))
            }
            (TaskTable::Binary(table), _) => Self::Binary(table, Box::new(scores::ScoreMeasures::new(group))),
            (TaskTable::Regression(_), Some(numbers)) => Self::Regression(regression::NumberMeasures::new(numbers)),
            (TaskTable::Regression(_), None) | (TaskTable::Multiclass(_), _) => Self::Nothing,
        }
    }
}

/// The area under the ROC curve of these scores.
pub(super) fn pair_auc(scores: GroupScores) -> Estimate {
    scores::ScoreMeasures::new(&GroupFacts::of_scores(scores)).estimate("roc_auc", "standard")
}

/// The definitions that are reported: the default, those that the plan lists, and those of its criteria.
pub(crate) fn asked(plan: &Plan, entry: &Entry, aspect: Aspect) -> Vec<&'static str> {
    let of_criteria = |convention: &str| {
        let mut criteria = plan.criteria.iter();
        criteria.any(|criterion| criterion.measure == entry.name && criterion.convention == convention)
    };
    let mut conventions = entry.conventions_of(aspect);
    let default = conventions.first().copied();
    conventions.retain(|&convention| {
        default == Some(convention) || plan.conventions.iter().any(|name| name == convention) || of_criteria(convention)
    });
    conventions
}

/// Why a measure cannot be had under this plan at all.
pub(crate) fn missing_need(plan: &Plan, needs: &[Need], labels_joined: bool) -> Option<Reason> {
    let roles = &plan.roles;
    needs.iter().find_map(|need| match need {
        Need::Labels if roles.label.is_none() => Some(Reason::NoLabels),
        Need::Decisions if roles.prediction.is_none() && plan.threshold.is_none() && roles.scores.is_empty() => {
            Some(Reason::NoDecisions)
        }
        Need::Scores if roles.score.is_none() && roles.scores.is_empty() => Some(Reason::NoScores),
        Need::Groups if plan.protected.is_empty() && plan.memberships.is_empty() => Some(Reason::NoProtectedAttributes),
        Need::Strata if plan.strata.is_empty() => Some(Reason::NoStrata),
        Need::Baseline if plan.baseline.is_none() => Some(Reason::NoBaseline),
        Need::BaselineDecisions if !plan.baseline.as_ref().is_some_and(Baseline::has_decisions) => {
            Some(Reason::NoBaseline)
        }
        Need::BaselineScores if plan.baseline.as_ref().is_none_or(|baseline| baseline.score.is_none()) => {
            Some(Reason::NoBaseline)
        }
        Need::Similarity if plan.consistency.is_none() => Some(Reason::NoSimilarity),
        Need::Proxies if !plan.proxies => Some(Reason::NoProxies),
        Need::Predictions if roles.prediction.is_none() => Some(Reason::NoPredictions),
        Need::Quantiles if roles.quantiles.len() < 2 => Some(Reason::NoQuantiles),
        Need::Weights if roles.weight.is_none() => Some(Reason::NoWeights),
        Need::Ids if roles.id.is_none() => Some(Reason::NoIds),
        Need::LabelTimes if roles.time.is_none() || (roles.label_time.is_none() && !labels_joined) => {
            Some(Reason::NoTimes)
        }
        Need::LabelTimes if roles.label_time.is_none() => Some(Reason::NoTimes),
        _ => None,
    })
}

/// What may be said where subjects have several rows: no p-value of a test that takes rows as independent, and no interval
/// that does.
pub(super) fn of_subjects(entry: &Entry, estimate: Estimate) -> Estimate {
    if estimate.value.is_err() {
        estimate
    } else if entry.shape == Shape::PValue || matches!(entry.name, "spiegelhalter_z" | "mcnemar_chi_squared") {
        Estimate::undefined(Reason::ClustersNotSupported, estimate.n, estimate.population)
    } else if estimate.uncertainty.as_ref().is_some_and(|of| !of.is_by_subject()) {
        estimate.without_interval(Reason::ClustersNotSupported)
    } else {
        estimate
    }
}

/// What a group may show: nothing where the plan lacks what the measure needs, nothing of a hidden group, and nothing that
/// rests on too few rows of a group; a count rests on the rows that it counts.
fn guarded(
    plan: &Plan,
    measurements: &Measurements,
    entry: &Entry,
    group: &GroupFacts,
    counted: Option<u64>,
    estimate: impl FnOnce() -> Estimate,
) -> Estimate {
    if let Some(reason) = missing_need(plan, entry.needs, measurements.labels.is_some()) {
        return Estimate::undefined(reason, 0, rates::BOTH);
    }
    if group.suppressed {
        return Estimate::undefined(Reason::Suppressed, group.rows, "rows");
    }
    if group.uncertain && entry.needs.contains(&Need::Scores) {
        return Estimate::undefined(Reason::GroupUncertain, group.rows, "rows");
    }
    let estimate = estimate();
    let hidden = match counted {
        _ if group.group.is_empty() || estimate.value.is_err() => false,
        Some(rows) => rows > 0 && rows < plan.min_n_shown,
        None => estimate.n < plan.min_n_shown,
    };
    if hidden { Estimate::undefined(Reason::Suppressed, estimate.n, estimate.population) } else { estimate }
}

/// A measure of labels and decisions; `None` for one of scores.
fn decided(plan: &Plan, entry: &Entry, convention: &str, group: &GroupFacts) -> Option<Estimate> {
    if matches!(convention, "standard" | "clopper_pearson")
        && let Some(rate) = rate(entry.name, plan.favourable)
    {
        let estimate = rate.estimate(&group.confusion, convention);
        let bounds = if group.scores.is_coarse() && entry.name == "scoring_rate" {
            rate.with_ties(&group.confusion)
        } else {
            None
        };
        return Some(Estimate { bounds, ..estimate });
    }
    if let Some(estimate) = change::estimate(plan, entry.name, convention, &group.confusion) {
        return Some(estimate);
    }
    decisions::estimate(entry.name, convention, &group.confusion)
}
