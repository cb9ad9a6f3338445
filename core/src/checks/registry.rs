//! Every check, in the order of reports.

use super::{Check, Meta, data, fairness, performance, predictions};
use crate::rulebook;

/// All checks.
pub fn all() -> impl Iterator<Item = &'static Check> {
    CHECKS.iter().copied()
}

/// What there is to know about every check.
pub fn catalogue() -> Vec<Meta> {
    all().map(|check| check.meta).collect()
}

/// Finds a check by its id.
pub fn find(id: &str) -> Option<&'static Check> {
    all().find(|check| check.meta.id == id)
}

static CHECKS: &[&Check] = &[
    &performance::roc_auc::CHECK,
    &performance::average_precision::CHECK,
    &performance::discrimination::CHECK,
    &performance::top_share::CHECK,
    &performance::log_loss::CHECK,
    &performance::brier::CHECK,
    &performance::calibration::CHECK,
    &performance::calibration_tests::CHECK,
    &performance::accuracy::CHECK,
    &performance::balanced_accuracy::CHECK,
    &performance::top_k_accuracy::CHECK,
    &performance::precision::CHECK,
    &performance::recall::CHECK,
    &performance::specificity::CHECK,
    &performance::f1::CHECK,
    &performance::f_beta::CHECK,
    &performance::jaccard::CHECK,
    &performance::agreement::CHECK,
    &performance::negative_predictive_value::CHECK,
    &performance::false_positive_rate::CHECK,
    &performance::false_negative_rate::CHECK,
    &performance::false_discovery_rate::CHECK,
    &performance::false_omission_rate::CHECK,
    &performance::selection_rate::CHECK,
    &performance::inequality_of_benefits::CHECK,
    &performance::change_of_decisions::CHECK,
    &performance::change_of_scores::CHECK,
    &performance::disagreement::CHECK,
    &performance::absolute_error::CHECK,
    &performance::squared_error::CHECK,
    &performance::percentage_error::CHECK,
    &performance::goodness_of_fit::CHECK,
    &performance::bias::CHECK,
    &performance::pinball_loss::CHECK,
    &performance::correlation::CHECK,
    &performance::change_of_errors::CHECK,
    &performance::interval_coverage::CHECK,
    &performance::residuals::CHECK,
    &fairness::selection_rate_difference::CHECK,
    &fairness::selection_rate_ratio::CHECK,
    &fairness::recall_difference::CHECK,
    &fairness::recall_ratio::CHECK,
    &fairness::false_positive_rate_difference::CHECK,
    &fairness::false_positive_rate_ratio::CHECK,
    &fairness::precision_difference::CHECK,
    &fairness::precision_ratio::CHECK,
    &fairness::equalized_odds::CHECK,
    &fairness::error_rate_gap::CHECK,
    &fairness::performance_gap::CHECK,
    &fairness::calibration_gap::CHECK,
    &fairness::prevalence_gap::CHECK,
    &fairness::label_coverage_gap::CHECK,
    &fairness::selection_association::CHECK,
    &fairness::selection_shortfall::CHECK,
    &fairness::treatment_equality::CHECK,
    &fairness::scoring_rate::CHECK,
    &fairness::score_distribution::CHECK,
    &fairness::inequality_between_groups::CHECK,
    &fairness::conditional_parity::CHECK,
    &fairness::strata_reversal::CHECK,
    &fairness::representation::CHECK,
    &fairness::consistency::CHECK,
    &fairness::proxies::CHECK,
    &fairness::uncertain_groups::CHECK,
    &fairness::change_of_gap::CHECK,
    &fairness::regression_error_gap::CHECK,
    &fairness::mean_prediction_gap::CHECK,
    &fairness::group_size::CHECK,
    &rulebook::eeoc::CHECK,
    &rulebook::ll144::CHECK,
    &rulebook::us_credit::CHECK,
    &rulebook::veritas::CHECK,
    &rulebook::fairlearn::CHECK,
    &rulebook::aif360::CHECK,
    &rulebook::aequitas::CHECK,
    &predictions::score_range::CHECK,
    &predictions::decision_consistency::CHECK,
    &predictions::number_range::CHECK,
    &predictions::quantile_order::CHECK,
    &predictions::constant_output::CHECK,
    &data::missing_values::CHECK,
    &data::duplicate_ids::CHECK,
    &data::label_coverage::CHECK,
    &data::label_join::CHECK,
    &data::label_delay::CHECK,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::checks::{HEADINGS, Judge};
    use crate::findings::catalogue;

    #[test]
    fn ids_are_unique_and_named_after_their_dimension() {
        let ids: BTreeSet<_> = all().map(|check| check.meta.id).collect();
        assert_eq!(ids.len(), all().count());
        for check in all() {
            let dimension = serde_json::to_value(check.meta.dimension).expect("a dimension serialises");
            assert_eq!(check.meta.id.split('/').next(), dimension.as_str(), "{}", check.meta.id);
        }
    }

    #[test]
    fn documentation_is_complete() {
        for check in all() {
            for heading in HEADINGS {
                let text = check.meta.section(heading).unwrap_or_default();
                assert!(!text.is_empty(), "{} lacks \"{heading}\"", check.meta.id);
            }
        }
    }

    /// Every measure that a criterion may name has exactly one check that judges it; counts have none.
    #[test]
    fn every_measure_has_its_check() {
        for entry in catalogue::MEASURES {
            let judges = all()
                .filter(|check| matches!(check.judge, Judge::Measures(names) if names.contains(&entry.name)))
                .count();
            assert_eq!(judges, usize::from(entry.may_be_criterion()), "{}", entry.name);
        }
    }
}
