//! Logistic regression on a few predictors by maximum likelihood.
//!
//! Newton's method, here the same as iteratively reweighted least squares (McCullagh and Nelder 1989, "Generalized
//! Linear Models", sec. 2.5), with steps of limited length that are halved until they no longer lower the likelihood;
//! it is concave, so this finds the maximum where one exists, and the gradient at the end of nearly every step shows
//! that the likelihood is not lower there: its logarithms, most of the work, are taken only where that is in doubt. Where the classes can be separated none does (Albert and
//! Anderson 1984, Biometrika 71, 1-10): coefficients then grow by steps that do not shrink, so both the gain still
//! expected and the step itself must vanish before the fit counts as converged.
//!
//! Covariance: the inverse information for unweighted rows; with weights the sandwich A⁻¹ B A⁻¹, A the weighted
//! information and B the sum of squared weighted scores (White 1982, "Maximum likelihood estimation of misspecified
//! models", Econometrica 50, 1-25), because weights are not numbers of rows.
//!
//! Predictors should be centred and of unit scale. `None` when a class has no weight, predictors are collinear, the
//! classes are separated or a value is not finite.

use libm::{exp, log1p};

use crate::stats::Mass;

/// Newton converges in fewer than ten steps unless rows are as good as separated.
const STEPS: usize = 100;
/// Longest change of a coefficient in one step: where nearly all probabilities are 0 or 1, curvature is no guide.
const LONGEST: f64 = 8.0;
/// Halvings of one step; 2^-64 of a step is no step.
const HALVINGS: usize = 64;
/// Twice the log-likelihood still to be gained, per unit of weight: the next step is about the square of this one.
const GAIN: f64 = 1e-20;
/// Largest last step, relative to the coefficients. Under separation steps stay near 1 on the scale of the logit.
const STEP: f64 = 1e-6;
/// Rounding of the log-likelihood, relative.
const SLACK: f64 = 1e-12;
/// Share of a predictor's information that must be left given the others.
const COLLINEAR: f64 = 1e-12;

type Matrix<const P: usize> = [[f64; P]; P];

/// Rows that share their predictors.
pub(super) struct Row<const P: usize> {
    pub(super) predictors: [f64; P],
    /// Added to the linear predictor with coefficient 1.
    pub(super) offset: f64,
    pub(super) positives: Mass,
    pub(super) negatives: Mass,
}

pub(super) struct Fit<const P: usize> {
    pub(super) coefficients: [f64; P],
    pub(super) covariance: Matrix<P>,
}

/// P(positive) at a linear predictor, and its complement, neither by subtraction from 1.
pub(super) fn probabilities(linear: f64) -> (f64, f64) {
    let e = exp(-linear.abs());
    let (likely, unlikely) = (1.0 / (1.0 + e), e / (1.0 + e));
    if linear >= 0.0 { (likely, unlikely) } else { (unlikely, likely) }
}

/// A row without what only a covariance needs: most of the time goes into reading rows again and again.
struct Weighed<const P: usize> {
    predictors: [f64; P],
    offset: f64,
    positives: f64,
    negatives: f64,
}

pub(super) fn fit<const P: usize>(all: impl Iterator<Item = Row<P>> + Clone) -> Option<Fit<P>> {
    let weighed = |Row { predictors, offset, positives, negatives }: Row<P>| Weighed {
        predictors,
        offset,
        positives: positives.weight,
        negatives: negatives.weight,
    };
    let rows: &[Weighed<P>] = &all.clone().map(weighed).collect::<Vec<_>>();
    let (positives, negatives) = rows
        .iter()
        .fold((0.0, 0.0), |(positives, negatives), row| (positives + row.positives, negatives + row.negatives));
    if !(positives > 0.0 && negatives > 0.0) {
        return None;
    }
    let weight: f64 = positives + negatives;
    let mut coefficients = [0.0; P];
    let mut here = Likelihood::at(rows, &coefficients);
    for _ in 0..STEPS {
        let step = Cholesky::new(&here.information)?.solve(&here.gradient);
        let gain = dot(&step, &here.gradient);
        let length = largest(&step);
        let step = if length > LONGEST { step.map(|s| s * (LONGEST / length)) } else { step };
        (coefficients, here) = climb(rows, &coefficients, &here, step)?;
        if gain <= GAIN * weight && length <= STEP * (1.0 + largest(&coefficients)) {
            let covariance = covariance(all, &coefficients, &here)?;
            return Some(Fit { coefficients, covariance });
        }
    }
    None
}

/// The first of step, step/2, step/4, … that does not lead down.
fn climb<const P: usize>(
    rows: &[Weighed<P>],
    from: &[f64; P],
    here: &Likelihood<P>,
    mut step: [f64; P],
) -> Option<([f64; P], Likelihood<P>)> {
    for _ in 0..HALVINGS {
        let to = core::array::from_fn(|i| from[i] + step[i]);
        let there = Likelihood::at(rows, &to);
        // A concave function gains at least gradient · step, taken at the end of the step.
        if dot(&there.gradient, &step) >= -SLACK * here.loss_at_least || !leads_down(rows, from, &to) {
            return Some((to, there));
        }
        step = step.map(|s| 0.5 * s);
    }
    None
}

/// Whether the likelihood is lower at `to`, by more than rounding.
fn leads_down<const P: usize>(rows: &[Weighed<P>], from: &[f64; P], to: &[f64; P]) -> bool {
    let (here, there) = (logarithm(rows, from), logarithm(rows, to));
    // Not a number counts as lower.
    !(there >= here - SLACK * here.abs())
}

fn logarithm<const P: usize>(rows: &[Weighed<P>], coefficients: &[f64; P]) -> f64 {
    let mut sum = 0.0;
    for row in rows {
        let linear = row.offset + dot(&row.predictors, coefficients);
        // ln p = -ln(1 + e^-|η|) - max(-η, 0), and ln q the same at -η
        let rest = log1p(exp(-linear.abs()));
        sum -= row.positives * (rest + (-linear).max(0.0)) + row.negatives * (rest + linear.max(0.0));
    }
    sum
}

/// What the next step of Newton's method needs to know of the log-likelihood.
struct Likelihood<const P: usize> {
    gradient: [f64; P],
    /// Minus the second derivatives.
    information: Matrix<P>,
    /// A lower bound of minus the log-likelihood, as -ln p >= 1 - p.
    loss_at_least: f64,
}

impl<const P: usize> Likelihood<P> {
    fn at(rows: &[Weighed<P>], coefficients: &[f64; P]) -> Self {
        let mut sums = Self { gradient: [0.0; P], information: [[0.0; P]; P], loss_at_least: 0.0 };
        for row in rows {
            let (p, q) = probabilities(row.offset + dot(&row.predictors, coefficients));
            let (positives, negatives) = (row.positives, row.negatives);
            let slope = positives * q - negatives * p;
            sums.loss_at_least += positives * q + negatives * p;
            for (sum, x) in sums.gradient.iter_mut().zip(&row.predictors) {
                *sum += x * slope;
            }
            add_square(&mut sums.information, &row.predictors, (positives + negatives) * p * q);
        }
        sums
    }
}

fn covariance<const P: usize>(
    rows: impl Iterator<Item = Row<P>> + Clone,
    coefficients: &[f64; P],
    at: &Likelihood<P>,
) -> Option<Matrix<P>> {
    let information = Cholesky::new(&at.information)?;
    let unit = |i: usize| core::array::from_fn(|j| f64::from(u8::from(i == j)));
    let inverse: Matrix<P> = core::array::from_fn(|i| information.solve(&unit(i)));
    if rows.clone().all(|row| row.positives.is_unweighted() && row.negatives.is_unweighted()) {
        return Some(inverse);
    }
    let mut scores = [[0.0; P]; P];
    for row in rows {
        let (p, q) = probabilities(row.offset + dot(&row.predictors, coefficients));
        let square = row.positives.squared * q * q + row.negatives.squared * p * p;
        add_square(&mut scores, &row.predictors, square);
    }
    // Half of the sandwich, then the other half: inverse and scores are symmetric.
    let half: Matrix<P> = core::array::from_fn(|i| information.solve(&scores[i]));
    Some(core::array::from_fn(|i| core::array::from_fn(|j| (0..P).map(|k| half[k][i] * inverse[k][j]).sum())))
}

fn add_square<const P: usize>(sum: &mut Matrix<P>, x: &[f64; P], weight: f64) {
    for (row, a) in sum.iter_mut().zip(x) {
        for (entry, b) in row.iter_mut().zip(x) {
            *entry += a * b * weight;
        }
    }
}

fn dot<const P: usize>(a: &[f64; P], b: &[f64; P]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn largest<const P: usize>(values: &[f64; P]) -> f64 {
    values.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()))
}

/// Lower triangular L with L Lᵀ = the matrix.
struct Cholesky<const P: usize>(Matrix<P>);

impl<const P: usize> Cholesky<P> {
    /// `None` unless the matrix is safely positive definite.
    fn new(matrix: &Matrix<P>) -> Option<Self> {
        let mut l = [[0.0; P]; P];
        for i in 0..P {
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
        Some(Self(l))
    }

    fn solve(&self, right: &[f64; P]) -> [f64; P] {
        let Self(l) = self;
        let mut x = *right;
        for i in 0..P {
            x[i] = (x[i] - (0..i).map(|k| l[i][k] * x[k]).sum::<f64>()) / l[i][i];
        }
        for i in (0..P).rev() {
            x[i] = (x[i] - (i + 1..P).map(|k| l[k][i] * x[k]).sum::<f64>()) / l[i][i];
        }
        x
    }
}
