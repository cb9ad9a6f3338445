//! How well the model predicts.

pub(crate) mod accuracy;
pub(crate) mod agreement;
pub(crate) mod average_precision;
pub(crate) mod balanced_accuracy;
pub(crate) mod brier;
pub(crate) mod calibration;
pub(crate) mod calibration_tests;
pub(crate) mod change_of_decisions;
pub(crate) mod change_of_scores;
pub(crate) mod disagreement;
pub(crate) mod discrimination;
pub(crate) mod f1;
pub(crate) mod f_beta;
pub(crate) mod false_discovery_rate;
pub(crate) mod false_negative_rate;
pub(crate) mod false_omission_rate;
pub(crate) mod false_positive_rate;
pub(crate) mod inequality_of_benefits;
pub(crate) mod jaccard;
pub(crate) mod log_loss;
pub(crate) mod negative_predictive_value;
pub(crate) mod precision;
pub(crate) mod recall;
pub(crate) mod roc_auc;
pub(crate) mod selection_rate;
pub(crate) mod specificity;
