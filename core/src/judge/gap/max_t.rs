//! How far the rates of many groups may lie apart by chance: resampled once for an attribute, and read by all its gaps.

use std::collections::{BTreeMap, BTreeSet};

use super::super::estimate::{Rate, missing_need, rate};
use super::super::facts::{Dimension, GroupFacts};
use super::{Compared, rates};
use crate::findings::catalogue::{self, MEASURES};
use crate::measure::Measurements;
use crate::plan::Plan;
use crate::stats::max_t::{self, MaxT};
use crate::stats::random::Stream;

/// The largest errors of the rates of an attribute, by the name that a rate and its complement share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resampled(BTreeMap<(u16, u16), OfRate>);

#[derive(Clone, Debug)]
struct OfRate {
    groups: usize,
    /// In the order of the replicates, to be joined with those of another rate.
    replicates: Vec<f64>,
    max_t: MaxT,
}

impl Resampled {
    /// Resamples every rate whose gaps the plan can have. Two groups are one pair, which needs no adjustment.
    pub(crate) fn new(plan: &Plan, measurements: &Measurements, dimension: &Dimension) -> Self {
        let compared = Compared::new(plan, dimension);
        let mut known = BTreeMap::new();
        let compare = MEASURES.iter().filter(|entry| entry.compares_groups());
        let names: BTreeSet<&str> = compare.filter_map(|entry| entry.of).collect();
        for entry in names.into_iter().filter_map(catalogue::find) {
            let Some(rate) = rate(entry.name, plan.favourable) else { continue };
            let missing = missing_need(plan, entry.needs, measurements.labels.is_some());
            if missing.is_none() && !known.contains_key(&rate.unsigned().0) {
                known.extend(of_rate(&compared, rate).map(|of| (rate.unsigned().0, of)));
            }
        }
        Self(known)
    }

    /// Of all pairs of groups, where there is more than one.
    pub(super) fn max_t(&self, rate: Rate) -> Option<MaxT> {
        self.0.get(&rate.unsigned().0).map(|of| of.max_t.clone())
    }

    /// Of all pairs of groups in both of two rates, which rest on different rows.
    pub(super) fn max_t_of_both(&self, first: Rate, second: Rate) -> Option<MaxT> {
        let (a, b) = (self.0.get(&first.unsigned().0)?, self.0.get(&second.unsigned().0)?);
        Some(MaxT::of_both((&a.replicates, a.groups), (&b.replicates, b.groups)))
    }
}

fn of_rate(compared: &Compared<'_>, rate: Rate) -> Option<OfRate> {
    let defined = rates::defined(compared, rate);
    if defined.len() < 3 {
        return None;
    }
    let exchanged = rate.unsigned().1;
    let groups: Vec<max_t::Group> = defined
        .iter()
        .map(|(group, share)| {
            let x = if exchanged { share.trials - share.successes } else { share.successes };
            max_t::Group { stream: stream(compared.plan, rate, group), x: x.clamp(0.0, share.trials), n: share.trials }
        })
        .collect();
    let replicates = max_t::resample(&groups)?;
    Some(OfRate { groups: groups.len(), max_t: MaxT::new(replicates.clone(), groups.len()), replicates })
}

/// Random numbers of a group by its labels, never by its place: those of two rates are the same where the rates rest on the
/// same rows. A missing value is the empty text, which no value is.
fn stream(plan: &Plan, rate: Rate, group: &GroupFacts) -> Stream {
    let rows = Stream::new(plan.seed).keyed(rate.population().as_bytes());
    let labels = group.group.iter().map(|value| value.as_deref().unwrap_or_default());
    labels.fold(rows, |stream, label| stream.keyed(label.as_bytes()))
}
