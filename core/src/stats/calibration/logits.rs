//! Scored rows by the logit of their score, in columns, for the fits that read them again and again.

use super::quantile::quantiles;
use crate::stats::Scored;
use crate::stats::elementary::ln;

/// Scores nearer to 0 and 1 than this have no usable logit and are moved to it.
const CLIP: f64 = 1e-15;
/// Rows side by side, for instructions that work on several at once.
pub(super) const LANES: usize = 64;
/// Neighbouring rows that are taken together for a first approximation.
const TOGETHER: usize = 16;
/// Blocks of rows from which on that is less work than the steps it saves.
const MANY: usize = 4;

pub(super) type Lanes = [f64; LANES];

/// ln(s / (1 - s)) of a score clipped to [1e-15, 1 - 1e-15].
#[inline]
pub(super) fn logit(score: f64) -> f64 {
    let score = score.clamp(CLIP, 1.0 - CLIP);
    ln(score / (1.0 - score))
}

/// Rows that weigh anything, by the logit of their score: worked out once for all fits, as logarithms cost much.
#[derive(Clone, Debug)]
pub struct Logits {
    pub(super) blocks: Vec<Block>,
    /// Neighbouring rows as one; none where rows are few.
    pub(super) near: Vec<Block>,
    /// Squared weights of the positives and the negatives of each row, where rows are weighted.
    pub(super) squares: Option<Vec<[f64; 2]>>,
    /// Weight of the positives.
    pub(super) positives: f64,
    /// Weight of the negatives.
    pub(super) negatives: f64,
    /// `None` when all logits are the same.
    pub(super) scale: Option<Scale>,
}

/// Some rows; the last block is filled up with rows that weigh nothing.
#[derive(Clone, Debug)]
pub(super) struct Block {
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

impl Logits {
    /// Of rows that ascend by score.
    #[must_use]
    pub fn new(groups: impl Iterator<Item = Scored> + Clone) -> Self {
        let weighing = groups.filter(|group| group.mass().weight > 0.0);
        let rows = weighing.clone().map(|group| (group.score, group.positives.weight, group.negatives.weight));
        let mut blocks = Block::of_rows(rows);
        for block in &mut blocks {
            block.logits = block.logits.map(logit);
        }
        let near = if blocks.len() >= MANY { Block::of_rows(blocks.iter().flat_map(Block::means)) } else { Vec::new() };
        let unweighted =
            weighing.clone().all(|group| group.positives.is_unweighted() && group.negatives.is_unweighted());
        let squares = || weighing.map(|group| [group.positives.squared, group.negatives.squared]).collect();
        Self {
            positives: Block::add_up(&blocks, |_, positives, _| positives),
            negatives: Block::add_up(&blocks, |_, _, negatives| negatives),
            scale: Scale::new(&blocks),
            squares: (!unweighted).then(squares),
            blocks,
            near,
        }
    }

    /// Quantiles of the logits of all rows, each counted once; `None` without rows.
    pub(super) fn quantiles(
        groups: impl Iterator<Item = Scored> + Clone,
        probabilities: impl Iterator<Item = f64>,
    ) -> Option<Vec<f64>> {
        quantiles(groups.map(|group| (group.score, group.mass().rows)), probabilities, logit)
    }
}

impl Block {
    /// Of scores or logits with the weights of the positives and the negatives.
    fn of_rows(rows: impl Iterator<Item = (f64, f64, f64)>) -> Vec<Self> {
        const EMPTY: Block = Block { logits: [0.0; LANES], positives: [0.0; LANES], negatives: [0.0; LANES] };
        let mut blocks = Vec::with_capacity(rows.size_hint().1.unwrap_or(0).div_ceil(LANES));
        for (place, (x, positives, negatives)) in rows.enumerate() {
            let lane = place % LANES;
            if lane == 0 {
                blocks.push(EMPTY);
            }
            if let Some(block) = blocks.last_mut() {
                block.logits[lane] = x;
                block.positives[lane] = positives;
                block.negatives[lane] = negatives;
            }
        }
        blocks
    }

    /// Neighbouring rows as one with the mean of their logits.
    fn means(&self) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        (0..LANES).step_by(TOGETHER).map(|first| {
            let (mut positives, mut negatives, mut sum) = (0.0, 0.0, 0.0);
            for lane in first..first + TOGETHER {
                positives += self.positives[lane];
                negatives += self.negatives[lane];
                sum += self.logits[lane] * (self.positives[lane] + self.negatives[lane]);
            }
            let weight = positives + negatives;
            (if weight > 0.0 { sum / weight } else { 0.0 }, positives, negatives)
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

    fn new(blocks: &[Block]) -> Option<Self> {
        let (first, last) = (blocks.first()?, blocks.last()?);
        let filled = (0..LANES).rfind(|lane| last.positives[*lane] + last.negatives[*lane] > 0.0)?;
        if first.logits[0] == last.logits[filled] {
            return None;
        }
        let weight = Block::add_up(blocks, |_, p, n| p + n);
        let mean = Block::add_up(blocks, |x, p, n| (p + n) * x) / weight;
        let square = Block::add_up(blocks, |x, p, n| (p + n) * ((x - mean) * (x - mean)));
        Some(Self { mean, spread: (square / weight).sqrt() })
    }
}
