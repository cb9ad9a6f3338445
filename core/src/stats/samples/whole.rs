//! Distances of many parts of a sample from the whole of it.
//!
//! Between two scores of a part its distribution is flat and that of the whole only rises, so the largest distance is at a
//! score of the part, and the area between the two has a closed form in prefix sums: a part takes as long as it is large,
//! not as long as the whole is. Parts are compared side by side, so that the whole is read once. The values are those of [`super::wasserstein`] and of the Kolmogorov-Smirnov distance
//! (`ranking::weighted::ks_statistic`) with the part on one side and the whole on the other.

use super::{Atom, mass};

/// A sample with its distribution added up.
#[derive(Clone, Debug)]
pub struct Whole {
    scores: Ascending,
    /// Share of the weight up to each score, and with it.
    share: Vec<f64>,
    /// Area under the distribution up to each score.
    area: Vec<f64>,
}

/// A stretch between two scores of a part: places in the whole, and the share of the part that lies below.
struct Stretch {
    part: usize,
    from: usize,
    to: usize,
    share: f64,
}

/// How far the comparison of a part has come.
struct Walk<'p> {
    rest: &'p [Atom],
    from: usize,
    weight: f64,
    total: f64,
}

/// Scores of the whole that all parts are compared with before the next: what a processor has at hand.
const AT_HAND: usize = 1 << 13;

impl Whole {
    /// Adds a sample up. `None` without weight.
    #[must_use]
    pub fn new(sample: &[Atom]) -> Option<Self> {
        let total = mass(sample).weight;
        if total <= 0.0 {
            return None;
        }
        let (mut share, mut areas) = (Vec::with_capacity(sample.len()), Vec::with_capacity(sample.len()));
        let (mut weight, mut area, mut before) = (0.0, 0.0, None);
        for atom in sample {
            if let Some(before) = before.replace(atom.score) {
                area += weight / total * (atom.score - before);
            }
            weight += atom.mass.weight;
            share.push(weight / total);
            areas.push(area);
        }
        let scores = sample.iter().map(|atom| atom.score).collect();
        Some(Self { scores: Ascending::new(scores), share, area: areas })
    }

    /// Visits the stretches between the scores of each part, with those before its first and after its last score; those
    /// of one part in their order.
    fn walk(&self, parts: &[&[Atom]], mut visit: impl FnMut(Stretch)) {
        let scores = &self.scores.values;
        let mut walks: Vec<Walk<'_>> =
            parts.iter().map(|part| Walk { rest: part, from: 0, weight: 0.0, total: mass(part).weight }).collect();
        for end in (AT_HAND..scores.len() + AT_HAND).step_by(AT_HAND) {
            let limit = scores.get(end).copied();
            for (part, walk) in walks.iter_mut().enumerate().filter(|(_, walk)| walk.total > 0.0) {
                while let Some((atom, rest)) = walk.rest.split_first() {
                    if limit.is_some_and(|limit| atom.score >= limit) {
                        break;
                    }
                    let to = self.scores.seek(atom.score);
                    visit(Stretch { part, from: walk.from, to, share: walk.weight / walk.total });
                    *walk = Walk { rest, from: to, weight: walk.weight + atom.mass.weight, total: walk.total };
                }
            }
        }
        for (part, walk) in walks.iter().enumerate().filter(|(_, walk)| walk.total > 0.0) {
            visit(Stretch { part, from: walk.from, to: scores.len() - 1, share: walk.weight / walk.total });
        }
    }

    /// Largest distance between the distributions of each part and of the whole. `None` where a part has no weight.
    #[must_use]
    pub fn ks(&self, parts: &[&[Atom]]) -> Vec<Option<f64>> {
        let whole = &self.share;
        let mut largest: Vec<Option<f64>> = vec![None; parts.len()];
        self.walk(parts, |Stretch { part, from, to, share }| {
            let largest = largest[part].get_or_insert(0.0);
            if to > from || share > 0.0 {
                *largest = largest.max((share - whole[from]).abs());
            }
            if to > from {
                *largest = largest.max((share - whole[to - 1]).abs());
            }
        });
        largest
    }

    /// Wasserstein distance of each part from the whole. `None` where a part has no weight, or a score is infinite.
    #[must_use]
    pub fn wasserstein(&self, parts: &[&[Atom]]) -> Vec<Option<f64>> {
        let scores = &self.scores.values;
        let mut distances: Vec<Option<f64>> = vec![None; parts.len()];
        self.walk(parts, |Stretch { part, from, to, share }| {
            let crossing = from + first_at_least(&self.share[from..to], share);
            let width = |a: usize, b: usize| scores[b] - scores[a];
            let area = |a: usize, b: usize| self.area[b] - self.area[a];
            let below = share * width(from, crossing) - area(from, crossing);
            let above = area(crossing, to) - share * width(crossing, to);
            *distances[part].get_or_insert(0.0) += below.max(0.0) + above.max(0.0);
        });
        let bounded = [scores.first(), scores.last()].into_iter().flatten().all(|score| score.is_finite());
        let known = |distance: Option<f64>| distance.filter(|distance| bounded && distance.is_finite());
        distances.into_iter().map(known).collect()
    }
}

/// The first place of ascending values with at least this one: most often at an end, where the others need not be read.
fn first_at_least(values: &[f64], value: f64) -> usize {
    match (values.first(), values.last()) {
        (Some(first), _) if *first >= value => 0,
        (_, Some(last)) if *last < value => values.len(),
        _ => values.partition_point(|other| *other < value),
    }
}

/// Values that ascend, and where to look for one: the range is cut into equal steps, of which most hold few of them.
#[derive(Clone, Debug)]
struct Ascending {
    values: Vec<f64>,
    /// Steps for each unit of the range; 0, hence one step, where the range is empty or infinite.
    scale: f64,
    /// The first place of each step or of those after it; then the number of values.
    starts: Vec<usize>,
}

/// Values in a step, on average.
const STEP: usize = 4;

impl Ascending {
    fn new(values: Vec<f64>) -> Self {
        let range = values.last().zip(values.first()).map_or(0.0, |(last, first)| last - first);
        let scale = (values.len() / STEP) as f64 / range;
        let scale = if scale.is_finite() { scale } else { 0.0 };
        let mut ascending = Self { values, scale, starts: Vec::new() };
        for (place, value) in ascending.values.iter().enumerate() {
            let step = ascending.step(*value);
            let first = ascending.starts.len();
            ascending.starts.extend((first..=step).map(|_| place));
        }
        ascending.starts.push(ascending.values.len());
        ascending
    }

    /// The step of a value: never less than that of a smaller one.
    fn step(&self, value: f64) -> usize {
        let low = self.values.first().copied().unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and NaN becomes 0")]
        let step = ((value - low) * self.scale) as usize;
        step
    }

    /// The first place with at least this value.
    fn seek(&self, value: f64) -> usize {
        let step = self.step(value).min(self.starts.len().saturating_sub(2));
        let places = self.starts[step]..self.starts[step + 1];
        places.start + self.values[places].partition_point(|other| *other < value)
    }
}
