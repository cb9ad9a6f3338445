//! Measures of scores: how they rank, and what they lose.

use std::cell::OnceCell;

use super::super::facts::GroupFacts;
use super::super::linked::Answers;
use super::Estimate;
use crate::findings::v1::Reason;
use crate::measure::counts::Label;
use crate::measure::sums::{LossSums, Moments, losses};
use crate::stats::calibration::{
    Bin, BrierDecomposition, FitInfluence, Logits, MeanScore, Recalibration, Spiegelhalter,
};
use crate::stats::ranking::{self, Effect, TieGroup, weighted};
use crate::stats::subjects::DesignEffect;
use crate::stats::{Mass, Scored, Uncertainty};

pub(super) const SCORED: &str = "scored and labelled";

/// What a row, positive or not, adds to the error of an estimate.
type Error<'e> = &'e dyn Fn(bool, &Answers) -> Option<f64>;

/// The scores of a group, and what several measures of them share.
pub(super) struct ScoreMeasures<'g> {
    pub(super) group: &'g GroupFacts,
    pub(super) positives: Mass,
    pub(super) negatives: Mass,
    pub(super) shared: Shared<'g>,
}

/// What several measures rest on, worked out when the first of them asks.
#[derive(Default)]
pub(super) struct Shared<'g> {
    /// The area under the ROC curve and DeLong's variance of it.
    area: OnceCell<(Option<f64>, Option<f64>)>,
    pub(super) mean: OnceCell<Option<MeanScore>>,
    /// Bins of equal width and of equal count, closed on the right and on the left.
    pub(super) bins: [OnceCell<Option<Vec<Bin>>>; 4],
    pub(super) brier: OnceCell<Option<BrierDecomposition>>,
    pub(super) spiegelhalter: OnceCell<Option<Spiegelhalter>>,
    pub(super) logits: OnceCell<Logits<'g>>,
    pub(super) fit: OnceCell<Option<Recalibration>>,
}

impl<'g> ScoreMeasures<'g> {
    pub(super) fn new(group: &'g GroupFacts) -> Self {
        let (positives, negatives) = group.scores.classes();
        Self { group, positives, negatives, shared: Shared::default() }
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
            "log_loss" => self.mean_loss(&self.group.losses.log_loss, |positive, score| losses(score, positive).0),
            "brier" => self.mean_loss(&self.group.losses.brier, |positive, score| losses(score, positive).1),
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

    /// The same with what is known of its error, from as many subjects as the design has.
    pub(super) fn with(&self, estimate: Estimate, of: Option<Uncertainty>, design: Option<DesignEffect>) -> Estimate {
        self.with_rows(estimate, of, design, (self.positives + self.negatives).effective())
    }

    /// The same for an estimate from other rows than the scored and labelled ones.
    pub(super) fn with_rows(
        &self,
        estimate: Estimate,
        of: Option<Uncertainty>,
        design: Option<DesignEffect>,
        rows: f64,
    ) -> Estimate {
        if self.group.confusion.clustered().is_none() {
            return estimate.with(of);
        }
        let Some(design) = design else { return estimate.of_subjects(Some(1)) };
        let of = of.map(|of| Uncertainty::Clustered {
            of: Box::new(of),
            rows: design.rows,
            subjects: design.subjects,
            looks: 1,
        });
        estimate.with(of).effective(design.effective(rows)).of_subjects(Some(design.subjects))
    }

    /// The design effect of an estimate to which each scored and labelled row adds this; `None` where rows have no subjects
    /// or one subject has them all.
    pub(super) fn design(&self, parts: &[Error<'_>]) -> Option<DesignEffect> {
        let linked = self.group.confusion.clustered()?;
        let influence = |part: Error<'_>| {
            linked.influence(|row| {
                if row.score.is_none() || row.label == Label::Missing {
                    return None;
                }
                part(row.label == Label::Positive, row)
            })
        };
        linked.design(&parts.iter().map(|part| influence(*part)).collect::<Vec<_>>())
    }

    /// The design effect of a mean over the scored and labelled rows.
    pub(super) fn design_of_mean(&self, mean: f64, of: impl Fn(bool, f64) -> f64) -> Option<DesignEffect> {
        let total = (self.positives + self.negatives).weight;
        self.design(&[&|positive, row| Some((of(positive, row.score?) - mean) / total)])
    }

    /// The design effect of a coefficient of recalibration, worked out only where rows have subjects.
    pub(super) fn design_of_fit(
        &self,
        coefficient: usize,
        influence: impl FnOnce() -> Option<FitInfluence>,
    ) -> Option<DesignEffect> {
        self.group.confusion.clustered()?;
        let influence = influence()?;
        self.design(&[&|positive, row| Some(influence.of_row(row.score?, positive)[coefficient])])
    }

    /// The design effect of an estimate of the ranking: of each score the effect of a positive and of a negative, each a mean
    /// over these weights.
    pub(super) fn design_of_effects(
        &self,
        effects: impl FnOnce() -> Option<Vec<Effect>>,
        weights: [f64; 2],
    ) -> Option<DesignEffect> {
        self.group.confusion.clustered()?;
        let effects = effects()?;
        self.design(&[&|positive, row| {
            let score = row.ranked? + 0.0;
            let place = effects.binary_search_by(|other| other.score.total_cmp(&score)).ok()?;
            let Effect { of_positive, of_negative, .. } = *effects.get(place)?;
            Some(if positive { of_positive / weights[0] } else { of_negative / weights[1] })
        }])
    }

    /// An estimate of independent rows as one of subjects.
    pub(super) fn under(&self, estimate: Estimate, parts: &[Error<'_>]) -> Estimate {
        if self.group.confusion.clustered().is_none() || estimate.value.is_err() {
            return estimate;
        }
        let rows = estimate.n_effective.unwrap_or(estimate.n as f64);
        let Some(design) = self.design(parts) else { return estimate.of_subjects(Some(1)) };
        let of = estimate.uncertainty.clone().and_then(|of| of.by_subject(&design));
        estimate.with(of).effective(design.effective(rows)).of_subjects(Some(design.subjects))
    }

    /// Obuchowski's: by placements among the negatives and among the positives.
    fn design_of_auc(&self, auc: f64) -> Option<DesignEffect> {
        self.group.confusion.clustered()?;
        let placements = ranking::placements(self.group.scores.scored());
        let of = |row: &Answers| {
            let score = row.ranked?;
            let place = placements.binary_search_by(|other| other.score.total_cmp(&(score + 0.0))).ok()?;
            placements.get(place)
        };
        let (positives, negatives) = (self.positives.weight, self.negatives.weight);
        self.design(&[
            &|positive, row| if positive { Some((of(row)?.of_positive - auc) / positives) } else { None },
            &|positive, row| if positive { None } else { Some((of(row)?.of_negative - auc) / negatives) },
        ])
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
    fn auc(&self, convention: &str) -> Result<(f64, Uncertainty, Option<DesignEffect>), Reason> {
        if let Some(reason) = self.without_a_class() {
            return Err(reason);
        }
        let scores = &self.group.scores;
        let (auc, variance) = *self.shared.area.get_or_init(|| {
            if scores.is_weighted() {
                (weighted::roc_auc(scores.scored()), weighted::delong_variance(scores.scored()))
            } else {
                ranking::area_and_variance(self.ties()).map_or((None, None), |(area, variance)| (Some(area), variance))
            }
        });
        let auc = auc.ok_or(Reason::ZeroDenominator)?;
        let variance = variance.unwrap_or(0.0);
        let design = self.design_of_auc(auc);
        let variance = variance * design.map_or(1.0, |design| design.effect);
        let [positives, negatives] = [self.positives, self.negatives]
            .map(|class| design.map_or(class.effective(), |design| design.effective(class.effective())));
        let uncertainty = match convention {
            "delong_plain" => Uncertainty::DeLong { auc, variance },
            _ => Uncertainty::LogitDeLong { auc, variance, positives, negatives },
        };
        Ok((auc, uncertainty, design))
    }

    /// Half the share of pairs that coarsening tied: each counts between 0 and 1 instead of a half.
    fn slack(&self) -> Option<f64> {
        self.group.scores.is_coarse().then(|| {
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
            Ok((auc, uncertainty, design)) => Estimate {
                bounds: self.slack().map(|slack| ((auc - slack).max(0.0), (auc + slack).min(1.0))),
                ..self.with(self.defined(auc), Some(uncertainty), design)
            },
        }
    }

    fn gini(&self) -> Estimate {
        match self.auc("standard") {
            Err(reason) => self.undefined(reason),
            Ok((auc, of, design)) => {
                let gini = 2.0 * auc - 1.0;
                let bounds = self.slack().map(|slack| ((gini - 2.0 * slack).max(-1.0), (gini + 2.0 * slack).min(1.0)));
                let uncertainty = Uncertainty::Linear { of: Box::new(of), factor: 2.0, offset: -1.0 };
                Estimate { bounds, ..self.with(self.defined(gini), Some(uncertainty), design) }
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
        let bounds = if scores.is_coarse() {
            self.average_precision_of(false).zip(self.average_precision_of(true))
        } else {
            None
        };
        let weight = self.positives.weight;
        let design = self.design_of_effects(|| ranking::average_precision_effects(scores.scored()), [weight; 2]);
        let positives = self.positives.effective();
        let positives = design.map_or(positives, |design| design.effective(positives));
        let uncertainty = Uncertainty::LogitAveragePrecision { value, positives };
        Estimate { bounds, ..self.with(self.defined(value), Some(uncertainty), design) }
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

    fn mean_loss(&self, moments: &Moments, loss: impl Fn(bool, f64) -> f64) -> Estimate {
        match mean_and_variance(&self.group.losses, moments, self.rows()) {
            Ok((mean, variance, n)) => self.mean_of(mean, variance, n, loss),
            Err(reason) => self.undefined(reason),
        }
    }

    /// A mean over the scored and labelled rows, with the variance of one of `n` of them.
    fn mean_of(&self, mean: f64, variance: f64, n: f64, of: impl Fn(bool, f64) -> f64) -> Estimate {
        let design = self.design_of_mean(mean, of);
        let variance = variance * design.map_or(1.0, |design| design.effect);
        self.with(self.defined(mean), student_t(mean, variance, n), design)
    }
}

/// The mean of a loss, the variance of one row, and of how many of them: over labelled rows of which `rows` have scores.
/// Undefined where not all of these are probabilities.
fn mean_and_variance(losses: &LossSums, moments: &Moments, rows: u64) -> Result<(f64, f64, f64), Reason> {
    if rows == 0 {
        return Err(Reason::NoRows);
    }
    if losses.rows != rows {
        return Err(Reason::ScoresOutOfRange);
    }
    let sum = moments.sum.value();
    let Some(weights) = &losses.weights else {
        let n = rows as f64;
        let mean = sum / n;
        // The sums are exact, so the shortcut formula loses only what this one subtraction rounds.
        let variance = ((moments.squares.value() - sum * mean) / (n - 1.0)).max(0.0);
        return Ok((mean, variance, n));
    };
    let (weight, squared) = (weights.weight.value(), weights.squared.value());
    if weight <= 0.0 {
        return Err(Reason::ZeroDenominator);
    }
    let mean = sum / weight;
    let cross = moments.cross.as_ref().map_or(0.0, |cross| cross.value());
    // Linearisation: Σ w² (x - mean)² / (Σ w)², as the variance of one row of Kish's effective number.
    let spread = (moments.squares.value() - 2.0 * mean * cross + mean * mean * squared).max(0.0);
    let n = weight * weight / squared;
    Ok((mean, spread / squared * n / (n - 1.0), n))
}

/// The mean of a loss over labelled rows, of which `rows` have scores.
pub(super) fn mean_loss(losses: &LossSums, moments: &Moments, rows: u64) -> Estimate {
    match mean_and_variance(losses, moments, rows) {
        Err(reason) => Estimate::undefined(reason, rows, SCORED),
        Ok((mean, variance, n)) => {
            let estimate = Estimate::new(mean, rows, SCORED).with(student_t(mean, variance, n));
            if losses.weights.is_some() { estimate.effective(n) } else { estimate }
        }
    }
}

fn student_t(mean: f64, variance: f64, n: f64) -> Option<Uncertainty> {
    (n > 1.0 && variance > 0.0).then_some(Uncertainty::StudentT { mean, variance, n })
}
