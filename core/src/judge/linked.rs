//! The rows of a group, each with its subject and with what both models said of it.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::facts::Tally;
use crate::measure::counts::{CellCounts, Decided, Label};
use crate::measure::{Answered, BinaryAnswers, LinkedRow};
use crate::plan::Plan;
use crate::stats::subjects::{DesignEffect, Influence, Repeated, covariance, design_effect, variance};

/// The rows of a group, those of one subject together.
#[derive(Debug)]
pub(crate) struct LinkedRows<A = Answers> {
    /// Subject, number and weight of the rows of each kind.
    pub(crate) repeated: Vec<Repeated>,
    /// What was said of them, in the same order.
    pub(crate) answers: Vec<A>,
    /// Whether the plan names subjects.
    pub(crate) clustered: bool,
    /// Whether the plan names weights.
    pub(crate) weighted: bool,
    /// The rows without their scores.
    decided: OnceLock<Box<LinkedRows<A>>>,
    /// Design effects of shares, by the entries that count and of which: gaps ask for those of a group again and again.
    shares: Mutex<BTreeMap<(u16, u16), Option<DesignEffect>>>,
}

/// What is known of a row of a model of two classes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Answers {
    pub(crate) label: Label,
    pub(crate) decision: Decided,
    pub(crate) baseline: Decided,
    pub(crate) score: Option<f64>,
    /// The score as it is ranked: coarse where scores are.
    pub(crate) ranked: Option<f64>,
    pub(crate) baseline_score: Option<f64>,
}

impl Answers {
    pub(super) fn new(row: &BinaryAnswers, bits_dropped: u32) -> Self {
        Self {
            label: row.label,
            decision: row.decision,
            baseline: row.baseline,
            score: row.score(0),
            ranked: row.score(bits_dropped),
            baseline_score: row.baseline_score(),
        }
    }

    fn without_scores(self) -> Self {
        Self { score: None, ranked: None, baseline_score: None, ..self }
    }

    /// Whether the entry of the confusion matrix with this decision is one of a mask.
    pub(crate) fn is_in(&self, decision: Decided, mask: u16) -> bool {
        mask >> CellCounts::entry(self.label, decision) & 1 == 1
    }
}

/// The linked rows of several groups.
pub(super) struct Grouped<A> {
    pub(super) groups: Vec<LinkedRows<A>>,
    /// Whether a subject has rows in more than one of them.
    pub(super) shared: bool,
}

impl<A> Grouped<A> {
    /// Shares the rows of a table out among its groups; `of_cell` says to which one each cell belongs. `None` where rows are
    /// not linked.
    pub(super) fn new<K: Answered>(
        plan: &Plan,
        linked: Option<&[(LinkedRow<K>, u64)]>,
        of_cell: &[usize],
        groups: usize,
        answers: impl Fn(&K) -> A,
    ) -> Option<Self> {
        let linked = linked?;
        let (clustered, weighted) = (plan.roles.cluster.is_some(), plan.roles.weight.is_some());
        let mut shared = false;
        let mut groups: Vec<LinkedRows<A>> = (0..groups).map(|_| LinkedRows::empty(clustered, weighted)).collect();
        let (mut subject, mut last): (u32, Option<(u128, usize)>) = (0, None);
        for (row, rows) in linked {
            let group = of_cell[row.cell as usize];
            match last {
                Some((key, other)) if key == row.subject => shared |= key != 0 && other != group,
                Some(_) => subject = subject.saturating_add(1),
                None => {}
            }
            last = Some((row.subject, group));
            groups[group].repeated.push(Repeated {
                subject: (row.subject != 0).then_some(subject),
                rows: *rows,
                weight: row.weight(),
            });
            groups[group].answers.push(answers(&row.answers));
        }
        Some(Self { groups, shared })
    }
}

impl<A> LinkedRows<A> {
    fn empty(clustered: bool, weighted: bool) -> Self {
        Self {
            repeated: Vec::new(),
            answers: Vec::new(),
            clustered,
            weighted,
            decided: OnceLock::new(),
            shares: Mutex::default(),
        }
    }

    /// The same rows with other answers.
    pub(crate) fn mapped<B>(&self, answers: impl Fn(&A) -> B) -> LinkedRows<B> {
        let answers = self.answers.iter().map(answers).collect();
        LinkedRows { repeated: self.repeated.clone(), answers, ..LinkedRows::empty(self.clustered, self.weighted) }
    }

    /// Every kind of row with what was said of it.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&Repeated, &A)> + Clone {
        self.repeated.iter().zip(&self.answers)
    }

    /// Adds up the rows that count.
    pub(crate) fn tally(&self, counts: impl Fn(&A) -> bool) -> Tally {
        let mut tally = Tally::default();
        for (repeated, _) in self.rows().filter(|(_, row)| counts(row)) {
            let rows = repeated.rows as f64;
            tally.rows += repeated.rows;
            tally.weight += rows * repeated.weight;
            tally.squared += rows * repeated.weight * repeated.weight;
        }
        tally
    }

    /// What each row adds to the error of an estimate, its own weight not counted.
    pub(crate) fn influence(&self, of: impl Fn(&A) -> Option<f64>) -> Influence {
        Influence(self.rows().map(|(row, answers)| of(answers).map(|influence| row.weight * influence)).collect())
    }

    /// The design effect of an estimate; `None` where subjects are too few.
    pub(crate) fn design(&self, parts: &[Influence]) -> Option<DesignEffect> {
        design_effect(&self.repeated, parts)
    }

    /// The design effect of a share, worked out once.
    pub(crate) fn design_of_share(
        &self,
        entries: (u16, u16),
        influence: impl FnOnce() -> Option<Influence>,
    ) -> Option<DesignEffect> {
        let known = || self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(design) = known().get(&entries) {
            return *design;
        }
        let design = influence().and_then(|influence| self.design(&[influence]));
        known().insert(entries, design);
        design
    }

    /// The variance of an estimate, by subject where the plan names them.
    pub(crate) fn variance(&self, parts: &[Influence]) -> Option<f64> {
        variance(&self.repeated, parts, self.clustered)
    }

    /// The correlation of the errors of two estimates; 0 where one of them has none.
    pub(crate) fn correlation(&self, a: &Influence, b: &Influence) -> f64 {
        let of = |a: &Influence, b: &Influence| covariance(&self.repeated, a, b, self.clustered).unwrap_or(0.0);
        let scale = (of(a, a) * of(b, b)).sqrt();
        if scale > 0.0 { (of(a, b) / scale).clamp(-1.0, 1.0) } else { 0.0 }
    }
}

impl LinkedRows {
    /// All rows of several groups, without their scores.
    pub(super) fn joined(groups: &[&Self]) -> Self {
        let decisions = groups.iter().map(|rows| rows.decisions());
        let mut all: Vec<(Repeated, Answers)> =
            decisions.flat_map(|rows| rows.repeated.iter().copied().zip(rows.answers.iter().copied())).collect();
        // Stable, so that rows keep the order of their groups.
        all.sort_by_key(|(repeated, _)| repeated.subject);
        let (repeated, answers) = all.into_iter().unzip();
        let of = |flag: fn(&Self) -> bool| groups.iter().any(|rows| flag(rows));
        let (clustered, weighted) = (of(|rows| rows.clustered), of(|rows| rows.weighted));
        Self { repeated, answers, ..Self::empty(clustered, weighted) }
    }

    /// The same rows without their scores, those that are alike together: what measures of decisions need.
    pub(crate) fn decisions(&self) -> &Self {
        self.decided.get_or_init(|| {
            let mut rows: Vec<(Repeated, Answers)> =
                self.rows().map(|(&repeated, answers)| (repeated, answers.without_scores())).collect();
            // Stable, and subjects stay in their order.
            rows.sort_by(|(a, mine), (b, theirs)| {
                let key = |answers: &Answers| (answers.label, answers.decision, answers.baseline);
                let order = a.subject.cmp(&b.subject).then_with(|| key(mine).cmp(&key(theirs)));
                order.then_with(|| a.weight.total_cmp(&b.weight))
            });
            let mut decided = Self::empty(self.clustered, self.weighted);
            for (repeated, answers) in rows {
                let same = decided.repeated.last().zip(decided.answers.last()).is_some_and(|(last, other)| {
                    (last.subject, last.weight) == (repeated.subject, repeated.weight) && *other == answers
                });
                match decided.repeated.last_mut().filter(|_| same) {
                    Some(last) => last.rows += repeated.rows,
                    None => {
                        decided.repeated.push(repeated);
                        decided.answers.push(answers);
                    }
                }
            }
            Box::new(decided)
        })
    }
}
