//! Statistics of a model that predicts a number: labels, predictions and their difference, the error.
//!
//! Sums come in exact ([`ExactSum`](super::ExactSum)); what needs every row comes as rows grouped by label and prediction
//! ([`Pair`]) or ordered by a value ([`Weighed`]).

mod correlation;
mod heteroscedasticity;
mod influence;
mod median;
mod moments;
mod normality;
mod scatter;
mod spearman;

pub use correlation::{correlation_limits, correlation_variance};
pub use heteroscedasticity::{BreuschPagan, breusch_pagan};
pub use influence::{log_ratio_variance, pearson_variance, skewness};
pub use median::{Weighed, absolute_deviation, median, median_limits};
pub use moments::CentralMoments;
pub use normality::{Normality, dagostino, jarque_bera};
pub use scatter::{Total, scatter, squared_deviations};
pub use spearman::{Spearman, spearman};

use super::Mass;

/// All rows that share a label and a prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Their label.
    pub label: f64,
    /// Their prediction.
    pub prediction: f64,
    /// Rows and weights.
    pub mass: Mass,
}

impl Pair {
    /// Prediction minus label.
    #[must_use]
    pub fn error(&self) -> f64 {
        self.prediction - self.label
    }
}

/// Rows and weights of all pairs.
fn total(pairs: impl Iterator<Item = Pair>) -> Mass {
    pairs.fold(Mass::default(), |all, pair| all + pair.mass)
}
