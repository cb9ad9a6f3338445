//! Consistency: do people who are alike get the same decision?
//!
//! Zemel, Wu, Swersky, Pitassi and Dwork 2013, "Learning fair representations", ICML: 1 - mean |d - mean decision of the k
//! nearest neighbours|, by Euclidean distance. Features are scaled to a standard deviation (divisor n) of 1 first; one that does
//! not vary says nothing. Where several rows are equally far at the k-th place, each counts by its share of the places that
//! are left, so that no order of rows decides.
//!
//! Undefined (`None`) without features, without k possible neighbours, or with a value that is not finite.

use super::ExactSum;

/// Rows with the same features.
#[derive(Clone, Debug)]
pub struct Point {
    /// The features.
    pub features: Vec<f64>,
    /// Rows with a positive decision.
    pub positives: u64,
    /// Rows with a negative decision.
    pub negatives: u64,
}

/// Whether a row is its own neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Itself {
    /// No: neighbours are others.
    LeftOut,
    /// It is as near as any row can be, like others with the same features.
    Included,
}

impl Point {
    fn rows(&self) -> u64 {
        self.positives + self.negatives
    }
}

/// Mean agreement of decisions with those of the `k` nearest rows, in [0, 1].
#[must_use]
pub fn consistency(points: &[Point], k: u64, itself: Itself) -> Option<f64> {
    let rows: u64 = points.iter().map(Point::rows).sum();
    let possible = if itself == Itself::LeftOut { rows.saturating_sub(1) } else { rows };
    let scaled = scaled(points, rows)?;
    if k == 0 || possible < k || scaled.first()?.is_empty() {
        return None;
    }
    let mut disagreement = ExactSum::new();
    let mut distances: Vec<(f64, usize)> = Vec::with_capacity(points.len());
    for (place, point) in points.iter().enumerate() {
        let near = nearest(&scaled, place, k as usize, &mut distances);
        for (decision, rows) in [(0_u64, point.negatives), (1, point.positives)] {
            if rows > 0 {
                let left_out = (itself == Itself::LeftOut).then_some((place, decision));
                let share = positive_share(points, near, k, left_out);
                disagreement.add_product((decision as f64 - share).abs(), rows as f64);
            }
        }
    }
    Some(1.0 - disagreement.value() / rows as f64)
}

/// Every feature less its mean over its standard deviation; features that do not vary are left out.
fn scaled(points: &[Point], rows: u64) -> Option<Vec<Vec<f64>>> {
    let n = rows as f64;
    let mut scaled = vec![Vec::new(); points.len()];
    for place in 0..points.first()?.features.len() {
        let of = |point: &Point| point.features.get(place).copied().filter(|value| value.is_finite());
        let values: Vec<(f64, f64)> =
            points.iter().map(|point| Some((of(point)?, point.rows() as f64))).collect::<Option<_>>()?;
        let sum = |values: &mut dyn Iterator<Item = (f64, f64)>| {
            let mut sum = ExactSum::new();
            values.for_each(|(value, rows)| sum.add_product(value, rows));
            sum.value()
        };
        let mean = sum(&mut values.iter().copied()) / n;
        let variance = sum(&mut values.iter().map(|(value, rows)| ((value - mean) * (value - mean), *rows))) / n;
        if variance > 0.0 {
            let deviation = variance.sqrt();
            for (row, (value, _)) in scaled.iter_mut().zip(&values) {
                row.push((value - mean) / deviation);
            }
        }
    }
    Some(scaled)
}

/// Squared distances to the nearest points in ascending order, the `k + 1` nearest of them and all that are as far.
fn nearest<'d>(scaled: &[Vec<f64>], from: usize, k: usize, distances: &'d mut Vec<(f64, usize)>) -> &'d [(f64, usize)] {
    distances.clear();
    distances.extend(scaled.iter().enumerate().map(|(place, point)| {
        let squares = point.iter().zip(&scaled[from]).map(|(a, b)| (a - b) * (a - b));
        (squares.sum::<f64>(), place)
    }));
    // Every point has at least one row, of which one may be the row itself: k + 1 points hold k neighbours.
    if distances.len() > k + 1 {
        let (_, &mut (reach, _), _) = distances.select_nth_unstable_by(k, |a, b| a.0.total_cmp(&b.0));
        distances.retain(|(distance, _)| *distance <= reach);
    }
    distances.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    distances
}

/// Share of positive decisions among the k nearest rows; one row may be left out of its point.
fn positive_share(points: &[Point], near: &[(f64, usize)], k: u64, left_out: Option<(usize, u64)>) -> f64 {
    let mut positives = 0.0;
    let mut places = k;
    for equally_far in near.chunk_by(|a, b| a.0 == b.0) {
        let (mut rows, mut positive) = (0, 0);
        for &(_, place) in equally_far {
            rows += points[place].rows();
            positive += points[place].positives;
            if let Some((_, decision)) = left_out.filter(|(own, _)| *own == place) {
                rows -= 1;
                positive -= decision;
            }
        }
        if rows >= places {
            return (positives + positive as f64 * (places as f64 / rows.max(1) as f64)) / k as f64;
        }
        positives += positive as f64;
        places -= rows;
    }
    positives / k as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(feature: f64, positives: u64, negatives: u64) -> Point {
        Point { features: vec![feature], positives, negatives }
    }

    #[test]
    fn by_hand() {
        // Each row's nearest other: 0 and 1 agree, 5 is nearest to 1 and differs from it.
        let points = [point(0.0, 1, 0), point(1.0, 1, 0), point(5.0, 0, 1)];
        let near = |itself| consistency(&points, 1, itself).expect("a value");
        assert!((near(Itself::LeftOut) - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(near(Itself::Included), 1.0);
    }

    #[test]
    fn ties_share_the_places_that_are_left() {
        // Three rows alike, two positive: a positive row sees one of each, half a disagreement; the negative one sees two
        // positives for one place.
        let points = [point(2.0, 2, 1), point(9.0, 1, 0)];
        let value = consistency(&points, 1, Itself::LeftOut).expect("a value");
        // The far row's nearest are the three: 2/3 positive.
        let disagreement = (0.5 + 0.5 + 1.0 + (1.0 - 2.0 / 3.0)) / 4.0;
        assert!((value - (1.0 - disagreement)).abs() < 1e-15, "{value}");
    }

    #[test]
    fn undefined_without_neighbours_or_features() {
        assert_eq!(consistency(&[point(1.0, 1, 0)], 1, Itself::LeftOut), None);
        assert_eq!(consistency(&[], 1, Itself::Included), None);
        assert_eq!(consistency(&[point(f64::INFINITY, 1, 0), point(1.0, 1, 0)], 1, Itself::Included), None);
        // Nothing varies, so nobody is more alike than others.
        assert_eq!(consistency(&[point(1.0, 2, 2)], 1, Itself::LeftOut), None);
    }
}
