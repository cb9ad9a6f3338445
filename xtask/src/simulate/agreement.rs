//! Intervals of measures of labels and decisions.

use modelassay::stats::agreement::{self, Confusion};
use modelassay::stats::{Uncertainty, inequality};

use super::coverage::{Scenario, USUAL_FLOOR};
use super::draws::{Decided, Rate, class_sizes};
use super::{Cost, SIZES};

const fn decided(prevalence: f64, sensitivity: f64, false_positive_rate: f64) -> Decided {
    Decided { prevalence, sensitivity, false_positive_rate }
}

const OVERLAP: [Decided; 2] = [decided(0.3, 0.8, 0.1), decided(0.05, 0.6, 0.02)];
const AGREEMENT: [Decided; 5] = [
    decided(0.02, 0.6, 0.02),
    decided(0.1, 0.6, 0.05),
    decided(0.1, 0.99, 0.01),
    decided(0.3, 0.8, 0.1),
    decided(0.5, 0.9, 0.1),
];
const UNEQUAL: [Decided; 3] = [decided(0.5, 0.98, 0.02), decided(0.3, 0.8, 0.1), decided(0.5, 0.6, 0.4)];

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for n in SIZES {
        for (sensitivity, specificity) in [(0.9, 0.8), (0.6, 0.95), (0.99, 0.99)] {
            all.push(balanced_accuracy(n, sensitivity, specificity));
        }
    }
    for n in SIZES {
        for population in OVERLAP {
            all.push(f1(n, population));
        }
    }
    for (method, beta) in [("F2, logit", 2.0), ("F0.5, logit", 0.5)] {
        for n in SIZES {
            for population in OVERLAP {
                all.push(f_beta(method, n, population, beta));
            }
        }
    }
    for (method, value, uncertainty) in [
        (
            "Matthews correlation, MOVER",
            agreement::matthews_correlation as fn(Confusion) -> Option<f64>,
            (|confusion| Uncertainty::MatthewsCorrelation { confusion }) as fn(Confusion) -> Uncertainty,
        ),
        ("Cohen's kappa, MOVER", agreement::cohen_kappa, |confusion| Uncertainty::CohenKappa { confusion }),
    ] {
        for n in SIZES {
            for population in AGREEMENT {
                all.push(correlation(method, n, population, value, uncertainty));
            }
        }
    }
    for (method, alpha) in [("Generalized entropy (2), root", 2.0), ("Theil index, root", 1.0)] {
        for n in SIZES {
            for population in UNEQUAL {
                all.push(entropy(method, n, population, alpha));
            }
        }
    }
    all
}

fn scenario(
    method: &'static str,
    n: u32,
    population: Decided,
    truth: f64,
    floor: f64,
    draw: impl Fn(Confusion) -> Option<Uncertainty> + 'static,
) -> Scenario {
    Scenario {
        method,
        population: population.name(),
        n,
        truth,
        floor,
        cost: Cost::Counts,
        draw: Box::new(move |draws| draw(population.draw(n, draws))),
    }
}

fn balanced_accuracy(n: u32, sensitivity: f64, specificity: f64) -> Scenario {
    let (positives, negatives) = class_sizes(n, 0.3);
    let (found, spared) = (Rate::new(positives, sensitivity), Rate::new(negatives, specificity));
    Scenario {
        method: "MOVER, balanced accuracy",
        population: format!("sensitivity {sensitivity}, specificity {specificity}, 30 % positive"),
        n,
        truth: 0.5 * (sensitivity + specificity),
        floor: USUAL_FLOOR,
        cost: Cost::Counts,
        draw: Box::new(move |draws| {
            let ((x1, n1), (x2, n2)) = (found.draw(draws), spared.draw(draws));
            Some(Uncertainty::MoverMean { x1, n1, x2, n2 })
        }),
    }
}

fn f1(n: u32, population: Decided) -> Scenario {
    let Confusion { tp, fp, fn_, .. } = population.shares();
    let truth = 2.0 * tp / (2.0 * tp + fp + fn_);
    scenario("F1, Wilson mapped", n, population, truth, USUAL_FLOOR, |Confusion { tp, fp, fn_, .. }| {
        Some(Uncertainty::F1Wilson { tp, fp, fn_ })
    })
}

fn f_beta(method: &'static str, n: u32, population: Decided, beta: f64) -> Scenario {
    let truth = agreement::f_beta(population.shares(), beta).unwrap_or(f64::NAN);
    scenario(method, n, population, truth, 0.9, move |confusion| {
        agreement::f_beta(confusion, beta)?;
        Some(Uncertainty::FBeta { confusion, beta })
    })
}

fn correlation(
    method: &'static str,
    n: u32,
    population: Decided,
    value: fn(Confusion) -> Option<f64>,
    uncertainty: fn(Confusion) -> Uncertainty,
) -> Scenario {
    let truth = value(population.shares()).unwrap_or(f64::NAN);
    scenario(method, n, population, truth, 0.9, move |confusion| {
        value(confusion)?;
        Some(uncertainty(confusion))
    })
}

/// Inequality of the benefit 1 + decision - label.
fn entropy(method: &'static str, n: u32, population: Decided, alpha: f64) -> Scenario {
    let benefits = |Confusion { tp, fp, fn_, tn }: Confusion| [(0.0, fn_), (1.0, tp + tn), (2.0, fp)];
    let truth = inequality::generalized_entropy(&benefits(population.shares()), alpha).unwrap_or(f64::NAN);
    scenario(method, n, population, truth, USUAL_FLOOR, move |confusion| {
        let cells = benefits(confusion);
        inequality::generalized_entropy(&cells, alpha)?;
        Some(Uncertainty::Entropy { cells: cells.to_vec(), alpha, root: false })
    })
}
