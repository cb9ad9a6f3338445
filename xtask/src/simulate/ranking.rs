//! Intervals of the area under the ROC curve and of average precision.

use modelassay::stats::ranking::{self, TieGroup};
use modelassay::stats::{Uncertainty, normal};

use super::coverage::{Scenario, USUAL_FLOOR};
use super::draws::{class_sizes, separation, tie_groups};
use super::{Cost, SIZES};

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for n in SIZES {
        for auc in [0.6, 0.75, 0.9, 0.98] {
            all.extend([
                area("AUC, DeLong logit or Newcombe 5", n, auc, USUAL_FLOOR, logit),
                area("AUC, plain DeLong", n, auc, 0.82, plain),
            ]);
        }
    }
    for n in SIZES {
        for (prevalence, auc) in [(0.3, 0.75), (0.3, 0.9), (0.1, 0.75), (0.1, 0.9)] {
            all.push(average_precision(n, prevalence, auc));
        }
    }
    all
}

fn area(
    method: &'static str,
    n: u32,
    auc: f64,
    floor: f64,
    interval: fn(&[TieGroup], u32, u32) -> Uncertainty,
) -> Scenario {
    let (positives, negatives) = class_sizes(n, 0.3);
    Scenario {
        method,
        population: format!("AUC {auc}, binormal, 30 % positive"),
        n,
        truth: auc,
        floor,
        cost: Cost::Rows,
        draw: Box::new(move |draws| {
            let groups = tie_groups(draws, positives, negatives, separation(auc));
            Some(interval(&groups, positives, negatives))
        }),
    }
}

/// Our interval of the area.
pub(super) fn logit(groups: &[TieGroup], positives: u32, negatives: u32) -> Uncertainty {
    Uncertainty::LogitDeLong {
        auc: ranking::roc_auc(groups).unwrap_or(f64::NAN),
        variance: ranking::delong_variance(groups).unwrap_or(0.0),
        positives: f64::from(positives),
        negatives: f64::from(negatives),
    }
}

fn plain(groups: &[TieGroup], _: u32, _: u32) -> Uncertainty {
    Uncertainty::DeLong {
        auc: ranking::roc_auc(groups).unwrap_or(f64::NAN),
        variance: ranking::delong_variance(groups).unwrap_or(0.0),
    }
}

fn average_precision(n: u32, prevalence: f64, auc: f64) -> Scenario {
    let (positives, negatives) = class_sizes(n, prevalence);
    let shift = separation(auc);
    // ∫ precision d recall over the population
    let steps = 20_000;
    let share = f64::from(positives) / f64::from(n);
    let precision = |step: u32| {
        let recall = (f64::from(step) + 0.5) / f64::from(steps);
        let false_positive_rate = normal::sf(shift - normal::quantile(recall));
        share * recall / (share * recall + (1.0 - share) * false_positive_rate)
    };
    Scenario {
        method: "Average precision, logit",
        population: format!("AUC {auc}, binormal, {:.0} % positive", 100.0 * prevalence),
        n,
        truth: (0..steps).map(precision).sum::<f64>() / f64::from(steps),
        floor: USUAL_FLOOR,
        cost: Cost::Rows,
        draw: Box::new(move |draws| {
            let groups = tie_groups(draws, positives, negatives, shift);
            let value = ranking::average_precision(&groups).unwrap_or(f64::NAN);
            Some(Uncertainty::LogitAveragePrecision { value, positives: f64::from(positives) })
        }),
    }
}
