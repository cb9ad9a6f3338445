//! The groups of an audit: measurements added up by attribute and intersection.

use std::collections::BTreeMap;

use ndarray::Array2;

use super::estimate::Estimates;
use super::scores::GroupScores;
use crate::findings::v1::TableName;
use crate::measure::counts::{CellCounts, DECISIONS, ENTRIES, LABELS};
use crate::measure::sums::LossSums;
use crate::measure::{BinaryTable, Group, Measurements, TaskTable};
use crate::plan::Plan;

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
}

/// Rows, weight and squared weight of some entries.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rows: u64,
    pub(crate) weight: f64,
    pub(crate) squared: f64,
}

impl Confusion {
    fn new(counts: &CellCounts) -> Self {
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
        }
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
    fn new(group: Group, counts: &CellCounts, losses: LossSums, scores: GroupScores) -> Self {
        let (rows, confusion) = (counts.rows.iter().sum(), Confusion::new(counts));
        Self { group, rows, confusion, scores, losses, suppressed: false, estimates: Estimates::default() }
    }

    /// The facts of several groups taken together; scores are left out.
    pub(crate) fn pooled<'a>(groups: impl Iterator<Item = &'a Self>) -> Option<Confusion> {
        groups.map(|group| group.confusion.clone()).reduce(|a, b| Confusion {
            rows: a.rows + b.rows,
            weights: a.weights.zip(b.weights).map(|(a, b)| (a.0 + b.0, a.1 + b.1)),
        })
    }
}

impl<'m> Facts<'m> {
    /// Adds the measurements of a table up by group and marks what must stay hidden.
    pub(crate) fn new(plan: &Plan, table: TableName, measurements: &'m Measurements) -> Self {
        let TaskTable::Binary(binary) = &measurements.task;
        let overall = Grouping::by(measurements, &[]).groups(binary).pop();
        let mut overall = overall.unwrap_or_else(|| {
            GroupFacts::new(Vec::new(), &CellCounts::default(), LossSums::default(), GroupScores::default())
        });
        overall.estimates = Estimates::new(plan, measurements, binary, &overall);
        let attributes = plan.attributes();
        let dimensions = plan
            .protected
            .iter()
            .map(|attribute| {
                let places: Vec<usize> =
                    attribute.iter().filter_map(|name| attributes.iter().position(|other| other == name)).collect();
                let mut groups = Grouping::by(measurements, &places).groups(binary);
                super::suppress::mark(&mut groups, plan.min_n_shown);
                // Of the reference table only the whole is reported.
                if table == TableName::Predictions {
                    for group in &mut groups {
                        group.estimates = Estimates::new(plan, measurements, binary, group);
                    }
                }
                Dimension { attribute: attribute.clone(), groups }
            })
            .collect();
        Self { table, measurements, binary, overall, dimensions }
    }

    /// The groups of an attribute or intersection.
    pub(crate) fn dimension(&self, attribute: &[String]) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.attribute == attribute)
    }
}

/// Which group each cell belongs to.
struct Grouping {
    groups: Vec<Group>,
    of_cell: Vec<usize>,
}

impl Grouping {
    fn by(measurements: &Measurements, places: &[usize]) -> Self {
        let project = |group: &Group| -> Group { places.iter().map(|&place| group[place].clone()).collect() };
        let mut numbers: BTreeMap<Group, usize> =
            measurements.cells.iter().map(|cell| (project(&cell.group), 0)).collect();
        for (number, place) in numbers.values_mut().enumerate() {
            *place = number;
        }
        let of_cell = measurements.cells.iter().map(|cell| numbers[&project(&cell.group)]).collect();
        Self { groups: numbers.into_keys().collect(), of_cell }
    }

    fn groups(&self, binary: &BinaryTable) -> Vec<GroupFacts> {
        let mut counts = vec![CellCounts::default(); self.groups.len()];
        let mut losses = vec![LossSums::default(); self.groups.len()];
        for (cell, &group) in binary.cells.iter().zip(&self.of_cell) {
            counts[group].merge(&cell.counts);
            losses[group].merge(&cell.losses);
        }
        let scores = GroupScores::by_group(binary, &self.of_cell, self.groups.len());
        self.groups
            .iter()
            .zip(&counts)
            .zip(losses)
            .zip(scores)
            .map(|(((group, counts), losses), scores)| GroupFacts::new(group.clone(), counts, losses, scores))
            .collect()
    }
}
