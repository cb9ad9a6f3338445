//! Measures of each of several classes as shares of rows, and how their errors go together.
//!
//! The recall of a class is a share of the rows with its label, the precision of those decided for it, the Jaccard index of
//! those with either; F1 = 2J / (1 + J) rises with the last. A row adds (hit - share) / n to the error of a share of n rows,
//! so the covariance of two shares is the sum of the products of what the rows in both add (the delta method for multinomial
//! counts). Recalls of two classes rest on different rows and so do precisions: their errors are not correlated. A mistake
//! counts in the F1 of two classes.

/// A measure of one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassShare {
    /// Hits among the rows with its label.
    Recall,
    /// Hits among the rows decided for it.
    Precision,
    /// Hits among the rows with either: the Jaccard index, and what rises with it.
    Overlap,
}

impl ClassShare {
    /// Whether a row with this label and decision is a hit; `None` where it does not count for the class.
    fn hit(self, class: usize, label: usize, decision: usize) -> Option<bool> {
        let (labelled, decided) = (label == class, decision == class);
        let counts = match self {
            Self::Recall => labelled,
            Self::Precision => decided,
            Self::Overlap => labelled || decided,
        };
        counts.then_some(labelled && decided)
    }

    /// What a row adds to the error of the share of a class, by label and decision; `weights` are those of the rows.
    pub fn addition(self, weights: &[Vec<f64>], class: usize) -> impl Fn(usize, usize) -> Option<f64> + use<> {
        let (mut all, mut hits) = (0.0, 0.0);
        for (label, row) in weights.iter().enumerate() {
            for (decision, weight) in row.iter().enumerate() {
                if let Some(hit) = self.hit(class, label, decision) {
                    all += weight;
                    hits += if hit { *weight } else { 0.0 };
                }
            }
        }
        let classes = weights.len();
        move |label, decision| {
            let hit = self.hit(class, label, decision).filter(|_| label < classes && decision < classes)?;
            Some((f64::from(hit) - hits / all) / all)
        }
    }

    /// Correlations of the errors of some classes; 0 between two of which one has none. `squared` are sums of squared weights, those
    /// of the weights themselves where rows weigh 1.
    #[must_use]
    pub fn correlations(self, weights: &[Vec<f64>], squared: &[Vec<f64>], classes: &[usize]) -> Vec<Vec<f64>> {
        let additions: Vec<_> = classes.iter().map(|&class| self.addition(weights, class)).collect();
        let product = |a: usize, b: usize, label: usize, decision: usize| {
            let both = additions[a](label, decision).zip(additions[b](label, decision));
            both.map_or(0.0, |(a, b)| squared[label][decision] * a * b)
        };
        let covariance = |a: usize, b: usize| {
            let (first, second) = (classes[a], classes[b]);
            if a != b {
                // No other rows can count for both.
                return product(a, b, first, second) + product(a, b, second, first);
            }
            let others = (0..weights.len()).filter(|other| *other != first);
            let apart = others.map(|other| product(a, a, first, other) + product(a, a, other, first));
            product(a, a, first, first) + apart.sum::<f64>()
        };
        let spreads: Vec<f64> = (0..classes.len()).map(|place| covariance(place, place)).collect();
        let correlation = |a: usize, b: usize| {
            if a == b {
                return 1.0;
            }
            let scale = (spreads[a] * spreads[b]).sqrt();
            if scale > 0.0 { (covariance(a, b) / scale).clamp(-1.0, 1.0) } else { 0.0 }
        };
        (0..classes.len()).map(|a| (0..classes.len()).map(|b| correlation(a, b)).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTS: [[f64; 3]; 3] = [[20.0, 5.0, 1.0], [3.0, 30.0, 9.0], [0.0, 4.0, 28.0]];

    fn matrix() -> Vec<Vec<f64>> {
        COUNTS.iter().map(|row| row.to_vec()).collect()
    }

    /// numpy.corrcoef of what 100 rows add, row by row, for the Jaccard indices 20/29, 30/51 and 28/42 of these counts.
    #[test]
    fn correlations_are_those_of_the_rows() {
        let found = ClassShare::Overlap.correlations(&matrix(), &matrix(), &[0, 1, 2]);
        for (a, b, expected) in OVERLAP {
            assert!((found[a][b] - expected).abs() < 1e-12, "{a} {b}: {}", found[a][b]);
            assert!((found[b][a] - expected).abs() < 1e-12);
        }
        let recalls = ClassShare::Recall.correlations(&matrix(), &matrix(), &[0, 1, 2]);
        assert_eq!((recalls[0][0], recalls[0][1]), (1.0, 0.0));
    }

    const OVERLAP: [(usize, usize, f64); 3] =
        [(0, 1, 0.3706385798126978), (0, 2, 0.06040669802439584), (1, 2, 0.4747878502388486)];
}
