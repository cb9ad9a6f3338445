//! Logistic regression on a few functions of the logit of a score, by maximum likelihood.
//!
//! Newton's method, here the same as iteratively reweighted least squares (McCullagh and Nelder 1989, "Generalized
//! Linear Models", sec. 2.5), with steps of limited length that are halved until they do not lead far beyond the maximum along
//! them: the likelihood is concave, so its maximum is where the gradient vanishes, however that was reached. Where the classes can
//! be separated there is none (Albert and Anderson 1984, Biometrika 71, 1-10): coefficients then grow by steps that do not
//! shrink, so both the gain still expected and the step itself must vanish before the fit counts as converged. Rows are taken
//! together in cells (`cells.rs`), in finer ones where the linear predictor is too steep for the first.
//!
//! Covariance: the inverse information for unweighted rows; with weights the sandwich A⁻¹ B A⁻¹, A the weighted
//! information and B the sum of squared weighted scores (White 1982, "Maximum likelihood estimation of misspecified
//! models", Econometrica 50, 1-25), because weights are not numbers of rows.
//!
//! Predictors should be centred and of unit scale. `None` when a class has no weight, predictors are collinear, the
//! classes are separated or a value is not finite.

use super::cells::Cell;
use super::likelihood::{Likelihood, Matrix, Predictors, Vector, dot};
use super::logits::{Logits, logit};
use crate::stats::elementary::logistic;

/// Newton converges in fewer than ten steps unless rows are as good as separated.
const STEPS: usize = 100;
/// Longest change of a coefficient in one step, unless it is as long already: where nearly all probabilities are 0 or 1,
/// curvature is no guide.
const LONGEST: f64 = 8.0;
/// Halvings of one step; 2^-64 of a step is no step.
const HALVINGS: usize = 64;
/// Twice the log-likelihood still to be gained, per unit of weight: what such a step leaves is about the square of it.
const GAIN: f64 = 1e-20;
/// The same for a step that moves no digit of the information.
const NO_GAIN: f64 = 1e-26;
/// Largest last step, relative to the coefficients. Under separation steps stay near 1 on the scale of the logit.
const STEP: f64 = 1e-6;
/// Largest last term of polynomials, per unit of weight.
const LAST_TERM: f64 = 1e-13;
/// Share of a predictor's information that must be left given the others.
const COLLINEAR: f64 = 1e-12;

pub(super) struct Fit<'l> {
    pub(super) coefficients: Vector,
    pub(super) covariance: Matrix,
    /// The cells that were fine enough.
    pub(super) cells: &'l [Cell],
}

pub(super) fn fit<'l>(logits: &'l Logits<'_>, model: &dyn Predictors) -> Option<Fit<'l>> {
    if !logits.both_classes {
        return None;
    }
    let by =
        |cells: &'l [Cell]| maximum(cells, model).map(|(coefficients, information)| (cells, coefficients, information));
    let (cells, coefficients, information) = by(&logits.cells).or_else(|| by(&logits.finer))?;
    let covariance = covariance(logits, model, &coefficients, &information)?;
    Some(Fit { coefficients, covariance, cells })
}

/// Where the likelihood is greatest, and the information there; `None` also where cells are too coarse to tell.
fn maximum(cells: &[Cell], model: &dyn Predictors) -> Option<(Vector, Matrix)> {
    let mut coefficients = Vector::default();
    let mut here = Likelihood::at(cells, model, &coefficients);
    for _ in 0..STEPS {
        let step = Cholesky::new(&here.information, model.count())?.solve(&here.gradient);
        let gain = dot(&step, &here.gradient);
        let length = largest(&step);
        let last = gain <= GAIN * here.weight && length <= STEP * (1.0 + largest(&coefficients));
        if last && gain <= NO_GAIN * here.weight {
            let to = core::array::from_fn(|i| coefficients[i] + step[i]);
            return (here.last_terms <= LAST_TERM * here.weight).then_some((to, here.information));
        }
        let longest = LONGEST.max(largest(&coefficients));
        let step = if length > longest { step.map(|s| s * (longest / length)) } else { step };
        (coefficients, here) = climb(cells, model, &coefficients, &here, step)?;
        if last {
            return (here.last_terms <= LAST_TERM * here.weight).then_some((coefficients, here.information));
        }
    }
    None
}

/// The first of step, step/2, step/4, … at whose end the likelihood does not fall half as steeply as it rose at the start.
fn climb(
    cells: &[Cell],
    model: &dyn Predictors,
    from: &Vector,
    here: &Likelihood,
    mut step: Vector,
) -> Option<(Vector, Likelihood)> {
    for _ in 0..HALVINGS {
        let to = core::array::from_fn(|i| from[i] + step[i]);
        let there = Likelihood::at(cells, model, &to);
        if dot(&there.gradient, &step) >= -0.5 * dot(&here.gradient, &step) {
            return Some((to, there));
        }
        step = step.map(|s| 0.5 * s);
    }
    None
}

fn covariance(
    logits: &Logits<'_>,
    model: &dyn Predictors,
    coefficients: &Vector,
    information: &Matrix,
) -> Option<Matrix> {
    let information = Cholesky::new(information, model.count())?;
    let unit = |i: usize| core::array::from_fn(|j| f64::from(u8::from(i == j)));
    let inverse: Matrix = core::array::from_fn(|i| information.solve(&unit(i)));
    if !logits.weighted {
        return Some(inverse);
    }
    let mut scores = Matrix::default();
    (logits.each_row)(&mut |row| {
        let logit = logit(row.score);
        let x = model.about(logit).map(|about| about[0]);
        let (p, q) = logistic(model.offset(logit)[0] + dot(&x, coefficients));
        add_square(&mut scores, &x, row.positives.squared * q * q + row.negatives.squared * p * p);
    });
    // Half of the sandwich, then the other half: inverse and scores are symmetric.
    let half: Matrix = core::array::from_fn(|i| information.solve(&scores[i]));
    Some(core::array::from_fn(|i| core::array::from_fn(|j| (0..half.len()).map(|k| half[k][i] * inverse[k][j]).sum())))
}

fn add_square(sum: &mut Matrix, x: &Vector, weight: f64) {
    for (row, a) in sum.iter_mut().zip(x) {
        for (entry, b) in row.iter_mut().zip(x) {
            *entry += a * b * weight;
        }
    }
}

fn largest(values: &Vector) -> f64 {
    values.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()))
}

/// Lower triangular L with L Lᵀ = the first rows and columns of a matrix.
struct Cholesky {
    l: Matrix,
    size: usize,
}

impl Cholesky {
    /// `None` unless the matrix is safely positive definite.
    fn new(matrix: &Matrix, size: usize) -> Option<Self> {
        let mut l = Matrix::default();
        for i in 0..size {
            for j in 0..=i {
                let rest = matrix[i][j] - (0..j).map(|k| l[i][k] * l[j][k]).sum::<f64>();
                if i != j {
                    l[i][j] = rest / l[j][j];
                } else if rest > COLLINEAR * matrix[i][i] && rest.is_finite() {
                    l[i][i] = rest.sqrt();
                } else {
                    return None;
                }
            }
        }
        Some(Self { l, size })
    }

    fn solve(&self, right: &Vector) -> Vector {
        let &Self { l, size } = self;
        let mut x = *right;
        for i in 0..size {
            x[i] = (x[i] - (0..i).map(|k| l[i][k] * x[k]).sum::<f64>()) / l[i][i];
        }
        for i in (0..size).rev() {
            x[i] = (x[i] - (i + 1..size).map(|k| l[k][i] * x[k]).sum::<f64>()) / l[i][i];
        }
        x
    }
}
