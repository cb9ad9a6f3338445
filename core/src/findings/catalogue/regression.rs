//! Measures of models that predict a number: errors, fit, intervals, and how groups differ in them.

use super::Better::{Higher, Lower, NearZero, Neither};
use super::Shape::{Coefficient, Loss, PValue, Rate, Skill, Statistic};
use super::gaps::{change_of_gap, of_estimates, pair};
use super::{Entry, Need, base};
use crate::plan::Task;

const LP: &[Need] = &[Need::Labels, Need::Predictions];
const LPB: &[Need] = &[Need::Labels, Need::Predictions, Need::BaselineDecisions];
const GLPB: &[Need] = &[Need::Labels, Need::Predictions, Need::BaselineDecisions, Need::Groups];
const LQ: &[Need] = &[Need::Labels, Need::Quantiles];
const GP: &[Need] = &[Need::Predictions, Need::Groups];
const GL: &[Need] = &[Need::Labels, Need::Groups];
const GLP: &[Need] = &[Need::Labels, Need::Predictions, Need::Groups];
const GLQ: &[Need] = &[Need::Labels, Need::Quantiles, Need::Groups];

/// Levels of the quantile that a pinball loss is for.
const PINBALL: &[&str] = &["alpha_0_5", "alpha_0_1", "alpha_0_9"];

/// The change of a measure of numbers: `change!(name, title, better)`.
macro_rules! change {
    ($name:literal, $title:literal, $better:expr) => {
        base(
            concat!($name, "_change"),
            &[],
            concat!("Change in ", $title),
            Statistic,
            $better,
            LPB,
            concat!("The ", $title, " of the audited model minus that of the baseline, on rows that both answered."),
        )
    };
}

/// The same entries as measures of numbers.
const fn of_numbers<const N: usize>(mut entries: [Entry; N]) -> [Entry; N] {
    let mut place = 0;
    while place < N {
        entries[place].tasks = &[Task::Regression];
        place += 1;
    }
    entries
}

const ABSOLUTE: [Entry; 2] = pair!(
    "mean_absolute_error",
    "mean absolute error",
    "mean absolute errors",
    GLP,
    &["mae_difference"],
    &["mae_ratio"]
);
const MEDIAN: [Entry; 2] =
    pair!("median_absolute_error", "median absolute error", "median absolute errors", GLP, &[], &[]);
const ROOT: [Entry; 2] = pair!(
    "root_mean_squared_error",
    "root mean squared error",
    "root mean squared errors",
    GLP,
    &["rmse_difference"],
    &["rmse_ratio"]
);
const PERCENTAGE: [Entry; 2] = pair!(
    "mean_absolute_percentage_error",
    "mean absolute percentage error",
    "mean absolute percentage errors",
    GLP,
    &["mape_difference"],
    &["mape_ratio"]
);
const BIAS: [Entry; 2] = pair!("mean_error", "mean error", "mean errors", GLP, &["bias_difference"], &[]);
const R2: [Entry; 2] = pair!("r2", "R²", "values of R²", GLP, &[], &[]);
const COVERAGE: [Entry; 2] =
    pair!("interval_coverage", "interval coverage", "interval coverages", GLQ, &["coverage_difference"], &[]);
const PREDICTION: [Entry; 2] = pair!("mean_prediction", "mean prediction", "mean predictions", GP, &[], &[]);
const LABEL: [Entry; 2] = pair!("mean_label", "mean label", "mean labels", GL, &[], &[]);

pub(super) const MEASURES: &[Entry] = &of_numbers([
    base(
        "mean_absolute_error",
        &["mae"],
        "Mean absolute error",
        Loss,
        Lower,
        LP,
        "Mean distance between prediction and label, in the unit of the label.",
    ),
    base(
        "median_absolute_error",
        &["median_ae", "medae"],
        "Median absolute error",
        Loss,
        Lower,
        LP,
        "The distance between prediction and label that half of the rows do not exceed.",
    ),
    base(
        "max_error",
        &["maximum_error"],
        "Maximum error",
        Loss,
        Lower,
        LP,
        "Largest distance between prediction and label. It grows with the number of rows and has no interval: a sample \
         says nothing of the largest error outside it.",
    ),
    base(
        "mean_squared_error",
        &["mse"],
        "Mean squared error",
        Loss,
        Lower,
        LP,
        "Mean squared difference between prediction and label.",
    ),
    base(
        "root_mean_squared_error",
        &["rmse"],
        "Root mean squared error",
        Loss,
        Lower,
        LP,
        "Square root of the mean squared error, in the unit of the label.",
    ),
    Entry {
        conventions: &["nonzero_labels", "scikit_learn"],
        ..base(
            "mean_absolute_percentage_error",
            &["mape"],
            "Mean absolute percentage error",
            Loss,
            Lower,
            LP,
            "Mean of |prediction - label| / |label|, as a share (0.1 is 10 %), over the rows whose label is not 0; n says \
             how many those are. `scikit_learn` keeps the others and divides by 2.2e-16 there.",
        )
    },
    base(
        "symmetric_mean_absolute_percentage_error",
        &["smape"],
        "Symmetric mean absolute percentage error",
        Loss,
        Lower,
        LP,
        "Mean of 2 |prediction - label| / (|prediction| + |label|), from 0 to 2; a row in which both are 0 counts as 0.",
    ),
    base(
        "mean_error",
        &["bias", "mean_bias_error"],
        "Mean error (bias)",
        Statistic,
        NearZero,
        LP,
        "Mean of prediction minus label; above 0 the model predicts too much.",
    ),
    base(
        "r2",
        &["r_squared", "r2_score", "coefficient_of_determination"],
        "R²",
        Skill,
        Higher,
        LP,
        "1 minus the mean squared error over the variance of the labels; 0 is what their mean achieves.",
    ),
    base(
        "explained_variance",
        &["explained_variance_score"],
        "Explained variance",
        Skill,
        Higher,
        LP,
        "1 minus the variance of the errors over that of the labels: R² without the bias.",
    ),
    base(
        "d2_absolute_error",
        &["d2_absolute_error_score"],
        "D² of the absolute error",
        Skill,
        Higher,
        LP,
        "1 minus the mean absolute error over that of the labels' median; 0 is what the median achieves.",
    ),
    Entry {
        conventions: PINBALL,
        ..base(
            "pinball_loss",
            &["mean_pinball_loss"],
            "Pinball loss",
            Loss,
            Lower,
            LP,
            "Mean of α (label - prediction) where the label is above and (1 - α) (prediction - label) where it is below: the \
             loss that a quantile of level α minimises.",
        )
    },
    base(
        "pearson_correlation",
        &["pearson_r", "pearson"],
        "Pearson correlation with the label",
        Coefficient,
        Higher,
        LP,
        "Linear correlation of prediction and label; blind to bias and scale.",
    ),
    base(
        "spearman_correlation",
        &["spearman_r", "spearman"],
        "Spearman correlation with the label",
        Coefficient,
        Higher,
        LP,
        "Correlation of the ranks of prediction and label, ties at their mean rank.",
    ),
    base(
        "interval_coverage",
        &["coverage"],
        "Interval coverage",
        Rate,
        Neither,
        LQ,
        "Share of labels between the lowest and the highest quantile of the plan, ends included.",
    ),
    base(
        "mean_interval_width",
        &["interval_width"],
        "Mean interval width",
        Statistic,
        Lower,
        &[Need::Quantiles],
        "Mean distance from the lowest to the highest quantile of the plan.",
    ),
    base(
        "quantile_loss",
        &["mean_quantile_loss"],
        "Quantile loss",
        Loss,
        Lower,
        LQ,
        "Mean pinball loss of the plan's quantiles, each at its own level.",
    ),
    Entry {
        conventions: &["dagostino", "jarque_bera"],
        ..base(
            "residual_normality_p_value",
            &["residual_normality"],
            "p of the normality of errors",
            PValue,
            Higher,
            LP,
            "Test of skewness and kurtosis of the errors against those of a normal distribution. Few measures need normal \
             errors, and enough rows find any departure.",
        )
    },
    base(
        "heteroscedasticity_p_value",
        &["breusch_pagan"],
        "p of equal spread of errors",
        PValue,
        Higher,
        LP,
        "Breusch-Pagan test (Koenker's form) of whether squared errors grow or shrink with the prediction.",
    ),
    base("mean_label", &[], "Mean label", Statistic, Neither, &[Need::Labels], "Mean of the labels."),
    base(
        "mean_prediction",
        &[],
        "Mean prediction",
        Statistic,
        Neither,
        &[Need::Predictions],
        "Mean of the predictions, with or without a label.",
    ),
    change!("mean_absolute_error", "mean absolute error", Lower),
    change!("mean_squared_error", "mean squared error", Lower),
    change!("root_mean_squared_error", "root mean squared error", Lower),
    change!("mean_absolute_percentage_error", "mean absolute percentage error", Lower),
    change!("mean_error", "mean error", Neither),
    Entry { conventions: PINBALL, ..change!("pinball_loss", "pinball loss", Lower) },
    change!("r2", "R²", Higher),
    of_estimates(change_of_gap!("mean_absolute_error", "mean absolute error", GLPB)),
    of_estimates(change_of_gap!("root_mean_squared_error", "root mean squared error", GLPB)),
    of_estimates(change_of_gap!("mean_error", "mean error", GLPB)),
    of_estimates(ABSOLUTE[0]),
    of_estimates(ABSOLUTE[1]),
    of_estimates(MEDIAN[0]),
    of_estimates(MEDIAN[1]),
    of_estimates(ROOT[0]),
    of_estimates(ROOT[1]),
    of_estimates(PERCENTAGE[0]),
    of_estimates(PERCENTAGE[1]),
    // Of what may be negative there is no ratio.
    of_estimates(BIAS[0]),
    of_estimates(R2[0]),
    of_estimates(COVERAGE[0]),
    of_estimates(PREDICTION[0]),
    of_estimates(PREDICTION[1]),
    of_estimates(LABEL[0]),
]);
