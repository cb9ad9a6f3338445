//! Both error rates at once: equalized odds and average odds.

use super::super::estimate::{Estimate, Rate, rate};
use super::super::facts::GroupFacts;
use super::rates::Method;
use super::{Compared, Gap, rates};
use crate::findings::v1::Reason;
use crate::plan::Side;
use crate::stats::max_t::MaxT;
use crate::stats::{Part, Uncertainty};

const POPULATION: &str = "labelled and decided";

/// How two gaps become one.
#[derive(Clone, Copy)]
enum Join {
    /// The worse of the two: the larger difference, the smaller ratio.
    Worst { ratio: bool },
    /// The larger of the two sizes.
    LargestSize,
    /// Their mean.
    Mean,
    /// The mean of their sizes.
    MeanSize,
}

/// The gaps of a measure under a convention; `reference_group` gives one for each group.
pub(super) fn gaps(compared: &Compared<'_>, name: &str, convention: &str, ratio: bool) -> Vec<Gap> {
    // Neither rate depends on which decision is favourable.
    let rates = ["recall", "false_positive_rate"].map(|name| rate(name, Side::Positive));
    let [Some(recall), Some(fall_out)] = rates else { return Vec::new() };
    let both = |gap: &dyn Fn(Rate) -> Gap, join| joined(gap(recall), gap(fall_out), join, None);
    let mean = convention.ends_with("_mean");
    let join = if mean { Join::Mean } else { Join::Worst { ratio } };
    match convention {
        "reference_group" | "pooled_reference" => {
            let join = match name {
                "average_odds_difference" => Join::Mean,
                "average_absolute_odds_difference" => Join::MeanSize,
                _ => Join::LargestSize,
            };
            match compared.against_reference() {
                Err(reason) => vec![Gap::nothing(reason, POPULATION)],
                Ok((reference, others)) if convention == "pooled_reference" => {
                    vec![both(&|rate| rates::pooled(reference, &others, rate, false), join)]
                }
                Ok((reference, others)) => {
                    let against = |group: &GroupFacts| {
                        both(&|rate| rates::against(reference, group, rate, false, Method::Standard), join)
                    };
                    others.into_iter().map(against).collect()
                }
            }
        }
        "fairlearn" | "fairlearn_mean" => {
            vec![both(&|rate| rates::fairlearn(&compared.groups, rate, ratio), join)]
        }
        "fairlearn_to_overall" | "fairlearn_to_overall_mean" => {
            vec![both(&|rate| rates::fairlearn_to_overall(&compared.groups, rate, ratio), join)]
        }
        "max_min_bonferroni" | "min_max_bonferroni" => {
            vec![both(&|rate| rates::extremes(compared, rate, ratio, Method::Bonferroni), join)]
        }
        _ => {
            let [a, b] = [recall, fall_out].map(|rate| rates::extremes(compared, rate, ratio, Method::Standard));
            vec![joined(a, b, join, compared.resampled.max_t_of_both(recall, fall_out))]
        }
    }
}

/// One gap of two; `max_t` bounds the pairs of both rates at once.
fn joined(a: Gap, b: Gap, join: Join, max_t: Option<MaxT>) -> Gap {
    let (first, second) = match (a.estimate.value, b.estimate.value) {
        (Ok(first), Ok(second)) => (first, second),
        (Err(Reason::Suppressed), _) => return a,
        (_, Err(_)) => return Gap { estimate: Estimate { population: POPULATION, ..b.estimate }, ..b },
        (Err(_), _) => return Gap { estimate: Estimate { population: POPULATION, ..a.estimate }, ..a },
    };
    let value = match join {
        Join::Worst { ratio: false } => first.max(second),
        Join::Worst { ratio: true } => first.min(second),
        Join::LargestSize => first.abs().max(second.abs()),
        Join::Mean => 0.5 * (first + second),
        Join::MeanSize => 0.5 * (first.abs() + second.abs()),
    };
    let clustered = a.estimate.subjects.is_some();
    let uncertainty = a.estimate.uncertainty.clone().zip(b.estimate.uncertainty.clone()).map(|(a, b)| {
        let size = |of| Uncertainty::Absolute { of: Box::new(of) };
        // Positives and negatives are different rows, so the two rates err independently, unless a subject has both.
        let mean = |first, a, second, b| {
            let parts = vec![Part { factor: 0.5, value: first, of: a }, Part { factor: 0.5, value: second, of: b }];
            if clustered { Uncertainty::BoundedSum { parts } } else { Uncertainty::Sum { parts } }
        };
        match join {
            Join::Worst { ratio } => worst(a, b, ratio, max_t),
            Join::LargestSize => Uncertainty::Largest { of: vec![size(a), size(b)] },
            Join::Mean => mean(first, a, second, b),
            Join::MeanSize => mean(first.abs(), size(a), second.abs(), size(b)),
        }
    });
    let effective = a.estimate.n_effective.zip(b.estimate.n_effective).map(|(a, b)| a + b);
    // The groups compared are those of the rate that decides, where one does.
    let decides = match join {
        Join::Worst { ratio: false } => first >= second,
        Join::Worst { ratio: true } => first <= second,
        _ => true,
    };
    let n = a.estimate.n + b.estimate.n;
    let no_interval = a.estimate.no_interval.or(b.estimate.no_interval);
    let subject = if decides { a } else { b };
    let estimate =
        Estimate { n_effective: effective, no_interval, ..Estimate::new(value, n, POPULATION).with(uncertainty) };
    Gap { estimate, ..subject }
}

/// The worse of two gaps: every pair of both rates at the max-T critical value, or each gap at half of the error.
fn worst(a: Uncertainty, b: Uncertainty, ratio: bool, max_t: Option<MaxT>) -> Uncertainty {
    match (a, b, max_t) {
        (Uncertainty::MaxTDifference { rates: a, .. }, Uncertainty::MaxTDifference { rates: b, .. }, Some(max_t)) => {
            Uncertainty::MaxTDifference { rates: [a, b].concat(), max_t }
        }
        (Uncertainty::MaxTRatio { rates: a, .. }, Uncertainty::MaxTRatio { rates: b, .. }, Some(max_t)) => {
            Uncertainty::MaxTRatio { rates: [a, b].concat(), max_t }
        }
        (a, b, _) if ratio => Uncertainty::Smallest { of: vec![a, b] },
        (a, b, _) => Uncertainty::Largest { of: vec![a, b] },
    }
}
