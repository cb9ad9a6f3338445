//! What is known of a group of a model of several classes: labels by decisions, losses, and pairs of classes.

use std::sync::Arc;

use ndarray::Array2;

use super::estimate::{Estimate, pair_auc};
use super::facts::Tally;
use super::linked::{Grouped, LinkedRows};
use super::scores::{GroupScores, Runs};
use crate::findings::catalogue;
use crate::measure::counts::Label;
use crate::measure::{ClassAnswers, Counted, MulticlassTable, ScoredRows};
use crate::plan::Plan;

/// Rows of one group.
#[derive(Clone, Debug)]
pub(crate) struct ClassCounts {
    /// Classes.
    pub(crate) classes: usize,
    /// By label, then decision; the last ones are missing.
    pub(crate) matrix: Array2<Tally>,
    /// Whether rows are weighted.
    pub(crate) weighted: bool,
    /// Scored and labelled rows.
    pub(crate) scored: ScoredRows,
    /// The rows themselves, where the plan names subjects or a baseline model.
    pub(crate) linked: Option<Arc<LinkedRows<ClassRow>>>,
}

/// What is known of a row; classes in their order, the one after the last being missing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClassRow {
    pub(crate) label: usize,
    pub(crate) decision: usize,
    pub(crate) baseline: usize,
    /// Log loss and squared error, where its scores are probabilities.
    pub(crate) losses: Option<[f64; 2]>,
    /// How many classes are ranked before the true one.
    pub(crate) rank: Option<usize>,
}

impl ClassRow {
    fn new(table: &MulticlassTable, row: &ClassAnswers) -> Self {
        let [label, decision, baseline] = [row.label, row.decision, row.baseline].map(|class| class as usize);
        let (losses, rank) = table.scored(row).map_or((None, None), |(losses, rank)| (losses, Some(rank)));
        Self { label, decision, baseline, losses, rank }
    }
}

impl ClassCounts {
    /// Adds up the cells of each group; `of_cell` says to which one each cell belongs.
    pub(super) fn by_group(plan: &Plan, table: &MulticlassTable, of_cell: &[usize], groups: usize) -> Vec<Self> {
        let row = |row: &ClassAnswers| ClassRow::new(table, row);
        let linked = Grouped::new(plan, table.linked.as_deref(), of_cell, groups, row);
        let mut linked = linked.into_iter().flat_map(|linked| linked.groups);
        let side = table.classes.len() + 1;
        let mut counts = vec![vec![Counted::default(); side * side]; groups];
        let mut scored = vec![ScoredRows::default(); groups];
        for (cell, &group) in table.cells.iter().zip(of_cell) {
            for (mine, theirs) in counts[group].iter_mut().zip(&cell.counts) {
                mine.merge(theirs);
            }
            scored[group].merge(&cell.scored);
        }
        let of_group = |(counts, scored): (Vec<Counted>, ScoredRows)| Self {
            classes: side - 1,
            matrix: Array2::from_shape_fn((side, side), |(label, decision)| tally(&counts[label * side + decision])),
            weighted: counts.iter().any(|counted| counted.weights.is_some()),
            scored,
            linked: linked.next().map(Arc::new),
        };
        counts.into_iter().zip(scored).map(of_group).collect()
    }

    /// Adds up the entries of which `counts` says that they count.
    pub(crate) fn tally(&self, counts: impl Fn(usize, usize) -> bool) -> Tally {
        let entries = self.matrix.indexed_iter().filter(|((label, decision), _)| counts(*label, *decision));
        entries.fold(Tally::default(), |sum, (_, entry)| sum + *entry)
    }

    /// Rows by how many classes are ranked before the true one; of the last, it has no score.
    pub(crate) fn ranks(&self) -> impl Iterator<Item = Tally> {
        self.scored.ranks.iter().map(tally)
    }
}

fn tally(counted: &Counted) -> Tally {
    match &counted.weights {
        Some(sums) => Tally { rows: counted.rows, weight: sums.weight.value(), squared: sums.squared.value() },
        None => Tally { rows: counted.rows, ..Tally::default() },
    }
}

/// How well the scores tell every pair of classes apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs(pub(crate) Vec<Pair>);

/// The rows of two classes, ranked by the score of one of them.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    /// The class whose score ranks, and the other one.
    pub(crate) classes: [usize; 2],
    /// The area under their ROC curve.
    pub(crate) auc: Estimate,
}

impl Pairs {
    /// Whether a plan asks for a measure of pairs: there are many of them.
    pub(super) fn are_asked_for(plan: &Plan) -> bool {
        let of_pairs = |convention: &str| convention.starts_with("ovo_");
        catalogue::MEASURES.iter().any(|entry| entry.classes.whole.iter().any(|convention| of_pairs(convention)))
            && (plan.conventions.iter().any(|convention| of_pairs(convention))
                || plan.criteria.iter().any(|criterion| of_pairs(&criterion.convention)))
    }

    /// The pairs of each group; `of_cell` says to which one each cell belongs.
    pub(super) fn by_group(table: &MulticlassTable, of_cell: &[usize], groups: usize) -> Vec<Self> {
        let k = table.classes.len();
        let mut pairs = vec![Self::default(); groups];
        for (of, scores) in table.scores.iter().enumerate() {
            for against in (0..k).filter(|&against| against != of) {
                let Some(scores) = scores else {
                    continue;
                };
                let runs =
                    Runs { runs: &scores.runs, weights: scores.weights.as_deref(), bits_dropped: scores.bits_dropped };
                let by_group = GroupScores::of_runs(runs, groups, |slot| {
                    let (cell, label) = (slot as usize / (k + 1), slot as usize % (k + 1));
                    let side = if label == of { Label::Positive } else { Label::Negative };
                    (label == of || label == against).then(|| (of_cell[cell], side))
                });
                for (pairs, scores) in pairs.iter_mut().zip(by_group) {
                    pairs.0.push(Pair { classes: [of, against], auc: pair_auc(scores) });
                }
            }
        }
        pairs
    }
}
