//! ABROCA: the area between the ROC curves of two groups, whichever of them is the higher one.
//!
//! Gardner, Brooks and Baker 2019, "Evaluating the fairness of predictive student models through slicing analysis", LAK,
//! 225-234: ∫ |ROC_a(t) - ROC_b(t)| dt over false positive rates t. At least the difference of the two areas, and larger
//! where the curves cross: one group may be ranked better among the highest scores and worse below. Within a tie group a
//! curve is a straight line, so the integral is exact, crossings included.
//!
//! Undefined (`None`) when a class of a group has no weight.

use libm::log;

use crate::stats::Scored;
use crate::stats::scored::class_masses;

/// Corners of a ROC curve, (false positive rate, true positive rate), from (0, 0) to (1, 1).
type Curve = Vec<(f64, f64)>;

/// The area between the ROC curves of two groups.
#[must_use]
pub fn abroca<A, B>(a: A, b: B) -> Option<f64>
where
    A: DoubleEndedIterator<Item = Scored> + Clone,
    B: DoubleEndedIterator<Item = Scored> + Clone,
{
    let (a, b) = (curve(a)?, curve(b)?);
    let (mut first, mut second) = (Walk::new(&a), Walk::new(&b));
    let (mut at, mut area) = (0.0, 0.0);
    loop {
        let next = first.end().min(second.end());
        let (before, after) = (first.height(at) - second.height(at), first.height(next) - second.height(next));
        area += (next - at) * mean_size(before, after);
        at = next;
        if at >= 1.0 {
            return Some(area);
        }
        first.pass(at);
        second.pass(at);
    }
}

/// Limits of the area that together fail with probability 2 `tail` at most: area ± Σ e, cut to [0, 1].
///
/// Each of the four distributions (`samples`: rows of either class of either group) lies within e = √(ln(4 / tail) / (2 n))
/// of the sample's except with probability tail / 2 (Dvoretzky, Kiefer and Wolfowitz 1956; Massart 1990). Moving the
/// positives by e moves a curve up or down by e, moving the negatives sideways, which for a curve that only rises moves no
/// more area than e. Holds for every sample size and is wide. `None` for an area outside [0, 1], a class without rows, or a
/// tail outside (0, 1).
#[must_use]
pub fn abroca_limits(area: f64, samples: [f64; 4], tail: f64) -> Option<(f64, f64)> {
    let possible = (0.0..=1.0).contains(&area) && samples.iter().all(|n| *n > 0.0 && n.is_finite());
    if !(possible && tail > 0.0 && tail < 1.0) {
        return None;
    }
    let reach: f64 = samples.iter().map(|n| (log(4.0 / tail) / (2.0 * n)).sqrt()).sum();
    Some(((area - reach).max(0.0), (area + reach).min(1.0)))
}

fn curve(scored: impl DoubleEndedIterator<Item = Scored> + Clone) -> Option<Curve> {
    let (positives, negatives) = class_masses(scored.clone());
    if !(positives.weight > 0.0 && negatives.weight > 0.0) {
        return None;
    }
    let (mut found, mut alarms) = (0.0, 0.0);
    let mut curve = vec![(0.0, 0.0)];
    for tie in scored.rev() {
        found += tie.positives.weight;
        alarms += tie.negatives.weight;
        curve.push(((alarms / negatives.weight).min(1.0), (found / positives.weight).min(1.0)));
    }
    // Where the curve ends is no matter of rounding.
    curve.push((1.0, 1.0));
    Some(curve)
}

/// Mean of |y| along a straight line from y = `a` to y = `b`.
fn mean_size(a: f64, b: f64) -> f64 {
    if (a < 0.0) == (b < 0.0) || a == 0.0 || b == 0.0 {
        0.5 * (a.abs() + b.abs())
    } else {
        0.5 * (a * a + b * b) / (a.abs() + b.abs())
    }
}

/// A place on a curve, moving to the right: the piece between two corners.
struct Walk<'c> {
    curve: &'c [(f64, f64)],
    piece: usize,
}

impl<'c> Walk<'c> {
    fn new(curve: &'c [(f64, f64)]) -> Self {
        let mut walk = Self { curve, piece: 0 };
        walk.pass(0.0);
        walk
    }

    /// Goes on to the piece that begins at or before `x` and ends after it.
    fn pass(&mut self, x: f64) {
        while self.piece + 2 < self.curve.len() && self.end() <= x {
            self.piece += 1;
        }
    }

    fn end(&self) -> f64 {
        self.curve[self.piece + 1].0
    }

    /// The height of the piece at `x`.
    fn height(&self, x: f64) -> f64 {
        let ((x0, y0), (x1, y1)) = (self.curve[self.piece], self.curve[self.piece + 1]);
        if x1 > x0 { y0 + (y1 - y0) * ((x - x0) / (x1 - x0)) } else { y1 }
    }
}
