//! Mean and spread of a sample.

use super::{Atom, mass};
use crate::stats::{ExactSum, Mass};

/// Rows, mean and variance (divisor n, weighted) of a sample.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moments {
    pub(super) mass: Mass,
    pub(super) mean: f64,
    pub(super) variance: f64,
}

impl Moments {
    /// `None` without weight, and where a score is infinite.
    pub(super) fn of(sample: &[Atom]) -> Option<Self> {
        let mass = mass(sample.iter().copied());
        if mass.weight <= 0.0 || !sample.iter().all(|atom| atom.score.is_finite()) {
            return None;
        }
        let mut scores = ExactSum::new();
        for atom in sample {
            scores.add_product(atom.mass.weight, atom.score);
        }
        let mean = scores.value() / mass.weight;
        let squares: f64 = sample.iter().map(|atom| atom.mass.weight * (atom.score - mean) * (atom.score - mean)).sum();
        let variance = squares / mass.weight;
        (mean.is_finite() && variance.is_finite()).then_some(Self { mass, mean, variance })
    }
}
