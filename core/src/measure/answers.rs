//! What is kept of a row that is linked with others, by what the models predict. Numbers are kept as their keys, so that
//! rows have an order.

use super::counts::{Decided, Label};
use super::distribution::{float_key, key_float};
use super::linked::Answered;

/// The key of a number that is missing; no number has it.
const MISSING: u64 = u64::MAX;

fn key(number: Option<f64>) -> u64 {
    number.map_or(MISSING, float_key)
}

fn number(key: u64) -> Option<f64> {
    (key != MISSING).then(|| key_float(key))
}

/// A row that two models of two classes answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BinaryAnswers {
    /// Its label.
    pub label: Label,
    /// What the model under audit decided.
    pub decision: Decided,
    /// What the baseline model decided.
    pub baseline: Decided,
    score: u64,
    baseline_score: u64,
}

impl BinaryAnswers {
    pub(super) fn new(label: Label, decisions: [Decided; 2], scores: [Option<f64>; 2]) -> Self {
        let ([decision, baseline], [score, baseline_score]) = (decisions, scores.map(key));
        Self { label, decision, baseline, score, baseline_score }
    }

    /// The score of the model under audit, without its lowest bits where scores are coarsened.
    pub fn score(&self, bits_dropped: u32) -> Option<f64> {
        (self.score != MISSING).then(|| key_float(self.score >> bits_dropped << bits_dropped))
    }

    /// The score of the baseline model.
    pub fn baseline_score(&self) -> Option<f64> {
        number(self.baseline_score)
    }
}

impl Answered for BinaryAnswers {
    fn numbers(&self) -> Vec<u64> {
        vec![self.label as u64, self.decision as u64, self.baseline as u64, self.score, self.baseline_score]
    }
}

/// A row that two models of several classes answered; a class is its number, the one after the last is missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClassAnswers {
    /// Its label.
    pub label: u32,
    /// What the model under audit decided.
    pub decision: u32,
    /// What the baseline model decided.
    pub baseline: u32,
    /// The scores of the columns; empty where one of them is missing.
    scores: Box<[u64]>,
}

impl ClassAnswers {
    pub(super) fn new(label: u32, decision: u32, baseline: u32, scores: &[f64]) -> Self {
        Self { label, decision, baseline, scores: scores.iter().copied().map(float_key).collect() }
    }

    /// The same with other numbers for the classes.
    pub(super) fn renamed(self, class: impl Fn(u32) -> u32) -> Self {
        let [label, decision, baseline] = [self.label, self.decision, self.baseline].map(class);
        Self { label, decision, baseline, ..self }
    }

    /// The scores by column, where every class that has one has it.
    pub fn scores(&self) -> impl ExactSizeIterator<Item = f64> + '_ {
        self.scores.iter().copied().map(key_float)
    }

    /// The score of a column.
    pub(super) fn score(&self, column: usize) -> Option<f64> {
        self.scores.get(column).copied().map(key_float)
    }
}

impl Answered for ClassAnswers {
    fn numbers(&self) -> Vec<u64> {
        let codes = [self.label, self.decision, self.baseline, self.scores.len() as u32];
        codes.map(u64::from).into_iter().chain(self.scores.iter().copied()).collect()
    }
}

/// A row for which two models predicted a number. Only numbers that can be computed with are in here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NumberAnswers {
    /// Whether it has a label, usable or not.
    pub labelled: bool,
    label: u64,
    prediction: u64,
    baseline: u64,
    /// By rising level; empty where one of them is missing.
    quantiles: Box<[u64]>,
}

impl NumberAnswers {
    /// From a label, the predictions of both models, and quantiles.
    pub(super) fn new(labelled: bool, numbers: [Option<f64>; 3], quantiles: &[f64]) -> Self {
        let [label, prediction, baseline] = numbers.map(key);
        let quantiles = quantiles.iter().copied().map(float_key).collect();
        Self { labelled, label, prediction, baseline, quantiles }
    }

    /// The label.
    pub fn label(&self) -> Option<f64> {
        number(self.label)
    }

    /// The prediction of the model under audit.
    pub fn prediction(&self) -> Option<f64> {
        number(self.prediction)
    }

    /// The prediction of the baseline model.
    pub fn baseline(&self) -> Option<f64> {
        number(self.baseline)
    }

    /// The quantiles by rising level, where every one is known.
    pub fn quantiles(&self) -> Vec<f64> {
        self.quantiles.iter().copied().map(key_float).collect()
    }
}

impl Answered for NumberAnswers {
    fn numbers(&self) -> Vec<u64> {
        let own = [u64::from(self.labelled), self.label, self.prediction, self.baseline, self.quantiles.len() as u64];
        own.into_iter().chain(self.quantiles.iter().copied()).collect()
    }
}
