//! Which function of which library is meant for which measure.

use super::Definition;
use super::patterns::{self as p, Pattern};

/// A function of a library, by our measure.
pub(super) struct Function {
    pub(super) measure: &'static str,
    pattern: &'static Pattern,
    name: &'static str,
    /// What stands for `R` in the formula.
    rate: &'static str,
}

impl Function {
    pub(super) fn definition(&self) -> Definition {
        let Pattern { library, formula, differs, empty, defect, .. } = self.pattern;
        Definition {
            measure: self.measure,
            library,
            function: self.name,
            formula: if self.rate.is_empty() { (*formula).to_owned() } else { formula.replace('R', self.rate) },
            convention: self.pattern.convention(),
            differs,
            empty,
            defect: *defect,
            pattern: self.pattern,
        }
    }
}

/// Rows of one measure: `of!("measure", "rate": PATTERN "function", …)`.
macro_rules! functions {
    ($($measure:literal ($rate:literal): [$($pattern:ident $name:literal),* $(,)?])*) => {
        &[$($(Function { measure: $measure, pattern: &p::$pattern, name: $name, rate: $rate }),*),*]
    };
}

/// The table, by measure; ours first.
pub(super) static FUNCTIONS: &[Function] = functions! {
    "selection_rate_difference" ("SR"): [
        OUR_RANGE "selection_rate_difference[max_min]",
        OUR_REFERENCE "selection_rate_difference[reference_group]",
        FAIRLEARN "demographic_parity_difference",
        FAIRLEARN_OVERALL "demographic_parity_difference",
        AIF360 "statistical_parity_difference",
        VERITAS "demographic_parity",
        HOLISTIC "statistical_parity",
        TOOLBOX_COUNTS "Equal Selection Parity",
    ]
    "selection_rate_ratio" ("SR"): [
        OUR_RANGE_RATIO "selection_rate_ratio[min_max]",
        OUR_REFERENCE_RATIO "selection_rate_ratio[reference_group]",
        FAIRLEARN_RATIO "demographic_parity_ratio",
        FAIRLEARN_OVERALL_RATIO "demographic_parity_ratio",
        AIF360_RATIO "disparate_impact",
        AIF360_FOLDED "disparate_impact_ratio",
        AEQUITAS "pprev_disparity (impact parity)",
        AEQUITAS_COUNTS "ppr_disparity (statistical parity)",
        VERITAS_RATIO "disparate_impact",
        HOLISTIC_RATIO "disparate_impact",
        HOLISTIC_FOLDED "four_fifths",
        TOOLBOX "Disparate Impact",
        IMPACT "impact_ratios",
    ]
    "recall_difference" ("TPR"): [
        OUR_RANGE "recall_difference[max_min]",
        OUR_REFERENCE "recall_difference[reference_group]",
        FAIRLEARN "equal_opportunity_difference",
        FAIRLEARN_OVERALL "equal_opportunity_difference",
        AIF360 "equal_opportunity_difference",
        VERITAS "equal_opportunity",
        HOLISTIC "equal_opportunity_diff",
        TOOLBOX_RATES "True Positive Rate",
    ]
    "recall_ratio" ("TPR"): [
        OUR_RANGE_RATIO "recall_ratio[min_max]",
        OUR_REFERENCE_RATIO "recall_ratio[reference_group]",
        FAIRLEARN_RATIO "equal_opportunity_ratio",
        FAIRLEARN_OVERALL_RATIO "equal_opportunity_ratio",
        AEQUITAS "tpr_disparity",
        VERITAS_RATIO "equal_opportunity_ratio",
    ]
    "false_positive_rate_difference" ("FPR"): [
        OUR_RANGE "false_positive_rate_difference[max_min]",
        OUR_REFERENCE "false_positive_rate_difference[reference_group]",
        FAIRLEARN "false_positive_rate_difference",
        FAIRLEARN_OVERALL "false_positive_rate_difference",
        AIF360 "false_positive_rate_difference",
        VERITAS "fpr_parity",
        HOLISTIC "false_positive_rate_diff",
        TOOLBOX_RATES "False Positive Rate",
    ]
    "false_positive_rate_ratio" ("FPR"): [
        OUR_RANGE_RATIO "false_positive_rate_ratio[min_max]",
        OUR_REFERENCE_RATIO "false_positive_rate_ratio[reference_group]",
        FAIRLEARN_RATIO "false_positive_rate_ratio",
        FAIRLEARN_OVERALL_RATIO "false_positive_rate_ratio",
        AIF360_RATIO "false_positive_rate_ratio",
        AEQUITAS "fpr_disparity",
        VERITAS_RATIO "fpr_ratio",
    ]
    "false_negative_rate_difference" ("FNR"): [
        OUR_RANGE "false_negative_rate_difference[max_min]",
        OUR_REFERENCE "false_negative_rate_difference[reference_group]",
        FAIRLEARN "false_negative_rate_difference",
        AIF360 "false_negative_rate_difference",
        VERITAS "fnr_parity",
        HOLISTIC "false_negative_rate_diff",
        TOOLBOX_RATES "False Negative Rate",
    ]
    "false_negative_rate_ratio" ("FNR"): [
        OUR_RANGE_RATIO "false_negative_rate_ratio[min_max]",
        OUR_REFERENCE_RATIO "false_negative_rate_ratio[reference_group]",
        FAIRLEARN_RATIO "false_negative_rate_ratio",
        AIF360_RATIO "false_negative_rate_ratio",
        AEQUITAS "fnr_disparity",
        VERITAS_RATIO "fnr_ratio",
    ]
    "specificity_difference" ("TNR"): [
        OUR_RANGE "specificity_difference[max_min]",
        OUR_REFERENCE "specificity_difference[reference_group]",
        FAIRLEARN "true_negative_rate_difference",
        VERITAS "tnr_parity",
        HOLISTIC "true_negative_rate_diff",
        TOOLBOX_RATES "True Negative Rate",
    ]
    "specificity_ratio" ("TNR"): [
        OUR_RANGE_RATIO "specificity_ratio[min_max]",
        OUR_REFERENCE_RATIO "specificity_ratio[reference_group]",
        FAIRLEARN_RATIO "true_negative_rate_ratio",
        AEQUITAS "tnr_disparity",
        VERITAS_RATIO "tnr_ratio",
    ]
    "precision_difference" ("PPV"): [
        OUR_RANGE "precision_difference[max_min]",
        OUR_REFERENCE "precision_difference[reference_group]",
        VERITAS "ppv_parity",
        TOOLBOX_RATES "Positive Predictive Value Parity",
    ]
    "precision_ratio" ("PPV"): [
        OUR_RANGE_RATIO "precision_ratio[min_max]",
        OUR_REFERENCE_RATIO "precision_ratio[reference_group]",
        AEQUITAS "precision_disparity",
        VERITAS_RATIO "ppv_ratio",
    ]
    "negative_predictive_value_difference" ("NPV"): [
        OUR_RANGE "negative_predictive_value_difference[max_min]",
        OUR_REFERENCE "negative_predictive_value_difference[reference_group]",
        VERITAS "npv_parity",
        TOOLBOX_RATES "Negative Predictive Value Parity",
    ]
    "negative_predictive_value_ratio" ("NPV"): [
        OUR_RANGE_RATIO "negative_predictive_value_ratio[min_max]",
        OUR_REFERENCE_RATIO "negative_predictive_value_ratio[reference_group]",
        AEQUITAS "npv_disparity",
        VERITAS_RATIO "npv_ratio",
    ]
    "false_discovery_rate_difference" ("FDR"): [
        OUR_RANGE "false_discovery_rate_difference[max_min]",
        OUR_REFERENCE "false_discovery_rate_difference[reference_group]",
        AIF360 "false_discovery_rate_difference",
        VERITAS "fdr_parity",
        TOOLBOX_RATES "False Discovery Rate",
    ]
    "false_discovery_rate_ratio" ("FDR"): [
        OUR_RANGE_RATIO "false_discovery_rate_ratio[min_max]",
        OUR_REFERENCE_RATIO "false_discovery_rate_ratio[reference_group]",
        AIF360_RATIO "false_discovery_rate_ratio",
        AEQUITAS "fdr_disparity",
        VERITAS_RATIO "fdr_ratio",
    ]
    "false_omission_rate_difference" ("FOR"): [
        OUR_RANGE "false_omission_rate_difference[max_min]",
        OUR_REFERENCE "false_omission_rate_difference[reference_group]",
        AIF360 "false_omission_rate_difference",
        VERITAS "for_parity",
        TOOLBOX_RATES "False Omission Rate",
    ]
    "false_omission_rate_ratio" ("FOR"): [
        OUR_RANGE_RATIO "false_omission_rate_ratio[min_max]",
        OUR_REFERENCE_RATIO "false_omission_rate_ratio[reference_group]",
        AIF360_RATIO "false_omission_rate_ratio",
        AEQUITAS "for_disparity",
        VERITAS_RATIO "for_ratio",
    ]
    "accuracy_difference" ("ACC"): [
        OUR_RANGE "accuracy_difference[max_min]",
        OUR_REFERENCE "accuracy_difference[reference_group]",
        FAIRLEARN "accuracy_score_difference",
        HOLISTIC "accuracy_diff",
    ]
    "accuracy_ratio" ("ACC"): [
        OUR_RANGE_RATIO "accuracy_ratio[min_max]",
        OUR_REFERENCE_RATIO "accuracy_ratio[reference_group]",
        FAIRLEARN_RATIO "accuracy_score_ratio",
    ]
    "equalized_odds_difference" (""): [
        OUR_ODDS "equalized_odds_difference[max_min]",
        FAIRLEARN_ODDS "equalized_odds_difference",
        FAIRLEARN_OVERALL_ODDS "equalized_odds_difference",
        AIF360_EQUALIZED "equalized_odds_difference",
    ]
    "equalized_odds_ratio" (""): [
        OUR_ODDS_RATIO "equalized_odds_ratio[min_max]",
        FAIRLEARN_ODDS_RATIO "equalized_odds_ratio",
    ]
    "average_odds_difference" (""): [
        OUR_MEAN_ODDS "average_odds_difference[reference_group]",
        AIF360_ODDS "average_odds_difference",
        VERITAS_ODDS "equal_odds",
        HOLISTIC_ODDS "average_odds_diff",
    ]
    "average_absolute_odds_difference" (""): [
        OUR_ABS_ODDS "average_absolute_odds_difference[reference_group]",
        AIF360_ABS_ODDS "average_abs_odds_difference",
    ]
    "roc_auc_difference" ("AUC"): [
        OUR_RANGE "roc_auc_difference[max_min]",
        OUR_REFERENCE "roc_auc_difference[reference_group]",
        VERITAS_AUC "auc_parity",
        HOLISTIC_ABROCA "abroca",
    ]
    "generalized_entropy_index" (""): [
        OUR_INDEX "generalized_entropy_index",
        AIF360_ENTROPY "generalized_entropy_index",
        HOLISTIC_ENTROPY "generalized_entropy_index",
    ]
    "theil_index" (""): [
        OUR_INDEX "theil_index",
        AIF360_THEIL "theil_index",
        HOLISTIC_THEIL "theil_index",
    ]
    "coefficient_of_variation" (""): [
        OUR_INDEX "coefficient_of_variation",
        AIF360_VARIATION "coefficient_of_variation",
        HOLISTIC_VARIATION "coefficient_of_variation",
    ]
};
