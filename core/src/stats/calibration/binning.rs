//! Bins of scores.
//!
//! Equal width: edges k / count, k = 0..count. Equal count: edges are the k / count quantiles of all scores (linear
//! between order statistics, every row counted once whatever its weight); quantiles that coincide, because many rows
//! share a score, bound bins nothing falls into. The outer bins are open outwards: only the inner edges divide.
//!
//! A score on an inner edge falls into the bin below it when bins are closed on the right (the bins of scikit-learn's
//! `calibration_curve`), into the bin above when they are closed on the left (the bins of a NumPy histogram). The two
//! differ as soon as scores are rounded, so a result without this choice cannot be reproduced.

use super::quantile::quantiles;
use crate::stats::exact_sum::ExactSum;
use crate::stats::{Mass, Scored};

/// Where the edges of bins lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binning {
    /// Equally spaced over [0, 1].
    EqualWidth,
    /// At equally spaced quantiles of all scores, so that bins hold about the same number of rows.
    EqualCount,
}

/// Which end of a bin belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// [lower, upper)
    Left,
    /// (lower, upper]
    Right,
}

impl Closed {
    /// Whether a score lies above the bin that ends at an edge.
    pub(super) fn is_beyond(self, score: f64, edge: f64) -> bool {
        match self {
            Self::Left => score >= edge,
            Self::Right => score > edge,
        }
    }
}

/// The rows whose scores fall between two edges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Rows of the positive class.
    pub positives: Mass,
    /// Rows of the negative class.
    pub negatives: Mass,
    /// Weighted mean of the scores in the bin.
    pub score: f64,
    /// Lower edge.
    pub lower: f64,
    /// Upper edge.
    pub upper: f64,
}

impl Bin {
    /// Both classes together.
    #[must_use]
    pub fn mass(&self) -> Mass {
        self.positives + self.negatives
    }

    /// The same with as many effective rows as a design effect leaves.
    #[must_use]
    pub fn under(&self, effect: f64) -> Self {
        let of = |mass: Mass| Mass { squared: mass.squared * effect, ..mass };
        Self { positives: of(self.positives), negatives: of(self.negatives), ..*self }
    }

    /// Weighted share of positives.
    #[must_use]
    pub fn observed(&self) -> f64 {
        self.positives.weight / self.mass().weight
    }

    /// Observed share minus mean score.
    pub(super) fn gap(&self) -> f64 {
        self.observed() - self.score
    }
}

/// The bins that hold any weight, ascending.
///
/// `None` without rows, when all weights are 0 and for a `count` of 0.
#[must_use]
pub fn bins(
    groups: impl Iterator<Item = Scored> + Clone,
    binning: Binning,
    closed: Closed,
    count: usize,
) -> Option<Vec<Bin>> {
    let bins: Vec<Bin> = Edges::new(groups.clone(), binning, closed, count)?.bins(groups).collect();
    (!bins.is_empty()).then_some(bins)
}

/// Edges of all bins, empty ones included.
struct Edges {
    edges: Vec<f64>,
    closed: Closed,
}

impl Edges {
    fn new(
        groups: impl Iterator<Item = Scored> + Clone,
        binning: Binning,
        closed: Closed,
        count: usize,
    ) -> Option<Self> {
        if count == 0 {
            return None;
        }
        // Multiples of the rounded step, and 1 itself at the end: so does NumPy's linspace.
        let step = 1.0 / count as f64;
        let even = (0..=count).map(|k| if k == count { 1.0 } else { k as f64 * step });
        let edges = match binning {
            Binning::EqualWidth => even.collect(),
            Binning::EqualCount => {
                let rows = groups.map(|group| (group.score, group.mass().rows));
                let total = rows.clone().map(|(_, rows)| rows).sum();
                quantiles(rows, total, even, |score| score)?
            }
        };
        Some(Self { edges, closed })
    }

    /// Each group with the index of its bin.
    fn assign(&self, groups: impl Iterator<Item = Scored>) -> impl Iterator<Item = (usize, Scored)> {
        let last = self.edges.len() - 2;
        let mut index = 0;
        groups.map(move |group| {
            while index < last && self.closed.is_beyond(group.score, self.edges[index + 1]) {
                index += 1;
            }
            (index, group)
        })
    }

    /// The bins that hold any weight.
    fn bins(&self, groups: impl Iterator<Item = Scored>) -> impl Iterator<Item = Bin> {
        let mut filling: Vec<Filling> = Vec::new();
        for (index, group) in self.assign(groups) {
            match filling.last_mut().filter(|bin| bin.index == index) {
                Some(bin) => bin.add(&group),
                None => filling.push(Filling::new(index, &group)),
            }
        }
        filling.into_iter().filter(|bin| (bin.positives + bin.negatives).weight > 0.0).map(|bin| {
            let (lower, upper) = (self.edges[bin.index], self.edges[bin.index + 1]);
            bin.finish(lower, upper)
        })
    }
}

/// A bin while rows are added.
struct Filling {
    index: usize,
    positives: Mass,
    negatives: Mass,
    scores: ExactSum,
    smallest: f64,
    largest: f64,
}

impl Filling {
    fn new(index: usize, group: &Scored) -> Self {
        let mut bin = Self {
            index,
            positives: Mass::default(),
            negatives: Mass::default(),
            scores: ExactSum::new(),
            smallest: group.score,
            largest: group.score,
        };
        bin.add(group);
        bin
    }

    fn add(&mut self, group: &Scored) {
        self.positives += group.positives;
        self.negatives += group.negatives;
        self.scores.add_product(group.mass().weight, group.score);
        self.largest = group.score;
    }

    fn finish(self, lower: f64, upper: f64) -> Bin {
        let weight = (self.positives + self.negatives).weight;
        // A mean lies among the values, even where rounding of the weights' sum says otherwise.
        let score = (self.scores.value() / weight).clamp(self.smallest, self.largest);
        Bin { positives: self.positives, negatives: self.negatives, score, lower, upper }
    }
}
