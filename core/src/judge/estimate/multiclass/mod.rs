//! Measures of a model of several classes as a whole.

mod averages;
mod change;
mod subjects;

use super::Estimate;
use super::rates::{BOTH, share_of};
use super::scores::{SCORED, ScoreMeasures, mean_loss};
use crate::findings::v1::Reason;
use crate::judge::classes::{ClassCounts, Pairs};
use crate::judge::facts::{GroupFacts, Tally};
use crate::measure::sums::{LossSums, Moments};
use crate::plan::Plan;
use crate::stats::agreement::{self, Weighting};
use crate::stats::{Part, Uncertainty};

/// What the measures of one group are worked out from.
pub(super) struct Whole<'g> {
    pub(super) plan: &'g Plan,
    /// Its highest scores as probabilities of being right.
    pub(super) top: ScoreMeasures<'g>,
    pub(super) counts: &'g ClassCounts,
    pub(super) pairs: &'g Pairs,
    /// The same group of each class against the rest.
    pub(super) views: &'g [&'g GroupFacts],
}

impl Whole<'_> {
    /// The estimate of a measure, by subject where the plan names them.
    pub(super) fn estimate(&self, name: &str, convention: &str) -> Estimate {
        match change::estimate(self, name, convention) {
            Some(estimate) => estimate,
            None => self.under_subjects(name, convention, self.of_rows(name, convention)),
        }
    }

    /// The estimate of a measure of independent rows.
    fn of_rows(&self, name: &str, convention: &str) -> Estimate {
        match (name, convention) {
            ("n", _) => Estimate::new(self.top.group.rows as f64, self.top.group.rows, "rows"),
            ("sum_of_weights", _) => {
                Estimate { value: Ok(self.both().weight), ..Estimate::new(0.0, self.both().rows, BOTH) }
            }
            ("label_coverage", _) => self.label_coverage(),
            ("accuracy", _) | ("precision" | "recall" | "f1", "micro_average") => self.accuracy(),
            ("balanced_accuracy", "present_classes") => self.mean_recall(true),
            ("balanced_accuracy", _) | ("recall", "macro_average") => self.mean_recall(false),
            // Weighted by their labels, the recalls add up to the share of rows that are right.
            ("recall", "weighted_average" | "weighted_zero_division_0") => self.accuracy(),
            ("precision" | "recall" | "f1" | "jaccard", _) => self.averaged(name, convention),
            ("matthews_correlation", _) => self.matthews_correlation(),
            ("cohen_kappa", _) => self.cohen_kappa(convention),
            ("roc_auc", "ovo_macro" | "ovo_weighted") => self.pairs(convention),
            ("roc_auc" | "average_precision", _) => self.areas(name, convention),
            ("top_k_accuracy", _) => self.top_k(convention),
            ("log_loss", _) => self.mean_loss(|losses| &losses.log_loss),
            ("brier", _) => self.mean_loss(|losses| &losses.brier),
            _ => self.top.estimate(name, convention),
        }
    }

    /// Rows with a label and a decision.
    fn both(&self) -> Tally {
        self.counts.tally(|label, decision| label < self.counts.classes && decision < self.counts.classes)
    }

    /// Whether there are no rows with a label and a decision, or none that weighs anything.
    fn has_no_rows(&self) -> bool {
        share_of(self.counts.weighted, self.both(), self.both()).is_none()
    }

    fn scored_rows(&self) -> u64 {
        self.counts.ranks().map(|tally| tally.rows).sum()
    }

    fn mean_loss(&self, moments: impl Fn(&LossSums) -> &Moments) -> Estimate {
        let losses = &self.counts.scored.losses;
        mean_loss(losses, moments(losses), self.scored_rows())
    }

    fn of_both(&self, value: f64) -> Estimate {
        let both = self.both();
        self.weighed(Estimate::new(value, both.rows, BOTH), both)
    }

    fn weighed(&self, estimate: Estimate, rows: Tally) -> Estimate {
        if self.counts.weighted { estimate.effective(rows.weight * rows.weight / rows.squared) } else { estimate }
    }

    fn rate(&self, part: Tally, whole: Tally, population: &'static str) -> Estimate {
        match share_of(self.counts.weighted, part, whole) {
            Some(share) => self.weighed(Estimate::new(share.value, share.rows, population).with(share.wilson()), whole),
            None => Estimate::undefined(Reason::NoRows, 0, population),
        }
    }

    fn label_coverage(&self) -> Estimate {
        let labelled = self.counts.tally(|label, _| label < self.counts.classes);
        self.rate(labelled, self.counts.tally(|_, _| true), "rows")
    }

    fn accuracy(&self) -> Estimate {
        let right = self.counts.tally(|label, decision| label < self.counts.classes && label == decision);
        self.rate(right, self.both(), BOTH)
    }

    /// Counts by label and decision, effective where weighted.
    fn effective(&self) -> Option<Vec<Vec<f64>>> {
        let k = self.counts.classes;
        let both = self.both();
        let entry = |label, decision| {
            Some(share_of(self.counts.weighted, self.counts.matrix[[label, decision]], both)?.successes)
        };
        (0..k).map(|label| (0..k).map(|decision| entry(label, decision)).collect()).collect()
    }

    fn matthews_correlation(&self) -> Estimate {
        let rows = self.both().rows;
        let Some(matrix) = self.effective() else { return Estimate::undefined(Reason::NoRows, rows, BOTH) };
        match agreement::matthews_correlation_matrix(&matrix) {
            Some(value) => self.of_both(value).with(Uncertainty::MatthewsCorrelationOfClasses { matrix }),
            None => Estimate::undefined(Reason::ZeroDenominator, rows, BOTH),
        }
    }

    fn cohen_kappa(&self, convention: &str) -> Estimate {
        let rows = self.both().rows;
        let weighting = weighting(convention);
        let Some(matrix) = self.effective() else { return Estimate::undefined(Reason::NoRows, rows, BOTH) };
        match agreement::cohen_kappa_matrix(&matrix, weighting) {
            Some(value) => self.of_both(value).with(Uncertainty::CohenKappaOfClasses { matrix, weighting }),
            None => Estimate::undefined(Reason::ZeroDenominator, rows, BOTH),
        }
    }

    /// Areas of each class against the rest, averaged. All rest on the same rows, so nothing is assumed of their dependence.
    fn areas(&self, name: &str, convention: &str) -> Estimate {
        let classes = self.views.iter().map(|view| {
            let scores = ScoreMeasures::new(view);
            (scores.positives.weight, scores.estimate(name, "standard"))
        });
        self.mean_of_areas(classes.collect(), convention.ends_with("_weighted"))
    }

    /// Areas of all pairs of classes, each ranked by the score of either (Hand and Till 2001), averaged.
    fn pairs(&self, convention: &str) -> Estimate {
        let labelled = |class: usize| self.views[class].scores.classes().0.weight;
        let pairs = self.pairs.0.iter().map(|pair| {
            let [of, against] = pair.classes;
            (labelled(of) + labelled(against), pair.auc.clone())
        });
        self.mean_of_areas(pairs.collect(), convention.ends_with("_weighted"))
    }

    fn mean_of_areas(&self, areas: Vec<(f64, Estimate)>, weighted: bool) -> Estimate {
        let undefined = |reason| Estimate::undefined(reason, self.scored_rows(), SCORED);
        let weight = |own: f64| if weighted { own } else { 1.0 };
        let total: f64 = areas.iter().map(|(own, _)| weight(*own)).sum();
        if areas.is_empty() || self.scored_rows() == 0 || total <= 0.0 {
            return undefined(Reason::NoRows);
        }
        let (mut parts, mut bounds) = (Vec::with_capacity(areas.len()), Some((0.0, 0.0)));
        for (own, area) in areas {
            let factor = weight(own) / total;
            match (area.value, area.uncertainty) {
                _ if factor == 0.0 => continue,
                (Ok(value), Some(of)) => parts.push(Part { factor, value, of }),
                (Ok(_), None) => return undefined(Reason::ZeroVariance),
                (Err(reason), _) => return undefined(reason),
            }
            bounds = bounds
                .zip(area.bounds)
                .map(|((lower, upper), of): ((f64, f64), (f64, f64))| (lower + factor * of.0, upper + factor * of.1));
        }
        let estimate = Estimate::new(value_of(&parts), self.scored_rows(), SCORED);
        let scored = self.counts.ranks().fold(Tally::default(), |sum, tally| sum + tally);
        Estimate { bounds, ..self.weighed(estimate, scored).with(Uncertainty::BoundedSum { parts }) }
    }

    fn top_k(&self, convention: &str) -> Estimate {
        let k = top(convention);
        let scores = self.counts.scored.ranks.len().saturating_sub(1);
        let all = self.counts.ranks().fold(Tally::default(), |sum, tally| sum + tally);
        if all.rows > 0 && scores <= k {
            return Estimate::undefined(Reason::TooFewClasses, all.rows, SCORED);
        }
        let hits = self.counts.ranks().take(k).fold(Tally::default(), |sum, tally| sum + tally);
        self.rate(hits, all, SCORED)
    }
}

/// How many of the highest scores are looked at.
fn top(convention: &str) -> usize {
    match convention {
        "top_2" => 2,
        "top_3" => 3,
        _ => 5,
    }
}

/// How much a disagreement counts.
fn weighting(convention: &str) -> Weighting {
    match convention {
        "linear" => Weighting::Linear,
        "quadratic" => Weighting::Quadratic,
        _ => Weighting::None,
    }
}

/// Σ factor x.
fn value_of(parts: &[Part]) -> f64 {
    parts.iter().map(|part| part.factor * part.value).sum()
}
