//! The limits of every sampling model: each method has its formula in a file of its own.

use super::Uncertainty;
use crate::stats::auc_interval::{self, Auc};
use crate::stats::{
    agreement, agresti_caffo, association, average_precision_interval, calibration, clopper_pearson, clustered,
    composite, gap_change, inequality, koopman, mean_interval, mover, newcombe, normal, odds, overlap, paired,
    pairwise, ranking, regression, skewed_mean, wald, welch, wilson,
};

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

    /// Lower and upper bound, each exceeded with probability `tail`; above one half they change places.
    pub(in super::super) fn limits(&self, tail: f64) -> Option<(f64, f64)> {
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
            Self::Wald { value, variance } => wald::limits(value, variance, z),
            Self::LogWald { value, log_error } => wald::log_limits(value, log_error, z),
            Self::LogStudentT { value, variance, n } => mean_interval::log_limits(value, variance, n, tail),
            Self::SkewedMean { mean, variance, skewness, n, power } => {
                skewed_mean::limits((mean, variance, skewness), n, power, tail)
            }
            Self::Entropy { ref cells, alpha, root } => inequality::limits(cells, alpha, root, z),
            Self::Correlation { r, variance } => regression::correlation_limits(r, variance, z),
            Self::Median { ref values, n } => regression::median_limits(values, n, tail),
            Self::Linear { ref of, factor, offset } => composite::linear(of, factor, offset, tail),
            Self::Absolute { ref of } => composite::absolute(of, tail),
            Self::Clamped { ref of, least, most } => composite::clamped(of, least, most, tail),
            Self::OverWhole { ref of, part } => composite::over_whole(of, part, tail),
            Self::Sum { ref parts } => composite::sum(parts, tail),
            Self::CorrelatedSum { ref parts, ref correlations } => composite::correlated_sum(parts, correlations, tail),
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
            Self::GapChange { ref groups } => gap_change::limits(groups, tail),
            Self::PairedDeLong { difference, variance } => wald::limits(difference, variance, z),
            Self::Clustered { ref of, rows, subjects, looks } => {
                let looks = looks as f64;
                of.limits(looks * clustered::tail_of_rows(tail / looks, rows, subjects)?)
            }
            Self::Largest { ref of } => composite::largest(of, tail),
            Self::Smallest { ref of } => composite::smallest(of, tail),
            Self::MaxDifference { ref parts, ref max_t } => composite::max_difference(parts, max_t.as_ref(), tail),
            Self::MinRatio { ref parts, ref max_t } => composite::min_ratio(parts, max_t.as_ref(), tail),
        }
    }
}
