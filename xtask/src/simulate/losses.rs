//! Intervals of mean losses.

use modelassay::stats::{ExactSum, Uncertainty};

use super::coverage::{Scenario, USUAL_FLOOR};
use super::draws::Draws;
use super::{Cost, SIZES};

pub(super) fn scenarios() -> Vec<Scenario> {
    SIZES.into_iter().flat_map(mean_losses).collect()
}

/// Brier score and log loss of a calibrated model, and of one that gives 0 to 0.02 to all rows while 2 % are positive: the
/// few confident mistakes then carry most of the loss.
fn mean_losses(n: u32) -> [Scenario; 4] {
    let calibrated: fn(&mut Draws) -> (f64, bool) = |draws| {
        let p = draws.uniform();
        (p, draws.uniform() < p)
    };
    let confident: fn(&mut Draws) -> (f64, bool) = |draws| (0.02 * draws.uniform(), draws.uniform() < 0.02);
    let confident_mean = |loss: Loss| {
        let steps = 20_000;
        let at = |step: u32| {
            let p = 0.02 * (f64::from(step) + 0.5) / f64::from(steps);
            0.02 * loss(p, true) + 0.98 * loss(p, false)
        };
        (0..steps).map(at).sum::<f64>() / f64::from(steps)
    };
    let usual = if n < 100 { 0.92 } else { USUAL_FLOOR };
    // When no mistake was seen, in 0.98^n of the samples, the interval is far too low.
    let rare = match n {
        30 => 0.4,
        100 => 0.82,
        _ => USUAL_FLOOR,
    };
    let calibrated: Population = ("calibrated, scores uniform", calibrated);
    let confident: Population = ("scores 0 to 0.02, 2 % positive", confident);
    [
        mean_loss("t, Brier score", calibrated, n, 1.0 / 6.0, usual, brier),
        mean_loss("t, log loss", calibrated, n, 0.5, usual, log_loss),
        mean_loss("t, Brier score", confident, n, confident_mean(brier), rare, brier),
        mean_loss("t, log loss", confident, n, confident_mean(log_loss), rare, log_loss),
    ]
}

type Loss = fn(f64, bool) -> f64;

/// Its name, and how to draw a row's score and label.
type Population = (&'static str, fn(&mut Draws) -> (f64, bool));

fn brier(p: f64, y: bool) -> f64 {
    let miss = if y { 1.0 - p } else { p };
    miss * miss
}

/// Logarithmic loss of one row.
pub(super) fn log_loss(p: f64, y: bool) -> f64 {
    -(if y { p } else { 1.0 - p }).ln()
}

/// The mean of `n` losses and its interval.
pub(super) fn mean_of(n: u32, mut loss: impl FnMut() -> f64) -> (f64, Uncertainty) {
    let (mut sum, mut squares) = (ExactSum::new(), ExactSum::new());
    for _ in 0..n {
        let loss = loss();
        sum.add(loss);
        squares.add_product(loss, loss);
    }
    let n = f64::from(n);
    let mean = sum.value() / n;
    let variance = (squares.value() - n * mean * mean) / (n - 1.0);
    (mean, Uncertainty::StudentT { mean, variance, n })
}

fn mean_loss(
    method: &'static str,
    (population, row): Population,
    n: u32,
    truth: f64,
    floor: f64,
    loss: Loss,
) -> Scenario {
    Scenario {
        method,
        population: population.into(),
        n,
        truth,
        floor,
        cost: Cost::Rows,
        draw: Box::new(move |draws| {
            let one = || {
                let (p, y) = row(draws);
                loss(p, y)
            };
            Some(mean_of(n, one).1)
        }),
    }
}
