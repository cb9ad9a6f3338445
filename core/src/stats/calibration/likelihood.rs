//! Derivatives of the log-likelihood of a logistic regression, from cells of rows.

use super::cells::{Cell, Cubic, Probability, TERMS, logistic_series};

/// Most predictors of a model; fewer leave the rest of a vector or matrix 0.
const MOST: usize = 4;

pub(super) type Vector = [f64; MOST];
pub(super) type Matrix = [Vector; MOST];

/// What the log odds depend on.
pub(super) trait Predictors {
    /// How many predictors there are.
    fn count(&self) -> usize;

    /// How many terms they have at most.
    fn terms(&self) -> usize;

    /// The predictors about a logit.
    fn about(&self, logit: f64) -> [Cubic; MOST];

    /// What is added to the linear predictor with coefficient 1, about a logit.
    fn offset(&self, _logit: f64) -> Cubic {
        [0.0; 4]
    }
}

/// What the next step of Newton's method needs to know of the log-likelihood.
pub(super) struct Likelihood {
    pub(super) gradient: Vector,
    /// Minus the second derivatives.
    pub(super) information: Matrix,
    /// Of all rows.
    pub(super) weight: f64,
    /// The last terms of the polynomials of all rows: what is left out is smaller by a factor of at least ten.
    pub(super) last_terms: f64,
}

impl Likelihood {
    pub(super) fn at(cells: &[Cell], model: &dyn Predictors, coefficients: &Vector) -> Self {
        let (count, terms) = (model.count(), model.terms());
        let mut sums = Self { gradient: [0.0; MOST], information: [[0.0; MOST]; MOST], weight: 0.0, last_terms: 0.0 };
        for cell in cells {
            let x = &model.about(cell.logit)[..count];
            let Probability { mut p, complement, bend } = fitted(cell, model, coefficients);
            let likely = std::mem::take(&mut p[0]);
            let (mut varies, mut bent) = ([0.0; 4], [0.0; 8]);
            cell.totals(&p, &mut varies[..terms]);
            cell.totals(&bend, &mut bent[..2 * terms - 1]);
            // By class: of positives that are as good as certain, what is missed is far smaller than what is expected.
            let missed: Cubic = core::array::from_fn(|k| {
                let negatives = cell.moments[k] - cell.positives[k];
                cell.positives[k] * complement - negatives * likely - varies[k]
            });
            for (i, x_i) in x.iter().enumerate() {
                sums.gradient[i] += dot(x_i, &missed);
                let bent: Cubic = core::array::from_fn(|k| (0..4).map(|l| x_i[l] * bent[k + l]).sum());
                for (j, x_j) in x.iter().enumerate().skip(i) {
                    sums.information[i][j] += dot(x_j, &bent);
                }
            }
            sums.weight += cell.moments[0];
            sums.last_terms += cell.moments[0] * (p[TERMS - 1] * cell.last_power).abs();
        }
        for i in 0..count {
            for j in 0..i {
                sums.information[i][j] = sums.information[j][i];
            }
        }
        sums
    }
}

/// The probability of the positive class about the middle of a cell.
pub(super) fn fitted(cell: &Cell, model: &dyn Predictors, coefficients: &Vector) -> Probability {
    let mut linear = model.offset(cell.logit);
    for (predictor, coefficient) in model.about(cell.logit).iter().zip(coefficients) {
        linear.iter_mut().zip(predictor).for_each(|(sum, x)| *sum += x * coefficient);
    }
    logistic_series(&linear[..model.terms()], cell.terms())
}

pub(super) fn dot(a: &Vector, b: &Vector) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
