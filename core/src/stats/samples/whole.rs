//! Distances of many parts of a sample from the whole of it.
//!
//! Between two scores of a part its distribution is flat and that of the whole only rises, so the largest distance is at a
//! score of the part, and the area between the two has a closed form in prefix sums: a part takes as long as it is large,
//! not as long as the whole is. The values are those of [`super::wasserstein`] and of the Kolmogorov-Smirnov distance
//! (`ranking::weighted::ks_statistic`) with the part on one side and the whole on the other.

use super::{Atom, mass};

/// A sample with its distribution added up.
#[derive(Clone, Debug)]
pub struct Whole {
    scores: Vec<f64>,
    /// Share of the weight up to each score, and with it.
    share: Vec<f64>,
    /// Area under the distribution up to each score.
    area: Vec<f64>,
}

/// A stretch between two scores of a part: places in the whole, and the share of the part that lies below.
struct Stretch {
    from: usize,
    to: usize,
    share: f64,
}

impl Whole {
    /// Adds a sample up. `None` without weight.
    #[must_use]
    pub fn new(sample: &[Atom]) -> Option<Self> {
        let total = mass(sample).weight;
        if total <= 0.0 {
            return None;
        }
        let mut whole = Self { scores: Vec::new(), share: Vec::new(), area: Vec::new() };
        let (mut weight, mut area) = (0.0, 0.0);
        for atom in sample {
            if let Some(&before) = whole.scores.last() {
                area += weight / total * (atom.score - before);
            }
            weight += atom.mass.weight;
            whole.scores.push(atom.score);
            whole.share.push(weight / total);
            whole.area.push(area);
        }
        Some(whole)
    }

    /// The stretches between the scores of a part, with those before its first and after its last score.
    fn stretches(&self, part: &[Atom]) -> Option<Vec<Stretch>> {
        let total = mass(part).weight;
        if total <= 0.0 {
            return None;
        }
        let (mut from, mut weight) = (0, 0.0);
        let mut stretches = Vec::with_capacity(part.len() + 1);
        for atom in part {
            let to = self.seek(from, atom.score);
            stretches.push(Stretch { from, to, share: weight / total });
            (from, weight) = (to, weight + atom.mass.weight);
        }
        stretches.push(Stretch { from, to: self.scores.len() - 1, share: weight / total });
        Some(stretches)
    }

    /// The first place from `from` on with at least this score, found in steps that double.
    fn seek(&self, from: usize, score: f64) -> usize {
        let (mut low, mut step) = (from, 1);
        while self.scores.get(low + step).is_some_and(|other| *other < score) {
            low += step;
            step *= 2;
        }
        let high = (low + step + 1).min(self.scores.len());
        low + self.scores[low..high].partition_point(|other| *other < score)
    }

    /// Largest distance between the distributions of a part and of the whole. `None` when the part has no weight.
    #[must_use]
    pub fn ks(&self, part: &[Atom]) -> Option<f64> {
        let mut largest = 0.0_f64;
        for Stretch { from, to, share } in self.stretches(part)? {
            if to > from || share > 0.0 {
                largest = largest.max((share - self.share[from]).abs());
            }
            if to > from {
                largest = largest.max((share - self.share[to - 1]).abs());
            }
        }
        Some(largest)
    }

    /// Wasserstein distance of a part from the whole. `None` when the part has no weight, or a score is infinite.
    #[must_use]
    pub fn wasserstein(&self, part: &[Atom]) -> Option<f64> {
        let mut distance = 0.0;
        for Stretch { from, to, share } in self.stretches(part)? {
            let crossing = from + self.share[from..to].partition_point(|whole| *whole < share);
            let width = |a: usize, b: usize| self.scores[b] - self.scores[a];
            let area = |a: usize, b: usize| self.area[b] - self.area[a];
            let below = share * width(from, crossing) - area(from, crossing);
            let above = area(crossing, to) - share * width(crossing, to);
            distance += below.max(0.0) + above.max(0.0);
        }
        let bounded = self.scores.iter().all(|score| score.is_finite());
        (bounded && distance.is_finite()).then_some(distance)
    }
}
