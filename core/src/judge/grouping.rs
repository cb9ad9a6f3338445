//! Which group each cell of a table belongs to, and what the cells of a group add up to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::facts::{Confusion, GroupFacts, Stratum};
use super::linked::{Answers, Grouped};
use super::numbers::GroupNumbers;
use super::scores::GroupScores;
use crate::measure::counts::CellCounts;
use crate::measure::{BinaryAnswers, BinaryTable, Group, Measurements, TaskTable};
use crate::plan::Plan;

/// What groups are called that were taken together.
pub(crate) const POOLED: &str = "(small groups)";

/// The groups of some attributes.
pub(super) struct Grouping {
    groups: Vec<Group>,
    pub(super) of_cell: Vec<usize>,
}

impl Grouping {
    /// By the attributes at these places.
    pub(super) fn by(measurements: &Measurements, places: &[usize]) -> Self {
        let cells = measurements.cells.iter().map(|cell| project(&cell.group, places));
        Self::new(cells.collect())
    }

    fn new(of_cell: Vec<Group>) -> Self {
        let mut numbers: BTreeMap<&Group, usize> = of_cell.iter().map(|group| (group, 0)).collect();
        for (number, place) in numbers.values_mut().enumerate() {
            *place = number;
        }
        Self {
            of_cell: of_cell.iter().map(|group| numbers[group]).collect(),
            groups: numbers.into_keys().cloned().collect(),
        }
    }

    /// Takes the groups with fewer than `fewest` rows together, and names them. Rows without a value stay a group of
    /// their own, and one small group alone stays what it is.
    pub(super) fn pool(&mut self, measurements: &Measurements, fewest: u64) -> Vec<Group> {
        let mut rows = vec![0; self.groups.len()];
        for (cell, &group) in measurements.cells.iter().zip(&self.of_cell) {
            rows[group] += cell.rows;
        }
        let small = |place: usize| rows[place] < fewest && self.groups[place].iter().all(Option::is_some);
        let pooled: Vec<usize> = (0..self.groups.len()).filter(|&place| small(place)).collect();
        if pooled.len() < 2 {
            return Vec::new();
        }
        let names = pooled.iter().map(|&place| self.groups[place].clone()).collect();
        let renamed = |&place: &usize| {
            let group = &self.groups[place];
            if pooled.contains(&place) { vec![Some(POOLED.to_owned()); group.len()] } else { group.clone() }
        };
        *self = Self::new(self.of_cell.iter().map(renamed).collect());
        names
    }

    /// Every group with what its cells, or those of a class against the rest, add up to; and whether any of them have subjects in common.
    pub(super) fn groups(
        &self,
        plan: &Plan,
        measurements: &Measurements,
        view: Option<&BinaryTable>,
    ) -> (Vec<GroupFacts>, bool) {
        let mut rows = vec![0; self.groups.len()];
        for (cell, &group) in measurements.cells.iter().zip(&self.of_cell) {
            rows[group] += cell.rows;
        }
        let mut groups: Vec<GroupFacts> =
            self.groups.iter().zip(rows).map(|(group, rows)| GroupFacts::new(group.clone(), rows)).collect();
        match (&measurements.task, view) {
            (TaskTable::Multiclass(_), None) => {}
            (_, Some(table)) | (TaskTable::Binary(table), None) => {
                self.fill_binary(table, &mut groups);
                let answers = |row: &BinaryAnswers| Answers::new(row, table.score_bits_dropped);
                let linked = Grouped::new(plan, table.linked.as_deref(), &self.of_cell, groups.len(), answers);
                if let Some(Grouped { groups: rows, shared }) = linked {
                    let linked = groups.into_iter().zip(rows).map(|(group, rows)| group.linked(rows));
                    return (linked.collect(), shared);
                }
            }
            (TaskTable::Regression(table), None) => {
                let linked = GroupNumbers::linked(plan, table, &self.of_cell, groups.len());
                let shared = linked.as_ref().is_some_and(|linked| linked.shared);
                let mut linked = linked.into_iter().flat_map(|linked| linked.groups);
                let numbers = GroupNumbers::by_group(table, &self.of_cell, groups.len());
                for (group, numbers) in groups.iter_mut().zip(numbers) {
                    group.numbers = Some(Box::new(GroupNumbers { linked: linked.next().map(Arc::new), ..numbers }));
                }
                return (groups, shared);
            }
        }
        (groups, false)
    }

    fn fill_binary(&self, binary: &BinaryTable, groups: &mut [GroupFacts]) {
        let mut counts = vec![CellCounts::default(); groups.len()];
        for (cell, &group) in binary.cells.iter().zip(&self.of_cell) {
            counts[group].merge(&cell.counts);
            groups[group].losses.merge(&cell.losses);
        }
        let scores = GroupScores::by_group(binary, &self.of_cell, groups.len());
        for ((group, counts), scores) in groups.iter_mut().zip(&counts).zip(scores) {
            group.confusion = Confusion::new(counts);
            group.scores = scores;
        }
    }

    /// The same groups within each combination of the attributes at these places, in the order of their values.
    pub(super) fn strata(&self, measurements: &Measurements, binary: &BinaryTable, places: &[usize]) -> Vec<Stratum> {
        let mut strata: BTreeMap<Group, Vec<Option<CellCounts>>> = BTreeMap::new();
        for ((place, cell), counts) in measurements.cells.iter().enumerate().zip(&binary.cells) {
            let groups = strata.entry(project(&cell.group, places)).or_insert_with(|| vec![None; self.groups.len()]);
            groups[self.of_cell[place]].get_or_insert_default().merge(&counts.counts);
        }
        let confusions =
            |groups: Vec<Option<CellCounts>>| groups.iter().map(|counts| counts.as_ref().map(Confusion::new)).collect();
        strata.into_values().map(|groups| Stratum { groups: confusions(groups) }).collect()
    }
}

fn project(group: &Group, places: &[usize]) -> Group {
    places.iter().map(|&place| group[place].clone()).collect()
}
