//! Moments of unweighted rows about their mean, from exact sums of powers.
//!
//! With S_k = Σ e^k, the fourth is (S_4 - 4 m S_3 + 6 m² S_2 - 4 m³ S_1)/n + m⁴ at the mean m, of which doubles leave nothing
//! when the bias is ten thousand times the spread. So the sums are moved towards the mean first, by numbers of so few bits
//! that every product is exact (Chan, Golub and LeVeque 1983, "Algorithms for computing the sample variance", The American
//! Statistician 37, 242-247, call it shifting the data), until next to nothing is left of the mean. Sums of two doubles keep
//! six digits of the fourth moment up to a bias of 10^6 times the spread.

use super::super::ExactSum;
use super::Total;

/// Moments about the mean, divided by n.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CentralMoments {
    /// Rows.
    pub n: f64,
    /// Of squares.
    pub second: f64,
    /// Of cubes.
    pub third: f64,
    /// Of fourth powers.
    pub fourth: f64,
}

/// Steps that use up all bits of a mean, 13 at a time.
const STEPS: usize = 5;

impl CentralMoments {
    /// From the sums of values, squares, cubes and fourth powers of `n` rows; `None` without rows, or where a sum is not
    /// finite.
    #[must_use]
    pub fn new(n: f64, mut sums: [Total; 4]) -> Option<Self> {
        if n.is_nan() || n <= 0.0 || !sums.iter().all(|sum| sum.value().is_finite()) {
            return None;
        }
        for _ in 0..STEPS {
            sums = moved(n, sums, leading_bits(sums[0].value() / n));
        }
        let [mean, squares, cubes, fourths] = sums.map(|sum| sum.value() / n);
        let square = mean * mean;
        Some(Self {
            n,
            second: (squares - square).max(0.0),
            third: cubes - 3.0 * mean * squares + 2.0 * mean * square,
            fourth: fourths - 4.0 * mean * cubes + 6.0 * square * squares - 3.0 * square * square,
        })
    }
}

/// The first 13 bits of a number: its fourth power is exact.
fn leading_bits(x: f64) -> f64 {
    f64::from_bits(x.to_bits() & !((1 << 40) - 1))
}

/// The same sums of the values less `by`.
fn moved(n: f64, [values, squares, cubes, fourths]: [Total; 4], by: f64) -> [Total; 4] {
    let (square, cube, rows) = (by * by, by * by * by, Total::from(n));
    let sum = |terms: &[(f64, Total)]| {
        let mut sum = ExactSum::new();
        terms.iter().for_each(|&(factor, total)| total.add_times(factor, &mut sum));
        Total::from(&sum)
    };
    [
        sum(&[(1.0, values), (-by, rows)]),
        sum(&[(1.0, squares), (-2.0 * by, values), (square, rows)]),
        sum(&[(1.0, cubes), (-3.0 * by, squares), (3.0 * square, values), (-cube, rows)]),
        sum(&[
            (1.0, fourths),
            (-4.0 * by, cubes),
            (6.0 * square, squares),
            (-4.0 * cube, values),
            (square * square, rows),
        ]),
    ]
}
