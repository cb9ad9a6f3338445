//! Rows whose logits lie close together, taken together: a fit then costs as much as there are cells, however many rows.
//!
//! Within a cell every smooth function of the logit is its Taylor polynomial about the middle of the cell, but for less than
//! what rounding leaves, so that what it adds up to over the rows follows from the moments of their logits.

use super::logits::{Block, LANES, Lanes};
use crate::stats::elementary::logistic;

/// Terms of a polynomial. Coefficients of the logistic function fall as powers of π, so ten terms over a cell of an eighth
/// leave less than 10⁻¹⁶ of it.
pub(super) const TERMS: usize = 10;
/// Width of a cell in units of the spread of logits, and of the logistic function.
const WIDTH: f64 = 0.125;

/// A polynomial in the distance from the middle of a cell.
pub(super) type Series = [f64; TERMS];
/// A cubic one, the longest that predictors are.
pub(super) type Cubic = [f64; 4];
/// The same number everywhere.
pub(super) const CONSTANT: Cubic = [1.0, 0.0, 0.0, 0.0];

/// Rows between two logits.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Its middle.
    pub(super) logit: f64,
    /// Largest distance from the middle.
    pub(super) reach: f64,
    /// The power of that in the last term of a polynomial.
    pub(super) last_power: f64,
    /// Distinct scores.
    pub(super) scores: usize,
    /// Weights of all rows times powers of their distance from the middle, added up.
    pub(super) moments: Series,
    /// The same of the positives.
    pub(super) positives: Cubic,
}

/// How finely rows are shared out among cells.
#[derive(Clone, Copy, Debug)]
pub(super) enum Width {
    /// A cell for each distinct logit.
    Nothing,
    /// Some part of what suits a linear predictor that is no steeper than the logit.
    Part(f64),
}

/// Shares the blocks of ascending rows out among cells; none has one of the `knots` inside.
pub(super) fn cells(blocks: impl Iterator<Item = Block>, width: Width, knots: Option<[f64; 4]>) -> Vec<Cell> {
    let knots = knots.as_ref().map_or(&[][..], |knots| knots);
    // Nine tenths of a normal distribution lie within 3.3 standard deviations.
    let spread = knots.last().zip(knots.first()).map(|(last, first)| (last - first) / 3.3);
    let spread = spread.filter(|spread| *spread > 0.0).map_or(1.0, |spread| spread.min(1.0));
    let mut cells: Vec<Cell> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for block in blocks {
        let mut from = 0;
        while from < block.rows {
            let first = block.logits[from];
            if first >= end {
                let start = match width {
                    Width::Nothing => first,
                    Width::Part(part) => {
                        let width = part * WIDTH * spread;
                        let start = (first / width).floor() * width;
                        let (before, after): (Vec<f64>, Vec<f64>) = knots.iter().partition(|knot| **knot <= first);
                        end = after.first().map_or(start + width, |knot| knot.min(start + width));
                        before.last().map_or(start, |knot| knot.max(start))
                    }
                };
                end = end.max(first);
                cells.push(Cell::new(start, end));
                end = end.max(first.next_up());
            }
            let to = from + block.logits[from..block.rows].partition_point(|logit| *logit < end).max(1);
            if let Some(cell) = cells.last_mut() {
                cell.add(&block, from, to);
            }
            from = to;
        }
    }
    cells
}

impl Cell {
    fn new(start: f64, end: f64) -> Self {
        let (logit, reach) = (0.5 * (start + end), 0.5 * (end - start));
        let last_power = (1..TERMS).fold(1.0, |power, _| power * reach);
        Self { logit, reach, last_power, scores: 0, moments: [0.0; TERMS], positives: [0.0; 4] }
    }

    /// Adds the rows of a block at some places.
    fn add(&mut self, block: &Block, from: usize, to: usize) {
        let distance = block.logits.map(|logit| logit - self.logit);
        let inside = |weights: &Lanes| {
            let mut inside = [0.0; LANES];
            inside[from..to].copy_from_slice(&weights[from..to]);
            inside
        };
        let mut positives = inside(&block.positives);
        let mut all = inside(&block.negatives);
        all.iter_mut().zip(&positives).for_each(|(all, positives)| *all += positives);
        let terms = self.terms();
        add_moments(&mut self.moments[..terms], &mut all, &distance);
        add_moments(&mut self.positives[..terms.min(4)], &mut positives, &distance);
        self.scores += to - from;
    }

    /// How many terms of a polynomial count.
    pub(super) fn terms(&self) -> usize {
        if self.reach > 0.0 { TERMS } else { 1 }
    }

    /// What a function adds up to over the rows, given as a polynomial.
    pub(super) fn total(&self, of: &Series) -> f64 {
        of.iter().zip(&self.moments[..self.terms()]).map(|(a, b)| a * b).sum()
    }

    /// The same for the function times some powers of the distance, as far as moments go.
    pub(super) fn totals(&self, of: &Series, totals: &mut [f64]) {
        for (power, total) in totals.iter_mut().enumerate().take(self.terms()) {
            *total = of.iter().zip(&self.moments[power..]).map(|(a, b)| a * b).sum();
        }
    }
}

fn add_moments(moments: &mut [f64], weights: &mut Lanes, distance: &Lanes) {
    for moment in moments {
        let mut sums = [0.0; 8];
        for weights in weights.chunks_exact(8) {
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
        *moment += sums.iter().sum::<f64>();
        weights.iter_mut().zip(distance).for_each(|(weight, distance)| *weight *= distance);
    }
}

/// The logistic function p of a linear predictor, about some place.
pub(super) struct Probability {
    pub(super) p: Series,
    /// 1 - p at that place, precise also where p is as good as 1.
    pub(super) complement: f64,
    /// p (1 - p).
    pub(super) bend: Series,
}

/// So many terms of the logistic function of a linear predictor η: by p' = p (1 - p) η'.
pub(super) fn logistic_series(linear: &[f64], terms: usize) -> Probability {
    let (mut p, mut bend) = ([0.0; TERMS], [0.0; TERMS]);
    let (likely, unlikely) = logistic(linear[0]);
    (p[0], bend[0]) = (likely, likely * unlikely);
    for term in 1..terms {
        let mut slope = 0.0;
        for power in 1..linear.len().min(term + 1) {
            slope += power as f64 * linear[power] * bend[term - power];
        }
        p[term] = slope / term as f64;
        // Of the square of p every product but the middle one occurs twice.
        let mut square = 0.0;
        for other in 1..term.div_ceil(2) {
            square += 2.0 * p[other] * p[term - other];
        }
        if term % 2 == 0 {
            square += p[term / 2] * p[term / 2];
        }
        bend[term] = p[term] * (unlikely - likely) - square;
    }
    Probability { p, complement: unlikely, bend }
}

/// The value of a polynomial.
pub(super) fn value(of: &Series, distance: f64) -> f64 {
    of.iter().rev().fold(0.0, |sum, coefficient| sum * distance + coefficient)
}
