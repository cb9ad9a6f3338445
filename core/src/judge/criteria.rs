//! Judging criteria: which side of the threshold the evidence lies on, one subject at a time, then family by family.

use std::collections::BTreeMap;

use super::estimate::{Estimate, missing_need};
use super::facts::{Dimension, Facts, GroupFacts};
use super::gap::{self, Gap};
use super::measures::{gap_subject, group_subject, limits};
use crate::findings::catalogue::{self, Better, Entry};
use crate::findings::v1::{DecisionRecord, Outcome, Reason, Subject};
use crate::measure::Group;
use crate::plan::{Criterion, CriterionSubject, Place, Plan, Rule};
use crate::stats::{self, multiplicity, normal, power};

/// Power at which needed rows and detectable gaps are stated.
const POWER: f64 = 0.8;

/// One criterion judged for one subject.
#[derive(Clone, Debug)]
pub(super) struct Judged<'p> {
    /// Index into the plan's criteria.
    pub(super) index: usize,
    pub(super) criterion: &'p Criterion,
    pub(super) entry: &'static Entry,
    pub(super) subject: Subject,
    pub(super) estimate: Estimate,
    pub(super) outcome: Outcome,
    pub(super) reason: Option<Reason>,
    pub(super) decision: Option<DecisionRecord>,
    /// Rows of the group it is about; `None` where that would disclose a hidden group.
    pub(super) rows: Option<u64>,
    /// For an overall gap: the groups with the lowest and the highest rate.
    pub(super) extremes: Option<(Group, Group)>,
}

impl Judged<'_> {
    /// The group that a gap puts at a disadvantage, and the one it is compared with; none where it is not one of two.
    pub(super) fn compared(&self) -> Option<(&Group, &Group)> {
        match &self.extremes {
            Some((lowest, highest)) if lower_is_better(self.entry) => Some((highest, lowest)),
            Some((lowest, highest)) => Some((lowest, highest)),
            None if self.subject.group.is_empty() || self.subject.reference.is_empty() => None,
            None => Some((&self.subject.group, &self.subject.reference)),
        }
    }
}

/// Whether a gap compares something of which less is better, such as errors.
fn lower_is_better(gap: &Entry) -> bool {
    gap.of.and_then(catalogue::find).is_some_and(|base| base.better == Better::Lower)
}

/// Judges every criterion of the plan, in its order.
pub(super) fn judge<'p>(plan: &'p Plan, facts: &Facts<'_>) -> Vec<Judged<'p>> {
    let mut judged: Vec<Judged<'p>> = plan
        .criteria
        .iter()
        .enumerate()
        .filter_map(|(index, criterion)| Some((index, criterion, catalogue::find(&criterion.measure)?)))
        .flat_map(|(index, criterion, entry)| {
            targets(plan, facts, criterion, entry)
                .into_iter()
                .map(move |target| decide(index, criterion, entry, target))
        })
        .collect();
    adjust(&mut judged);
    judged
}

/// Something a criterion speaks of.
struct Target {
    subject: Subject,
    estimate: Estimate,
    rows: u64,
    extremes: Option<(Group, Group)>,
}

fn targets(plan: &Plan, facts: &Facts<'_>, criterion: &Criterion, entry: &Entry) -> Vec<Target> {
    let convention = &criterion.convention;
    let Some(facts) = facts.of_class(criterion.class.as_deref()) else {
        let subject = Subject { class: criterion.class.clone(), ..Subject::default() };
        return vec![absent(subject, &criterion.subject, Reason::ClassAbsent)];
    };
    let absent = |reason| absent(facts.subject(), &criterion.subject, reason);
    let of_group = |subject: Subject, group: &GroupFacts| Target {
        subject,
        estimate: group.estimates.get(entry, convention),
        rows: group.rows,
        extremes: None,
    };
    match &criterion.subject {
        CriterionSubject::Overall => vec![of_group(facts.subject(), &facts.overall)],
        CriterionSubject::EachGroup { attribute } => match facts.dimension(attribute) {
            Some(dimension) if !dimension.groups.is_empty() => dimension
                .groups
                .iter()
                .map(|group| of_group(group_subject(facts, dimension, &group.group), group))
                .collect(),
            _ => vec![absent(Reason::NoRows)],
        },
        CriterionSubject::Group { attribute, group } => {
            let found = facts
                .dimension(attribute)
                .and_then(|dimension| Some((dimension, dimension.groups.iter().find(|facts| facts.group == *group)?)));
            match found {
                Some((dimension, found)) => vec![of_group(group_subject(facts, dimension, group), found)],
                None => vec![absent(Reason::GroupAbsent)],
            }
        }
        CriterionSubject::Gap { attribute, group } => {
            let Some(dimension) = facts.dimension(attribute) else {
                return vec![absent(Reason::NoRows)];
            };
            let gaps = gap::gaps(plan, facts, entry, convention, dimension);
            let targets: Vec<Target> = gaps
                .into_iter()
                .filter(|gap| group.is_empty() || gap.group == *group)
                .map(|gap| of_gap(facts, dimension, gap, entry, convention))
                .collect();
            if targets.is_empty() {
                let reason =
                    missing_need(plan, entry.needs, facts.measurements.labels.is_some()).unwrap_or(Reason::GroupAbsent);
                return vec![absent(reason)];
            }
            targets
        }
    }
}

fn of_gap(facts: &Facts<'_>, dimension: &Dimension, gap: Gap, entry: &Entry, convention: &str) -> Target {
    let overall = matches!(convention, "max_min" | "min_max" | "max_min_bonferroni" | "min_max_bonferroni")
        && !gap.group.is_empty();
    let subject = gap_subject(facts, dimension, &gap, convention);
    // Of errors, the group with the highest rate is the one concerned.
    let highest =
        dimension.groups.iter().find(|group| overall && lower_is_better(entry) && group.group == gap.reference);
    Target {
        subject,
        rows: highest.map_or(gap.concerned, |group| group.rows),
        estimate: gap.estimate,
        extremes: overall.then_some((gap.group, gap.reference)),
    }
}

/// Nothing to judge; `subject` says which class is meant, `of` the rest.
fn absent(subject: Subject, of: &CriterionSubject, reason: Reason) -> Target {
    let (attribute, group) = match of.clone() {
        CriterionSubject::Overall => Default::default(),
        CriterionSubject::EachGroup { attribute } => (attribute, Vec::new()),
        CriterionSubject::Group { attribute, group } | CriterionSubject::Gap { attribute, group } => (attribute, group),
    };
    Target {
        subject: Subject { attribute, group, ..subject },
        estimate: Estimate::undefined(reason, 0, "rows"),
        rows: 0,
        extremes: None,
    }
}

fn decide<'p>(index: usize, criterion: &'p Criterion, entry: &'static Entry, target: Target) -> Judged<'p> {
    let Target { subject, estimate, rows, extremes } = target;
    let suppressed = estimate.value == Err(Reason::Suppressed);
    let mut judged = Judged {
        index,
        criterion,
        entry,
        subject,
        outcome: Outcome::NotAssessed,
        reason: None,
        decision: None,
        rows: (!suppressed).then_some(rows),
        extremes,
        estimate,
    };
    match judged.estimate.value {
        Err(reason) => judged.reason = Some(reason),
        Ok(_) if judged.estimate.n < criterion.min_n => judged.reason = Some(Reason::NBelowMinimum),
        Ok(value) => match criterion.rule {
            Rule::Point => {
                judged.outcome = if criterion.place(value) == Place::Within { Outcome::Met } else { Outcome::NotMet };
                judged.decision = Some(record("point"));
            }
            Rule::Interval => by_interval(&mut judged, value),
        },
    }
    judged
}

fn by_interval(judged: &mut Judged<'_>, value: f64) {
    let criterion = judged.criterion;
    let mut decision = record("interval");
    let Some((lower, upper)) = limits(&judged.estimate, criterion.level) else {
        judged.outcome = Outcome::Undecided;
        judged.reason = Some(judged.estimate.no_interval.unwrap_or(Reason::IntervalDegenerate));
        judged.decision = Some(decision);
        return;
    };
    judged.outcome = match (criterion.place(lower), criterion.place(upper)) {
        (Place::Within, Place::Within) => Outcome::Met,
        (a, b) if a == b => Outcome::NotMet,
        _ => Outcome::Undecided,
    };
    p_values(judged, &mut decision);
    let (least, most) = criterion.bounds();
    let bounds = [least, most].into_iter().flatten();
    // Towards a bound: the side from which more rows would have to keep the interval away.
    let towards = |bound: f64| if value < bound { upper - value } else { value - lower };
    let nearest = bounds.clone().min_by(|a, b| (a - value).abs().total_cmp(&(b - value).abs())).map(towards);
    if let Some(half_width) = nearest.filter(|half_width| half_width.is_finite()) {
        decision.smallest_detectable = detectable(half_width, criterion.level);
        if judged.outcome == Outcome::Undecided {
            let rows = judged.estimate.n as f64;
            // From between two bounds, both must be excluded: each with more power, so that both are with the stated one.
            let between = least.is_some() && most.is_some() && criterion.place(value) == Place::Within;
            let power = if between { 0.5 * (1.0 + POWER) } else { POWER };
            let needed = |bound: f64| {
                power::n_for_estimate(value, bound, towards(bound), rows, criterion.level, power)
                    .unwrap_or(f64::INFINITY)
            };
            let each = bounds.map(needed);
            match if between { each.reduce(f64::max) } else { each.reduce(f64::min) } {
                Some(needed) if needed < 1e15 => decision.n_needed = Some(needed as u64),
                _ => decision.n_needed_reason = Some("estimate_at_threshold".to_owned()),
            }
        }
    }
    judged.decision = Some(decision);
}

/// The p-value of "not met", and with two bounds that of equivalence: both one-sided tests (TOST, Schuirmann 1987) must
/// exclude their bound, so the larger p-value counts.
fn p_values(judged: &Judged<'_>, decision: &mut DecisionRecord) {
    let Some(uncertainty) = &judged.estimate.uncertainty else { return };
    let (least, most) = judged.criterion.bounds();
    let p = |bound: Option<f64>, side| bound.and_then(|bound| uncertainty.p_value(bound, side));
    let (below, above) = (p(least, stats::Side::Below), p(most, stats::Side::Above));
    decision.p_value = [below, above].into_iter().flatten().reduce(f64::min);
    if least.is_some() && most.is_some() {
        let inside = p(least, stats::Side::Above).zip(p(most, stats::Side::Below));
        decision.p_equivalence = inside.map(|(a, b)| a.max(b));
    }
}

/// The smallest distance from the threshold that rows with this half-width show with the stated power:
/// the half-width is z_a standard errors, and z_a + z_b of them are needed.
fn detectable(half_width: f64, level: f64) -> Option<f64> {
    let critical = -normal::quantile(0.5 * (1.0 - level));
    let distance = half_width * (critical + normal::quantile(POWER)) / critical;
    distance.is_finite().then_some(distance)
}

fn record(decided_by: &str) -> DecisionRecord {
    DecisionRecord {
        decided_by: decided_by.to_owned(),
        p_value: None,
        p_adjusted: None,
        p_adjusted_bh: None,
        p_equivalence: None,
        n_needed: None,
        n_needed_reason: None,
        smallest_detectable: None,
    }
}

/// Holm's and Benjamini and Hochberg's adjustments within each family. Holm's decides: a `not_met` that does not survive it
/// is undecided. `met` needs no adjustment, as that every subject is met is an intersection-union claim.
fn adjust(judged: &mut [Judged<'_>]) {
    let mut families: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, one) in judged.iter().enumerate() {
        if one.decision.as_ref().is_some_and(|decision| decision.p_value.is_some()) {
            // A number cannot be the name of a declared family's neighbour: names are prefixed.
            let family = match &one.criterion.family {
                Some(name) => format!("family {name}"),
                None => format!("criterion {}", one.index),
            };
            families.entry(family).or_default().push(place);
        }
    }
    for members in families.into_values().filter(|members| members.len() > 1) {
        let p_values: Vec<f64> = members
            .iter()
            .map(|&place| judged[place].decision.as_ref().and_then(|decision| decision.p_value).unwrap_or(1.0))
            .collect();
        let adjusted = multiplicity::holm(&p_values).into_iter().zip(multiplicity::benjamini_hochberg(&p_values));
        for (&place, (adjusted, false_discovery)) in members.iter().zip(adjusted) {
            let one = &mut judged[place];
            let Some(decision) = &mut one.decision else { continue };
            decision.p_adjusted = Some(adjusted);
            decision.p_adjusted_bh = Some(false_discovery);
            if one.outcome == Outcome::NotMet && adjusted >= 0.5 * (1.0 - one.criterion.level) {
                one.outcome = Outcome::Undecided;
                decision.decided_by = "holm".to_owned();
            }
        }
    }
}
