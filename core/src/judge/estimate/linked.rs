//! Estimates from rows that are linked: by what each row adds to their error.

use super::super::linked::LinkedRows;
use super::Estimate;
use crate::findings::v1::Reason;
use crate::stats::subjects::{DesignEffect, Influence};
use crate::stats::{ExactSum, Uncertainty};

/// An estimate of independent rows as one of subjects: with the design effect of what each row adds to its error.
pub(super) fn under<A>(estimate: Estimate, linked: &LinkedRows<A>, influence: Influence) -> Estimate {
    if !linked.clustered || estimate.value.is_err() {
        return estimate;
    }
    let rows = estimate.n_effective.unwrap_or(estimate.n as f64);
    let Some(design) = linked.design(&[influence]) else { return estimate.of_subjects(Some(1)) };
    let of = estimate.uncertainty.clone().and_then(|of| of.by_subject(&design));
    estimate.with(of).effective(design.effective(rows)).of_subjects(Some(design.subjects))
}

/// An estimate whose parts are by subject already, with the number of subjects and of effective rows.
pub(super) fn counted<A>(estimate: Estimate, linked: &LinkedRows<A>, influence: Influence) -> Estimate {
    let rows = estimate.n_effective.unwrap_or(estimate.n as f64);
    match linked.design(&[influence]) {
        Some(design) => estimate.effective(design.effective(rows)).of_subjects(Some(design.subjects)),
        None => estimate.of_subjects(Some(1)),
    }
}

/// An estimate whose variance is by subject already, where the plan names them.
pub(super) fn by_subject<A>(
    linked: &LinkedRows<A>,
    estimate: Estimate,
    of: Option<Uncertainty>,
    parts: &[Influence],
) -> Estimate {
    if !linked.clustered {
        return estimate.with(of);
    }
    let Some(design) = linked.design(parts) else { return estimate.of_subjects(Some(1)) };
    let DesignEffect { rows, subjects, .. } = design;
    let of = of.map(|of| Uncertainty::Clustered { of: Box::new(of), rows, subjects, looks: 1 });
    let effective = design.effective(estimate.n as f64);
    estimate.with(of).effective(effective).of_subjects(Some(subjects))
}

/// What each row adds to the error of the mean of a number over the rows that have it; and that mean. `None` without rows.
pub(super) fn mean<A>(linked: &LinkedRows<A>, of: impl Fn(&A) -> Option<f64>) -> Option<(f64, Influence)> {
    let total = linked.tally(|row| of(row).is_some()).weight;
    if total <= 0.0 {
        return None;
    }
    let mut sum = ExactSum::new();
    for (repeated, row) in linked.rows() {
        if let Some(number) = of(row) {
            sum.add_times(repeated.weight * number, repeated.rows);
        }
    }
    let mean = sum.value() / total;
    Some((mean, linked.influence(|row| Some((of(row)? - mean) / total))))
}

/// The mean of a number that both models have a part in, such as the difference of two losses: Student's t of the rows.
pub(super) fn mean_of_rows<A>(
    linked: &LinkedRows<A>,
    population: &'static str,
    of: impl Fn(&A) -> Option<f64>,
) -> Estimate {
    match mean(linked, &of) {
        Some((mean, influence)) => student_t(linked, population, mean, influence),
        None => undefined(linked, population, of),
    }
}

/// What each row adds to the error of Σ factor x.
pub(super) fn sum(parts: &[(f64, &Influence)]) -> Influence {
    let rows = parts.first().map_or(0, |(_, influence)| influence.0.len());
    let of_row = |row: usize| {
        let mut known = parts.iter().filter_map(|(factor, influence)| Some(factor * influence.0[row]?));
        known.next().map(|first| known.fold(first, |sum, part| sum + part))
    };
    Influence((0..rows).map(of_row).collect())
}

/// Why a mean is undefined: no row has the number, or none of them weighs anything.
pub(super) fn undefined<A>(
    linked: &LinkedRows<A>,
    population: &'static str,
    of: impl Fn(&A) -> Option<f64>,
) -> Estimate {
    let rows = linked.tally(|row| of(row).is_some()).rows;
    Estimate::undefined(if rows == 0 { Reason::NoRows } else { Reason::ZeroDenominator }, rows, population)
}

/// An estimate with Student's t from what each row adds to its error.
pub(super) fn student_t<A>(
    linked: &LinkedRows<A>,
    population: &'static str,
    value: f64,
    influence: Influence,
) -> Estimate {
    let (mut rows, mut weight, mut squared) = (0, 0.0, 0.0);
    for (repeated, _) in linked.repeated.iter().zip(&influence.0).filter(|(_, influence)| influence.is_some()) {
        let count = repeated.rows as f64;
        rows += repeated.rows;
        weight += count * repeated.weight;
        squared += count * repeated.weight * repeated.weight;
    }
    let n = weight * weight / squared;
    let estimate = Estimate::new(value, rows, population);
    let estimate = if linked.weighted { estimate.effective(n) } else { estimate };
    let parts = [influence];
    let variance = linked.variance(&parts).filter(|variance| *variance > 0.0);
    let of = variance.map(|variance| Uncertainty::StudentT { mean: value, variance: variance * n, n });
    by_subject(linked, estimate, of, &parts)
}
