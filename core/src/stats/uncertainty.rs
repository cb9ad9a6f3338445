//! What is known about the sampling error of a measure, and the interval and p-value it leads to.

use std::sync::Arc;

use super::auc_interval::{self, Auc};
use super::max_t::MaxT;
use super::{
    agreement, agresti_caffo, association, average_precision_interval, calibration, clopper_pearson, clustered,
    composite, empirical_bayes, koopman, mean_interval, mover, newcombe, normal, odds, overlap, paired, pairwise,
    ranking, regression, welch, wilson,
};

/// The sampling model of one measure: enough to give its interval at any level and its p-value at any threshold.
///
/// Counts are real numbers because weighted data enter as Kish-effective counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Uncertainty {
    /// One rate `x / n`: Wilson's score interval.
    Wilson {
        /// Successes.
        x: f64,
        /// Trials.
        n: f64,
    },
    /// One rate `x / n`: Clopper and Pearson's exact interval (a named convention, not our default).
    ClopperPearson {
        /// Successes.
        x: f64,
        /// Trials.
        n: f64,
    },
    /// Difference `x1/n1 - x2/n2` of two independent rates: Newcombe's hybrid score interval.
    Newcombe {
        /// Successes in the first group.
        x1: f64,
        /// Trials in the first group.
        n1: f64,
        /// Successes in the second group.
        x2: f64,
        /// Trials in the second group.
        n2: f64,
    },
    /// Difference `x1/n1 - x2/n2` of two independent rates: Agresti and Caffo's interval (a named convention, not our
    /// default).
    AgrestiCaffo {
        /// Successes in the first group.
        x1: f64,
        /// Trials in the first group.
        n1: f64,
        /// Successes in the second group.
        x2: f64,
        /// Trials in the second group.
        n2: f64,
    },
    /// Ratio `(x1/n1) / (x2/n2)` of two independent rates: Koopman's score interval.
    Koopman {
        /// Successes in the first group.
        x1: f64,
        /// Trials in the first group.
        n1: f64,
        /// Successes in the second group.
        x2: f64,
        /// Trials in the second group.
        n2: f64,
    },
    /// Largest minus smallest rate over all groups: Bonferroni-adjusted pairwise Newcombe intervals.
    PairwiseMaxDifference {
        /// (successes, trials) of each group.
        groups: Vec<(f64, f64)>,
    },
    /// Smallest divided by largest rate over all groups: Bonferroni-adjusted pairwise Koopman intervals.
    PairwiseMinRatio {
        /// (successes, trials) of each group.
        groups: Vec<(f64, f64)>,
    },
    /// Largest minus smallest rate over all groups, the worst of several rates: pairwise Newcombe intervals at the
    /// max-T critical value.
    MaxTDifference {
        /// (successes, trials) of each group, for each rate.
        rates: Vec<Vec<(f64, f64)>>,
        /// The distribution of the largest error of all pairs.
        max_t: MaxT,
    },
    /// Smallest divided by largest rate over all groups, the worst of several rates: pairwise Koopman intervals at the
    /// max-T critical value.
    MaxTRatio {
        /// (successes, trials) of each group, for each rate.
        rates: Vec<Vec<(f64, f64)>>,
        /// The distribution of the largest error of all pairs.
        max_t: MaxT,
    },
    /// Mean `(x1/n1 + x2/n2) / 2` of two independent rates (balanced accuracy): MOVER on Wilson limits.
    MoverMean {
        /// Successes of the first rate.
        x1: f64,
        /// Trials of the first rate.
        n1: f64,
        /// Successes of the second rate.
        x2: f64,
        /// Trials of the second rate.
        n2: f64,
    },
    /// Jaccard index TP / (TP + FP + FN): Wilson.
    JaccardWilson {
        /// True positives.
        tp: f64,
        /// False positives.
        fp: f64,
        /// False negatives.
        fn_: f64,
    },
    /// F1 = 2J / (1 + J): the Jaccard interval, mapped.
    F1Wilson {
        /// True positives.
        tp: f64,
        /// False positives.
        fp: f64,
        /// False negatives.
        fn_: f64,
    },
    /// Area under the ROC curve: DeLong on the logit scale, Newcombe's method 5 for small samples.
    LogitDeLong {
        /// The estimate.
        auc: f64,
        /// DeLong's variance of the estimate (0 or NaN when unknown: the small-sample method is used).
        variance: f64,
        /// Rows of the positive class.
        positives: f64,
        /// Rows of the negative class.
        negatives: f64,
    },
    /// Area under the ROC curve: plain DeLong, `auc ± z √variance`, not clipped (a named convention, not our default).
    DeLong {
        /// The estimate.
        auc: f64,
        /// DeLong's variance of the estimate.
        variance: f64,
    },
    /// Average precision: logit interval.
    LogitAveragePrecision {
        /// The estimate.
        value: f64,
        /// Rows of the positive class.
        positives: f64,
    },
    /// A mean over rows: Student's t.
    StudentT {
        /// Sample mean.
        mean: f64,
        /// Sample variance, divisor n - 1.
        variance: f64,
        /// Rows.
        n: f64,
    },
    /// Difference of two means of different rows: Welch's t.
    Welch {
        /// Mean, variance (divisor n - 1) and rows of the first sample.
        first: (f64, f64, f64),
        /// The same of the second sample.
        second: (f64, f64, f64),
    },
    /// An estimate that is normal in large samples: value ± z √variance.
    Wald {
        /// The estimate.
        value: f64,
        /// Its variance.
        variance: f64,
    },
    /// A positive estimate whose logarithm is normal in large samples: value * exp(± z error).
    LogWald {
        /// The estimate.
        value: f64,
        /// Standard error of its logarithm.
        log_error: f64,
    },
    /// A positive estimate whose logarithm is normal in large samples: Student's t on the scale of logarithms.
    LogStudentT {
        /// The estimate.
        value: f64,
        /// Variance of its logarithm.
        variance: f64,
        /// Rows.
        n: f64,
    },
    /// A correlation: its variance on Fisher's scale.
    Correlation {
        /// The estimate.
        r: f64,
        /// Variance of artanh r.
        variance: f64,
    },
    /// A median: order statistics.
    Median {
        /// The values of all rows.
        values: Arc<[regression::Weighed]>,
        /// Rows.
        n: f64,
    },
    /// `factor x + offset` of another measure.
    Linear {
        /// The other measure.
        of: Box<Uncertainty>,
        /// Factor; not 0.
        factor: f64,
        /// Offset.
        offset: f64,
    },
    /// Another measure that lies within bounds by its definition, whatever its limits are.
    Clamped {
        /// The other measure.
        of: Box<Uncertainty>,
        /// Its smallest value.
        least: f64,
        /// Its largest value.
        most: f64,
    },
    /// A part over the whole, R / (π R + 1 - π), from its ratio R to the rest of the whole.
    OverWhole {
        /// The ratio to the rest.
        of: Box<Uncertainty>,
        /// Share π of the part in the whole.
        part: f64,
    },
    /// The size |x| of another measure.
    Absolute {
        /// The other measure.
        of: Box<Uncertainty>,
    },
    /// Σ factor x over independent measures: MOVER.
    Sum {
        /// The measures.
        parts: Vec<Part>,
    },
    /// a / b of two independent measures that are not negative: MOVER on the logarithmic scale.
    Quotient {
        /// The numerator.
        numerator: Box<Part>,
        /// The denominator.
        denominator: Box<Part>,
    },
    /// Σ factor x over measures that may depend on each other: Bonferroni.
    BoundedSum {
        /// The measures.
        parts: Vec<Part>,
    },
    /// The largest of several measures: Bonferroni.
    Largest {
        /// The measures.
        of: Vec<Uncertainty>,
    },
    /// The smallest of several measures: Bonferroni.
    Smallest {
        /// The measures.
        of: Vec<Uncertainty>,
    },
    /// Largest minus smallest value of independent measures: Bonferroni-adjusted pairwise MOVER intervals.
    MaxDifference {
        /// The measures.
        parts: Vec<Part>,
    },
    /// Smallest divided by largest value of independent measures that are not negative: the same on the logarithmic scale.
    MinRatio {
        /// The measures.
        parts: Vec<Part>,
    },
    /// F-beta: its variance on the logit scale.
    FBeta {
        /// Counts.
        confusion: agreement::Confusion,
        /// Weight of recall relative to precision.
        beta: f64,
    },
    /// Matthews correlation: MOVER on Wilson limits of the rates it is made of.
    MatthewsCorrelation {
        /// Counts.
        confusion: agreement::Confusion,
    },
    /// Cohen's kappa: MOVER on Wilson limits of the rates it is made of.
    CohenKappa {
        /// Counts.
        confusion: agreement::Confusion,
    },
    /// Matthews correlation of several classes: its variance on Fisher's scale.
    MatthewsCorrelationOfClasses {
        /// Counts by true, then predicted class.
        matrix: Vec<Vec<f64>>,
    },
    /// Cohen's kappa of several classes: its variance on Fisher's scale.
    CohenKappaOfClasses {
        /// Counts by true, then predicted class.
        matrix: Vec<Vec<f64>>,
        /// How much a disagreement counts.
        weighting: agreement::Weighting,
    },
    /// Expected or maximum calibration error: Wilson's interval in every bin, at once.
    CalibrationError {
        /// The bins.
        bins: Vec<calibration::Bin>,
        /// Whether the largest error is meant instead of the mean.
        maximum: bool,
    },
    /// Kolmogorov-Smirnov distance of two samples: bands around both distributions.
    KolmogorovSmirnov {
        /// The estimate.
        ks: f64,
        /// Rows of the positive class.
        positives: f64,
        /// Rows of the negative class.
        negatives: f64,
    },
    /// Difference of two estimates from the same rows: Newcombe's method 10 for rates, MOVER with their correlation.
    PairedDifference {
        /// What is subtracted from.
        first: Box<Part>,
        /// What is subtracted.
        second: Box<Part>,
        /// Correlation of the errors.
        correlation: f64,
    },
    /// Difference of two areas under the ROC curve of the same rows: DeLong.
    PairedDeLong {
        /// The difference.
        difference: f64,
        /// Its variance.
        variance: f64,
    },
    /// Another interval, read with as many degrees of freedom as there are subjects.
    Clustered {
        /// The interval, with an effective number of rows.
        of: Box<Uncertainty>,
        /// Rows.
        rows: u64,
        /// Subjects that the rows are of.
        subjects: u64,
        /// Comparisons that the interval shares its tail among.
        looks: u64,
    },
    /// Cramér's V: noncentral chi-squared.
    CramersV {
        /// The estimate.
        of: association::CramersV,
    },
    /// Area between two ROC curves: bands around the four distributions behind them.
    RocArea {
        /// The estimate.
        area: f64,
        /// Rows of either class of either group.
        samples: [f64; 4],
    },
    /// Odds x / (n - x) of one rate: Wilson's limits, mapped.
    Odds {
        /// Successes.
        x: f64,
        /// Trials.
        n: f64,
    },
    /// A rate of one of several groups, given those of the others: empirical Bayes.
    EmpiricalBayes {
        /// What is known of the rate.
        posterior: empirical_bayes::Posterior,
    },
    /// Odds ratio of a table: on the log scale.
    OddsRatio {
        /// Groups by decisions.
        table: association::TwoByTwo,
    },
}

/// A measure that is part of another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is multiplied with.
    pub factor: f64,
    /// Its estimate.
    pub value: f64,
    /// What is known about the error of the estimate.
    pub of: Uncertainty,
}

/// On which side of the threshold the measure is claimed to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The measure is smaller than the threshold.
    Below,
    /// The measure is greater than the threshold.
    Above,
}

impl Side {
    /// One-sided p of a standard normal statistic (estimate - threshold) / error.
    pub(super) fn p_value(self, z: f64) -> f64 {
        match self {
            Side::Below => normal::cdf(z),
            Side::Above => normal::sf(z),
        }
    }

    fn other(self) -> Self {
        match self {
            Side::Below => Side::Above,
            Side::Above => Side::Below,
        }
    }
}

impl Uncertainty {
    /// The two-sided interval at `level` (0.95 leaves 2.5 % on each side).
    ///
    /// `None` when the measure is undefined, `level` is not strictly between 0 and 1, or the interval would have no
    /// width: an interval of zero width never decides, nor does one without any limit. Only the upper limit of a ratio can be
    /// infinite (no success in the denominator).
    #[must_use]
    pub fn interval(&self, level: f64) -> Option<(f64, f64)> {
        if !(level > 0.0 && level < 1.0) {
            return None;
        }
        self.limits(0.5 * (1.0 - level))
            .filter(|(lower, upper)| lower < upper && (lower.is_finite() || upper.is_finite()))
    }

    /// Whether it knows that subjects have several rows, itself or in all its parts.
    #[must_use]
    pub fn is_by_subject(&self) -> bool {
        let all = |parts: &[Part]| parts.iter().all(|part| part.of.is_by_subject());
        match self {
            Self::Clustered { .. } => true,
            Self::Linear { of, .. } | Self::Absolute { of } => of.is_by_subject(),
            Self::Sum { parts }
            | Self::BoundedSum { parts }
            | Self::MaxDifference { parts }
            | Self::MinRatio { parts } => all(parts),
            Self::Quotient { numerator, denominator } => numerator.of.is_by_subject() && denominator.of.is_by_subject(),
            Self::Largest { of } | Self::Smallest { of } => of.iter().all(Self::is_by_subject),
            _ => false,
        }
    }

    /// The stable name of the method, as written into reports.
    #[must_use]
    pub fn method(&self) -> &'static str {
        match *self {
            Self::Wilson { .. } => "wilson",
            Self::ClopperPearson { .. } => "clopper_pearson",
            Self::Newcombe { .. } => "newcombe",
            Self::AgrestiCaffo { .. } => "agresti_caffo",
            Self::Koopman { .. } => "koopman",
            Self::PairwiseMaxDifference { .. } => "pairwise_newcombe_bonferroni",
            Self::PairwiseMinRatio { .. } => "pairwise_koopman_bonferroni",
            Self::MaxTDifference { .. } => "pairwise_newcombe_max_t",
            Self::MaxTRatio { .. } => "pairwise_koopman_max_t",
            Self::MoverMean { .. } | Self::MatthewsCorrelation { .. } | Self::CohenKappa { .. } => "mover_wilson",
            Self::JaccardWilson { .. } => "jaccard_wilson",
            Self::F1Wilson { .. } => "f1_wilson",
            Self::LogitDeLong { auc, variance, positives, negatives } => {
                if (Auc { auc, variance, positives, negatives }).is_large() {
                    "delong_logit"
                } else {
                    "mann_whitney_newcombe5"
                }
            }
            Self::DeLong { .. } => "delong",
            Self::LogitAveragePrecision { value, .. } => {
                if average_precision_interval::is_logit(value) {
                    "average_precision_logit"
                } else {
                    "average_precision_wilson"
                }
            }
            Self::StudentT { .. } => "student_t",
            Self::Welch { .. } => "welch",
            Self::Wald { .. } => "wald",
            Self::LogWald { .. } => "log_wald",
            Self::LogStudentT { .. } => "log_student_t",
            Self::Correlation { .. } => "fisher_z",
            Self::Median { .. } => "order_statistics",
            Self::Linear { ref of, .. }
            | Self::Absolute { ref of }
            | Self::Clamped { ref of, .. }
            | Self::OverWhole { ref of, .. } => of.method(),
            Self::Sum { .. } => "mover",
            Self::BoundedSum { .. } => "bonferroni_sum",
            Self::FBeta { .. } => "f_beta_logit",
            Self::MatthewsCorrelationOfClasses { .. } | Self::CohenKappaOfClasses { .. } => "fisher_z",
            Self::CalibrationError { .. } => "bin_wilson_bonferroni",
            Self::CramersV { .. } => "noncentral_chi_squared",
            Self::KolmogorovSmirnov { .. } | Self::RocArea { .. } => "dkw_massart",
            Self::Odds { .. } => "odds_wilson",
            Self::EmpiricalBayes { .. } => "empirical_bayes_beta",
            Self::PairedDifference { ref first, .. } if matches!(first.of, Self::Wilson { .. }) => "newcombe_paired",
            Self::PairedDifference { .. } => "mover_paired",
            Self::PairedDeLong { .. } => "delong_paired",
            Self::Clustered { ref of, .. } => clustered::method(of.method()),
            Self::OddsRatio { .. } => "woolf",
            Self::Quotient { .. } => "mover_log",
            Self::Largest { .. } | Self::Smallest { .. } => "simultaneous_bonferroni",
            Self::MaxDifference { .. } => "pairwise_mover_bonferroni",
            Self::MinRatio { .. } => "pairwise_mover_log_bonferroni",
        }
    }

    /// One-sided p-value of "the measure lies on `side` of `threshold`", by inverting the interval: the smallest tail
    /// probability at which the one-sided bound excludes the threshold.
    ///
    /// So `interval(level)` lies wholly on `side` exactly when p < (1 - level) / 2. 0 and 1 stand for thresholds that are
    /// excluded at every level or at none, such as values the measure cannot take. `None` when there is no interval.
    #[must_use]
    pub fn p_value(&self, threshold: f64, side: Side) -> Option<f64> {
        match *self {
            Self::Wilson { x, n } => wilson::p_value(x, n, threshold, side),
            Self::ClopperPearson { x, n } => clopper_pearson::p_value(x, n, threshold, side),
            Self::AgrestiCaffo { x1, n1, x2, n2 } => agresti_caffo::p_value((x1, n1), (x2, n2), threshold, side),
            Self::Koopman { x1, n1, x2, n2 } => koopman::Pair::new((x1, n1), (x2, n2))?.p_value(threshold, side),
            Self::PairwiseMinRatio { ref groups } => pairwise::min_ratio_p_value(groups, threshold, side),
            Self::MaxTRatio { ref rates, ref max_t } => pairwise::worst_ratio_p_value(rates, max_t, threshold, side),
            Self::JaccardWilson { tp, fp, fn_ } => overlap::jaccard_p_value(tp, fp, fn_, threshold, side),
            Self::F1Wilson { tp, fp, fn_ } => overlap::f1_p_value(tp, fp, fn_, threshold, side),
            Self::LogitDeLong { auc, variance, positives, negatives } => {
                Auc { auc, variance, positives, negatives }.p_value(threshold, side)
            }
            Self::DeLong { auc, variance } => auc_interval::plain_p_value(auc, variance, threshold, side),
            Self::LogitAveragePrecision { value, positives } => {
                average_precision_interval::p_value(value, positives, threshold, side)
            }
            Self::StudentT { mean, variance, n } => mean_interval::p_value(mean, variance, n, threshold, side),
            Self::LogStudentT { value, variance, n } => mean_interval::log_p_value(value, variance, n, threshold, side),
            Self::Welch { first, second } => welch::p_value(first, second, threshold, side),
            Self::Odds { x, n } => odds::p_value(x, n, threshold, side),
            Self::EmpiricalBayes { posterior } => posterior.p_value(threshold, side),
            Self::Linear { ref of, factor, offset } => {
                let side = if factor < 0.0 { side.other() } else { side };
                of.p_value((threshold - offset) / factor, side)
            }
            Self::OverWhole { ref of, part } => match composite::over_rest(threshold, part) {
                Some(threshold) => of.p_value(threshold, side),
                // No part is that many times the whole.
                None => Some(if side == Side::Below { 0.0 } else { 1.0 }),
            },
            Self::OddsRatio { table } => association::odds_ratio_p_value(table, threshold, side),
            Self::Clustered { ref of, rows, subjects, looks } => {
                let looks = looks as f64;
                let p = clustered::p_of_subjects(of.p_value(threshold, side)? / looks, rows, subjects)?;
                Some((p * looks).min(1.0))
            }
            Self::PairedDifference { .. }
            | Self::PairedDeLong { .. }
            | Self::Newcombe { .. }
            | Self::PairwiseMaxDifference { .. }
            | Self::MaxTDifference { .. }
            | Self::MoverMean { .. }
            | Self::Wald { .. }
            | Self::LogWald { .. }
            | Self::CramersV { .. }
            | Self::Correlation { .. }
            | Self::Median { .. }
            | Self::Absolute { .. }
            | Self::Clamped { .. }
            | Self::Sum { .. }
            | Self::Quotient { .. }
            | Self::BoundedSum { .. }
            | Self::FBeta { .. }
            | Self::MatthewsCorrelation { .. }
            | Self::CohenKappa { .. }
            | Self::MatthewsCorrelationOfClasses { .. }
            | Self::CohenKappaOfClasses { .. }
            | Self::CalibrationError { .. }
            | Self::KolmogorovSmirnov { .. }
            | Self::RocArea { .. }
            | Self::Largest { .. }
            | Self::Smallest { .. }
            | Self::MaxDifference { .. }
            | Self::MinRatio { .. } => self.inverted_p_value(threshold, side),
        }
    }

    /// Lower and upper bound, each exceeded with probability `tail`; above one half they change places.
    pub(super) fn limits(&self, tail: f64) -> Option<(f64, f64)> {
        let z = -normal::quantile(tail);
        match *self {
            Self::Wilson { x, n } => wilson::limits(x, n, z),
            Self::ClopperPearson { x, n } => clopper_pearson::limits(x, n, tail),
            Self::AgrestiCaffo { x1, n1, x2, n2 } => agresti_caffo::limits((x1, n1), (x2, n2), z),
            Self::Newcombe { x1, n1, x2, n2 } => newcombe::limits((x1, n1), (x2, n2), z),
            Self::Koopman { x1, n1, x2, n2 } => koopman::limits((x1, n1), (x2, n2), z),
            Self::PairwiseMaxDifference { ref groups } => pairwise::max_difference(groups, tail),
            Self::PairwiseMinRatio { ref groups } => pairwise::min_ratio(groups, tail),
            Self::MaxTDifference { ref rates, ref max_t } => pairwise::worst_difference(rates, max_t.critical(tail)),
            Self::MaxTRatio { ref rates, ref max_t } => pairwise::worst_ratio(rates, max_t.critical(tail)),
            Self::MoverMean { x1, n1, x2, n2 } => mover::limits((x1, n1), (x2, n2), z),
            Self::JaccardWilson { tp, fp, fn_ } => overlap::jaccard_limits(tp, fp, fn_, z),
            Self::F1Wilson { tp, fp, fn_ } => overlap::f1_limits(tp, fp, fn_, z),
            Self::LogitDeLong { auc, variance, positives, negatives } => {
                Auc { auc, variance, positives, negatives }.limits(z)
            }
            Self::DeLong { auc, variance } => auc_interval::plain_limits(auc, variance, z),
            Self::LogitAveragePrecision { value, positives } => average_precision_interval::limits(value, positives, z),
            Self::StudentT { mean, variance, n } => mean_interval::limits(mean, variance, n, tail),
            Self::Welch { first, second } => welch::limits(first, second, tail),
            Self::Wald { value, variance } => wald(value, variance, z),
            Self::LogWald { value, log_error } => log_wald(value, log_error, z),
            Self::LogStudentT { value, variance, n } => mean_interval::log_limits(value, variance, n, tail),
            Self::Correlation { r, variance } => regression::correlation_limits(r, variance, z),
            Self::Median { ref values, n } => regression::median_limits(values, n, tail),
            Self::Linear { ref of, factor, offset } => composite::linear(of, factor, offset, tail),
            Self::Absolute { ref of } => composite::absolute(of, tail),
            Self::Clamped { ref of, least, most } => composite::clamped(of, least, most, tail),
            Self::OverWhole { ref of, part } => composite::over_whole(of, part, tail),
            Self::Sum { ref parts } => composite::sum(parts, tail),
            Self::Quotient { ref numerator, ref denominator } => composite::quotient(numerator, denominator, tail),
            Self::BoundedSum { ref parts } => composite::bounded_sum(parts, tail),
            Self::FBeta { confusion, beta } => agreement::f_beta_limits(confusion, beta, z),
            Self::MatthewsCorrelation { confusion } => agreement::matthews_correlation_limits(confusion, z),
            Self::CohenKappa { confusion } => agreement::cohen_kappa_limits(confusion, z),
            Self::MatthewsCorrelationOfClasses { ref matrix } => {
                agreement::matthews_correlation_matrix_limits(matrix, z)
            }
            Self::CohenKappaOfClasses { ref matrix, weighting } => {
                agreement::cohen_kappa_matrix_limits(matrix, weighting, z)
            }
            Self::CalibrationError { ref bins, maximum: false } => calibration::expected_limits(bins, tail),
            Self::CalibrationError { ref bins, maximum: true } => calibration::maximum_limits(bins, tail),
            Self::KolmogorovSmirnov { ks, positives, negatives } => ranking::ks_limits(ks, positives, negatives, tail),
            Self::CramersV { ref of } => Some(association::cramers_v_limits(of, tail)),
            Self::RocArea { area, samples } => ranking::abroca_limits(area, samples, tail),
            Self::Odds { x, n } => odds::limits(x, n, z),
            Self::EmpiricalBayes { posterior } => posterior.limits(tail),
            Self::OddsRatio { table } => association::odds_ratio_limits(table, z),
            Self::PairedDifference { ref first, ref second, correlation } => {
                paired::difference(first, second, correlation, tail)
            }
            Self::PairedDeLong { difference, variance } => wald(difference, variance, z),
            Self::Clustered { ref of, rows, subjects, looks } => {
                let looks = looks as f64;
                of.limits(looks * clustered::tail_of_rows(tail / looks, rows, subjects)?)
            }
            Self::Largest { ref of } => composite::largest(of, tail),
            Self::Smallest { ref of } => composite::smallest(of, tail),
            Self::MaxDifference { ref parts } => composite::max_difference(parts, tail),
            Self::MinRatio { ref parts } => composite::min_ratio(parts, tail),
        }
    }

    /// Bisection over the critical value, for intervals whose inversion has no closed form.
    fn inverted_p_value(&self, threshold: f64, side: Side) -> Option<f64> {
        // Beyond these the tail probability is 1 to the last bit, or too small for a normal double.
        let (mut excluded, mut included) = (-8.5, 37.0);
        let excludes = |z: f64| {
            let (lower, upper) = self.limits(normal::sf(z).min(1.0 - f64::EPSILON))?;
            Some(match side {
                Side::Below => upper < threshold,
                Side::Above => lower > threshold,
            })
        };
        if threshold.is_nan() {
            return None;
        }
        if !excludes(excluded)? {
            return Some(1.0);
        }
        if excludes(included)? {
            return Some(0.0);
        }
        loop {
            let middle = 0.5 * (excluded + included);
            if middle <= excluded || middle >= included {
                return Some(normal::sf(middle));
            }
            if excludes(middle)? {
                excluded = middle;
            } else {
                included = middle;
            }
        }
    }
}

/// `None` without a variance: an interval of no width is none.
fn wald(value: f64, variance: f64, z: f64) -> Option<(f64, f64)> {
    let reach = z * variance.sqrt();
    (value.is_finite() && variance > 0.0 && variance.is_finite()).then_some((value - reach, value + reach))
}

/// `None` without an error, and where the estimate has no logarithm.
fn log_wald(value: f64, log_error: f64, z: f64) -> Option<(f64, f64)> {
    let factor = libm::exp(z * log_error);
    (value > 0.0 && value.is_finite() && log_error > 0.0 && factor.is_finite())
        .then_some((value / factor, value * factor))
}
