//! The scores of groups compared, labelled or not: means in units of spread, and distances of the distributions.

use super::super::estimate::Estimate;
use super::super::facts::GroupFacts;
use super::{Compared, Gap};
use crate::findings::v1::Reason;
use crate::stats::ranking::weighted;
use crate::stats::samples::{self, Atom, Distance, Standardised};
use crate::stats::{Mass, Uncertainty};

const POPULATION: &str = "scored";

/// The scores of one group.
struct Sample<'a> {
    group: &'a GroupFacts,
    mass: Mass,
    /// Whether they may be shown.
    shown: bool,
}

impl<'a> Sample<'a> {
    fn new(compared: &Compared<'_>, group: &'a GroupFacts) -> Self {
        let mass = samples::mass(group.scores.all());
        let shown = !group.suppressed && mass.rows >= compared.plan.min_n_shown;
        Self { group, mass, shown }
    }

    fn atoms(&self) -> &'a [Atom] {
        self.group.scores.sample()
    }

    /// Whether bands around the distribution bound a distance from it: one that is an integral only over scores known to lie
    /// in [0, 1], where a band of height e has an area of at most e.
    fn bounds(&self, name: &str) -> bool {
        name == "score_ks_distance" || self.ends().all(|score| (0.0..=1.0).contains(&score))
    }

    /// The lowest and the highest score.
    fn ends(&self) -> impl Iterator<Item = f64> {
        let all = self.group.scores.all();
        [all.clone().next(), all.clone().next_back()].into_iter().flatten().map(|atom| atom.score)
    }
}

/// The gaps of a measure under a convention, one for each group; with the distances of the groups from all rows.
pub(super) fn gaps(compared: &Compared<'_>, distances: &[Option<Distance>], name: &str, convention: &str) -> Vec<Gap> {
    let reference = match convention {
        "overall" => None,
        _ => match compared.against_reference() {
            Err(reason) => return vec![Gap::nothing(reason, POPULATION)],
            Ok((reference, _)) => Some(reference),
        },
    };
    let samples: Vec<Sample<'_>> = compared.groups.iter().map(|group| Sample::new(compared, group)).collect();
    let weighted = compared.is_weighted();
    let Some(reference) = reference else {
        if samples.iter().all(|sample| sample.mass.weight <= 0.0) {
            return vec![Gap::nothing(Reason::NoRows, POPULATION)];
        }
        return (0..samples.len())
            .map(|place| {
                let distance = distances.get(place).copied().flatten();
                let value = distance.and_then(|Distance { ks, wasserstein }| match name {
                    "score_ks_distance" => Some(ks),
                    _ => wasserstein,
                });
                let estimate = from_whole(compared, &samples, place, value, name);
                gap(&samples[place], None, effective(estimate, weighted))
            })
            .collect();
    };
    let Some(base) = samples.iter().find(|sample| sample.group.group == reference.group) else {
        return vec![Gap::nothing(Reason::GroupAbsent, POPULATION)];
    };
    let others = samples.iter().filter(|sample| sample.group.group != reference.group);
    others
        .map(|sample| {
            let compare = || match name {
                "standardized_mean_difference" => standardised(&samples, sample, base, convention),
                _ => between(sample, base, name),
            };
            gap(sample, Some(base), effective(either(sample, base, compare), weighted))
        })
        .collect()
}

/// A value with its sampling model, over so many rows, effectively.
type Found = Result<(f64, Option<Uncertainty>, u64, f64), (Reason, u64)>;

fn gap(sample: &Sample<'_>, reference: Option<&Sample<'_>>, estimate: Estimate) -> Gap {
    let reference = reference.map_or_else(Vec::new, |reference| reference.group.group.clone());
    Gap { group: sample.group.group.clone(), reference, estimate, concerned: sample.group.rows }
}

fn effective(found: Found, weighted: bool) -> Estimate {
    match found {
        Err((reason, rows)) => Estimate::undefined(reason, rows, POPULATION),
        Ok((value, uncertainty, rows, effective)) => {
            let estimate = Estimate::new(value, rows, POPULATION).with(uncertainty);
            if weighted { estimate.effective(effective) } else { estimate }
        }
    }
}

/// Why two samples cannot be compared, or how they compare.
fn either(a: &Sample<'_>, b: &Sample<'_>, compare: impl FnOnce() -> Found) -> Found {
    let rows = a.mass.rows + b.mass.rows;
    if !(a.shown && b.shown) {
        return Err((Reason::Suppressed, 0));
    }
    if a.mass.weight <= 0.0 || b.mass.weight <= 0.0 {
        return Err((Reason::NoRows, rows));
    }
    compare()
}

fn standardised(samples: &[Sample<'_>], a: &Sample<'_>, b: &Sample<'_>, convention: &str) -> Found {
    let rows = a.mass.rows + b.mass.rows;
    let found = match convention {
        "population_sd" => {
            let is = |sample: &Sample<'_>, other: &Sample<'_>| sample.group.group == other.group.group;
            let others = samples.iter().filter(|sample| !is(sample, a) && !is(sample, b));
            let others: Vec<&[Atom]> = others.map(|sample| sample.atoms()).collect();
            samples::population_standardised(a.atoms(), b.atoms(), &others)
        }
        _ => samples::pooled_standardised(a.atoms(), b.atoms()),
    };
    match found {
        None if !a.ends().chain(b.ends()).all(f64::is_finite) => Err((Reason::ScoresInfinite, rows)),
        None => Err((Reason::ZeroVariance, rows)),
        Some(Standardised { value, variance }) => {
            let uncertainty = variance.map(|variance| Uncertainty::Wald { value, variance });
            Ok((value, uncertainty, rows, a.mass.effective() + b.mass.effective()))
        }
    }
}

fn between(a: &Sample<'_>, b: &Sample<'_>, name: &str) -> Found {
    let rows = a.mass.rows + b.mass.rows;
    let value = distance(a.atoms(), b.atoms(), name).ok_or((Reason::ScoresInfinite, rows))?;
    let (positives, negatives) = (a.mass.effective(), b.mass.effective());
    let bounded = a.bounds(name) && b.bounds(name);
    let uncertainty = bounded.then_some(Uncertainty::KolmogorovSmirnov { ks: value.min(1.0), positives, negatives });
    Ok((value, uncertainty, rows, positives + negatives))
}

/// Distance of a group from all rows: with π its share of them, 1 - π times its distance from the rest.
fn from_whole(
    compared: &Compared<'_>,
    samples: &[Sample<'_>],
    place: usize,
    distance: Option<f64>,
    name: &str,
) -> Found {
    let sample = &samples[place];
    let others = samples.iter().enumerate().filter(|(other, _)| *other != place);
    let rest = others.fold(Mass::default(), |sum, (_, other)| sum + other.mass);
    let rows = sample.mass.rows + rest.rows;
    if !sample.shown || (rest.rows > 0 && rest.rows < compared.plan.min_n_shown) {
        return Err((Reason::Suppressed, 0));
    }
    if sample.mass.weight <= 0.0 {
        return Err((Reason::NoRows, rows));
    }
    if rest.weight <= 0.0 {
        return Err((Reason::SingleGroup, rows));
    }
    let value = distance.ok_or((Reason::ScoresInfinite, rows))?;
    let factor = rest.weight / (sample.mass.weight + rest.weight);
    let (positives, negatives) = (sample.mass.effective(), rest.effective());
    let uncertainty = samples.iter().all(|sample| sample.bounds(name)).then(|| {
        let of = Uncertainty::KolmogorovSmirnov { ks: (value / factor).min(1.0), positives, negatives };
        Uncertainty::Linear { of: Box::new(of), factor, offset: 0.0 }
    });
    Ok((value, uncertainty, rows, positives + negatives))
}

/// `None` where scores are infinite.
fn distance(a: &[Atom], b: &[Atom], name: &str) -> Option<f64> {
    let both = samples::side_by_side(a, b);
    match name {
        "score_ks_distance" => weighted::ks_statistic(both.iter().copied()),
        _ => samples::wasserstein(both.iter().copied()),
    }
}
