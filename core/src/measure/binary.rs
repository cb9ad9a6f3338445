//! What is kept of the rows of a binary model: counts, losses and scores by cell.

use super::answers::BinaryAnswers;
use super::counts::{CellCounts, Decided, ENTRIES, LABELS, Label};
use super::digest::DigestWriter;
use super::distribution::{Run, float_key};
use super::labels::MISSING_LABEL;
use super::linked::{self, Linked, LinkedRow};
use super::outcome::Outcomes;
use super::ranked::{Ranked, RunWeight};
use super::rows::{RoleData, Rows};
use super::sample::{Sample, SampleIntake};
use super::scores::ScoreContract;
use super::sums::LossSums;
use super::unknown::UnknownValues;
use crate::error::{Code, Error, Problem, Result};
use crate::plan::Plan;
use crate::stats::ExactSum;
use crate::table::Codes;

/// Mergeable state of the rows of a binary model.
#[derive(Clone, Debug)]
pub(super) struct BinaryIntake {
    outcomes: Outcomes,
    derived_decisions: bool,
    cells: Vec<BinaryCell>,
    /// Scores in slots `cell * LABELS + label`.
    scores: Ranked,
    contract: ScoreContract,
    memberships: Vec<Membership>,
    /// Decisions and what makes people alike, where the plan says what does.
    alike: Option<SampleIntake>,
    unknown: UnknownValues,
    invalid_memberships: u64,
    baseline: Option<BaselineDecisions>,
    linked: Option<Linked<BinaryAnswers>>,
}

/// How the decisions of the baseline model are read.
#[derive(Clone, Debug)]
struct BaselineDecisions {
    outcomes: Outcomes,
    derived: bool,
}

/// What `judge` knows of the rows of a binary model.
#[derive(Clone, Debug)]
pub struct BinaryTable {
    /// In the order of the cells of the table.
    pub cells: Vec<BinaryCell>,
    /// Scores in ascending order; slot `cell * LABELS + label`.
    pub scores: Vec<Run>,
    /// Sums of the weights of each of these; `None` where the plan has no weight column.
    pub score_weights: Option<Vec<RunWeight>>,
    /// Low bits of the score keys that were dropped; 0 is exact.
    pub score_bits_dropped: u32,
    /// What the scores promise.
    pub contract: ScoreContract,
    /// The rows themselves, where the plan names subjects or a baseline model.
    pub linked: Option<Vec<(LinkedRow<BinaryAnswers>, u64)>>,
    /// Groups of which only the probability is known, in the order of the plan.
    pub memberships: Vec<Membership>,
    /// Rows as the bits of the values that make people alike, then 1 for a positive decision or 0; `None` where the plan
    /// does not say what does.
    pub alike: Option<Sample>,
}

/// Rows that may belong to a group, each with the probability that it does.
#[derive(Clone, Debug, Default)]
pub struct Membership {
    /// Rows with a probability above 0; their weights are the probability, times the weight of the row.
    pub counts: CellCounts,
    /// Sum of the probabilities: the rows that are expected to belong to the group.
    pub expected: ExactSum,
}

/// The rows of one cell.
#[derive(Clone, Debug, Default)]
pub struct BinaryCell {
    /// Rows by label and decision.
    pub counts: CellCounts,
    /// Losses of its scored and labelled rows.
    pub losses: LossSums,
}

impl BinaryCell {
    fn merge(&mut self, other: &Self) {
        self.counts.merge(&other.counts);
        self.losses.merge(&other.losses);
    }
}

impl BinaryIntake {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            outcomes: Outcomes::new(plan),
            derived_decisions: plan.roles.prediction.is_none() && plan.threshold.is_some(),
            cells: Vec::new(),
            scores: Ranked::new(plan.precision.max_keys, plan.roles.weight.is_some()),
            contract: ScoreContract::default(),
            alike: plan.consistency.as_ref().map(|_| SampleIntake::new(plan.seed)),
            memberships: vec![Membership::default(); plan.membership_columns().count()],
            unknown: UnknownValues::default(),
            invalid_memberships: 0,
            baseline: plan.baseline.as_ref().map(|baseline| BaselineDecisions {
                outcomes: Outcomes::new(plan).at(baseline.threshold),
                derived: baseline.prediction.is_none() && baseline.threshold.is_some(),
            }),
            linked: Linked::new(plan),
        }
    }

    /// Adds the rows of a batch; tells which of them have a label.
    pub(super) fn add(&mut self, rows: &Rows<'_>, data: &RoleData<'_, '_>) -> Vec<bool> {
        let labels: Vec<Label> = match &rows.joined_labels {
            Some(joined) => joined.codes.iter().map(|&label| from_index(label)).collect(),
            None => levels(
                data.label,
                rows.count,
                Label::Missing,
                |text| self.outcomes.label(text),
                |text, codes, code| self.unknown.note("label", text, codes, code),
            ),
        };
        let decisions: Vec<Decided> = match (self.derived_decisions, data.score) {
            (true, Some(scores)) => (0..rows.count).map(|row| self.outcomes.implied_by(scores.get(row))).collect(),
            _ => levels(
                data.prediction,
                rows.count,
                Decided::Missing,
                |text| self.outcomes.decision(text),
                |text, codes, code| self.unknown.note("prediction", text, codes, code),
            ),
        };
        self.count(rows, &labels, &decisions);
        self.count_memberships(rows, data, &labels, &decisions);
        if self.linked.is_some() {
            let baseline = self.baseline_decisions(rows, data);
            if let Some(linked) = &mut self.linked {
                let scores = |row: usize| {
                    [data.score, data.baseline_score].map(|scores| scores.and_then(|scores| scores.get(row)))
                };
                let answers =
                    |row: usize| BinaryAnswers::new(labels[row], [decisions[row], baseline[row]], scores(row));
                linked.add(rows, data, answers);
            }
        }
        self.sample(data, &decisions);
        if let Some(scores) = data.score {
            for row in 0..rows.count {
                let Some(score) = scores.get(row) else { continue };
                let (cell, label, weight) = (rows.cell(row), labels[row], rows.weight(row));
                self.contract.add(score, decisions[row], self.outcomes.threshold);
                let slot = cell * LABELS as u32 + label as u32;
                self.scores.add(float_key(score), slot, weight.unwrap_or(1.0));
                if label != Label::Missing && (0.0..=1.0).contains(&score) {
                    self.cells[cell as usize].losses.add(score, label == Label::Positive, weight);
                }
            }
        }
        labels.into_iter().map(|label| label != Label::Missing).collect()
    }

    /// What the baseline model decided.
    fn baseline_decisions(&mut self, rows: &Rows<'_>, data: &RoleData<'_, '_>) -> Vec<Decided> {
        let Some(BaselineDecisions { outcomes, derived }) = &self.baseline else {
            return vec![Decided::Missing; rows.count];
        };
        match (derived, data.baseline_score) {
            (true, Some(scores)) => (0..rows.count).map(|row| outcomes.implied_by(scores.get(row))).collect(),
            _ => levels(
                data.baseline_prediction,
                rows.count,
                Decided::Missing,
                |text| outcomes.decision(text),
                |text, codes, code| self.unknown.note("baseline.prediction", text, codes, code),
            ),
        }
    }

    fn count(&mut self, rows: &Rows<'_>, labels: &[Label], decisions: &[Decided]) {
        self.cells.resize_with(self.cells.len().max(rows.cells_so_far), BinaryCell::default);
        let mut tallies = vec![0_u32; rows.local_cells() * ENTRIES];
        for ((&cell, &label), &decision) in rows.local().iter().zip(labels).zip(decisions) {
            tallies[cell as usize * ENTRIES + CellCounts::entry(label, decision)] += 1;
        }
        for (tally, cell) in tallies.chunks_exact(ENTRIES).zip(rows.global()) {
            let Some(cell) = cell else { continue };
            for (total, &rows) in self.cells[*cell as usize].counts.rows.iter_mut().zip(tally) {
                *total += u64::from(rows);
            }
        }
        if rows.is_weighted() {
            for row in 0..rows.count {
                if let Some(weight) = rows.weight(row) {
                    let entry = CellCounts::entry(labels[row], decisions[row]);
                    self.cells[rows.cell(row) as usize].counts.add_weight(entry, weight);
                }
            }
        }
    }

    /// A row counts for each group by the probability that it belongs to it.
    fn count_memberships(&mut self, rows: &Rows<'_>, data: &RoleData<'_, '_>, labels: &[Label], decisions: &[Decided]) {
        for (membership, column) in self.memberships.iter_mut().zip(&data.memberships) {
            let Some(column) = column else { continue };
            for row in 0..rows.count {
                let Some(probability) = column.get(row) else { continue };
                if !(0.0..=1.0).contains(&probability) {
                    self.invalid_memberships += 1;
                } else if probability > 0.0 {
                    let entry = CellCounts::entry(labels[row], decisions[row]);
                    membership.counts.rows[entry] += 1;
                    membership.counts.add_weight(entry, probability * rows.weight(row).unwrap_or(1.0));
                    membership.expected.add(probability);
                }
            }
        }
    }

    /// Offers the decided rows of which everything is known that makes people alike.
    fn sample(&mut self, data: &RoleData<'_, '_>, decisions: &[Decided]) {
        let Some(sample) = &mut self.alike else { return };
        let mut values = Vec::with_capacity(data.similarities.len() + 1);
        for (row, decision) in decisions.iter().enumerate() {
            let decision = match decision {
                Decided::Positive => 1,
                Decided::Negative => 0,
                Decided::Missing | Decided::Excluded => continue,
            };
            values.clear();
            // -0 and 0 are the same value.
            let known = data.similarities.iter().map_while(|column| column.and_then(|column| column.get(row)));
            values.extend(known.filter(|value| value.is_finite()).map(|value| (value + 0.0).to_bits()));
            if values.len() == data.similarities.len() {
                values.push(decision);
                sample.add(&values);
            }
        }
    }

    /// Puts what was added last in order.
    pub(super) fn settle(&mut self) {
        self.scores.settle();
    }

    /// Adds all of another part, whose cell `c` is `cells[c]` here; there are `count` cells here.
    pub(super) fn merge(&mut self, other: Self, cells: &[u32], count: usize) {
        self.cells.resize_with(count, BinaryCell::default);
        for (&cell, theirs) in cells.iter().zip(&other.cells) {
            self.cells[cell as usize].merge(theirs);
        }
        let slots: Vec<u32> =
            cells.iter().flat_map(|&cell| (0..LABELS as u32).map(move |label| cell * LABELS as u32 + label)).collect();
        self.scores.merge(other.scores, &slots);
        self.contract.merge(&other.contract);
        for (mine, theirs) in self.memberships.iter_mut().zip(&other.memberships) {
            mine.counts.merge(&theirs.counts);
            mine.expected.merge(&theirs.expected);
        }
        if let (Some(mine), Some(theirs)) = (&mut self.alike, other.alike) {
            mine.merge(theirs);
        }
        self.unknown.merge(other.unknown);
        self.invalid_memberships += other.invalid_memberships;
        if let (Some(mine), Some(theirs)) = (&mut self.linked, other.linked) {
            mine.merge(theirs, cells, |answers| answers);
        }
    }

    /// Reports what no single row could tell.
    pub(super) fn check(&self, source: &str) -> Result<()> {
        let mut problems = self.unknown.check(source).err().map_or_else(Vec::new, |error| error.problems);
        if self.invalid_memberships > 0 {
            let message = format!("{} probabilities of membership are not from 0 to 1", self.invalid_memberships);
            let hint = "each column of `memberships` holds the probability that the row belongs to the group";
            let problem = Problem::new(Code::ValueUnknown, message).source(source).field("memberships");
            problems.push(problem.hint(hint));
        }
        if problems.is_empty() { Ok(()) } else { Err(Error { problems }) }
    }

    /// Ends the table: cell `c` becomes `place[c]` of `count` cells.
    pub(super) fn finish(self, place: &[u32], count: usize) -> BinaryTable {
        let mut cells = vec![BinaryCell::default(); count];
        for (&place, cell) in place.iter().zip(&self.cells) {
            cells[place as usize].merge(cell);
        }
        let (scores, score_weights, score_bits_dropped) = self.scores.finish(|slot| {
            let (cell, label) = (slot as usize / LABELS, slot % LABELS as u32);
            place[cell] * LABELS as u32 + label
        });
        let linked = self.linked.map(|linked| linked.finish(place, |answers| answers));
        let alike = self.alike.map(SampleIntake::finish);
        let (contract, memberships) = (self.contract, self.memberships);
        BinaryTable { cells, scores, score_weights, score_bits_dropped, contract, linked, memberships, alike }
    }
}

impl BinaryTable {
    pub(super) fn digest(&self, bytes: &mut DigestWriter) {
        if let Some(sample) = &self.alike {
            sample.digest(bytes);
        }
        for membership in &self.memberships {
            bytes.counts(&membership.counts);
            bytes.sum(&membership.expected);
        }
        for cell in &self.cells {
            bytes.counts(&cell.counts);
            cell.losses.digest(bytes);
        }
        bytes.runs(&self.scores, self.score_weights.as_deref(), self.score_bits_dropped);
        self.contract.digest(bytes);
        linked::digest(self.linked.as_deref(), bytes);
    }
}

/// The class that a label of another table stands for.
fn from_index(label: u64) -> Label {
    match label {
        MISSING_LABEL => Label::Missing,
        label if label == Label::Positive as u64 => Label::Positive,
        _ => Label::Negative,
    }
}

/// Reads the meaning of each dictionary entry once, then maps the rows.
fn levels<L: Copy>(
    codes: Option<&Codes<'_>>,
    rows: usize,
    missing: L,
    meaning: impl Fn(&str) -> Option<L>,
    mut unknown: impl FnMut(&str, &[u32], usize),
) -> Vec<L> {
    let Some(codes) = codes else { return vec![missing; rows] };
    let meanings: Vec<L> = codes
        .dictionary
        .iter()
        .enumerate()
        .map(|(code, text)| {
            meaning(text).unwrap_or_else(|| {
                unknown(text, &codes.codes, code);
                missing
            })
        })
        .collect();
    codes.codes.iter().map(|&code| meanings.get(code as usize).copied().unwrap_or(missing)).collect()
}
