//! Logistic regression on a few functions of the logit of a score, by maximum likelihood.
//!
//! Newton's method, here the same as iteratively reweighted least squares (McCullagh and Nelder 1989, "Generalized
//! Linear Models", sec. 2.5), with steps of limited length that are halved until they no longer lower the likelihood;
//! it is concave, so this finds the maximum where one exists, and the gradient at the end of nearly every step shows
//! that the likelihood is not lower there: its logarithms, which cost much, are taken only where that is in doubt. Where
//! the classes can be separated none does (Albert and Anderson 1984, Biometrika 71, 1-10): coefficients then grow by steps
//! that do not shrink, so both the gain still expected and the step itself must vanish before the fit counts as converged.
//! Many rows are fitted by cells of neighbouring ones (`by_cells.rs`), and one by one only where that does not do.
//!
//! Covariance: the inverse information for unweighted rows; with weights the sandwich A⁻¹ B A⁻¹, A the weighted
//! information and B the sum of squared weighted scores (White 1982, "Maximum likelihood estimation of misspecified
//! models", Econometrica 50, 1-25), because weights are not numbers of rows.
//!
//! Predictors should be centred and of unit scale. `None` when a class has no weight, predictors are collinear, the
//! classes are separated or a value is not finite.

use libm::{exp, log1p};

use super::by_cells::{Near, near};
use super::cells::Cubic;
use super::logits::{Block, LANES, Lanes, Logits, Rows};
use crate::stats::elementary::logistic;

/// Newton converges in fewer than ten steps unless rows are as good as separated.
const STEPS: usize = 100;
/// Longest change of a coefficient in one step: where nearly all probabilities are 0 or 1, curvature is no guide.
const LONGEST: f64 = 8.0;
/// Halvings of one step; 2^-64 of a step is no step.
const HALVINGS: usize = 64;
/// Twice the log-likelihood still to be gained, per unit of weight: what such a step leaves is about the square of it.
const GAIN: f64 = 1e-20;
/// The same for a step that moves no digit of the information.
pub(super) const NO_GAIN: f64 = 1e-26;
/// Largest last step, relative to the coefficients. Under separation steps stay near 1 on the scale of the logit.
const STEP: f64 = 1e-6;
/// Rounding of the log-likelihood, relative.
const SLACK: f64 = 1e-12;
/// Share of a predictor's information that must be left given the others.
const COLLINEAR: f64 = 1e-12;

pub(super) type Matrix<const P: usize> = [[f64; P]; P];

/// What the log odds depend on.
pub(super) trait Predictors<const P: usize> {
    /// The predictors about a logit.
    fn about(&self, logit: f64) -> [Cubic; P];

    /// What is added to the linear predictor with coefficient 1, about a logit.
    fn offset(&self, _logit: f64) -> Cubic {
        [0.0; 4]
    }

    /// The predictors of a row.
    #[inline]
    fn at(&self, logit: f64) -> [f64; P] {
        self.about(logit).map(|[value, ..]| value)
    }
}

pub(super) struct Fit<const P: usize> {
    pub(super) coefficients: [f64; P],
    pub(super) covariance: Matrix<P>,
    /// Whether cells say what rows would.
    pub(super) by_cells: bool,
}

pub(super) fn fit<const P: usize>(logits: &Logits<'_>, model: &impl Predictors<P>) -> Option<Fit<P>> {
    if !logits.both_classes {
        return None;
    }
    let found = near(&logits.cells, model);
    let by_cells = found.as_ref().is_some_and(|found| found.certain);
    let (coefficients, information) = match found {
        Some(Near { coefficients, information, certain: true }) => (coefficients, information),
        other => {
            let blocks = &logits.rows.blocks;
            let from_near = other.and_then(|near| maximum(blocks, model, near.coefficients));
            from_near.or_else(|| maximum(blocks, model, [0.0; P]))?
        }
    };
    let covariance = covariance(logits, model, &coefficients, &information)?;
    Some(Fit { coefficients, covariance, by_cells })
}

/// The probabilities of the positive class that a model gives to the rows of a block.
pub(super) fn fitted<const P: usize>(block: &Block, model: &impl Predictors<P>, coefficients: &[f64; P]) -> Lanes {
    Columns::new(block, model).linear(coefficients).map(|linear| logistic(linear).0)
}

/// The predictors of a block.
struct Columns<const P: usize> {
    predictors: [Lanes; P],
    offset: Lanes,
}

impl<const P: usize> Columns<P> {
    #[inline]
    fn new(block: &Block, model: &impl Predictors<P>) -> Self {
        let mut columns = Self { predictors: [[0.0; LANES]; P], offset: [0.0; LANES] };
        for (lane, logit) in block.logits.iter().enumerate() {
            for (column, x) in columns.predictors.iter_mut().zip(model.at(*logit)) {
                column[lane] = x;
            }
            columns.offset[lane] = model.offset(*logit)[0];
        }
        columns
    }

    /// Linear predictors at some coefficients.
    #[inline]
    fn linear(&self, coefficients: &[f64; P]) -> Lanes {
        let mut linear = self.offset;
        for (column, coefficient) in self.predictors.iter().zip(coefficients) {
            for (sum, x) in linear.iter_mut().zip(column) {
                *sum += x * coefficient;
            }
        }
        linear
    }
}

/// Where the likelihood is greatest, and the information there.
fn maximum<const P: usize>(
    rows: &[Block],
    model: &impl Predictors<P>,
    start: [f64; P],
) -> Option<([f64; P], Matrix<P>)> {
    let (mut coefficients, mut here) = (start, Likelihood::at(rows, model, &start));
    for _ in 0..STEPS {
        let step = Cholesky::new(&here.information)?.solve(&here.gradient);
        let gain = dot(&step, &here.gradient);
        let length = largest(&step);
        if gain <= GAIN * here.weight && length <= STEP * (1.0 + largest(&coefficients)) {
            let to = core::array::from_fn(|i| coefficients[i] + step[i]);
            let there = if gain <= NO_GAIN * here.weight { here } else { Likelihood::at(rows, model, &to) };
            return Some((to, there.information));
        }
        let step = if length > LONGEST { step.map(|s| s * (LONGEST / length)) } else { step };
        (coefficients, here) = climb(rows, model, &coefficients, &here, step)?;
    }
    None
}

/// The first of step, step/2, step/4, … that does not lead down.
fn climb<const P: usize>(
    rows: &[Block],
    model: &impl Predictors<P>,
    from: &[f64; P],
    here: &Likelihood<P>,
    mut step: [f64; P],
) -> Option<([f64; P], Likelihood<P>)> {
    for _ in 0..HALVINGS {
        let to = core::array::from_fn(|i| from[i] + step[i]);
        let there = Likelihood::at(rows, model, &to);
        // A concave function gains at least gradient · step, taken at the end of the step.
        if dot(&there.gradient, &step) >= -SLACK * here.loss_at_least || leads_up(rows, model, from, &to) {
            return Some((to, there));
        }
        step = step.map(|s| 0.5 * s);
    }
    None
}

/// Whether the likelihood is no lower at `to`, but for rounding; not so where it is not a number.
fn leads_up<const P: usize>(rows: &[Block], model: &impl Predictors<P>, from: &[f64; P], to: &[f64; P]) -> bool {
    let (here, there) = (logarithm(rows, model, from), logarithm(rows, model, to));
    there >= here - SLACK * here.abs()
}

fn logarithm<const P: usize>(rows: &[Block], model: &impl Predictors<P>, coefficients: &[f64; P]) -> f64 {
    let mut sum = 0.0;
    for block in rows {
        let masses = block.positives.iter().zip(&block.negatives);
        for (linear, (positives, negatives)) in Columns::new(block, model).linear(coefficients).into_iter().zip(masses)
        {
            // ln p = -ln(1 + e^-|η|) - max(-η, 0), and ln q the same at -η
            let rest = log1p(exp(-linear.abs()));
            sum -= positives * (rest + (-linear).max(0.0)) + negatives * (rest + linear.max(0.0));
        }
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
    /// Of all rows.
    weight: f64,
}

impl<const P: usize> Likelihood<P> {
    fn at(rows: &[Block], model: &impl Predictors<P>, coefficients: &[f64; P]) -> Self {
        let (mut weight, mut loss) = ([0.0; LANES], [0.0; LANES]);
        let mut gradient = [Sums::default(); P];
        let mut information = [[Sums::default(); P]; P];
        for block in rows {
            let columns = Columns::new(block, model);
            let linear = columns.linear(coefficients);
            let (mut slope, mut bend) = ([0.0; LANES], [0.0; LANES]);
            for lane in 0..LANES {
                let (p, q) = logistic(linear[lane]);
                let (missed, alarmed) = (block.positives[lane] * q, block.negatives[lane] * p);
                let all = block.positives[lane] + block.negatives[lane];
                slope[lane] = missed - alarmed;
                bend[lane] = all * (p * q);
                loss[lane] += missed + alarmed;
                weight[lane] += all;
            }
            for (i, x) in columns.predictors.iter().enumerate() {
                gradient[i].add_products(x, &slope);
                let mut bent = bend;
                bent.iter_mut().zip(x).for_each(|(bent, x)| *bent *= x);
                for (j, other) in columns.predictors.iter().enumerate().skip(i) {
                    information[i][j].add_products(&bent, other);
                }
            }
        }
        Self {
            gradient: gradient.map(Sums::total),
            information: core::array::from_fn(|i| core::array::from_fn(|j| information[i.min(j)][i.max(j)].total())),
            loss_at_least: loss.iter().sum(),
            weight: weight.iter().sum(),
        }
    }
}

/// Several sums side by side, few enough for registers.
#[derive(Clone, Copy, Default)]
struct Sums([f64; 8]);

impl Sums {
    /// Adds those of a block up first, so that what is rounded stays small.
    #[inline]
    fn add_products(&mut self, a: &Lanes, b: &Lanes) {
        let Self(sums) = self;
        let mut of_block = [0.0; 8];
        for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
            for ((sum, a), b) in of_block.iter_mut().zip(a).zip(b) {
                *sum += a * b;
            }
        }
        sums.iter_mut().zip(of_block).for_each(|(sum, of_block)| *sum += of_block);
    }

    fn total(self) -> f64 {
        self.0.iter().sum()
    }
}

fn covariance<const P: usize>(
    logits: &Logits<'_>,
    model: &impl Predictors<P>,
    coefficients: &[f64; P],
    information: &Matrix<P>,
) -> Option<Matrix<P>> {
    let information = Cholesky::new(information)?;
    let unit = |i: usize| core::array::from_fn(|j| f64::from(u8::from(i == j)));
    let inverse: Matrix<P> = core::array::from_fn(|i| information.solve(&unit(i)));
    if !logits.weighted {
        return Some(inverse);
    }
    let Rows { blocks, squares } = &*logits.rows;
    let mut scores = [[0.0; P]; P];
    for (logit, [positives, negatives]) in blocks.iter().flat_map(|block| &block.logits).zip(squares) {
        let x = model.at(*logit);
        let (p, q) = logistic(model.offset(*logit)[0] + dot(&x, coefficients));
        add_square(&mut scores, &x, positives * q * q + negatives * p * p);
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

pub(super) fn dot<const P: usize>(a: &[f64; P], b: &[f64; P]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn largest<const P: usize>(values: &[f64; P]) -> f64 {
    values.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()))
}

/// Lower triangular L with L Lᵀ = the matrix.
pub(super) struct Cholesky<const P: usize>(Matrix<P>);

impl<const P: usize> Cholesky<P> {
    /// `None` unless the matrix is safely positive definite.
    pub(super) fn new(matrix: &Matrix<P>) -> Option<Self> {
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

    pub(super) fn solve(&self, right: &[f64; P]) -> [f64; P] {
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
