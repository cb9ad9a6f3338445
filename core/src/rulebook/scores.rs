//! The scores of all people, labelled or not: what scoring rates and standardised differences are read from.

use crate::findings::v1::Reason;
use crate::judge::{Context, Dimension};
use crate::measure::counts::LABELS;
use crate::measure::distribution::key_float;
use crate::measure::{Group, TaskTable};
use crate::stats::ExactSum;

/// Scores with their number of people, ascending: of everybody and of each group.
#[derive(Debug)]
pub(super) struct Scores<'d> {
    everybody: Ranked,
    groups: Vec<(&'d Group, Ranked)>,
}

/// Scores in ascending order, each with its number of people.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranked(Vec<(f64, u64)>);

impl<'d> Scores<'d> {
    /// The scores of a table by the groups of an attribute.
    pub(super) fn of(context: &Context<'_>, dimension: &'d Dimension) -> Result<Self, Reason> {
        let TaskTable::Binary(binary) = &context.facts.measurements.task else { return Err(Reason::NoScores) };
        if context.plan.roles.score.is_none() {
            return Err(Reason::NoScores);
        }
        if binary.score_weights.is_some() {
            return Err(Reason::WeightsNotSupported);
        }
        if binary.score_bits_dropped > 0 {
            return Err(Reason::ScoresCoarsened);
        }
        let mut scores = Self {
            everybody: Ranked::default(),
            groups: dimension.groups.iter().map(|facts| (&facts.group, Ranked::default())).collect(),
        };
        for run in &binary.scores {
            let score = key_float(run.key);
            scores.everybody.add(score, run.count);
            if let Some(&group) = dimension.of_cell.get(run.slot as usize / LABELS) {
                scores.groups[group].1.add(score, run.count);
            }
        }
        Ok(scores)
    }

    /// The scores of a group.
    pub(super) fn group(&self, group: &Group) -> Option<&Ranked> {
        self.groups.iter().find(|(name, _)| *name == group).map(|(_, scores)| scores)
    }

    /// The scores of everybody.
    pub(super) fn everybody(&self) -> &Ranked {
        &self.everybody
    }

    /// The median score of everybody: the mean of the two in the middle of an even number.
    pub(super) fn median(&self) -> Option<f64> {
        let people = self.everybody.people();
        let middle = |place: u64| self.everybody.at(place);
        if people % 2 == 1 {
            middle(people / 2)
        } else {
            Some(0.5 * (middle((people / 2).checked_sub(1)?)? + middle(people / 2)?))
        }
    }
}

impl Ranked {
    fn add(&mut self, score: f64, people: u64) {
        match self.0.last_mut() {
            Some((last, count)) if *last == score => *count += people,
            _ => self.0.push((score, people)),
        }
    }

    /// How many people have a score.
    pub(super) fn people(&self) -> u64 {
        self.0.iter().map(|(_, people)| people).sum()
    }

    /// How many people lie strictly above a score.
    pub(super) fn above(&self, score: f64) -> u64 {
        self.0.iter().filter(|(at, _)| *at > score).map(|(_, people)| people).sum()
    }

    fn at(&self, place: u64) -> Option<f64> {
        let mut before = 0;
        self.0.iter().find_map(|&(score, people)| {
            before += people;
            (before > place).then_some(score)
        })
    }

    /// Mean and sum of squared distances from it; `None` for nobody, or where a score is infinite.
    pub(super) fn moments(&self) -> Option<(f64, f64)> {
        if self.0.is_empty() || self.0.iter().any(|(score, _)| !score.is_finite()) {
            return None;
        }
        let mut sum = ExactSum::default();
        self.0.iter().for_each(|&(score, people)| sum.add_times(score, people));
        let mean = sum.value() / self.people() as f64;
        let mut squares = ExactSum::default();
        self.0.iter().for_each(|&(score, people)| squares.add_times((score - mean) * (score - mean), people));
        Some((mean, squares.value()))
    }
}
