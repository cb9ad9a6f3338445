//! Every check, in the order of reports.

use super::{
    Check, Documentation, Meta, acceptance, access, audit_programme, data, data_governance, documentation, fairness,
    incidents, monitoring, oversight, performance, predictions, risks, third_parties, transparency,
};
use crate::rulebook;

/// All checks.
pub fn all() -> impl Iterator<Item = &'static Check> {
    CHECKS.iter().copied()
}

/// What there is to know about every check, but its documentation.
pub fn catalogue() -> Vec<Meta> {
    all().map(|check| check.meta).collect()
}

/// Every check with its documentation.
pub fn documented() -> impl Iterator<Item = (&'static Meta, Documentation)> {
    all().map(|check| &check.meta).zip(DOCUMENTATION.iter().copied())
}

/// Documentation of the check with an id.
pub fn documentation(id: &str) -> Option<Documentation> {
    DOCUMENTATION.iter().find(|documentation| documentation.id == id).copied()
}

/// Finds a check by its id.
pub fn find(id: &str) -> Option<&'static Check> {
    all().find(|check| check.meta.id == id)
}

/// Lists the checks once, for what they do and for what they say. The two lists are apart so that a module which shows
/// no documentation has none in it.
macro_rules! checks {
    ($($folder:ident::$file:ident),* $(,)?) => {
        static CHECKS: &[&Check] = &[$(&$folder::$file::CHECK),*];
        static DOCUMENTATION: &[Documentation] = &[$($folder::$file::DOCUMENTATION),*];
    };
}

checks![
    performance::roc_auc,
    performance::average_precision,
    performance::discrimination,
    performance::top_share,
    performance::log_loss,
    performance::brier,
    performance::calibration,
    performance::calibration_tests,
    performance::accuracy,
    performance::balanced_accuracy,
    performance::top_k_accuracy,
    performance::precision,
    performance::recall,
    performance::specificity,
    performance::f1,
    performance::f_beta,
    performance::jaccard,
    performance::agreement,
    performance::negative_predictive_value,
    performance::false_positive_rate,
    performance::false_negative_rate,
    performance::false_discovery_rate,
    performance::false_omission_rate,
    performance::selection_rate,
    performance::inequality_of_benefits,
    performance::change_of_decisions,
    performance::change_of_scores,
    performance::disagreement,
    performance::absolute_error,
    performance::squared_error,
    performance::percentage_error,
    performance::goodness_of_fit,
    performance::bias,
    performance::pinball_loss,
    performance::correlation,
    performance::change_of_errors,
    performance::interval_coverage,
    performance::residuals,
    fairness::selection_rate_difference,
    fairness::selection_rate_ratio,
    fairness::recall_difference,
    fairness::recall_ratio,
    fairness::false_positive_rate_difference,
    fairness::false_positive_rate_ratio,
    fairness::precision_difference,
    fairness::precision_ratio,
    fairness::equalized_odds,
    fairness::error_rate_gap,
    fairness::performance_gap,
    fairness::calibration_gap,
    fairness::prevalence_gap,
    fairness::label_coverage_gap,
    fairness::selection_association,
    fairness::selection_shortfall,
    fairness::treatment_equality,
    fairness::scoring_rate,
    fairness::score_distribution,
    fairness::inequality_between_groups,
    fairness::conditional_parity,
    fairness::strata_reversal,
    fairness::representation,
    fairness::consistency,
    fairness::proxies,
    fairness::uncertain_groups,
    fairness::change_of_gap,
    fairness::regression_error_gap,
    fairness::mean_prediction_gap,
    fairness::group_size,
    rulebook::eeoc,
    rulebook::ll144,
    rulebook::us_credit,
    rulebook::veritas,
    rulebook::fairlearn,
    rulebook::aif360,
    rulebook::aequitas,
    predictions::score_range,
    predictions::decision_consistency,
    predictions::number_range,
    predictions::quantile_order,
    predictions::constant_output,
    data::missing_values,
    data::duplicate_ids,
    data::label_coverage,
    data::label_join,
    data::label_delay,
    documentation::dossier,
    documentation::completeness,
    documentation::binding,
    documentation::currency,
    documentation::columns,
    documentation::approval,
    documentation::references,
    documentation::declared_measures,
    documentation::attestations,
    acceptance::set_before_test,
    acceptance::approval,
    acceptance::agreement,
    data_governance::provenance,
    data_governance::lineage,
    data_governance::deletion,
    data_governance::retention,
    risks::treatment,
    risks::impact,
    transparency::explanation,
    transparency::notice,
    monitoring::coverage,
    monitoring::thresholds,
    monitoring::service_levels,
    access::accounts,
    access::separation_of_duties,
    access::review,
    access::safeguards,
    access::security_tests,
    incidents::procedure,
    incidents::exercises,
    incidents::reporting,
    incidents::closure,
    incidents::complaints,
    oversight::overseers,
    oversight::intervention,
    oversight::overrides,
    third_parties::contracts,
    third_parties::assurance,
    audit_programme::full_audit,
    audit_programme::light_audit,
    audit_programme::auditors,
    audit_programme::rotation,
    audit_programme::follow_up,
    audit_programme::exceptions,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::checks::{HEADINGS, Judge};
    use crate::dossier::Dossier;
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
        for (meta, documentation) in documented() {
            for heading in HEADINGS {
                let text = documentation.section(heading).unwrap_or_default();
                assert!(!text.is_empty(), "{} lacks \"{heading}\"", meta.id);
            }
            assert_eq!(documentation.section("What to do").as_deref(), Some(meta.remedy), "{}", meta.id);
        }
    }

    /// What a check of the dossier rests on is a field of it, so that a dossier without that field is told what to provide.
    #[test]
    fn what_checks_rest_on_are_fields_of_the_dossier() {
        for check in all() {
            let Judge::Dossier { rests_on, .. } = check.judge else { continue };
            for path in rests_on {
                assert!(Dossier::spec_at(path).is_some(), "{}: {path}", check.meta.id);
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
