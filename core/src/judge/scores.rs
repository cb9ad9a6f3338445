//! The scores of a group: rows by score and label, with their weights where rows are weighted.

use crate::measure::BinaryTable;
use crate::measure::counts::{LABELS, Label};
use crate::measure::distribution::key_float;
use crate::stats::ranking::TieGroup;
use crate::stats::samples::{self, Atom};
use crate::stats::{Mass, Scored};

/// Scored rows of one group by score, ascending.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupScores {
    /// Labelled rows.
    pub(crate) ties: Vec<TieGroup>,
    /// Weights of the negatives and the positives of each tie, where rows are weighted.
    weights: Option<Vec<[Mass; 2]>>,
    /// Rows without a label.
    unlabelled: Vec<Atom>,
}

impl GroupScores {
    /// Shares the runs of a table out among its groups; `of_cell` says to which one each cell belongs.
    pub(super) fn by_group(table: &BinaryTable, of_cell: &[usize], groups: usize) -> Vec<Self> {
        let weights = table.score_weights.as_ref().map(|_| Vec::new());
        let mut scores = vec![Self { ties: Vec::new(), weights, unlabelled: Vec::new() }; groups];
        for (place, run) in table.scores.iter().enumerate() {
            let (cell, label) = (run.slot as usize / LABELS, run.slot as usize % LABELS);
            let score = key_float(run.key << table.score_bits_dropped);
            let of_run = table.score_weights.as_ref().map(|weights| {
                let sums = &weights[place];
                Mass { rows: run.count, weight: sums.weight.value(), squared: sums.squared.value() }
            });
            let Self { ties, weights, unlabelled } = &mut scores[of_cell[cell]];
            if label == Label::Missing as usize {
                let mass = of_run.unwrap_or_else(|| Mass::of_rows(run.count));
                match unlabelled.last_mut() {
                    Some(last) if last.score == score => last.mass += mass,
                    _ => unlabelled.push(Atom { score, mass }),
                }
                continue;
            }
            if ties.last().is_none_or(|last| last.score != score) {
                ties.push(TieGroup { score, positives: 0, negatives: 0 });
                weights.iter_mut().for_each(|weights| weights.push([Mass::default(); 2]));
            }
            if let Some(last) = ties.last_mut() {
                if label == Label::Positive as usize {
                    last.positives += run.count;
                } else {
                    last.negatives += run.count;
                }
            }
            if let (Some(last), Some(mass)) = (weights.as_mut().and_then(|weights| weights.last_mut()), of_run) {
                last[label] += mass;
            }
        }
        scores
    }

    /// Whether rows are weighted.
    pub(crate) fn is_weighted(&self) -> bool {
        self.weights.is_some()
    }

    /// Labelled rows.
    pub(crate) fn rows(&self) -> u64 {
        self.ties.iter().map(|tie| tie.positives + tie.negatives).sum()
    }

    /// The labelled rows with their weights, which are 1 where rows are not weighted.
    pub(crate) fn scored(&self) -> impl DoubleEndedIterator<Item = Scored> + Clone + '_ {
        self.ties.iter().enumerate().map(|(place, tie)| match &self.weights {
            Some(weights) => {
                let [negatives, positives] = weights[place];
                Scored { score: tie.score, positives, negatives }
            }
            None => Scored {
                score: tie.score,
                positives: Mass::of_rows(tie.positives),
                negatives: Mass::of_rows(tie.negatives),
            },
        })
    }

    /// All scored rows, labelled or not.
    pub(crate) fn sample(&self) -> Vec<Atom> {
        let labelled: Vec<Atom> =
            self.scored().map(|tie| Atom { score: tie.score, mass: tie.positives + tie.negatives }).collect();
        if self.unlabelled.is_empty() {
            return labelled;
        }
        samples::together([labelled.as_slice(), self.unlabelled.as_slice()].into_iter())
    }

    /// The positives and the negatives.
    pub(crate) fn classes(&self) -> (Mass, Mass) {
        self.scored().fold((Mass::default(), Mass::default()), |(positives, negatives), tie| {
            (positives + tie.positives, negatives + tie.negatives)
        })
    }
}
