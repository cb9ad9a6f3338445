//! Wasserstein distance of two samples: how far scores have to be moved, on average, to turn one into the other.
//!
//! Of order 1, also called the earth mover's distance: ∫ |F(s) - G(s)| ds for the two distribution functions (Vallender
//! 1974, "Calculation of the Wasserstein distance between probability distributions on the line", Theory of Probability
//! and its Applications 18, 784-786). In units of the score; at least the difference of the means, and equal to it where
//! one distribution lies wholly above the other.

use crate::stats::Scored;
use crate::stats::scored::class_masses;

/// The distance between the scores of positives and negatives, or of two samples [`super::side_by_side`]. `None` when a
/// side has no weight or an infinite score.
#[must_use]
pub fn wasserstein(scored: impl Iterator<Item = Scored> + Clone) -> Option<f64> {
    let (first, second) = class_masses(scored.clone());
    if !(first.weight > 0.0 && second.weight > 0.0) {
        return None;
    }
    let (mut f, mut g, mut distance) = (0.0, 0.0, 0.0);
    let mut before: Option<f64> = None;
    for scored in scored {
        if let Some(before) = before {
            distance += (f / first.weight - g / second.weight).abs() * (scored.score - before);
        }
        before = Some(scored.score);
        f += scored.positives.weight;
        g += scored.negatives.weight;
    }
    distance.is_finite().then_some(distance)
}
