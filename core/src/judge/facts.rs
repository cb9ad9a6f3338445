//! The groups of an audit: measurements added up by attribute and intersection.

use std::rc::Rc;

use ndarray::Array2;

use super::estimate::Estimates;
use super::grouping::Grouping;
use super::linked::LinkedRows;
use super::scores::GroupScores;
use crate::findings::v1::TableName;
use crate::measure::counts::{CellCounts, DECISIONS, ENTRIES, LABELS};
use crate::measure::sums::LossSums;
use crate::measure::{BinaryTable, Group, Measurements, TaskTable};
use crate::plan::{Plan, SmallGroups};

/// One table, seen whole and by group.
#[derive(Clone, Debug)]
pub(crate) struct Facts<'m> {
    /// Which table.
    pub(crate) table: TableName,
    /// Its measurements.
    pub(crate) measurements: &'m Measurements,
    /// What was measured of labels, decisions and scores.
    pub(crate) binary: &'m BinaryTable,
    /// All rows.
    pub(crate) overall: GroupFacts,
    /// Every protected attribute and intersection of the plan, in its order.
    pub(crate) dimensions: Vec<Dimension>,
}

/// The groups of one attribute or intersection.
#[derive(Clone, Debug)]
pub(crate) struct Dimension {
    /// The attributes.
    pub(crate) attribute: Vec<String>,
    /// Its groups with rows, ordered; missing values first.
    pub(crate) groups: Vec<GroupFacts>,
    /// Whether a subject has rows in more than one of them.
    pub(crate) shared_subjects: bool,
    /// Names of the groups that were taken together because each of them is small.
    pub(crate) pooled: Vec<Group>,
    /// The same groups within each stratum; empty where the plan names no strata.
    pub(crate) strata: Vec<Stratum>,
}

/// The groups of an attribute within one combination of the strata.
#[derive(Clone, Debug)]
pub(crate) struct Stratum {
    /// Rows by label and decision, for each group in the order of the dimension; `None` without rows.
    pub(crate) groups: Vec<Option<Confusion>>,
}

/// What is known of one group.
#[derive(Clone, Debug)]
pub(crate) struct GroupFacts {
    /// Its values; empty for the whole table.
    pub(crate) group: Group,
    /// Rows.
    pub(crate) rows: u64,
    /// Rows by label and decision.
    pub(crate) confusion: Confusion,
    /// Labelled rows by score.
    pub(crate) scores: GroupScores,
    /// Losses.
    pub(crate) losses: LossSums,
    /// Whether its numbers stay hidden.
    pub(crate) suppressed: bool,
    /// Whether only the probability is known that a row belongs to it.
    pub(crate) uncertain: bool,
    /// The value of every measure of rows, worked out once.
    pub(crate) estimates: Estimates,
}

/// Label x decision matrix.
#[derive(Clone, Debug)]
pub(crate) struct Confusion {
    /// Rows, `LABELS x DECISIONS`.
    pub(crate) rows: Array2<u64>,
    /// Sums of weights and of squared weights, where rows are weighted.
    pub(crate) weights: Option<(Array2<f64>, Array2<f64>)>,
    /// The rows themselves, where the plan names subjects or a baseline model.
    pub(crate) linked: Option<Rc<LinkedRows>>,
}

/// Rows, weight and squared weight of some entries.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rows: u64,
    pub(crate) weight: f64,
    pub(crate) squared: f64,
}

impl Confusion {
    pub(super) fn new(counts: &CellCounts) -> Self {
        let shape = (LABELS, DECISIONS);
        let weights = counts.weights.as_ref().map(|sums| {
            (
                Array2::from_shape_fn(shape, |(label, decision)| sums[label * DECISIONS + decision].weight.value()),
                Array2::from_shape_fn(shape, |(label, decision)| sums[label * DECISIONS + decision].squared.value()),
            )
        });
        Self {
            rows: Array2::from_shape_fn(shape, |(label, decision)| counts.rows[label * DECISIONS + decision]),
            weights,
            linked: None,
        }
    }

    /// The rows by subject, where the plan names subjects.
    pub(crate) fn clustered(&self) -> Option<&LinkedRows> {
        self.linked.as_deref().filter(|linked| linked.clustered)
    }

    /// Whether rows do not count one each, so that an effective number of them is told.
    pub(crate) fn has_effective_rows(&self) -> bool {
        self.weights.is_some() || self.clustered().is_some()
    }

    /// Adds up the entries whose bit is set in the mask.
    pub(crate) fn tally(&self, mask: u16) -> Tally {
        let mut tally = Tally::default();
        for entry in (0..ENTRIES).filter(|entry| mask >> entry & 1 == 1) {
            let at = [entry / DECISIONS, entry % DECISIONS];
            tally.rows += self.rows[at];
            if let Some((weight, squared)) = &self.weights {
                tally.weight += weight[at];
                tally.squared += squared[at];
            }
        }
        tally
    }
}

impl GroupFacts {
    pub(super) fn new(group: Group, counts: &CellCounts, losses: LossSums, scores: GroupScores) -> Self {
        let (rows, confusion) = (counts.rows.iter().sum(), Confusion::new(counts));
        Self {
            group,
            rows,
            confusion,
            scores,
            losses,
            suppressed: false,
            uncertain: false,
            estimates: Estimates::default(),
        }
    }

    /// With the rows themselves.
    pub(super) fn linked(mut self, rows: LinkedRows) -> Self {
        self.confusion.linked = Some(Rc::new(rows));
        self
    }

    /// The facts of several groups taken together; scores are left out.
    pub(crate) fn pooled<'a>(groups: impl Iterator<Item = &'a Self>) -> Option<Confusion> {
        let groups: Vec<&Confusion> = groups.map(|group| &group.confusion).collect();
        let subjects: Vec<&LinkedRows> = groups.iter().filter_map(|confusion| confusion.clustered()).collect();
        let linked = (!subjects.is_empty()).then(|| Rc::new(LinkedRows::joined(&subjects)));
        let counts = groups.into_iter().map(|confusion| (confusion.rows.clone(), confusion.weights.clone()));
        let (rows, weights) = counts.reduce(|a, b| (a.0 + b.0, a.1.zip(b.1).map(|(a, b)| (a.0 + b.0, a.1 + b.1))))?;
        Some(Confusion { rows, weights, linked })
    }
}

impl<'m> Facts<'m> {
    /// Adds the measurements of a table up by group and marks what must stay hidden.
    pub(crate) fn new(plan: &Plan, table: TableName, measurements: &'m Measurements) -> Self {
        let TaskTable::Binary(binary) = &measurements.task;
        let overall = Grouping::by(measurements, &[]).groups(plan, binary).0.pop();
        let mut overall = overall.unwrap_or_else(|| {
            GroupFacts::new(Vec::new(), &CellCounts::default(), LossSums::default(), GroupScores::default())
        });
        overall.estimates = Estimates::new(plan, measurements, binary, &overall);
        let known = plan.protected.iter().map(|attribute| by_attribute(plan, measurements, binary, attribute));
        let uncertain = plan.memberships.keys().map(|attribute| by_membership(plan, binary, attribute));
        let mut dimensions: Vec<Dimension> = known.chain(uncertain).collect();
        for dimension in &mut dimensions {
            super::suppress::mark(&mut dimension.groups, plan.min_n_shown);
            // Of the reference table only the whole is reported.
            if table == TableName::Predictions {
                for group in &mut dimension.groups {
                    group.estimates = Estimates::new(plan, measurements, binary, group);
                }
            }
        }
        Self { table, measurements, binary, overall, dimensions }
    }

    /// The groups of an attribute or intersection.
    pub(crate) fn dimension(&self, attribute: &[String]) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.attribute == attribute)
    }
}

/// The groups of an attribute or intersection whose values are known.
fn by_attribute(plan: &Plan, measurements: &Measurements, binary: &BinaryTable, attribute: &[String]) -> Dimension {
    let attributes = plan.attributes();
    let places = |names: &[String]| -> Vec<usize> {
        names.iter().filter_map(|name| attributes.iter().position(|other| other == name)).collect()
    };
    let mut grouping = Grouping::by(measurements, &places(attribute));
    let pooled = match plan.small_groups {
        SmallGroups::Suppress => Vec::new(),
        SmallGroups::Pool => grouping.pool(measurements, plan.min_n),
    };
    let strata =
        if plan.strata.is_empty() { Vec::new() } else { grouping.strata(measurements, binary, &places(&plan.strata)) };
    let (groups, shared_subjects) = grouping.groups(plan, binary);
    Dimension { attribute: attribute.to_vec(), groups, shared_subjects, pooled, strata }
}

/// The groups of an attribute of which only probabilities are known; whoever it is, every row counts for each group by
/// the probability that it belongs to it.
fn by_membership(plan: &Plan, binary: &BinaryTable, attribute: &str) -> Dimension {
    let groups = plan
        .membership_columns()
        .zip(&binary.memberships)
        .filter(|((name, ..), _)| *name == attribute)
        .map(|((_, group, _), membership)| {
            let group = vec![Some(group.to_owned())];
            let facts = GroupFacts::new(group, &membership.counts, LossSums::default(), GroupScores::default());
            // Rows are those expected, which is what hiding small groups is about.
            GroupFacts { rows: membership.expected.value() as u64, uncertain: true, ..facts }
        })
        .collect();
    let (pooled, strata) = (Vec::new(), Vec::new());
    Dimension { attribute: vec![attribute.to_owned()], groups, shared_subjects: false, pooled, strata }
}
