//! What is kept of the rows of a model of several classes: labels by decisions, and how the classes' scores rank and lose.

use std::collections::BTreeMap;

use super::answers::{BinaryAnswers, ClassAnswers};
use super::binary::{BinaryCell, BinaryTable};
use super::cells::Levels;
use super::classes::{Codes, MAX_CLASSES, MISSING, STRIDE, in_order};
use super::counts::{CellCounts, Decided, LABELS, Label, WeightSums};
use super::digest::DigestWriter;
use super::distribution::{Run, float_key};
use super::linked::{self, Linked, LinkedRow};
use super::ranked::{Ranked, RunWeight};
use super::rows::{RoleData, Rows};
use super::scores::{ClassContract, ScoreContract};
use super::sums::{EPSILON, LossSums};
use crate::error::{Code, Problem, Result};
use crate::plan::Plan;
use crate::table::Numbers;

/// Mergeable state of the rows of a model of several classes.
#[derive(Clone, Debug)]
pub(super) struct MulticlassIntake {
    /// The classes, numbered as they are met; those of the plan's scores come first.
    classes: Levels,
    /// Whether more classes were met than are kept.
    too_many: bool,
    /// Columns of scores, one a class: column `c` is of the class with the number `c`.
    columns: usize,
    derived_decisions: bool,
    cells: Vec<CellState>,
    /// Scores of each column in slots `cell * STRIDE + label`.
    scores: Vec<Ranked>,
    contracts: Vec<ScoreContract>,
    /// The highest score of each row in slots `cell * LABELS + label`, positive where its class is right.
    top: Ranked,
    contract: ClassContract,
    linked: Option<Linked<ClassAnswers>>,
}

/// The rows of one cell.
#[derive(Clone, Debug, Default)]
struct CellState {
    /// By label and decision.
    counts: BTreeMap<(u32, u32), Counted>,
    scored: ScoredRows,
}

/// Rows and, where they are weighted, their weights.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Rows.
    pub rows: u64,
    /// Sums of weights; `None` where the plan has no weight column.
    pub weights: Option<Box<WeightSums>>,
}

/// The labelled rows of one cell that have a score of every class.
#[derive(Clone, Debug, Default)]
pub struct ScoredRows {
    /// Log loss of the score of the true class, and squared errors summed over the classes.
    pub losses: LossSums,
    /// Losses of the highest score as the probability that its class is right.
    pub top_losses: LossSums,
    /// Losses of the score of each class against the rest, by column.
    class_losses: Vec<LossSums>,
    /// Rows by the number of classes ranked before the true one; the last entry are those whose class has no score.
    pub ranks: Vec<Counted>,
}

/// What `judge` knows of the rows of a model of several classes.
#[derive(Clone, Debug)]
pub struct MulticlassTable {
    /// The classes: of labels, decisions and scores; in the order of their numbers if all are such, else of their texts.
    pub classes: Vec<String>,
    /// In the order of the cells of the table.
    pub cells: Vec<MulticlassCell>,
    /// The scores of each class, in the order of the classes; `None` where the plan has none of it.
    pub scores: Vec<Option<ClassScores>>,
    /// The highest score of each row, in slots `cell * LABELS + label`, positive where its class is right.
    top: ClassScores,
    /// What the scores promise together.
    pub contract: ClassContract,
    /// The rows themselves, where the plan names subjects or a baseline model.
    pub linked: Option<Vec<(LinkedRow<ClassAnswers>, u64)>>,
}

/// The rows of one cell.
#[derive(Clone, Debug)]
pub struct MulticlassCell {
    /// By label, then decision, both in the order of the classes; the last ones are missing.
    pub counts: Vec<Counted>,
    /// Scored and labelled rows.
    pub scored: ScoredRows,
}

/// The distribution of one score.
#[derive(Clone, Debug)]
pub struct ClassScores {
    /// Scores in ascending order; slot `cell * (classes + 1) + label`, the last label being missing.
    pub runs: Vec<Run>,
    /// Sums of the weights of each of these; `None` where the plan has no weight column.
    pub weights: Option<Vec<RunWeight>>,
    /// Low bits of the score keys that were dropped; 0 is exact.
    pub bits_dropped: u32,
    /// What this score promises.
    pub contract: ScoreContract,
    /// Its place among the columns.
    column: usize,
}

impl Counted {
    fn add(&mut self, weight: Option<f64>) {
        self.rows += 1;
        self.add_weight(weight);
    }

    fn add_weight(&mut self, weight: Option<f64>) {
        if let Some(weight) = weight {
            self.weights.get_or_insert_default().add(weight);
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        if let Some(theirs) = &other.weights {
            self.weights.get_or_insert_default().merge(theirs);
        }
    }

    fn digest(&self, bytes: &mut DigestWriter) {
        bytes.number(self.rows);
        if let Some(sums) = &self.weights {
            bytes.sum(&sums.weight);
            bytes.sum(&sums.squared);
        }
    }
}

impl ScoredRows {
    /// Adds a row; all scores lie in [0, 1].
    fn add_losses(&mut self, scores: &[f64], best: usize, label: u32, weight: Option<f64>) {
        self.class_losses.resize_with(scores.len(), LossSums::default);
        for (column, (&score, losses)) in scores.iter().zip(&mut self.class_losses).enumerate() {
            losses.add(score, column == label as usize, weight);
        }
        let [log_loss, squared] = losses_of(scores, label as usize);
        self.losses.add_losses(log_loss, squared, weight);
        self.top_losses.add(scores[best], best == label as usize, weight);
    }

    /// Adds a row to those with its number of classes ahead of the true one; of equal scores the first class is ahead.
    fn add_rank(&mut self, scores: &[f64], label: u32, weight: Option<f64>) {
        self.ranks.resize_with(scores.len() + 1, Counted::default);
        self.ranks[rank_of(scores, label as usize)].add(weight);
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.losses.merge(&other.losses);
        self.top_losses.merge(&other.top_losses);
        self.class_losses.resize_with(self.class_losses.len().max(other.class_losses.len()), LossSums::default);
        for (mine, theirs) in self.class_losses.iter_mut().zip(&other.class_losses) {
            mine.merge(theirs);
        }
        self.ranks.resize_with(self.ranks.len().max(other.ranks.len()), Counted::default);
        for (mine, theirs) in self.ranks.iter_mut().zip(&other.ranks) {
            mine.merge(theirs);
        }
    }
}

/// Log loss of the score of the true class, and squared errors summed over the classes. A class without a score has the
/// score 0.
fn losses_of(scores: &[f64], label: usize) -> [f64; 2] {
    let mut squared = 0.0;
    for (column, score) in scores.iter().enumerate() {
        let error = if column == label { 1.0 - score } else { *score };
        squared += error * error;
    }
    squared += if label < scores.len() { 0.0 } else { 1.0 };
    let likelihood = scores.get(label).copied().unwrap_or(0.0).clamp(EPSILON, 1.0 - EPSILON);
    [-libm::log(likelihood), squared]
}

/// How many classes are ranked before the true one, all of them where it has no score.
fn rank_of(scores: &[f64], label: usize) -> usize {
    let ahead = |&(place, score): &(usize, f64)| match scores.get(label) {
        Some(&of_label) => score > of_label || (score == of_label && place < label),
        None => true,
    };
    scores.iter().copied().enumerate().filter(ahead).count()
}

/// Reads the scores of a row; whether every class has one.
fn read_scores(columns: &[&Numbers<'_>], row: usize, scores: &mut Vec<f64>) -> bool {
    scores.clear();
    // -0 and 0 are the same score.
    scores.extend(columns.iter().map_while(|column| column.get(row)).map(|score| score + 0.0));
    scores.len() == columns.len()
}

/// Place and value of the highest score; of equal scores the first class is the decision.
fn highest(scores: &[f64]) -> Option<(usize, f64)> {
    scores.iter().copied().enumerate().reduce(|best, other| if other.1 > best.1 { other } else { best })
}

impl MulticlassIntake {
    pub(super) fn new(plan: &Plan) -> Self {
        let scored = &plan.roles.scores;
        let mut classes = Levels::default();
        for class in scored.keys() {
            classes.code(class);
        }
        let ranked = || Ranked::new(plan.precision.max_keys, plan.roles.weight.is_some());
        Self {
            classes,
            too_many: scored.len() > MAX_CLASSES,
            columns: scored.len(),
            derived_decisions: plan.roles.prediction.is_none() && !scored.is_empty(),
            cells: Vec::new(),
            scores: scored.keys().map(|_| ranked()).collect(),
            contracts: vec![ScoreContract::default(); scored.len()],
            top: ranked(),
            contract: ClassContract::default(),
            linked: Linked::new(plan),
        }
    }

    /// Adds the rows of a batch; tells which of them have a label.
    pub(super) fn add(&mut self, rows: &Rows<'_>, data: &RoleData<'_, '_>) -> Vec<bool> {
        let mut codes = Codes { classes: &mut self.classes, too_many: &mut self.too_many };
        let labels = match &rows.joined_labels {
            Some(joined) => codes.of_joined(joined),
            None => codes.of_column(data.label, rows.count),
        };
        let mut decisions = codes.of_column(data.prediction, rows.count);
        let baseline = codes.of_column(data.baseline_prediction, rows.count);
        self.cells.resize_with(self.cells.len().max(rows.cells_so_far), CellState::default);
        let columns: Option<Vec<&Numbers<'_>>> = data.class_scores.iter().copied().collect();
        if let Some(columns) = columns.as_ref().filter(|columns| !columns.is_empty() && !self.too_many) {
            self.score(rows, columns, &labels, &mut decisions);
        }
        if let Some(linked) = &mut self.linked {
            linked.add(rows, data, |row| {
                let mut scores = Vec::new();
                if !read_scores(columns.as_deref().unwrap_or_default(), row, &mut scores) {
                    scores.clear();
                }
                ClassAnswers::new(labels[row], decisions[row], baseline[row], &scores)
            });
        }
        self.count(rows, &labels, &decisions);
        labels.into_iter().map(|label| label != MISSING).collect()
    }

    /// Adds the scores of the rows that have one of every class, and derives their decisions where there are no others.
    fn score(&mut self, rows: &Rows<'_>, columns: &[&Numbers<'_>], labels: &[u32], decisions: &mut [u32]) {
        let mut scores: Vec<f64> = Vec::with_capacity(columns.len());
        for row in 0..rows.count {
            if !read_scores(columns, row, &mut scores) {
                continue;
            }
            let best = highest(&scores).map_or(0, |(best, _)| best);
            if self.derived_decisions {
                decisions[row] = best as u32;
            }
            let (cell, label, decision, weight) = (rows.cell(row), labels[row], decisions[row], rows.weight(row));
            self.contract.add(&scores, best, decision);
            for (column, &score) in scores.iter().enumerate() {
                let decided = match decision {
                    MISSING => Decided::Missing,
                    decision if decision as usize == column => Decided::Positive,
                    _ => Decided::Negative,
                };
                self.contracts[column].add(score, decided, None);
                self.scores[column].add(float_key(score), cell * STRIDE + label, weight.unwrap_or(1.0));
            }
            let right = match label {
                MISSING => Label::Missing,
                label if label as usize == best => Label::Positive,
                _ => Label::Negative,
            };
            self.top.add(float_key(scores[best]), cell * LABELS as u32 + right as u32, weight.unwrap_or(1.0));
            if label != MISSING {
                let scored = &mut self.cells[cell as usize].scored;
                scored.add_rank(&scores, label, weight);
                if scores.iter().all(|score| (0.0..=1.0).contains(score)) {
                    scored.add_losses(&scores, best, label, weight);
                }
            }
        }
    }

    fn count(&mut self, rows: &Rows<'_>, labels: &[u32], decisions: &[u32]) {
        let place = |row: usize| (u64::from(rows.cell(row)) << 32) | u64::from(labels[row] << 16 | decisions[row]);
        let mut places: Vec<u64> = (0..rows.count).map(place).collect();
        radsort::sort(&mut places);
        for same in places.chunk_by(|a, b| a == b) {
            let (cell, label, decision) = ((same[0] >> 32) as usize, same[0] >> 16 & 0xffff, same[0] & 0xffff);
            self.cells[cell].counts.entry((label as u32, decision as u32)).or_default().rows += same.len() as u64;
        }
        if rows.is_weighted() {
            for row in 0..rows.count {
                let counts = &mut self.cells[rows.cell(row) as usize].counts;
                counts.entry((labels[row], decisions[row])).or_default().add_weight(rows.weight(row));
            }
        }
    }

    /// Puts what was added last in order.
    pub(super) fn settle(&mut self) {
        self.scores.iter_mut().chain([&mut self.top]).for_each(Ranked::settle);
    }

    /// Adds all of another part, whose cell `c` is `cells[c]` here; there are `count` cells here.
    pub(super) fn merge(&mut self, other: Self, cells: &[u32], count: usize) {
        let mut codes = Codes { classes: &mut self.classes, too_many: &mut self.too_many };
        let here: Vec<u32> = other.classes.texts().iter().map(|class| codes.of(class)).collect();
        let class = |code: u32| here.get(code as usize).copied().unwrap_or(MISSING);
        self.too_many |= other.too_many;
        self.cells.resize_with(count, CellState::default);
        for (&cell, theirs) in cells.iter().zip(&other.cells) {
            let mine = &mut self.cells[cell as usize];
            for (&(label, decision), counted) in &theirs.counts {
                mine.counts.entry((class(label), class(decision))).or_default().merge(counted);
            }
            mine.scored.merge(&theirs.scored);
        }
        let slots: Vec<u32> =
            cells.iter().flat_map(|cell| (0..STRIDE).map(move |label| cell * STRIDE + class(label))).collect();
        for (mine, theirs) in self.scores.iter_mut().zip(other.scores) {
            mine.merge(theirs, &slots);
        }
        let slots: Vec<u32> =
            cells.iter().flat_map(|&cell| (0..LABELS as u32).map(move |label| cell * LABELS as u32 + label)).collect();
        self.top.merge(other.top, &slots);
        for (mine, theirs) in self.contracts.iter_mut().zip(&other.contracts) {
            mine.merge(theirs);
        }
        self.contract.merge(&other.contract);
        if let (Some(mine), Some(theirs)) = (&mut self.linked, other.linked) {
            mine.merge(theirs, cells, |answers| answers.renamed(class));
        }
    }

    /// Reports what no single row could tell.
    pub(super) fn check(&self, source: &str) -> Result<()> {
        if !self.too_many {
            return Ok(());
        }
        let message = format!("there are more than {MAX_CLASSES} classes among labels, decisions and scores");
        let hint = "is the label a number? then write `task: regression`; else put rare classes together";
        Err(Problem::new(Code::BudgetExceeded, message).source(source).field("label").hint(hint).into())
    }

    /// Ends the table: cell `c` becomes `place[c]` of `count` cells.
    pub(super) fn finish(self, place: &[u32], count: usize) -> MulticlassTable {
        let (classes, order) = in_order(self.classes.texts());
        let k = classes.len();
        let class = |code: u32| order.get(code as usize).map_or(k, |&place| place);
        let blank =
            MulticlassCell { counts: vec![Counted::default(); (k + 1) * (k + 1)], scored: ScoredRows::default() };
        let mut cells = vec![blank; count];
        for (&place, cell) in place.iter().zip(&self.cells) {
            let into = &mut cells[place as usize];
            for (&(label, decision), counted) in &cell.counts {
                into.counts[class(label) * (k + 1) + class(decision)].merge(counted);
            }
            into.scored.merge(&cell.scored);
        }
        let mut scores: Vec<Option<ClassScores>> = vec![None; k];
        for (column, (ranked, contract)) in self.scores.into_iter().zip(self.contracts).enumerate() {
            let (runs, weights, bits_dropped) =
                ranked.finish(|slot| place[(slot / STRIDE) as usize] * (k as u32 + 1) + class(slot % STRIDE) as u32);
            scores[class(column as u32)] = Some(ClassScores { runs, weights, bits_dropped, contract, column });
        }
        let (runs, weights, bits_dropped) = self.top.finish(|slot| {
            let (cell, label) = (slot as usize / LABELS, slot % LABELS as u32);
            place[cell] * LABELS as u32 + label
        });
        let top = ClassScores { runs, weights, bits_dropped, contract: ScoreContract::default(), column: self.columns };
        let linked =
            self.linked.map(|linked| linked.finish(place, |answers| answers.renamed(|code| class(code) as u32)));
        MulticlassTable { classes, cells, scores, top, contract: self.contract, linked }
    }
}

impl MulticlassTable {
    /// One class against the rest, as the table of a binary model.
    pub(crate) fn against_rest(&self, class: usize) -> BinaryTable {
        let k = self.classes.len();
        let side = |place: usize| match place {
            place if place == class => (Label::Positive, Decided::Positive),
            place if place == k => (Label::Missing, Decided::Missing),
            _ => (Label::Negative, Decided::Negative),
        };
        let scores = self.scores[class].as_ref();
        let cells = self.cells.iter().map(|cell| {
            let mut counts = CellCounts::default();
            for (place, counted) in cell.counts.iter().enumerate() {
                counts.add(CellCounts::entry(side(place / (k + 1)).0, side(place % (k + 1)).1), counted);
            }
            let losses = scores.and_then(|scores| cell.scored.class_losses.get(scores.column));
            BinaryCell { counts, losses: losses.cloned().unwrap_or_default() }
        });
        let slot = |slot: u32| {
            let (cell, label) = (slot as usize / (k + 1), slot as usize % (k + 1));
            (cell * LABELS) as u32 + side(label).0 as u32
        };
        let linked = self.linked_as(|answers| {
            let decisions = [answers.decision, answers.baseline].map(|class| side(class as usize).1);
            let score = scores.and_then(|scores| answers.score(scores.column));
            BinaryAnswers::new(side(answers.label as usize).0, decisions, [score, None])
        });
        match scores {
            Some(scores) => scores.as_binary(cells.collect(), slot, linked),
            None => BinaryTable {
                cells: cells.collect(),
                scores: Vec::new(),
                score_weights: self.top.weights.as_ref().map(|_| Vec::new()),
                score_bits_dropped: 0,
                contract: ScoreContract::default(),
                linked,
                memberships: Vec::new(),
                alike: None,
            },
        }
    }

    /// The highest score as the probability that its class is right, as the table of a binary model without decisions.
    pub(crate) fn top_label(&self) -> BinaryTable {
        let cells = self.cells.iter().map(|cell| {
            let mut counts = CellCounts::default();
            for counted in &cell.counts {
                counts.add(CellCounts::entry(Label::Missing, Decided::Missing), counted);
            }
            BinaryCell { counts, losses: cell.scored.top_losses.clone() }
        });
        let mut of_column = vec![0; self.classes.len()];
        for (class, scores) in self.scores.iter().enumerate() {
            scores.iter().for_each(|scores| of_column[scores.column] = class);
        }
        let linked = self.linked_as(|answers| {
            let highest = highest(&answers.scores().collect::<Vec<_>>());
            let right = match highest {
                _ if answers.label as usize == self.classes.len() => Label::Missing,
                Some((column, _)) if of_column[column] == answers.label as usize => Label::Positive,
                _ => Label::Negative,
            };
            BinaryAnswers::new(right, [Decided::Missing; 2], [highest.map(|(_, score)| score), None])
        });
        self.top.as_binary(cells.collect(), |slot| slot, linked)
    }

    /// Log loss and squared error of a labelled row whose scores all lie in [0, 1], and how many classes are ranked before
    /// the true one; `None` for a row without a label or without a score of every class.
    pub(crate) fn scored(&self, row: &ClassAnswers) -> Option<(Option<[f64; 2]>, usize)> {
        let scores: Vec<f64> = row.scores().collect();
        let of_label = self.scores.get(row.label as usize).filter(|_| !scores.is_empty())?;
        let column = of_label.as_ref().map_or(usize::MAX, |of_label| of_label.column);
        let losses = scores.iter().all(|score| (0.0..=1.0).contains(score)).then(|| losses_of(&scores, column));
        Some((losses, rank_of(&scores, column)))
    }

    /// The rows themselves as those of two models of two classes.
    fn linked_as(&self, of: impl Fn(&ClassAnswers) -> BinaryAnswers) -> Option<Vec<(LinkedRow<BinaryAnswers>, u64)>> {
        let linked = self.linked.as_ref()?;
        Some(linked.iter().map(|(row, count)| (row.with(of(&row.answers)), *count)).collect())
    }

    /// Most bits that were dropped of a score.
    pub(super) fn bits_dropped(&self) -> u32 {
        self.scores.iter().flatten().map(|scores| scores.bits_dropped).max().unwrap_or(0)
    }

    pub(super) fn digest(&self, bytes: &mut DigestWriter) {
        bytes.number(self.classes.len() as u64);
        for class in &self.classes {
            bytes.text(Some(class));
        }
        for cell in &self.cells {
            for counted in cell.counts.iter().chain(&cell.scored.ranks) {
                counted.digest(bytes);
            }
            for losses in [&cell.scored.losses, &cell.scored.top_losses].into_iter().chain(&cell.scored.class_losses) {
                losses.digest(bytes);
            }
        }
        for scores in self.scores.iter().flatten().chain([&self.top]) {
            bytes.runs(&scores.runs, scores.weights.as_deref(), scores.bits_dropped);
            scores.contract.digest(bytes);
        }
        self.contract.digest(bytes);
        linked::digest(self.linked.as_deref(), bytes);
    }
}

impl ClassScores {
    fn as_binary(
        &self,
        cells: Vec<BinaryCell>,
        slot: impl Fn(u32) -> u32,
        linked: Option<Vec<(LinkedRow<BinaryAnswers>, u64)>>,
    ) -> BinaryTable {
        let (scores, score_weights) = super::ranked::moved(&self.runs, self.weights.as_deref(), slot);
        let contract = self.contract.clone();
        let (score_bits_dropped, memberships) = (self.bits_dropped, Vec::new());
        let alike = None;
        BinaryTable { cells, scores, score_weights, score_bits_dropped, contract, linked, memberships, alike }
    }
}
