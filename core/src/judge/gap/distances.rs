//! How far the scores of each group lie from those of all groups that are compared with it.

use super::super::facts::Dimension;
use super::Compared;
use crate::measure::BinaryTable;
use crate::measure::counts::LABELS;
use crate::measure::distribution::key_float;
use crate::plan::Plan;
use crate::stats::samples::{Distance, PartRows, from_whole};

/// One distance for each group that is compared, in their order; none where groups have no cells of their own.
pub(crate) fn distances(plan: &Plan, table: &BinaryTable, dimension: &Dimension) -> Vec<Option<Distance>> {
    let compared = Compared::new(plan, dimension);
    let part_of = |group: &_| compared.groups.iter().position(|other| std::ptr::eq::<super::GroupFacts>(*other, group));
    let parts: Vec<Option<usize>> = dimension.groups.iter().map(part_of).collect();
    let of_cell: Vec<Option<usize>> = dimension.of_cell.iter().map(|&group| parts[group]).collect();
    if of_cell.is_empty() {
        return Vec::new();
    }
    let rows = table.scores.iter().enumerate().filter_map(|(place, run)| {
        let weight = match &table.score_weights {
            Some(weights) => weights[place].weight.value(),
            None => run.count as f64,
        };
        let score = key_float(run.key << table.score_bits_dropped);
        Some(PartRows { score, part: of_cell[run.slot as usize / LABELS]?, weight })
    });
    from_whole(rows, compared.groups.len())
}
