//! Intervals of measures of calibration.

use modelassay::stats::calibration::{self, Binning, Closed};
use modelassay::stats::{Mass, Scored, Uncertainty};

use super::coverage::{Scenario, USUAL_FLOOR};
use super::draws::Draws;
use super::{Cost, SIZES};

/// Bins of a calibration error.
const BINS: usize = 10;

/// Scores are uniform, and the log odds of the positive class a line in those of the score.
#[derive(Clone, Copy)]
struct Population {
    name: &'static str,
    intercept: f64,
    slope: f64,
}

const POPULATIONS: [Population; 2] = [
    Population { name: "scores uniform, calibrated", intercept: 0.0, slope: 1.0 },
    Population { name: "scores uniform, true odds too extreme", intercept: -0.4, slope: 0.6 },
];

impl Population {
    fn truth(self, score: f64) -> f64 {
        let odds = self.intercept + self.slope * (score / (1.0 - score)).ln();
        1.0 / (1.0 + (-odds).exp())
    }

    /// Mean of a function of the score and the truth, over scores from `low` to `high`.
    fn mean(self, low: f64, high: f64, of: impl Fn(f64, f64) -> f64) -> f64 {
        let steps = 4_000;
        let at = |step: u32| {
            let score = low + (high - low) * (f64::from(step) + 0.5) / f64::from(steps);
            of(score, self.truth(score))
        };
        (0..steps).map(at).sum::<f64>() / f64::from(steps)
    }

    /// The mean over ten equal bins of what is observed less what is expected.
    fn error(self) -> f64 {
        let bin = |k: u32| self.mean(0.1 * f64::from(k), 0.1 * f64::from(k + 1), |score, truth| truth - score).abs();
        (0..10).map(bin).sum::<f64>() / 10.0
    }

    fn draw(self, n: u32, draws: &mut Draws) -> Vec<Scored> {
        let mut rows: Vec<Scored> = (0..n)
            .map(|_| {
                let score = draws.uniform();
                let positive = draws.uniform() < self.truth(score);
                let mass = |it: bool| Mass::of_rows(u64::from(it));
                Scored { score, positives: mass(positive), negatives: mass(!positive) }
            })
            .collect();
        rows.sort_by(|a, b| a.score.total_cmp(&b.score));
        rows
    }
}

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for (method, truth, of) in [
        (
            "Calibration slope, Wald",
            (|p| p.slope) as fn(Population) -> f64,
            slope as fn(&[Scored]) -> Option<Uncertainty>,
        ),
        (
            "Observed / expected, Wilson",
            |p| p.mean(0.0, 1.0, |_, truth| truth) / p.mean(0.0, 1.0, |score, _| score),
            observed_expected,
        ),
        ("Expected calibration error, bins at once", Population::error, expected_error),
    ] {
        for n in SIZES {
            for population in POPULATIONS {
                all.push(Scenario {
                    method,
                    population: population.name.to_owned(),
                    n,
                    truth: truth(population),
                    floor: if n < 100 { 0.9 } else { USUAL_FLOOR },
                    cost: Cost::Rows,
                    draw: Box::new(move |draws| of(&population.draw(n, draws))),
                });
            }
        }
    }
    all
}

fn slope(rows: &[Scored]) -> Option<Uncertainty> {
    let fit = calibration::fit(&calibration::Logits::new(rows.iter().copied()))?;
    Some(Uncertainty::Wald { value: fit.slope, variance: fit.covariance[1][1] })
}

fn observed_expected(rows: &[Scored]) -> Option<Uncertainty> {
    let mean = calibration::mean_score(rows.iter().copied())?.mean;
    let positives: f64 = rows.iter().map(|row| row.positives.weight).sum();
    let of = Box::new(Uncertainty::Wilson { x: positives, n: rows.len() as f64 });
    Some(Uncertainty::Linear { of, factor: 1.0 / mean, offset: 0.0 })
}

fn expected_error(rows: &[Scored]) -> Option<Uncertainty> {
    let bins = calibration::bins(rows.iter().copied(), Binning::EqualWidth, Closed::Right, BINS)?;
    Some(Uncertainty::CalibrationError { bins, maximum: false })
}
