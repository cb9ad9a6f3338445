//! Measures of scores: how they rank, and what they lose.

use std::cell::OnceCell;

use super::super::facts::GroupFacts;
use super::Estimate;
use crate::findings::v1::Reason;
use crate::measure::BinaryTable;
use crate::measure::sums::Moments;
use crate::stats::calibration::{Bin, BrierDecomposition, MeanScore, Recalibration, Spiegelhalter};
use crate::stats::ranking::{self, TieGroup, weighted};
use crate::stats::{Mass, Scored, Uncertainty};

pub(super) const SCORED: &str = "scored and labelled";

/// The scores of a group, and what several measures of them share.
pub(super) struct ScoreMeasures<'g> {
    pub(super) group: &'g GroupFacts,
    pub(super) positives: Mass,
    pub(super) negatives: Mass,
    /// Whether scores were coarsened, so that ties hide an order.
    coarse: bool,
    pub(super) shared: Shared,
}

/// What several measures rest on, worked out when the first of them asks.
#[derive(Default)]
pub(super) struct Shared {
    /// The area under the ROC curve and DeLong's variance of it.
    area: OnceCell<(Option<f64>, Option<f64>)>,
    pub(super) mean: OnceCell<Option<MeanScore>>,
    /// Bins of equal width and of equal count, closed on the right and on the left.
    pub(super) bins: [OnceCell<Option<Vec<Bin>>>; 4],
    pub(super) brier: OnceCell<Option<BrierDecomposition>>,
    pub(super) spiegelhalter: OnceCell<Option<Spiegelhalter>>,
    pub(super) fit: OnceCell<Option<Recalibration>>,
}

impl<'g> ScoreMeasures<'g> {
    pub(super) fn new(table: &BinaryTable, group: &'g GroupFacts) -> Self {
        let (positives, negatives) = group.scores.classes();
        let coarse = table.score_bits_dropped > 0;
        Self { group, positives, negatives, coarse, shared: Shared::default() }
    }

    /// The estimate of a measure.
    pub(super) fn estimate(&self, name: &str, convention: &str) -> Estimate {
        match name {
            "roc_auc" => self.roc_auc(convention),
            "gini" => self.gini(),
            "average_precision" => self.average_precision(),
            "pr_auc_trapezoid" => self.pr_auc_trapezoid(),
            "ks" => self.ks(),
            "partial_auc" => self.partial_auc(convention),
            "precision_at_k" | "recall_at_k" | "lift_at_k" | "gain_at_k" => self.top_share(name, convention),
            "mean_score" if convention == "standard" => self.mean_of_all(),
            "log_loss" => self.mean_loss(&self.group.losses.log_loss),
            "brier" => self.mean_loss(&self.group.losses.brier),
            _ => self.calibration(name, convention),
        }
    }

    fn ties(&self) -> &[TieGroup] {
        &self.group.scores.ties
    }

    /// Labelled rows with a score.
    pub(super) fn rows(&self) -> u64 {
        self.positives.rows + self.negatives.rows
    }

    pub(super) fn undefined(&self, reason: Reason) -> Estimate {
        Estimate::undefined(reason, self.rows(), SCORED)
    }

    /// A value of all scored and labelled rows.
    pub(super) fn defined(&self, value: f64) -> Estimate {
        let estimate = Estimate::new(value, self.rows(), SCORED);
        if self.group.scores.is_weighted() {
            estimate.effective((self.positives + self.negatives).effective())
        } else {
            estimate
        }
    }

    /// Why a measure that needs positives is undefined.
    fn without_positives(&self) -> Option<Reason> {
        match (self.positives.rows, self.negatives.rows) {
            (0, 0) => Some(Reason::NoRows),
            (0, _) => Some(Reason::NoPositives),
            _ => None,
        }
    }

    /// Why a measure that needs both classes is undefined.
    pub(super) fn without_a_class(&self) -> Option<Reason> {
        self.without_positives().or((self.negatives.rows == 0).then_some(Reason::NoNegatives))
    }

    /// The ROC AUC with its sampling model.
    fn auc(&self, convention: &str) -> Result<(f64, Uncertainty), Reason> {
        if let Some(reason) = self.without_a_class() {
            return Err(reason);
        }
        let scores = &self.group.scores;
        let (auc, variance) = *self.shared.area.get_or_init(|| {
            if scores.is_weighted() {
                (weighted::roc_auc(scores.scored()), weighted::delong_variance(scores.scored()))
            } else {
                (ranking::roc_auc(self.ties()), ranking::delong_variance(self.ties()))
            }
        });
        let auc = auc.ok_or(Reason::ZeroDenominator)?;
        let variance = variance.unwrap_or(0.0);
        let (positives, negatives) = (self.positives.effective(), self.negatives.effective());
        let uncertainty = match convention {
            "delong_plain" => Uncertainty::DeLong { auc, variance },
            _ => Uncertainty::LogitDeLong { auc, variance, positives, negatives },
        };
        Ok((auc, uncertainty))
    }

    /// Half the share of pairs that coarsening tied: each counts between 0 and 1 instead of a half.
    fn slack(&self) -> Option<f64> {
        self.coarse.then(|| {
            let tied: f64 = self
                .group
                .scores
                .scored()
                .map(|tie| {
                    tie.positives.weight / self.positives.weight * (tie.negatives.weight / self.negatives.weight)
                })
                .sum();
            0.5 * tied
        })
    }

    fn roc_auc(&self, convention: &str) -> Estimate {
        match self.auc(convention) {
            Err(reason) => self.undefined(reason),
            Ok((auc, uncertainty)) => Estimate {
                bounds: self.slack().map(|slack| ((auc - slack).max(0.0), (auc + slack).min(1.0))),
                ..self.defined(auc).with(uncertainty)
            },
        }
    }

    fn gini(&self) -> Estimate {
        match self.auc("standard") {
            Err(reason) => self.undefined(reason),
            Ok((auc, of)) => {
                let gini = 2.0 * auc - 1.0;
                let bounds = self.slack().map(|slack| ((gini - 2.0 * slack).max(-1.0), (gini + 2.0 * slack).min(1.0)));
                let uncertainty = Uncertainty::Linear { of: Box::new(of), factor: 2.0, offset: -1.0 };
                Estimate { bounds, ..self.defined(gini).with(uncertainty) }
            }
        }
    }

    fn average_precision(&self) -> Estimate {
        if let Some(reason) = self.without_positives() {
            return self.undefined(reason);
        }
        let scores = &self.group.scores;
        let value = if scores.is_weighted() {
            weighted::average_precision(scores.scored())
        } else {
            ranking::average_precision(self.ties())
        };
        let Some(value) = value else { return self.undefined(Reason::ZeroDenominator) };
        let bounds =
            if self.coarse { self.average_precision_of(false).zip(self.average_precision_of(true)) } else { None };
        let uncertainty = Uncertainty::LogitAveragePrecision { value, positives: self.positives.effective() };
        Estimate { bounds, ..self.defined(value).with(uncertainty) }
    }

    /// Average precision if every tie were broken for (or against) the positives.
    fn average_precision_of(&self, positives_first: bool) -> Option<f64> {
        let split: Vec<Scored> = self
            .group
            .scores
            .scored()
            .flat_map(|tie| {
                let positives = Scored { negatives: Mass::default(), ..tie };
                let negatives = Scored { positives: Mass::default(), ..tie };
                // Ascending by score: what comes later is ranked first.
                if positives_first { [negatives, positives] } else { [positives, negatives] }
            })
            .filter(|tie| tie.positives.rows + tie.negatives.rows > 0)
            .collect();
        weighted::average_precision(split.iter().copied())
    }

    fn pr_auc_trapezoid(&self) -> Estimate {
        if let Some(reason) = self.without_a_class() {
            return self.undefined(reason);
        }
        let scores = &self.group.scores;
        let value = if scores.is_weighted() {
            weighted::pr_auc_trapezoid(scores.scored())
        } else {
            ranking::pr_auc_trapezoid(self.ties())
        };
        let Some(value) = value else { return self.undefined(Reason::ZeroDenominator) };
        let positives = self.positives.effective();
        self.defined(value).with(Uncertainty::LogitAveragePrecision { value, positives })
    }

    fn ks(&self) -> Estimate {
        if let Some(reason) = self.without_a_class() {
            return self.undefined(reason);
        }
        let scores = &self.group.scores;
        let value = if scores.is_weighted() {
            weighted::ks_statistic(scores.scored())
        } else {
            ranking::ks_statistic(self.ties())
        };
        let Some(ks) = value else { return self.undefined(Reason::ZeroDenominator) };
        let (positives, negatives) = (self.positives.effective(), self.negatives.effective());
        self.defined(ks).with(Uncertainty::KolmogorovSmirnov { ks, positives, negatives })
    }

    /// Whether every score is a probability.
    pub(super) fn out_of_range(&self) -> bool {
        self.group.losses.rows != self.rows()
    }

    fn mean_loss(&self, moments: &Moments) -> Estimate {
        let rows = self.rows();
        if rows == 0 {
            return self.undefined(Reason::NoRows);
        }
        if self.out_of_range() {
            return self.undefined(Reason::ScoresOutOfRange);
        }
        let sum = moments.sum.value();
        let Some(weights) = &self.group.losses.weights else {
            let n = rows as f64;
            let mean = sum / n;
            // The sums are exact, so the shortcut formula loses only what this one subtraction rounds.
            let variance = ((moments.squares.value() - sum * mean) / (n - 1.0)).max(0.0);
            return self.defined(mean).with(student_t(mean, variance, n));
        };
        let (weight, squared) = (weights.weight.value(), weights.squared.value());
        if weight <= 0.0 {
            return self.undefined(Reason::ZeroDenominator);
        }
        let mean = sum / weight;
        let cross = moments.cross.as_ref().map_or(0.0, |cross| cross.value());
        // Linearisation: Σ w² (x - mean)² / (Σ w)², as the variance of one row of Kish's effective number.
        let spread = (moments.squares.value() - 2.0 * mean * cross + mean * mean * squared).max(0.0);
        let n = weight * weight / squared;
        self.defined(mean).with(student_t(mean, spread / squared * n / (n - 1.0), n))
    }
}

fn student_t(mean: f64, variance: f64, n: f64) -> Option<Uncertainty> {
    (n > 1.0 && variance > 0.0).then_some(Uncertainty::StudentT { mean, variance, n })
}
