//! Scored rows by the logit of their score, in columns, for the fits that read them again and again.

use std::cell::LazyCell;

use super::cells::{Cell, cells};
use super::quantile::quantiles;
use crate::stats::Scored;
use crate::stats::elementary::ln;

/// Scores nearer to 0 and 1 than this have no usable logit and are moved to it.
const CLIP: f64 = 1e-15;
/// Rows side by side, for instructions that work on several at once.
pub(super) const LANES: usize = 64;
/// Distinct scores from which on cells are less work than rows.
const MANY: usize = 4 * LANES;
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
    /// Where rows are many, worked out only if cells do not do.
    pub(super) rows: LazyCell<Rows, Box<dyn FnOnce() -> Rows + 'g>>,
    /// None where rows are few.
    pub(super) cells: Vec<Cell>,
    /// Whether any row does not weigh 1.
    pub(super) weighted: bool,
    /// Whether both classes weigh anything.
    pub(super) both_classes: bool,
    /// `None` when all logits are the same.
    pub(super) scale: Option<Scale>,
    /// Quantiles of the logits, each row counted once; `None` without rows.
    pub(super) knots: Option<[f64; 4]>,
}

/// The rows one by one.
pub(super) struct Rows {
    pub(super) blocks: Vec<Block>,
    /// Squared weights of the positives and the negatives of each row, where rows are weighted.
    pub(super) squares: Vec<[f64; 2]>,
}

/// Some rows; the last block is filled up with rows that weigh nothing.
#[derive(Clone, Debug)]
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
        let of_rows = weighing.clone();
        let mut logits = Self {
            rows: LazyCell::new(Box::new(move || {
                let squares = of_rows.clone().map(|group| [group.positives.squared, group.negatives.squared]);
                Rows {
                    blocks: Block::of_rows(of_rows).collect(),
                    squares: if weighted { squares.collect() } else { Vec::new() },
                }
            })),
            cells: Vec::new(),
            weighted,
            both_classes: positives > 0.0 && negatives > 0.0,
            scale: None,
            knots,
        };
        let differ = ends.is_some_and(|ends| logit(ends[0]) != logit(ends[1]));
        if scores >= MANY {
            logits.cells = cells(Block::of_rows(weighing), knots);
        }
        if differ {
            let of = |cells: &[Cell]| {
                if cells.is_empty() { Scale::of_rows(&logits.rows.blocks) } else { Scale::of_cells(cells) }
            };
            logits.scale = Some(of(&logits.cells));
        }
        logits
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
            block.logits = block.logits.map(logit);
            (block.rows > 0).then_some(block)
        })
    }

    /// What a function of logits and weights of both classes adds up to.
    fn add_up(blocks: &[Self], of: impl Fn(f64, f64, f64) -> f64) -> f64 {
        let mut sums = [0.0; LANES];
        for block in blocks {
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum += of(block.logits[lane], block.positives[lane], block.negatives[lane]);
            }
        }
        sums.iter().sum()
    }
}

impl Scale {
    #[inline]
    pub(super) fn of(&self, logit: f64) -> f64 {
        (logit - self.mean) / self.spread
    }

    fn of_rows(blocks: &[Block]) -> Self {
        let weight = Block::add_up(blocks, |_, p, n| p + n);
        let mean = Block::add_up(blocks, |x, p, n| (p + n) * x) / weight;
        let square = Block::add_up(blocks, |x, p, n| (p + n) * ((x - mean) * (x - mean)));
        Self { mean, spread: (square / weight).sqrt() }
    }

    fn of_cells(cells: &[Cell]) -> Self {
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
