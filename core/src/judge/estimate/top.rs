//! What lies among the highest scores: at the top share of rows, and at low false positive rates.

use super::Estimate;
use super::scores::ScoreMeasures;
use crate::findings::v1::Reason;
use crate::stats::{MIN_PER_CLASS, Uncertainty, ranking};

const TOP: &str = "scored and labelled, highest scores";

/// The share that a convention names: `top_5_percent` is 0.05.
fn share(convention: &str) -> Option<f64> {
    let (_, percent) = convention.strip_suffix("_percent")?.split_once('_')?;
    percent.parse::<f64>().ok().map(|percent| percent / 100.0)
}

impl ScoreMeasures<'_> {
    /// Precision, recall, lift or gain of the top share of rows. The cut is taken as given: what varies is the labels.
    pub(super) fn top_share(&self, name: &str, convention: &str) -> Estimate {
        if self.rows() == 0 {
            return self.undefined(Reason::NoRows);
        }
        let scored = self.group.scores.scored();
        let found =
            share(convention).and_then(|k| Some((k, ranking::top_share(scored, (self.positives, self.negatives), k)?)));
        let Some((k, top)) = found else { return self.undefined(Reason::ZeroDenominator) };
        let rows = (k * self.rows() as f64).ceil() as u64;
        let of_top = |value: f64| {
            let estimate = Estimate::new(value, rows, TOP);
            if self.group.scores.is_weighted() { estimate.effective(top.effective) } else { estimate }
        };
        match name {
            "gain_at_k" => return of_top(top.gain),
            "precision_at_k" => {
                let (x, n) = (top.precision * top.effective, top.effective);
                let of = Uncertainty::Wilson { x, n };
                return self.under(
                    of_top(top.precision).with(of),
                    &[&|positive, row| Some(top.holds(row.ranked? + 0.0) * (f64::from(positive) - top.precision))],
                );
            }
            _ => {}
        }
        let (Some(recall), Some(lift)) = (top.recall, top.lift) else { return self.undefined(Reason::NoPositives) };
        let n = self.positives.effective();
        let found = Uncertainty::Wilson { x: recall * n, n };
        let of_positives = |value: f64| {
            let estimate = Estimate::new(value, self.positives.rows, "scored, labelled positive");
            if self.group.scores.is_weighted() { estimate.effective(n) } else { estimate }
        };
        let estimate = match name {
            "recall_at_k" => of_positives(recall).with(found),
            _ => of_positives(lift).with(Uncertainty::Linear { of: Box::new(found), factor: 1.0 / k, offset: 0.0 }),
        };
        self.under(
            estimate,
            &[&|positive, row| if positive { Some(top.holds(row.ranked? + 0.0) - recall) } else { None }],
        )
    }

    /// The area under the first part of the ROC curve, rescaled so that chance is ½.
    pub(super) fn partial_auc(&self, convention: &str) -> Estimate {
        if let Some(reason) = self.without_a_class() {
            return self.undefined(reason);
        }
        let scored = || self.group.scores.scored();
        let found = share(convention).and_then(|limit| Some((limit, ranking::partial_auc(scored(), limit)?)));
        let Some((limit, part)) = found else { return self.undefined(Reason::ZeroDenominator) };
        let design = self.design_of_effects(
            || ranking::partial_auc_effects(scored(), limit),
            [self.positives.weight, self.negatives.weight],
        );
        let variance = part.variance.unwrap_or(0.0) / (limit * limit);
        let variance = variance * design.map_or(1.0, |design| design.effect);
        let [positives, negatives] = [self.positives.effective(), limit * self.negatives.effective()]
            .map(|rows| design.map_or(rows, |design| design.effective(rows)));
        let auc = part.area / limit;
        // With fewer rows on this part of the curve there is no method for small samples to fall back on.
        let large = positives.min(negatives) >= MIN_PER_CLASS && variance > 0.0 && auc > 0.0 && auc < 1.0;
        let uncertainty = large.then(|| {
            let (factor, offset) = ranking::PartialAuc::standardisation(limit);
            let of = Box::new(Uncertainty::LogitDeLong { auc, variance, positives, negatives });
            Uncertainty::Linear { of, factor, offset }
        });
        self.with(self.defined(part.standardised), uncertainty, design)
    }
}
