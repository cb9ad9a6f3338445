//! The scores of a group: rows by score and label, with their weights where rows are weighted.

use std::sync::OnceLock;

use super::facts::Tally;
use crate::measure::counts::{LABELS, Label};
use crate::measure::distribution::{Run, key_float};
use crate::measure::{BinaryTable, RunWeight};
use crate::stats::ranking::TieGroup;
use crate::stats::samples::{self, Atom};
use crate::stats::{Mass, Scored};

/// The labels in the order of their numbers.
const LEVELS: [Label; LABELS] = [Label::Negative, Label::Positive, Label::Missing];

/// Scored rows of one group by score, ascending.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupScores {
    /// Labelled rows.
    pub(crate) ties: Vec<TieGroup>,
    /// Weights of the negatives and the positives of each tie, where rows are weighted.
    weights: Option<Vec<[Mass; 2]>>,
    /// Rows without a label.
    unlabelled: Vec<Atom>,
    /// Whether scores were coarsened, so that ties hide an order.
    coarse: bool,
    /// All of them, worked out when asked for.
    sample: OnceLock<Vec<Atom>>,
}

/// Runs of scores, as measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runs<'m> {
    /// In ascending order.
    pub(super) runs: &'m [Run],
    /// Their weights, where rows are weighted.
    pub(super) weights: Option<&'m [RunWeight]>,
    /// Low bits of their keys that were dropped.
    pub(super) bits_dropped: u32,
}

impl GroupScores {
    /// Shares the runs of a table out among its groups; `of_cell` says to which one each cell belongs.
    pub(super) fn by_group(table: &BinaryTable, of_cell: &[usize], groups: usize) -> Vec<Self> {
        let runs = Runs {
            runs: &table.scores,
            weights: table.score_weights.as_deref(),
            bits_dropped: table.score_bits_dropped,
        };
        Self::of_runs(runs, groups, |slot| Some((of_cell[slot as usize / LABELS], LEVELS[slot as usize % LABELS])))
    }

    /// Shares runs out among groups; `place` says to which group a slot belongs and under which label, if to any.
    pub(super) fn of_runs(runs: Runs<'_>, groups: usize, place: impl Fn(u32) -> Option<(usize, Label)>) -> Vec<Self> {
        let mut sizes = vec![0; groups];
        for (group, label) in runs.runs.iter().filter_map(|run| place(run.slot)) {
            sizes[group] += usize::from(label != Label::Missing);
        }
        let of_size = |size| Self {
            ties: Vec::with_capacity(size),
            weights: runs.weights.map(|_| Vec::with_capacity(size)),
            coarse: runs.bits_dropped > 0,
            ..Self::default()
        };
        let mut scores: Vec<Self> = sizes.into_iter().map(of_size).collect();
        for (index, run) in runs.runs.iter().enumerate() {
            let Some((group, label)) = place(run.slot) else { continue };
            let score = key_float(run.key << runs.bits_dropped);
            let of_run = runs.weights.map(|weights| {
                let sums = &weights[index];
                Mass { rows: run.count, weight: sums.weight.value(), squared: sums.squared.value() }
            });
            let Self { ties, weights, unlabelled, .. } = &mut scores[group];
            if label == Label::Missing {
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
                if label == Label::Positive {
                    last.positives += run.count;
                } else {
                    last.negatives += run.count;
                }
            }
            if let (Some(last), Some(mass)) = (weights.as_mut().and_then(|weights| weights.last_mut()), of_run) {
                last[label as usize] += mass;
            }
        }
        scores
    }

    /// Whether scores were coarsened, so that ties hide an order.
    pub(crate) fn is_coarse(&self) -> bool {
        self.coarse
    }

    /// Whether every scored row has a label.
    pub(crate) fn is_labelled(&self) -> bool {
        self.unlabelled.is_empty()
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
    pub(crate) fn scored(&self) -> impl DoubleEndedIterator<Item = Scored> + ExactSizeIterator + Clone + '_ {
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

    /// Labelled and unlabelled rows, each in their order.
    fn atoms(&self) -> impl Iterator<Item = Atom> + '_ {
        self.labelled().chain(self.unlabelled.iter().copied())
    }

    fn labelled(&self) -> impl DoubleEndedIterator<Item = Atom> + ExactSizeIterator + Clone + '_ {
        self.scored().map(|tie| Atom { score: tie.score, mass: tie.positives + tie.negatives })
    }

    /// All scored rows, labelled or not, by score.
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = Atom> + Clone + '_ {
        // Labelled rows are in order already; one of the two is empty.
        let (labelled, sample) = if self.is_labelled() { (usize::MAX, &[][..]) } else { (0, self.sample()) };
        self.labelled().take(labelled).chain(sample.iter().copied())
    }

    /// The same side by side.
    pub(crate) fn sample(&self) -> &[Atom] {
        self.sample.get_or_init(|| {
            let atoms: Vec<Atom> = self.atoms().collect();
            let both = !self.ties.is_empty() && !self.unlabelled.is_empty();
            if both { samples::together([atoms.as_slice()].into_iter()) } else { atoms }
        })
    }

    /// Scored rows below, at and above a score.
    pub(super) fn around(&self, middle: f64) -> [Tally; 3] {
        let mut sides = [Tally::default(); 3];
        for Atom { score, mass } in self.atoms() {
            let side = usize::from(score >= middle) + usize::from(score > middle);
            sides[side] += Tally { rows: mass.rows, weight: mass.weight, squared: mass.squared };
        }
        sides
    }

    /// The positives and the negatives.
    pub(crate) fn classes(&self) -> (Mass, Mass) {
        self.scored().fold((Mass::default(), Mass::default()), |(positives, negatives), tie| {
            (positives + tie.positives, negatives + tie.negatives)
        })
    }
}
