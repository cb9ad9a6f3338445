//! Whether groups are treated alike.

pub(crate) mod calibration_gap;
pub(crate) mod conditional_parity;
pub(crate) mod consistency;
pub(crate) mod equalized_odds;
pub(crate) mod error_rate_gap;
pub(crate) mod false_positive_rate_difference;
pub(crate) mod false_positive_rate_ratio;
pub(crate) mod group_size;
pub(crate) mod inequality_between_groups;
pub(crate) mod label_coverage_gap;
pub(crate) mod mean_prediction_gap;
pub(crate) mod performance_gap;
pub(crate) mod precision_difference;
pub(crate) mod precision_ratio;
pub(crate) mod prevalence_gap;
pub(crate) mod proxies;
pub(crate) mod recall_difference;
pub(crate) mod recall_ratio;
pub(crate) mod regression_error_gap;
pub(crate) mod representation;
pub(crate) mod selection_association;
pub(crate) mod selection_rate_difference;
pub(crate) mod selection_rate_ratio;
pub(crate) mod strata_reversal;
pub(crate) mod uncertain_groups;
