//! Differences and ratios of any measure of rows, from the estimates of the groups.

use super::super::estimate::Estimate;
use super::super::facts::GroupFacts;
use super::{Compared, Gap, compare};
use crate::findings::catalogue::{Better, Entry};
use crate::findings::v1::Reason;
use crate::stats::{Part, Uncertainty};

/// The gaps of a measure under a convention; `reference_group` gives one for each group. `of_base` is the definition of the
/// measure that the groups are compared by.
pub(super) fn gaps(
    compared: &Compared<'_>,
    convention: &str,
    base: &Entry,
    of_base: Option<&str>,
    ratio: bool,
) -> Vec<Gap> {
    let of = |group: &GroupFacts| group.estimates.get(base, of_base.unwrap_or_default());
    if convention != "reference_group" {
        let bonferroni = convention.ends_with("_bonferroni");
        return vec![extremes(compared, of, ratio, bonferroni, base.better)];
    }
    let (reference, others) = match compared.against_reference() {
        Err(reason) => return vec![Gap::nothing(reason, "rows")],
        Ok(found) => found,
    };
    let theirs = of(reference);
    others
        .into_iter()
        .map(|group| Gap {
            group: group.group.clone(),
            reference: reference.group.clone(),
            estimate: pair(&of(group), &theirs, ratio),
            concerned: group.rows,
        })
        .collect()
}

fn pair(a: &Estimate, b: &Estimate, ratio: bool) -> Estimate {
    let (first, second) = match (a.value, b.value) {
        (Ok(first), Ok(second)) => (first, second),
        // That one of them is hidden says nothing of the rows of either.
        (Err(Reason::Suppressed), _) | (_, Err(Reason::Suppressed)) => {
            return Estimate::undefined(Reason::Suppressed, 0, a.population);
        }
        (Err(reason), _) | (_, Err(reason)) => return Estimate::undefined(reason, a.n + b.n, a.population),
    };
    if ratio && (first < 0.0 || second < 0.0) {
        return Estimate::undefined(Reason::Negative, a.n + b.n, a.population);
    }
    let Some(value) = compare(first, second, ratio) else {
        return Estimate::undefined(Reason::ZeroDenominator, a.n + b.n, a.population);
    };
    let uncertainty = means(a, b).filter(|_| !ratio).or_else(|| composed(a, b, ratio));
    Estimate {
        n_effective: a.n_effective.zip(b.n_effective).map(|(a, b)| a + b),
        subjects: a.subjects.zip(b.subjects).map(|(a, b)| a + b),
        no_interval: a.no_interval.or(b.no_interval),
        ..Estimate::new(value, a.n + b.n, a.population)
    }
    .with(uncertainty)
}

/// The sampling model of the difference of two means: of rows, or of subjects as if each were one row.
fn means(a: &Estimate, b: &Estimate) -> Option<Uncertainty> {
    fn sample(of: &Uncertainty) -> Option<(f64, f64, f64)> {
        match of {
            Uncertainty::StudentT { mean, variance, n } => Some((*mean, *variance, *n)),
            Uncertainty::Clustered { of, rows, subjects, .. } => {
                let (mean, variance, n) = sample(of)?;
                // Kish's number of the rows, for weighted ones, in proportion.
                let subjects = n * (*subjects as f64 / *rows as f64);
                Some((mean, variance * (subjects / n), subjects))
            }
            _ => None,
        }
    }
    let [first, second] = [a, b].map(|estimate| estimate.uncertainty.as_ref().and_then(sample));
    let of = Uncertainty::Welch { first: first?, second: second? };
    Some(match a.subjects.zip(b.subjects) {
        None => of,
        // The degrees of freedom are those of subjects already.
        Some((a, b)) => Uncertainty::Clustered { of: Box::new(of), rows: a + b, subjects: a + b, looks: 1 },
    })
}

/// The sampling model of a comparison of two measures of different rows.
fn composed(a: &Estimate, b: &Estimate, ratio: bool) -> Option<Uncertainty> {
    part(a, 1.0).zip(part(b, if ratio { 1.0 } else { -1.0 })).map(|(a, b)| {
        if ratio {
            Uncertainty::Quotient { numerator: Box::new(a), denominator: Box::new(b) }
        } else {
            Uncertainty::Sum { parts: vec![a, b] }
        }
    })
}

fn part(estimate: &Estimate, factor: f64) -> Option<Part> {
    Some(Part { factor, value: estimate.value.ok()?, of: estimate.uncertainty.clone()? })
}

/// Largest against smallest, over the groups that are shown and whose measure is defined.
fn extremes(
    compared: &Compared<'_>,
    of: impl Fn(&GroupFacts) -> Estimate,
    ratio: bool,
    bonferroni: bool,
    better: Better,
) -> Gap {
    let (places, defined): (Vec<usize>, Vec<(&GroupFacts, Estimate, f64)>) = compared
        .groups
        .iter()
        .enumerate()
        .filter_map(|(place, group)| {
            let estimate = of(group);
            let value = estimate.value.ok()?;
            Some((place, (*group, estimate, value)))
        })
        .unzip();
    let lowest = defined.iter().min_by(|a, b| a.2.total_cmp(&b.2));
    let highest = defined.iter().max_by(|a, b| a.2.total_cmp(&b.2));
    let (Some(lowest), Some(highest)) = (lowest, highest) else { return Gap::nothing(Reason::NoRows, "rows") };
    let population = lowest.1.population;
    if defined.len() < 2 {
        return Gap::nothing(Reason::SingleGroup, population);
    }
    let n = defined.iter().map(|(_, estimate, _)| estimate.n).sum();
    let value = if ratio { compare(lowest.2, highest.2, true) } else { Some(highest.2 - lowest.2) };
    let parts: Option<Vec<Part>> = defined.iter().map(|(_, estimate, _)| part(estimate, 1.0)).collect();
    let uncertainty = parts.map(|parts| {
        let error = |part: &Part| if ratio { part.log_standard_error() } else { part.standard_error() };
        let errors = places.iter().zip(&parts).map(|(&place, part)| Some((place, error(part)?)));
        let errors: Option<Vec<(usize, f64)>> = if bonferroni { None } else { errors.collect() };
        let max_t = errors.and_then(|errors| compared.resampled.max_t_of_estimates(compared, &errors));
        match ratio {
            true => Uncertainty::MinRatio { parts, max_t },
            false => Uncertainty::MaxDifference { parts, max_t },
        }
    });
    Gap {
        group: lowest.0.group.clone(),
        reference: highest.0.group.clone(),
        estimate: match value {
            _ if ratio && lowest.2 < 0.0 => Estimate::undefined(Reason::Negative, n, population),
            None => Estimate::undefined(Reason::ZeroDenominator, n, population),
            Some(value) => Estimate {
                n_effective: defined.iter().map(|(_, estimate, _)| estimate.n_effective).sum(),
                subjects: defined.iter().map(|(_, estimate, _)| estimate.subjects).sum(),
                no_interval: defined.iter().find_map(|(_, estimate, _)| estimate.no_interval),
                ..Estimate::new(value, n, population).with(uncertainty)
            },
        },
        // Where less is better, the group with the most is the worse off.
        concerned: if better == Better::Lower { highest.0.rows } else { lowest.0.rows },
    }
}
