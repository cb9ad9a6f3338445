//! Logistic regression on a few predictors by maximum likelihood.
//!
//! Newton's method, here the same as iteratively reweighted least squares (McCullagh and Nelder 1989, "Generalized
//! Linear Models", sec. 2.5), with steps of limited length that are halved until they no longer lower the likelihood;
//! it is concave, so this finds the maximum where one exists, and the gradient at the end of nearly every step shows
//! that the likelihood is not lower there: its logarithms, which cost much, are taken only where that is in doubt. Where
//! the classes can be separated none does (Albert and Anderson 1984, Biometrika 71, 1-10): coefficients then grow by steps
//! that do not shrink, so both the gain still expected and the step itself must vanish before the fit counts as converged.
//! Many rows start from the fit of neighbouring ones taken together, which callers' order by score makes alike.
//!
//! Covariance: the inverse information for unweighted rows; with weights the sandwich A⁻¹ B A⁻¹, A the weighted
//! information and B the sum of squared weighted scores (White 1982, "Maximum likelihood estimation of misspecified
//! models", Econometrica 50, 1-25), because weights are not numbers of rows.
//!
//! Predictors should be centred and of unit scale. `None` when a class has no weight, predictors are collinear, the
//! classes are separated or a value is not finite.

use libm::log1p;

use crate::stats::Mass;
use crate::stats::elementary::exp_of_negative;

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
#[inline]
pub(super) fn probabilities(linear: f64) -> (f64, f64) {
    let e = exp_of_negative(-linear.abs());
    let likely = 1.0 / (1.0 + e);
    let unlikely = e * likely;
    if linear >= 0.0 { (likely, unlikely) } else { (unlikely, likely) }
}

/// Rows side by side, for instructions that work on several at once.
const LANES: usize = 64;
/// Neighbouring rows that are taken together for a first approximation.
const TOGETHER: usize = 16;
/// Blocks of rows from which on that is less work than the steps it saves.
const MANY: usize = 4;

type Lanes = [f64; LANES];

/// Some rows, in columns, without what only a covariance needs: most of the time goes into reading rows again and again.
struct Block<const P: usize> {
    predictors: [Lanes; P],
    offset: Lanes,
    positives: Lanes,
    negatives: Lanes,
}

impl<const P: usize> Block<P> {
    /// Rows that weigh nothing.
    const EMPTY: Self =
        Self { predictors: [[0.0; LANES]; P], offset: [0.0; LANES], positives: [0.0; LANES], negatives: [0.0; LANES] };

    /// Rows in their order; the last block is filled up with some that weigh nothing.
    fn of_rows(rows: impl Iterator<Item = Row<P>>) -> Vec<Self> {
        let mut blocks = Vec::with_capacity(rows.size_hint().1.unwrap_or(0).div_ceil(LANES));
        for (place, row) in rows.enumerate() {
            let lane = place % LANES;
            if lane == 0 {
                blocks.push(Self::EMPTY);
            }
            if let Some(block) = blocks.last_mut() {
                for (column, x) in block.predictors.iter_mut().zip(row.predictors) {
                    column[lane] = x;
                }
                block.offset[lane] = row.offset;
                block.positives[lane] = row.positives.weight;
                block.negatives[lane] = row.negatives.weight;
            }
        }
        blocks
    }

    /// Linear predictors at some coefficients.
    fn linear(&self, coefficients: &[f64; P]) -> Lanes {
        let mut linear = self.offset;
        for (column, coefficient) in self.predictors.iter().zip(coefficients) {
            for (sum, x) in linear.iter_mut().zip(column) {
                *sum += x * coefficient;
            }
        }
        linear
    }

    /// Neighbouring rows as one with the mean of their predictors.
    fn means(&self) -> impl Iterator<Item = Row<P>> + '_ {
        (0..LANES).step_by(TOGETHER).map(|first| {
            let lanes = first..first + TOGETHER;
            let sum = |column: &Lanes| column[lanes.clone()].iter().sum::<f64>();
            let (positives, negatives) = (sum(&self.positives), sum(&self.negatives));
            let weight = positives + negatives;
            let mean = |column: &Lanes| {
                let rows = lanes.clone().map(|lane| column[lane] * (self.positives[lane] + self.negatives[lane]));
                if weight > 0.0 { rows.sum::<f64>() / weight } else { 0.0 }
            };
            let mass = |weight| Mass { weight, ..Mass::default() };
            Row {
                predictors: core::array::from_fn(|place| mean(&self.predictors[place])),
                offset: mean(&self.offset),
                positives: mass(positives),
                negatives: mass(negatives),
            }
        })
    }
}

pub(super) fn fit<const P: usize>(all: impl Iterator<Item = Row<P>> + Clone) -> Option<Fit<P>> {
    let rows = Block::of_rows(all.clone());
    let weight = |column: fn(&Block<P>) -> &Lanes| rows.iter().flat_map(column).sum::<f64>();
    if !(weight(|block| &block.positives) > 0.0 && weight(|block| &block.negatives) > 0.0) {
        return None;
    }
    let few = || Block::of_rows(rows.iter().flat_map(Block::means));
    let near = if rows.len() >= MANY { maximum(&few(), [0.0; P]) } else { None };
    let from_near = near.and_then(|(start, _)| maximum(&rows, start));
    let (coefficients, there) = from_near.or_else(|| maximum(&rows, [0.0; P]))?;
    let covariance = covariance(all, &coefficients, &there)?;
    Some(Fit { coefficients, covariance })
}

/// Where the likelihood is greatest.
fn maximum<const P: usize>(rows: &[Block<P>], start: [f64; P]) -> Option<([f64; P], Likelihood<P>)> {
    let (mut coefficients, mut here) = (start, Likelihood::at(rows, &start));
    for _ in 0..STEPS {
        let step = Cholesky::new(&here.information)?.solve(&here.gradient);
        let gain = dot(&step, &here.gradient);
        let length = largest(&step);
        let step = if length > LONGEST { step.map(|s| s * (LONGEST / length)) } else { step };
        (coefficients, here) = climb(rows, &coefficients, &here, step)?;
        if gain <= GAIN * here.weight && length <= STEP * (1.0 + largest(&coefficients)) {
            return Some((coefficients, here));
        }
    }
    None
}

/// The first of step, step/2, step/4, … that does not lead down.
fn climb<const P: usize>(
    rows: &[Block<P>],
    from: &[f64; P],
    here: &Likelihood<P>,
    mut step: [f64; P],
) -> Option<([f64; P], Likelihood<P>)> {
    for _ in 0..HALVINGS {
        let to = core::array::from_fn(|i| from[i] + step[i]);
        let there = Likelihood::at(rows, &to);
        // A concave function gains at least gradient · step, taken at the end of the step.
        if dot(&there.gradient, &step) >= -SLACK * here.loss_at_least || leads_up(rows, from, &to) {
            return Some((to, there));
        }
        step = step.map(|s| 0.5 * s);
    }
    None
}

/// Whether the likelihood is no lower at `to`, but for rounding; not so where it is not a number.
fn leads_up<const P: usize>(rows: &[Block<P>], from: &[f64; P], to: &[f64; P]) -> bool {
    let (here, there) = (logarithm(rows, from), logarithm(rows, to));
    there >= here - SLACK * here.abs()
}

fn logarithm<const P: usize>(rows: &[Block<P>], coefficients: &[f64; P]) -> f64 {
    let mut sum = 0.0;
    for block in rows {
        let masses = block.positives.iter().zip(&block.negatives);
        for (linear, (positives, negatives)) in block.linear(coefficients).into_iter().zip(masses) {
            // ln p = -ln(1 + e^-|η|) - max(-η, 0), and ln q the same at -η
            let rest = log1p(exp_of_negative(-linear.abs()));
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
    fn at(rows: &[Block<P>], coefficients: &[f64; P]) -> Self {
        let (mut weight, mut loss) = ([0.0; LANES], [0.0; LANES]);
        let mut gradient = [[0.0; LANES]; P];
        let mut information = [[[0.0; LANES]; P]; P];
        for block in rows {
            let linear = block.linear(coefficients);
            let (mut slope, mut bend) = ([0.0; LANES], [0.0; LANES]);
            for lane in 0..LANES {
                let (p, q) = probabilities(linear[lane]);
                let (positives, negatives) = (block.positives[lane], block.negatives[lane]);
                slope[lane] = positives * q - negatives * p;
                bend[lane] = (positives + negatives) * (p * q);
                loss[lane] += positives * q + negatives * p;
                weight[lane] += positives + negatives;
            }
            for (i, x) in block.predictors.iter().enumerate() {
                add_products(&mut gradient[i], x, &slope);
                let mut bent = [0.0; LANES];
                add_products(&mut bent, x, &bend);
                for (j, other) in block.predictors.iter().enumerate().skip(i) {
                    add_products(&mut information[i][j], &bent, other);
                }
            }
        }
        let sum = |lanes: &Lanes| lanes.iter().sum::<f64>();
        Self {
            gradient: gradient.each_ref().map(sum),
            information: core::array::from_fn(|i| core::array::from_fn(|j| sum(&information[i.min(j)][i.max(j)]))),
            loss_at_least: sum(&loss),
            weight: sum(&weight),
        }
    }
}

fn add_products(sums: &mut Lanes, a: &Lanes, b: &Lanes) {
    for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
        *sum += a * b;
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
