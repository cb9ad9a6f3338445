//! What is known about the sampling error of a measure, and the interval and p-value it leads to.

mod limits;
mod method;
mod p_value;

use std::sync::Arc;

use super::gap_change::Change;
use super::max_t::MaxT;
use super::{agreement, association, calibration, empirical_bayes, normal, regression};

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
    /// A mean of numbers of one sign over rows, or a power of it: Hall's transformation of Student's t.
    SkewedMean {
        /// Sample mean.
        mean: f64,
        /// Sample variance, divisor n - 1.
        variance: f64,
        /// Skewness of a row.
        skewness: f64,
        /// Rows.
        n: f64,
        /// The power.
        power: f64,
    },
    /// A generalized entropy of few different benefits, or √(2 of it): on the root scale.
    Entropy {
        /// (benefit, effective rows) of each kind of row.
        cells: Vec<(f64, f64)>,
        /// How much it weighs large benefits.
        alpha: f64,
        /// Whether √(2 of it) is meant.
        root: bool,
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
    /// Σ factor x over measures whose errors are correlated: MOVER.
    CorrelatedSum {
        /// The measures.
        parts: Vec<Part>,
        /// Correlation of the errors of every two of them.
        correlations: Vec<Vec<f64>>,
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
    /// Largest minus smallest value of independent measures: pairwise MOVER intervals at the max-T critical value, or
    /// Bonferroni's where none is given.
    MaxDifference {
        /// The measures.
        parts: Vec<Part>,
        /// The distribution of the largest error of all pairs.
        max_t: Option<MaxT>,
    },
    /// Smallest divided by largest value of independent measures that are not negative: the same on the logarithmic scale.
    MinRatio {
        /// The measures.
        parts: Vec<Part>,
        /// The distribution of the largest error of all pairs.
        max_t: Option<MaxT>,
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
    /// Matthews correlation of several classes: Fisher's z of adjusted counts.
    MatthewsCorrelationOfClasses {
        /// Counts by true, then predicted class.
        matrix: Vec<Vec<f64>>,
    },
    /// Cohen's kappa of several classes: the same.
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
    /// Largest minus smallest estimate over all groups under one model less that under another: the furthest limits of the
    /// pairs that may lie furthest apart.
    GapChange {
        /// The groups under both.
        groups: Vec<Change>,
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
