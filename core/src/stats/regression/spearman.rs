//! Spearman's rank correlation of label and prediction.
//!
//! Spearman 1904, "The proof and measurement of association between two things", American Journal of Psychology 15, 72-101:
//! the correlation of ranks, ties at the mean of the ranks they share. The rank of a weighted row is the weight of the rows
//! below it and half of that of its equals.
//!
//! Where values were coarsened, rows that look tied may not be. Mean ranks are the projection of the true ranks R on what is
//! constant within ties, R = R' + D with D orthogonal to R' and |D|² at most the sum of t (t² - 1)/12 over ties of t rows, so
//! by Cauchy and Schwarz the true correlation lies within stated bounds.
//!
//! Undefined (`None`) when labels or predictions are all equal.

use super::{Pair, total};

/// The correlation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spearman {
    /// With ties as they are.
    pub value: f64,
    /// What it can be at least and at most if every tie came from coarsening; for unweighted rows.
    pub bounds: (f64, f64),
}

/// Deviations of the mean ranks of all pairs from their mean, and how much ties could hide.
struct Ranks {
    deviations: Vec<f64>,
    hidden: f64,
}

impl Ranks {
    fn new(pairs: &[Pair], value: impl Fn(&Pair) -> f64) -> Self {
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        order.sort_by(|&a, &b| value(&pairs[a]).total_cmp(&value(&pairs[b])));
        let middle = 0.5 * total(pairs.iter().copied()).weight;
        let mut deviations = vec![0.0; pairs.len()];
        let (mut below, mut hidden) = (0.0, 0.0);
        for tied in order.chunk_by(|&a, &b| value(&pairs[a]) == value(&pairs[b])) {
            let weight: f64 = tied.iter().map(|&place| pairs[place].mass.weight).sum();
            for &place in tied {
                deviations[place] = below + 0.5 * weight - middle;
            }
            below += weight;
            hidden += weight * (weight * weight - 1.0).max(0.0) / 12.0;
        }
        Self { deviations, hidden }
    }
}

/// The rank correlation of labels and predictions.
#[must_use]
pub fn spearman(pairs: &[Pair]) -> Option<Spearman> {
    // -0 and 0 are the same number, which the order of bits would part.
    let labels = Ranks::new(pairs, |pair| pair.label + 0.0);
    let predictions = Ranks::new(pairs, |pair| pair.prediction + 0.0);
    let sum = |a: &[f64], b: &[f64]| -> f64 {
        pairs.iter().zip(a).zip(b).map(|((pair, a), b)| pair.mass.weight * a * b).sum()
    };
    let (r, s) = (&labels.deviations, &predictions.deviations);
    let (rr, ss, rs) = (sum(r, r), sum(s, s), sum(r, s));
    if !(rr > 0.0 && ss > 0.0) {
        return None;
    }
    let narrow = (rr * ss).sqrt();
    let wide = ((rr + labels.hidden) * (ss + predictions.hidden)).sqrt();
    let reach =
        (rr * predictions.hidden).sqrt() + (ss * labels.hidden).sqrt() + (labels.hidden * predictions.hidden).sqrt();
    let (low, high) = (rs - reach, rs + reach);
    Some(Spearman {
        value: (rs / narrow).clamp(-1.0, 1.0),
        bounds: ((low / narrow).min(low / wide).max(-1.0), (high / narrow).max(high / wide).min(1.0)),
    })
}
