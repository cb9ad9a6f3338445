//! The integrated calibration index: mean distance between scores and a smooth curve of observed shares.
//!
//! Austin and Steyerberg 2019, "The Integrated Calibration Index (ICI) and related metrics for quantifying the
//! calibration of logistic regression models", Statistics in Medicine 38, 4051-4065: weighted mean of
//! |smooth(score) - score| over rows. No bins, but a smoother to choose: here a logistic regression on a restricted cubic
//! spline of logit(score) with four knots at the 5, 35, 65 and 95 % quantiles, each row counted once (Harrell 2015,
//! "Regression Modeling Strategies", 2nd ed., sec. 2.4.6), which is fast, has no further settings and is linear on the
//! logit scale in the tails. Like binned errors the index is positive in a sample of perfectly calibrated scores.
//!
//! Scores are clipped to [1e-15, 1 - 1e-15]. Within a cell the distance is a polynomial of the logit, and only where that may
//! change its sign the rows are looked at.
//!
//! Undefined (`None`) when the regression is (one class, separation) and when knots coincide because rows share few
//! distinct scores: bins are the better tool there.

use super::cells::{CONSTANT, Cell, Cubic, Series, logistic_series, value};
use super::likelihood::{Predictors, fitted};
use super::logistic;
use super::logits::{Logits, Scale, logit};
use crate::stats::Scored;

/// Fits the curve to the logits of the groups and averages the distance of scores from it: the integrated calibration
/// index.
#[must_use]
pub fn integrated(logits: &Logits<'_>, groups: impl Iterator<Item = Scored>) -> Option<f64> {
    let spline = Spline::new(logits.scale?, logits.knots?)?;
    let logistic::Fit { coefficients, cells, .. } = logistic::fit(logits, &spline)?;
    let mut rows = groups.map(|group| (group.score, group.mass().weight)).filter(|(_, weight)| *weight > 0.0);
    let (mut sum, mut total) = (0.0, 0.0);
    for cell in cells {
        let rows = rows.by_ref().take(cell.scores);
        let gap = gap(cell, &spline, &coefficients);
        total += cell.moments[0];
        if is_one_sided(&gap, cell.reach) {
            rows.for_each(drop);
            sum += cell.total(&gap).abs();
        } else {
            rows.for_each(|(score, weight)| sum += weight * value(&gap, logit(score) - cell.logit).abs());
        }
    }
    Some(sum / total)
}

/// How far the curve lies above the score, about the middle of a cell.
fn gap(cell: &Cell, spline: &Spline, coefficients: &[f64; 4]) -> Series {
    let mut gap = fitted(cell, spline, coefficients).p;
    let score = logistic_series(&[cell.logit, 1.0], cell.terms()).p;
    gap.iter_mut().zip(score).for_each(|(gap, score)| *gap -= score);
    gap
}

/// Whether a polynomial is certain to have no zero within a distance: at none of some places is it so near to 0 that its
/// steepest slope could lead there before the next.
fn is_one_sided(of: &Series, reach: f64) -> bool {
    const PLACES: usize = 16;
    let steepest = of.iter().enumerate().rev().fold(0.0, |sum, (power, x)| sum * reach + power as f64 * x.abs());
    // The sum has one power of the distance more than a slope has.
    let most = steepest / PLACES as f64;
    (0..PLACES).all(|place| {
        let middle = reach * ((2 * place + 1) as f64 / PLACES as f64 - 1.0);
        value(of, middle).abs() > most
    })
}

/// Restricted cubic spline of the centred and scaled logit: beside constant and line two pieces, each a cube that begins
/// at its knot and, by the cubes that begin at the last two knots, becomes linear beyond the last.
struct Spline {
    scale: Scale,
    knots: [f64; 4],
    /// What the cubes at its own, the third and the last knot count in each piece.
    pieces: [[f64; 3]; 2],
}

impl Spline {
    fn new(scale: Scale, knots: [f64; 4]) -> Option<Self> {
        if knots.windows(2).any(|pair| pair[0] >= pair[1]) {
            return None;
        }
        let knots = knots.map(|knot| scale.of(knot));
        let [first, second, third, last] = knots;
        let unit = 1.0 / ((last - first) * (last - first));
        let bend = unit / (last - third);
        let pieces = [first, second].map(|knot| [unit, -bend * (last - knot), bend * (third - knot)]);
        Some(Self { scale, knots, pieces })
    }
}

impl Predictors for Spline {
    fn count(&self) -> usize {
        4
    }

    fn terms(&self) -> usize {
        4
    }

    fn about(&self, logit: f64) -> [Cubic; 4] {
        let line = self.scale.about(logit);
        let [x, slope, ..] = line;
        let [first, second, third, last] = self.knots.map(|knot| {
            // Nothing up to the knot.
            let (d, slope) = if x > knot { (x - knot, slope) } else { (0.0, 0.0) };
            [d * d * d, 3.0 * d * d * slope, 3.0 * d * slope * slope, slope * slope * slope]
        });
        let piece = |[own, of_third, of_last]: [f64; 3], cube: Cubic| {
            core::array::from_fn(|k| own * cube[k] + of_third * third[k] + of_last * last[k])
        };
        let [of_first, of_second] = self.pieces;
        [CONSTANT, line, piece(of_first, first), piece(of_second, second)]
    }
}
