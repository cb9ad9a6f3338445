//! Logistic regression over cells instead of rows.
//!
//! Newton's method without its safeguards, which rows have: the likelihood is concave, so where the gradient vanishes is its
//! maximum, however that was reached. Cells that are too wide for the slope of the linear predictor, where Taylor
//! polynomials end too early, are noticed and leave the fit to the rows.

use super::cells::{Cell, Cubic, Series, TERMS, logistic_series};
use super::logistic::{Cholesky, Matrix, NO_GAIN, Predictors, dot};

/// Newton converges in fewer steps, or the rows have to be asked.
const STEPS: usize = 16;
/// Largest last term of the polynomials, as a share of all rows; what follows is smaller by a factor of at least ten.
const LAST_TERM: f64 = 1e-13;

/// Where the likelihood of the cells is greatest.
pub(super) struct Near<const P: usize> {
    pub(super) coefficients: [f64; P],
    pub(super) information: Matrix<P>,
    /// Whether that is also where the likelihood of the rows is greatest.
    pub(super) certain: bool,
}

/// `None` without cells, and where steps do not come to an end.
pub(super) fn near<const P: usize>(cells: &[Cell], model: &impl Predictors<P>) -> Option<Near<P>> {
    let mut coefficients = [0.0; P];
    for _ in 0..STEPS {
        let Slopes { gradient, information, weight, last_terms } = Slopes::at(cells, model, &coefficients);
        let step = Cholesky::new(&information)?.solve(&gradient);
        coefficients = core::array::from_fn(|i| coefficients[i] + step[i]);
        if dot(&step, &gradient) <= NO_GAIN * weight {
            return Some(Near { coefficients, information, certain: last_terms <= LAST_TERM * weight });
        }
    }
    None
}

/// The probability of the positive class by predictors that are polynomials, and that times its complement.
pub(super) fn fitted_about<const P: usize>(
    predictors: &[Cubic; P],
    offset: Cubic,
    coefficients: &[f64; P],
) -> (Series, Series) {
    let mut linear = offset;
    for (predictor, coefficient) in predictors.iter().zip(coefficients) {
        linear.iter_mut().zip(predictor).for_each(|(sum, x)| *sum += x * coefficient);
    }
    logistic_series(&linear)
}

/// Derivatives of the log-likelihood.
struct Slopes<const P: usize> {
    gradient: [f64; P],
    /// Minus the second derivatives.
    information: Matrix<P>,
    weight: f64,
    last_terms: f64,
}

impl<const P: usize> Slopes<P> {
    fn at(cells: &[Cell], model: &impl Predictors<P>, coefficients: &[f64; P]) -> Self {
        let mut slopes = Self { gradient: [0.0; P], information: [[0.0; P]; P], weight: 0.0, last_terms: 0.0 };
        for cell in cells {
            let x = model.about(cell.logit);
            let (p, bend) = fitted_about(&x, model.offset(cell.logit), coefficients);
            let expected: Cubic = cell.totals(&p);
            let bent: [f64; 7] = cell.totals(&bend);
            for i in 0..P {
                slopes.gradient[i] += (0..4).map(|k| x[i][k] * (cell.positives[k] - expected[k])).sum::<f64>();
                let bent: Cubic = core::array::from_fn(|k| (0..4).map(|l| x[i][l] * bent[k + l]).sum());
                for (sum, x) in slopes.information[i].iter_mut().zip(&x).skip(i) {
                    *sum += dot(x, &bent);
                }
            }
            slopes.weight += cell.moments[0];
            slopes.last_terms += cell.moments[0] * (p[TERMS - 1] * cell.last_power).abs();
        }
        let upper = slopes.information;
        slopes.information = core::array::from_fn(|i| core::array::from_fn(|j| upper[i.min(j)][i.max(j)]));
        slopes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::logits::Logits;
    use super::super::{fit, in_the_large, integrated};
    use crate::stats::{Mass, Scored};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Cells give what rows give, whatever the shape of the scores.
        #[test]
        fn cells_are_as_good_as_rows(
            seeds in prop::collection::vec((0.0_f64..1.0, 0.0_f64..1.0, 0.5_f64..2.0), 300..3000),
            spread in -3.0_f64..3.0,
            middle in -3.0_f64..3.0,
            slope in 0.2_f64..4.0,
            weighted: bool,
        ) {
            let spread = spread.exp2();
            let mut rows: Vec<Scored> = seeds.iter().map(|&(level, chance, weight)| {
                let logit = middle + spread * libm::log((level + 1e-3) / (1.001 - level));
                let of = |x: f64| 1.0 / (1.0 + libm::exp(-x));
                let rows = if weighted { Mass { rows: 1, weight, squared: weight * weight } } else { Mass::of_rows(1) };
                let positive = chance < of(slope * (logit - middle));
                let [positives, negatives] =
                    if positive { [rows, Mass::default()] } else { [Mass::default(), rows] };
                Scored { score: of(logit), positives, negatives }
            }).collect();
            rows.sort_by(|a, b| a.score.total_cmp(&b.score));
            rows.dedup_by(|a, b| a.score == b.score);
            let by_cells = Logits::new(rows.iter().copied());
            let by_rows = Logits { cells: Vec::new(), ..Logits::new(rows.iter().copied()) };
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-11 * (1.0 + b.abs());
            let (a, b) = (fit(&by_cells), fit(&by_rows));
            prop_assert_eq!(a.is_some(), b.is_some());
            if let Some((a, b)) = a.zip(b) {
                prop_assert!(near(a.intercept, b.intercept) && near(a.slope, b.slope), "{a:?} {b:?}");
                prop_assert!(near(a.covariance[1][1] / b.covariance[1][1], 1.0), "{a:?} {b:?}");
            }
            let (a, b) = (in_the_large(&by_cells), in_the_large(&by_rows));
            prop_assert_eq!(a.is_some(), b.is_some());
            if let Some((a, b)) = a.zip(b) {
                prop_assert!(near(a.0, b.0) && near(a.1 / b.1, 1.0), "{a:?} {b:?}");
            }
            let (a, b) = [&by_cells, &by_rows].map(|logits| integrated(logits, rows.iter().copied())).into();
            prop_assert_eq!(a.is_some(), b.is_some());
            if let Some((a, b)) = a.zip(b) {
                prop_assert!((a - b).abs() <= 1e-11, "{a} {b}");
            }
        }
    }
}
