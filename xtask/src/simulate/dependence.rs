//! Rows that are not independent: several of one subject, and two models on the same rows.

use modelassay::stats::gap_change::Change;
use modelassay::stats::ranking::{placements, weighted};
use modelassay::stats::subjects::{Influence, Repeated, design_effect, variance};
use modelassay::stats::{Mass, Part, Scored, Uncertainty, cautious_correlation};

use super::Cost;
use super::coverage::{Scenario, USUAL_FLOOR};
use super::draws::Draws;

/// Rows of each subject.
const ROWS: u32 = 5;
/// The probability that a row is what its subject is, and not drawn for itself: an intraclass correlation of its square.
const ALIKE: f64 = 0.6;

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for subjects in [6, 20, 100] {
        for rate in [0.1, 0.3] {
            all.push(repeated(subjects, rate, true));
        }
    }
    all.push(repeated(100, 0.3, false));
    for n in [30, 100, 1000] {
        all.push(paired(n, [0.60, 0.15, 0.05], USUAL_FLOOR));
        all.push(paired(n, [0.88, 0.02, 0.02], USUAL_FLOOR));
    }
    for n in [100, 1000] {
        all.push(gap_change(n, "2 equal groups, both right 0.7, only one 0.1", &[[0.7, 0.1, 0.1]; 2]));
        all.push(gap_change(n, "5 equal groups, both right 0.7, only one 0.1", &[[0.7, 0.1, 0.1]; 5]));
        all.push(gap_change(n, "2 groups, gap from 0.15 to 0.05", &[[0.8, 0.05, 0.1], [0.7, 0.1, 0.05]]));
        let places = [[0.6, 0.3, 0.0], [0.6, 0.0, 0.3], [0.6, 0.1, 0.1], [0.6, 0.1, 0.1]];
        all.push(gap_change(n, "4 groups, highest and lowest change places", &places));
    }
    all.extend([60, 300].map(paired_auc));
    for subjects in [6, 20, 100] {
        all.push(error_by_subject(subjects));
    }
    for n in [30, 100, 1000] {
        all.extend([false, true].map(|root| change_of_error(n, root)));
    }
    all
}

/// A rate of rows of which five each are of one subject; with subjects, or as if every row were its own.
fn repeated(subjects: u32, rate: f64, by_subject: bool) -> Scenario {
    Scenario {
        method: if by_subject { "Wilson by subject" } else { "Wilson, subjects ignored" },
        population: format!("rate {rate}, {subjects} subjects of {ROWS} rows, correlation {}", ALIKE * ALIKE),
        n: subjects * ROWS,
        truth: rate,
        // The comparison that ignores subjects is there to show what that does.
        floor: if !by_subject {
            0.0
        } else if subjects < 10 {
            0.90
        } else {
            0.92
        },
        cost: Cost::Counts,
        draw: Box::new(move |draws| {
            let (mut rows, mut successes) = (Vec::new(), Vec::new());
            for subject in 0..subjects {
                let shared = draws.uniform() < rate;
                for _ in 0..ROWS {
                    let own = draws.uniform() < rate;
                    successes.push(if draws.uniform() < ALIKE { shared } else { own });
                    rows.push(Repeated { subject: Some(subject), rows: 1, weight: 1.0 });
                }
            }
            let n = successes.len() as f64;
            let value = successes.iter().filter(|&&success| success).count() as f64 / n;
            let error = Influence(successes.iter().map(|&x| Some((f64::from(x) - value) / n)).collect());
            Some(match design_effect(&rows, &[error]).filter(|_| by_subject) {
                None => Uncertainty::Wilson { x: value * n, n },
                Some(design) => {
                    let trials = design.effective(n);
                    let of = Box::new(Uncertainty::Wilson { x: value * trials, n: trials });
                    Uncertainty::Clustered { of, rows: design.rows, subjects: design.subjects, looks: 1 }
                }
            })
        }),
    }
}

/// Mean absolute error of rows of which five each are of one subject, who share a bias as large as their own noise.
fn error_by_subject(subjects: u32) -> Scenario {
    Scenario {
        method: "Mean absolute error, t by subject",
        population: format!("normal errors, {subjects} subjects of {ROWS} rows, half of the variance shared"),
        n: subjects * ROWS,
        // The mean size of a normal number of variance 2.
        truth: 2.0 / std::f64::consts::PI.sqrt(),
        floor: if subjects < 10 { 0.90 } else { USUAL_FLOOR },
        cost: Cost::Rows,
        draw: Box::new(move |draws| {
            let (mut rows, mut sizes) = (Vec::new(), Vec::new());
            for subject in 0..subjects {
                let shared = draws.normal(0.0);
                for _ in 0..ROWS {
                    sizes.push((shared + draws.normal(0.0)).abs());
                    rows.push(Repeated { subject: Some(subject), rows: 1, weight: 1.0 });
                }
            }
            let n = sizes.len() as f64;
            let mean = sizes.iter().sum::<f64>() / n;
            let error = Influence(sizes.iter().map(|size| Some((size - mean) / n)).collect());
            let variance = n * variance(&rows, std::slice::from_ref(&error), false)?;
            Uncertainty::StudentT { mean, variance, n }.by_subject(&design_effect(&rows, &[error])?)
        }),
    }
}

/// Change of the mean absolute error, or of the root mean squared error, between two models of equal quality that share half
/// of the variance of their errors.
fn change_of_error(n: u32, root: bool) -> Scenario {
    Scenario {
        method: if root { "Change of RMSE, paired t" } else { "Change of mean absolute error, paired t" },
        population: "normal errors, half of the variance shared".to_owned(),
        n,
        truth: 0.0,
        floor: USUAL_FLOOR,
        cost: Cost::Rows,
        draw: Box::new(move |draws| {
            let errors: Vec<[f64; 2]> = (0..n)
                .map(|_| {
                    let shared = draws.normal(0.0);
                    [shared + draws.normal(0.0), shared + draws.normal(0.0)]
                })
                .collect();
            let rows = f64::from(n);
            let mean = |of: &dyn Fn(&[f64; 2]) -> f64| errors.iter().map(of).sum::<f64>() / rows;
            let [a, b] = [0, 1].map(|model| mean(&|row| row[model] * row[model]).sqrt());
            let adds = |row: &[f64; 2]| match root {
                true => 0.5 * (row[0] * row[0] / a - row[1] * row[1] / b),
                false => row[0].abs() - row[1].abs(),
            };
            let middle = mean(&adds);
            let variance = mean(&|row| (adds(row) - middle) * (adds(row) - middle)) * rows / (rows - 1.0);
            Some(Uncertainty::StudentT { mean: if root { a - b } else { middle }, variance, n: rows })
        }),
    }
}

/// Two rates of the same rows: shares where both, only the first and only the second model is right.
fn paired(n: u32, [both, first, second]: [f64; 3], floor: f64) -> Scenario {
    Scenario {
        method: "Newcombe, paired",
        population: format!("both right {both}, only one {first} and {second}"),
        n,
        truth: first - second,
        floor,
        cost: Cost::Counts,
        draw: Box::new(move |draws| {
            let (first, second, correlation) = two_rates(draws, n, [both, first, second]);
            Some(Uncertainty::PairedDifference { first: Box::new(first), second: Box::new(second), correlation })
        }),
    }
}

/// The rates of two models on the same rows, and the correlation of their errors.
fn two_rates(draws: &mut Draws, n: u32, [both, first, second]: [f64; 3]) -> (Part, Part, f64) {
    let mut counts = [0.0; 4];
    for _ in 0..n {
        let u = draws.uniform();
        let cell = [both, both + first, both + first + second].iter().filter(|&&end| u >= end).count();
        counts[cell] += 1.0;
    }
    let n = f64::from(n);
    let (x1, x2) = (counts[0] + counts[1], counts[0] + counts[2]);
    let margins = (x1 * (n - x1) * x2 * (n - x2)).sqrt();
    let phi = if margins > 0.0 { (counts[0] * counts[3] - counts[1] * counts[2]) / margins } else { 0.0 };
    let part = |x: f64| Part { factor: 1.0, value: x / n, of: Uncertainty::Wilson { x, n } };
    (part(x1), part(x2), cautious_correlation(phi, x1 / n, x2 / n, n))
}

/// The largest gap between groups of `n` rows each under the first model less that under the second.
fn gap_change(n: u32, population: &str, groups: &[[f64; 3]]) -> Scenario {
    let gap = |rate: fn(&[f64; 3]) -> f64| {
        let rates = || groups.iter().map(rate);
        rates().fold(0.0, f64::max) - rates().fold(1.0, f64::min)
    };
    let truth = gap(|[both, first, _]| both + first) - gap(|[both, _, second]| both + second);
    let groups = groups.to_vec();
    Scenario {
        method: "Change of max - min, furthest pairs",
        population: population.to_owned(),
        n,
        truth,
        floor: USUAL_FLOOR,
        cost: Cost::Counts,
        draw: Box::new(move |draws| {
            let change = |draws: &mut Draws, shares: &[f64; 3]| {
                let (first, second, correlation) = two_rates(draws, n, *shares);
                Change { first, second, correlation }
            };
            Some(Uncertainty::GapChange { groups: groups.iter().map(|shares| change(draws, shares)).collect() })
        }),
    }
}

/// Two areas of equal truth (binormal, half of the rows positive) from scores that share half of their noise.
fn paired_auc(n: u32) -> Scenario {
    Scenario {
        method: "DeLong, paired",
        population: "equal AUC, binormal, half of the noise shared".to_owned(),
        n,
        truth: 0.0,
        floor: USUAL_FLOOR,
        cost: Cost::Rows,
        draw: Box::new(move |draws| {
            let rows: Vec<(bool, [f64; 2])> = (0..n)
                .map(|row| {
                    let positive = row % 2 == 0;
                    let shared = draws.normal(if positive { 1.5 } else { 0.0 });
                    (positive, [shared + draws.normal(0.0), shared + draws.normal(0.0)])
                })
                .collect();
            Some(paired_delong(&rows))
        }),
    }
}

fn paired_delong(rows: &[(bool, [f64; 2])]) -> Uncertainty {
    let ranked = |model: usize| {
        let one = |class: bool, positive: bool| Mass::of_rows(u64::from(class == positive));
        let mut ties: Vec<Scored> = rows
            .iter()
            .map(|&(positive, scores)| Scored {
                score: scores[model],
                positives: one(true, positive),
                negatives: one(false, positive),
            })
            .collect();
        ties.sort_by(|a, b| a.score.total_cmp(&b.score));
        ties
    };
    let ranked = [ranked(0), ranked(1)];
    let area = |model: usize| weighted::roc_auc(ranked[model].iter().copied()).unwrap_or(0.5);
    let difference = area(0) - area(1);
    let places = [0, 1].map(|model: usize| placements(ranked[model].iter().copied()));
    let total = rows.len() as f64 / 2.0;
    let error = |class: bool| {
        let of = |&(positive, scores): &(bool, [f64; 2])| {
            let placed = |model: usize| {
                let found = places[model].binary_search_by(|place| place.score.total_cmp(&scores[model])).ok()?;
                Some(if positive { places[model][found].of_positive } else { places[model][found].of_negative })
            };
            (positive == class).then_some(())?;
            Some((placed(0)? - placed(1)? - difference) / total)
        };
        Influence(rows.iter().map(of).collect())
    };
    let single = vec![Repeated { subject: None, rows: 1, weight: 1.0 }; rows.len()];
    let variance = variance(&single, &[error(true), error(false)], false).unwrap_or(0.0);
    Uncertainty::PairedDeLong { difference, variance }
}
