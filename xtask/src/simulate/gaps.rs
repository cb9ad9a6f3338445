//! Intervals of gaps over many groups, and of gaps of measures that are no rates.

use modelassay::stats::max_t::{self, MaxT};
use modelassay::stats::{Part, Uncertainty, ranking as areas};

use super::coverage::{Draw, Scenario, USUAL_FLOOR};
use super::draws::{Draws, Rate, class_sizes, separation, tie_groups};
use super::losses::{log_loss, mean_of};
use super::{Cost, LEVEL, SIZES, ranking};

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for (form, cost) in [(Form::Bonferroni, Cost::Counts), (Form::MaxT, Cost::Resampled)] {
        for groups in [2, 10, 60] {
            // Two groups are one pair.
            if form == Form::MaxT && groups == 2 {
                continue;
            }
            // Every pair of sixty groups takes time.
            let cost = if groups == 60 && form == Form::Bonferroni { Cost::Rows } else { cost };
            for n in SIZES {
                for p in [0.02, 0.1, 0.3] {
                    all.extend(many(form, cost, &Groups::equal(groups, n, p)));
                }
            }
        }
        for n in SIZES {
            all.extend(many(form, cost, &Groups::spread(10, n, 0.2, 0.4)));
        }
        all.extend(many(form, cost, &Groups::uneven(0.1)));
        all.extend(many(form, cost, &Groups::uneven(0.3)));
    }
    for n in SIZES {
        all.push(equalized_odds(n));
    }
    for n in SIZES {
        all.extend([(0.75, 0.75), (0.9, 0.8)].map(|aucs| area_difference(n, aucs)));
    }
    for n in SIZES {
        all.extend([Form::Bonferroni, Form::MaxT].map(|form| area_extremes(n, form)));
    }
    for n in SIZES {
        all.extend([Form::Bonferroni, Form::MaxT].map(|form| loss_extremes(n, form)));
    }
    for n in SIZES {
        all.extend(loss_gaps(n));
    }
    all
}

/// How all pairs are bounded at once.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Bonferroni,
    MaxT,
}

/// The sizes and rates of the groups.
#[derive(Clone)]
struct Groups {
    name: String,
    sizes: Vec<u32>,
    rates: Vec<f64>,
}

impl Groups {
    fn equal(groups: usize, n: u32, p: f64) -> Self {
        Self { name: format!("{groups} equal groups, rate {p}"), sizes: vec![n; groups], rates: vec![p; groups] }
    }

    /// Rates evenly spread from `low` to `high`.
    fn spread(groups: usize, n: u32, low: f64, high: f64) -> Self {
        let step = (high - low) / (groups - 1) as f64;
        let rates = (0..groups).map(|i| low + step * i as f64).collect();
        Self { name: format!("{groups} groups, rates {low} to {high}"), sizes: vec![n; groups], rates }
    }

    /// Groups from very small to large at one rate.
    fn uneven(p: f64) -> Self {
        let sizes = vec![20, 30, 40, 60, 100, 150, 300, 500, 1000, 2000];
        Self { name: format!("10 groups of 20 to 2000 rows, rate {p}"), rates: vec![p; sizes.len()], sizes }
    }

    fn laws(&self) -> Vec<Rate> {
        self.sizes.iter().zip(&self.rates).map(|(&n, &p)| Rate::new(n, p)).collect()
    }

    fn lowest(&self) -> f64 {
        self.rates.iter().copied().fold(1.0, f64::min)
    }

    fn highest(&self) -> f64 {
        self.rates.iter().copied().fold(0.0, f64::max)
    }
}

fn resampled(groups: &[(f64, f64)], draws: &Draws, rate: usize) -> Option<Vec<f64>> {
    let of =
        |(place, &(x, n)): (usize, &(f64, f64))| max_t::Group { stream: draws.stream(1 + 1_000 * rate + place), x, n };
    max_t::resample(&groups.iter().enumerate().map(of).collect::<Vec<_>>())
}

/// Largest gap and smallest ratio.
fn many(form: Form, cost: Cost, groups: &Groups) -> [Scenario; 2] {
    let (difference, ratio) = match form {
        Form::Bonferroni => ("max - min, pairwise Newcombe, Bonferroni", "min / max, pairwise Koopman, Bonferroni"),
        Form::MaxT => ("max - min, pairwise Newcombe, max-T", "min / max, pairwise Koopman, max-T"),
    };
    let n = groups.sizes.iter().copied().max().unwrap_or(0);
    let scenario = |method, truth, is_ratio| {
        let laws = groups.laws();
        Scenario {
            method,
            population: groups.name.clone(),
            n,
            truth,
            floor: if form == Form::MaxT { USUAL_FLOOR } else { LEVEL - 0.005 },
            cost,
            draw: Box::new(move |draws: &mut Draws| {
                let counts: Vec<(f64, f64)> = laws.iter().map(|law| law.draw(draws)).collect();
                Some(match (form, is_ratio) {
                    (Form::Bonferroni, false) => Uncertainty::PairwiseMaxDifference { groups: counts },
                    (Form::Bonferroni, true) => Uncertainty::PairwiseMinRatio { groups: counts },
                    (Form::MaxT, _) => {
                        let max_t = MaxT::new(resampled(&counts, draws, 0)?, counts.len());
                        let rates = vec![counts];
                        if is_ratio {
                            Uncertainty::MaxTRatio { rates, max_t }
                        } else {
                            Uncertainty::MaxTDifference { rates, max_t }
                        }
                    }
                })
            }),
        }
    };
    let (low, high) = (groups.lowest(), groups.highest());
    [scenario(difference, high - low, false), scenario(ratio, low / high, true)]
}

/// The worse of the gaps in recall and false positive rate over ten equal groups.
fn equalized_odds(n: u32) -> Scenario {
    let (positives, negatives) = class_sizes(n, 0.3);
    let laws = [Groups::equal(10, positives, 0.7), Groups::equal(10, negatives, 0.2)].map(|groups| groups.laws());
    Scenario {
        method: "Equalized odds, max-T",
        population: "10 equal groups, recall 0.7, FPR 0.2, 30 % positive".to_owned(),
        n,
        truth: 0.0,
        floor: USUAL_FLOOR,
        cost: Cost::Resampled,
        draw: Box::new(move |draws| {
            let rates: Vec<Vec<(f64, f64)>> =
                laws.iter().map(|laws| laws.iter().map(|law| law.draw(draws)).collect()).collect();
            let (a, b) = (resampled(&rates[0], draws, 0)?, resampled(&rates[1], draws, 1)?);
            Some(Uncertainty::MaxTDifference { rates, max_t: MaxT::of_both((&a, 10), (&b, 10)) })
        }),
    }
}

fn area(draws: &mut Draws, n: u32, auc: f64, factor: f64) -> Option<Part> {
    let (positives, negatives) = class_sizes(n, 0.3);
    let groups = tie_groups(draws, positives, negatives, separation(auc));
    let value = areas::roc_auc(&groups)?;
    Some(Part { factor, value, of: ranking::logit(&groups, positives, negatives) })
}

fn area_difference(n: u32, (first, second): (f64, f64)) -> Scenario {
    Scenario {
        method: "Difference of AUCs, MOVER",
        population: format!("{first} - {second}, binormal, 30 % positive"),
        n,
        truth: first - second,
        floor: USUAL_FLOOR,
        cost: Cost::Rows,
        draw: Box::new(move |draws| {
            let parts = vec![area(draws, n, first, 1.0)?, area(draws, n, second, -1.0)?];
            Some(Uncertainty::Sum { parts })
        }),
    }
}

fn area_extremes(n: u32, form: Form) -> Scenario {
    Scenario {
        method: match form {
            Form::Bonferroni => "max - min of AUCs, pairwise MOVER, Bonferroni",
            Form::MaxT => "max - min of AUCs, pairwise MOVER, max-T",
        },
        population: "6 equal groups, AUC 0.8, binormal, 30 % positive".to_owned(),
        n,
        truth: 0.0,
        floor: USUAL_FLOOR,
        cost: Cost::Rows,
        draw: Box::new(move |draws| {
            let parts = (0..6).map(|_| area(draws, n, 0.8, 1.0)).collect::<Option<Vec<_>>>()?;
            Some(largest_difference(parts, form, draws))
        }),
    }
}

/// Largest minus smallest, with all pairs bounded at once.
fn largest_difference(parts: Vec<Part>, form: Form, draws: &Draws) -> Uncertainty {
    let normal: Vec<Vec<f64>> = match form {
        Form::Bonferroni => Vec::new(),
        Form::MaxT => (0..parts.len()).map(|place| max_t::normal_errors(draws.stream(place))).collect(),
    };
    let estimates: Option<Vec<(f64, &[f64])>> =
        parts.iter().zip(&normal).map(|(part, normal)| Some((part.standard_error()?, normal.as_slice()))).collect();
    let replicates = estimates.and_then(|estimates| max_t::of_estimates(&estimates));
    let max_t = replicates.map(|replicates| MaxT::new(replicates, parts.len()));
    Uncertainty::MaxDifference { parts, max_t }
}

/// Largest minus smallest mean log loss of ten equal, calibrated groups.
fn loss_extremes(n: u32, form: Form) -> Scenario {
    Scenario {
        method: match form {
            Form::Bonferroni => "max - min of log losses, pairwise MOVER, Bonferroni",
            Form::MaxT => "max - min of log losses, pairwise MOVER, max-T",
        },
        population: "10 equal groups, calibrated, scores uniform".to_owned(),
        n,
        truth: 0.0,
        floor: if n < 100 { 0.91 } else { USUAL_FLOOR },
        cost: Cost::Resampled,
        draw: Box::new(move |draws| {
            let part = |draws: &mut Draws| {
                let loss = || {
                    let p = draws.uniform();
                    log_loss(p, draws.uniform() < p)
                };
                let (value, of) = mean_of(n, loss);
                Part { factor: 1.0, value, of }
            };
            let parts = (0..10).map(|_| part(draws)).collect();
            Some(largest_difference(parts, form, draws))
        }),
    }
}

/// Difference and ratio of the mean log losses of two equal, calibrated groups.
fn loss_gaps(n: u32) -> [Scenario; 2] {
    let part = move |draws: &mut Draws, factor| {
        let loss = || {
            let p = draws.uniform();
            log_loss(p, draws.uniform() < p)
        };
        let (value, of) = mean_of(n, loss);
        Part { factor, value, of }
    };
    let scenario = |method, truth, draw: Draw| Scenario {
        method,
        population: "calibrated, scores uniform".to_owned(),
        n,
        truth,
        floor: USUAL_FLOOR,
        cost: Cost::Rows,
        draw,
    };
    [
        scenario(
            "Difference of log losses, MOVER",
            0.0,
            Box::new(move |draws| Some(Uncertainty::Sum { parts: vec![part(draws, 1.0), part(draws, -1.0)] })),
        ),
        scenario(
            "Ratio of log losses, MOVER",
            1.0,
            Box::new(move |draws| {
                let (numerator, denominator) = (Box::new(part(draws, 1.0)), Box::new(part(draws, 1.0)));
                Some(Uncertainty::Quotient { numerator, denominator })
            }),
        ),
    ]
}
