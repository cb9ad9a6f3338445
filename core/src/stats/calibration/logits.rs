//! Scored rows by the logit of their score, in columns, for the fits that read them again and again.

use std::cell::LazyCell;

use super::cells::{Cell, Cubic, Width, cells};
use super::quantile::quantiles;
use crate::stats::Scored;
use crate::stats::elementary::ln;

/// Scores nearer to 0 and 1 than this have no usable logit and are moved to it.
const CLIP: f64 = 1e-15;
/// Rows side by side, for instructions that work on several at once.
pub(super) const LANES: usize = 64;
/// Distinct scores from which on it is less work to take some of them together.
const MANY: usize = 4 * LANES;
/// Width of finer cells: linear predictors may be so many times steeper.
const FINER: f64 = 1.0 / 64.0;
/// Quantiles of the logits at which splines have their knots.
const KNOTS: [f64; 4] = [0.05, 0.35, 0.65, 0.95];

pub(super) type Lanes = [f64; LANES];

/// ln(s / (1 - s)) of a score clipped to [1e-15, 1 - 1e-15].
#[inline]
pub(super) fn logit(score: f64) -> f64 {
    let score = score.clamp(CLIP, 1.0 - CLIP);
    ln(score / (1.0 - score))
}

/// Rows that weigh anything, by the logit of their score: what all fits read.
pub struct Logits<'g> {
    pub(super) cells: Vec<Cell>,
    /// Finer ones, for fits that need them; none where every logit has a cell of its own already.
    pub(super) finer: LazyCell<Vec<Cell>, Box<dyn FnOnce() -> Vec<Cell> + 'g>>,
    /// Visits the rows.
    pub(super) each_row: Box<dyn Fn(Visit<'_>) + 'g>,
    /// Whether any row does not weigh 1.
    pub(super) weighted: bool,
    /// Whether both classes weigh anything.
    pub(super) both_classes: bool,
    /// `None` when all logits are the same.
    pub(super) scale: Option<Scale>,
    /// Quantiles of the logits, each row counted once; `None` without rows.
    pub(super) knots: Option<[f64; 4]>,
}

/// Takes rows one by one.
pub(super) type Visit<'v> = &'v mut dyn FnMut(Scored);

/// Some rows; the last block is filled up with rows that weigh nothing.
pub(super) struct Block {
    pub(super) rows: usize,
    pub(super) logits: Lanes,
    pub(super) positives: Lanes,
    pub(super) negatives: Lanes,
}

/// Weighted mean and standard deviation, which make predictors centred and of unit scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) mean: f64,
    pub(super) spread: f64,
}

impl<'g> Logits<'g> {
    /// Of rows that ascend by score.
    #[must_use]
    pub fn new(groups: impl Iterator<Item = Scored> + Clone + 'g) -> Self {
        let mut sum = Sum::default();
        groups.clone().for_each(|group| sum.add(&group));
        let Sum { rows, scores, weighted, positives, negatives, ends } = sum;
        let of_rows = groups.clone().map(|group| (group.score, group.mass().rows));
        let knots = quantiles(of_rows, rows, KNOTS.into_iter(), logit).and_then(|knots| knots.try_into().ok());
        let weighing = groups.filter(|group| group.mass().weight > 0.0);
        let in_cells = move |weighing, width| cells(Block::of_rows(weighing), width, knots);
        let many = scores >= MANY;
        let coarse = in_cells(weighing.clone(), if many { Width::Part(1.0) } else { Width::Nothing });
        let differ = ends.is_some_and(|ends| logit(ends[0]) != logit(ends[1]));
        let rows = weighing.clone();
        Self {
            scale: differ.then(|| Scale::new(&coarse)),
            cells: coarse,
            finer: LazyCell::new(Box::new(
                move || {
                    if many { in_cells(weighing, Width::Part(FINER)) } else { Vec::new() }
                },
            )),
            each_row: Box::new(move |visit| rows.clone().for_each(visit)),
            weighted,
            both_classes: positives > 0.0 && negatives > 0.0,
            knots,
        }
    }
}

/// What all rows are together.
#[derive(Default)]
struct Sum {
    rows: u64,
    /// Scores of rows that weigh anything.
    scores: usize,
    weighted: bool,
    positives: f64,
    negatives: f64,
    /// First and last of these scores.
    ends: Option<[f64; 2]>,
}

impl Sum {
    fn add(&mut self, group: &Scored) {
        self.rows += group.mass().rows;
        if group.mass().weight <= 0.0 {
            return;
        }
        self.scores += 1;
        self.weighted |= !(group.positives.is_unweighted() && group.negatives.is_unweighted());
        self.positives += group.positives.weight;
        self.negatives += group.negatives.weight;
        self.ends = Some([self.ends.map_or(group.score, |ends| ends[0]), group.score]);
    }
}

impl Block {
    /// Rows in blocks.
    fn of_rows(mut rows: impl Iterator<Item = Scored>) -> impl Iterator<Item = Self> {
        std::iter::from_fn(move || {
            let mut block = Self { rows: 0, logits: [0.5; LANES], positives: [0.0; LANES], negatives: [0.0; LANES] };
            for row in rows.by_ref().take(LANES) {
                block.logits[block.rows] = row.score;
                block.positives[block.rows] = row.positives.weight;
                block.negatives[block.rows] = row.negatives.weight;
                block.rows += 1;
            }
            block.logits.iter_mut().for_each(|score| *score = logit(*score));
            (block.rows > 0).then_some(block)
        })
    }
}

impl Scale {
    #[inline]
    pub(super) fn of(&self, logit: f64) -> f64 {
        (logit - self.mean) / self.spread
    }

    /// The same about a logit.
    pub(super) fn about(&self, logit: f64) -> Cubic {
        [self.of(logit), 1.0 / self.spread, 0.0, 0.0]
    }

    fn new(cells: &[Cell]) -> Self {
        let sum = |of: &dyn Fn(&Cell) -> f64| cells.iter().map(of).sum::<f64>();
        let weight = sum(&|cell| cell.moments[0]);
        let mean = sum(&|cell| cell.logit * cell.moments[0] + cell.moments[1]) / weight;
        let square = sum(&|cell| {
            let off = cell.logit - mean;
            off * off * cell.moments[0] + 2.0 * off * cell.moments[1] + cell.moments[2]
        });
        Self { mean, spread: (square / weight).sqrt() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{fit, in_the_large, integrated};
    use super::{Block, Logits, Width, cells};
    use crate::stats::{Mass, Scored};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Cells give what rows give, whatever the shape of the scores.
        #[test]
        fn cells_are_as_good_as_rows(
            seeds in prop::collection::vec((0.0_f64..1.0, 0.0_f64..1.0, 0.5_f64..2.0), 300..1000),
            spread in -3.0_f64..3.0,
            middle in -3.0_f64..3.0,
            slope in 0.2_f64..4.0,
            weighted: bool,
        ) {
            let spread = spread.exp2();
            let mut rows: Vec<Scored> = seeds.iter().map(|&(level, chance, weight)| {
                let logit = middle + spread * libm::log((level + 1e-3) / (1.001 - level));
                let of = |x: f64| 1.0 / (1.0 + libm::exp(-x));
                let rows = if weighted { Mass { rows: 1, weight, squared: weight * weight } } else { Mass::of_rows(1) };
                let positive = chance < of(slope * (logit - middle));
                let [positives, negatives] =
                    if positive { [rows, Mass::default()] } else { [Mass::default(), rows] };
                Scored { score: of(logit), positives, negatives }
            }).collect();
            rows.sort_by(|a, b| a.score.total_cmp(&b.score));
            rows.dedup_by(|a, b| a.score == b.score);
            let by_cells = Logits::new(rows.iter().copied());
            let every = cells(Block::of_rows(rows.iter().copied()), Width::Nothing, None);
            let by_rows = Logits { cells: every, ..Logits::new(rows.iter().copied()) };
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-11 * (1.0 + b.abs());
            let (a, b) = (fit(&by_cells), fit(&by_rows));
            prop_assert_eq!(a.is_some(), b.is_some());
            if let Some((a, b)) = a.zip(b) {
                prop_assert!(near(a.intercept, b.intercept) && near(a.slope, b.slope), "{a:?} {b:?}");
                prop_assert!(near(a.covariance[1][1] / b.covariance[1][1], 1.0), "{a:?} {b:?}");
            }
            let (a, b) = (in_the_large(&by_cells), in_the_large(&by_rows));
            prop_assert_eq!(a.is_some(), b.is_some());
            if let Some((a, b)) = a.zip(b) {
                prop_assert!(near(a.0, b.0) && near(a.1 / b.1, 1.0), "{a:?} {b:?}");
            }
            let (a, b) = [&by_cells, &by_rows].map(|logits| integrated(logits, rows.iter().copied())).into();
            prop_assert_eq!(a.is_some(), b.is_some());
            if let Some((a, b)) = a.zip(b) {
                prop_assert!((a - b).abs() <= 1e-11, "{a} {b}");
            }
        }
    }
}
