//! Measures of numbers where subjects have several rows: what each row adds to the error of an estimate.

use super::super::{Estimate, linked};
use super::NumberMeasures;
use crate::judge::linked::LinkedRows;
use crate::judge::numbers::NumberRow;
use crate::stats::regression::{absolute_deviation, median};
use crate::stats::subjects::Influence;

impl NumberMeasures<'_> {
    /// An estimate of independent rows as one of subjects; unchanged where the plan names none, and where nothing is known
    /// of what a row adds.
    pub(super) fn under_subjects(&self, name: &str, convention: &str, estimate: Estimate) -> Estimate {
        let Some(rows) = self.group.linked.as_deref().filter(|linked| linked.clustered) else { return estimate };
        match self.influence(rows, name, convention) {
            Some(influence) => linked::under(estimate, rows, influence),
            None => estimate,
        }
    }

    /// What each row adds, up to a factor: a design effect needs no more.
    fn influence(&self, rows: &LinkedRows<NumberRow>, name: &str, convention: &str) -> Option<Influence> {
        let mean = |of: &dyn Fn(&NumberRow) -> Option<f64>| Some(linked::mean(rows, of)?.1);
        let share = |of: &dyn Fn(&NumberRow) -> Option<bool>| mean(&|row| of(row).map(f64::from));
        match name {
            "mean_absolute_error" => mean(&|row| Some(row.error()?.abs())),
            "mean_error" => mean(&NumberRow::error),
            "mean_squared_error" | "root_mean_squared_error" => mean(&|row| Some(row.error()? * row.error()?)),
            "mean_absolute_percentage_error" if convention == "scikit_learn" => mean(&NumberRow::clipped_percentage),
            "mean_absolute_percentage_error" => mean(&NumberRow::percentage),
            "symmetric_mean_absolute_percentage_error" => mean(&NumberRow::symmetric_percentage),
            "pinball_loss" => mean(&|row| row.pinball_loss(super::alpha(convention))),
            "quantile_loss" => mean(&|row| row.quantile_loss),
            "mean_interval_width" => mean(&|row| row.ends.map(|[lowest, highest]| highest - lowest)),
            "mean_label" => mean(&|row| row.label),
            "mean_prediction" => mean(&|row| row.prediction),
            "label_coverage" => share(&|row| Some(row.labelled)),
            "interval_coverage" => share(&NumberRow::is_covered),
            // Woodruff 1952: the share of rows up to the median errs as they do.
            "median_absolute_error" => {
                let middle = median(&self.group.errors)?;
                share(&|row| Some(row.error()?.abs() <= middle))
            }
            "r2" | "explained_variance" | "d2_absolute_error" => self.skill_influence(rows, name),
            "pearson_correlation" => self.pearson_influence(rows),
            _ => None,
        }
    }

    fn skill_influence(&self, rows: &LinkedRows<NumberRow>, name: &str) -> Option<Influence> {
        let deviations = self.deviations()?;
        let weight = self.mass.weight;
        let pairs = &self.group.sums.pairs;
        let (middle, above, below) = match name {
            "d2_absolute_error" => {
                let labels = self.group.labels();
                let middle = median(&labels)?;
                (middle, pairs.absolute.sum.value() / weight, absolute_deviation(&labels, middle)?)
            }
            "r2" => (self.label_mean(), pairs.squared.sum.value() / weight, deviations.labels / weight),
            _ => (self.label_mean(), deviations.errors / weight, deviations.labels / weight),
        };
        let bias = if name == "explained_variance" { pairs.error.sum.value() / weight } else { 0.0 };
        let loss = |error: f64| if name == "d2_absolute_error" { error.abs() } else { error * error };
        Some(rows.influence(|row| Some(loss(row.error()? - bias) / above - loss(row.label? - middle) / below)))
    }

    fn pearson_influence(&self, rows: &LinkedRows<NumberRow>) -> Option<Influence> {
        let deviations = self.correlated().ok()?;
        let weight = self.mass.weight;
        let [labels, predictions] = [deviations.labels, deviations.predictions].map(|sum| (sum / weight).sqrt());
        let r = deviations.products / weight / labels / predictions;
        let means = [self.label_mean(), self.group.sums.pairs.prediction.value() / weight];
        Some(rows.influence(|row| {
            let (u, v) = ((row.label? - means[0]) / labels, (row.prediction? - means[1]) / predictions);
            Some(u * v - 0.5 * r * (u * u + v * v))
        }))
    }
}
