//! What a label or decision text means under the plan.

use std::collections::BTreeMap;

use super::counts::{Decided, Label};
use crate::plan::{Decision, Plan, canonical_value};

/// Texts that are the positive class when the plan names none.
const POSITIVE: [&str; 2] = ["1", "true"];
/// Texts that are the negative class when the plan names none.
const NEGATIVE: [&str; 2] = ["0", "false"];

/// The reading of label and decision texts, and of scores.
#[derive(Clone, Debug)]
pub(super) struct Outcomes {
    positive: Option<String>,
    decisions: BTreeMap<String, Decision>,
    pub(super) threshold: Option<f64>,
}

impl Outcomes {
    pub(super) fn new(plan: &Plan) -> Self {
        Self { positive: plan.positive.clone(), decisions: plan.decisions.clone(), threshold: plan.threshold }
    }

    /// The same with another threshold.
    pub(super) fn at(self, threshold: Option<f64>) -> Self {
        Self { threshold, ..self }
    }

    /// The class of a label; `None` when the text is neither.
    pub(super) fn label(&self, raw: &str) -> Option<Label> {
        if raw.is_empty() {
            return Some(Label::Missing);
        }
        self.is_positive(raw).map(|positive| if positive { Label::Positive } else { Label::Negative })
    }

    /// How a decision counts; `None` when the plan does not say.
    pub(super) fn decision(&self, raw: &str) -> Option<Decided> {
        if raw.is_empty() {
            return Some(Decided::Missing);
        }
        if self.decisions.is_empty() {
            return self.is_positive(raw).map(|positive| if positive { Decided::Positive } else { Decided::Negative });
        }
        self.decisions.get(canonical_value(raw).as_ref()).map(|decision| match decision {
            Decision::Positive => Decided::Positive,
            Decision::Negative => Decided::Negative,
            Decision::Excluded => Decided::Excluded,
        })
    }

    /// The decision that a score implies.
    pub(super) fn implied_by(&self, score: Option<f64>) -> Decided {
        match (score, self.threshold) {
            (Some(score), Some(threshold)) if score >= threshold => Decided::Positive,
            (Some(_), Some(_)) => Decided::Negative,
            _ => Decided::Missing,
        }
    }

    fn is_positive(&self, raw: &str) -> Option<bool> {
        let value = canonical_value(raw);
        match &self.positive {
            Some(positive) => Some(value == positive.as_str()),
            None if POSITIVE.contains(&value.as_ref()) => Some(true),
            None if NEGATIVE.contains(&value.as_ref()) => Some(false),
            None => None,
        }
    }
}
