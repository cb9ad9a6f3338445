//! The area between the ROC curves of groups.

use super::super::estimate::Estimate;
use super::super::facts::GroupFacts;
use super::{Compared, Gap};
use crate::findings::v1::Reason;
use crate::stats::samples::{self, Atom};
use crate::stats::{Mass, Scored, Uncertainty, ranking};

const POPULATION: &str = "scored and labelled";

/// One area for each group: between its curve and the reference group's, or that of all rows.
pub(super) fn gaps(compared: &Compared<'_>, convention: &str) -> Vec<Gap> {
    if convention == "overall" {
        let whole = together(&compared.groups);
        let against = |group: &GroupFacts| {
            let estimate = match apart(compared, group, &whole) {
                Err(reason) => undefined(reason),
                // A part and its whole err together, so there is no interval.
                Ok(area) => estimate(compared, area, &[classes(&whole)]),
            };
            Gap { group: group.group.clone(), reference: Vec::new(), estimate, concerned: group.rows }
        };
        return compared.groups.iter().copied().map(against).collect();
    }
    let (reference, others) = match compared.against_reference() {
        Err(reason) => return vec![Gap::nothing(reason, POPULATION)],
        Ok(found) => found,
    };
    let base: Vec<Scored> = reference.scores.scored().collect();
    let against = |group: &GroupFacts| {
        let estimate = match apart(compared, group, &base) {
            _ if hidden(compared, reference) => undefined(Reason::Suppressed),
            Err(reason) => undefined(reason),
            Ok(area) => {
                let (mine, theirs) = (group.scores.classes(), classes(&base));
                let samples = [mine.0, mine.1, theirs.0, theirs.1].map(|class| class.effective());
                estimate(compared, area, &[mine, theirs]).with(Uncertainty::RocArea { area, samples })
            }
        };
        Gap { group: group.group.clone(), reference: reference.group.clone(), estimate, concerned: group.rows }
    };
    others.into_iter().map(against).collect()
}

fn undefined(reason: Reason) -> Estimate {
    Estimate::undefined(reason, 0, POPULATION)
}

fn hidden(compared: &Compared<'_>, group: &GroupFacts) -> bool {
    group.suppressed || group.scores.rows() < compared.plan.min_n_shown
}

/// The area between the curves of a group and of other rows.
fn apart(compared: &Compared<'_>, group: &GroupFacts, other: &[Scored]) -> Result<f64, Reason> {
    if hidden(compared, group) {
        return Err(Reason::Suppressed);
    }
    let all = [group.scores.classes(), classes(other)];
    if all.iter().any(|(positives, _)| positives.rows == 0) {
        return Err(Reason::NoPositives);
    }
    if all.iter().any(|(_, negatives)| negatives.rows == 0) {
        return Err(Reason::NoNegatives);
    }
    ranking::abroca(group.scores.scored(), other.iter().copied()).ok_or(Reason::ZeroDenominator)
}

fn estimate(compared: &Compared<'_>, area: f64, rows: &[(Mass, Mass)]) -> Estimate {
    let mass = rows.iter().fold(Mass::default(), |sum, classes| sum + classes.0 + classes.1);
    let estimate = Estimate::new(area, mass.rows, POPULATION);
    if compared.is_weighted() { estimate.effective(mass.effective()) } else { estimate }
}

fn classes(scored: &[Scored]) -> (Mass, Mass) {
    scored.iter().fold((Mass::default(), Mass::default()), |sums, tie| (sums.0 + tie.positives, sums.1 + tie.negatives))
}

/// The labelled rows of all groups by score.
fn together(groups: &[&GroupFacts]) -> Vec<Scored> {
    let class = |of: fn(&Scored) -> Mass| {
        let samples: Vec<Vec<Atom>> = groups
            .iter()
            .map(|group| group.scores.scored().map(|tie| Atom { score: tie.score, mass: of(&tie) }).collect())
            .collect();
        samples::together(samples.iter().map(Vec::as_slice))
    };
    samples::side_by_side(&class(|tie| tie.positives), &class(|tie| tie.negatives))
}
