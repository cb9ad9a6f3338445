//! The p-value of every sampling model, by inverting its interval.

use super::{Side, Uncertainty};
use crate::stats::auc_interval::{self, Auc};
use crate::stats::{
    agresti_caffo, association, average_precision_interval, clopper_pearson, clustered, composite, koopman,
    mean_interval, normal, odds, overlap, pairwise, welch, wilson,
};

impl Uncertainty {
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
            | Self::GapChange { .. }
            | Self::PairedDeLong { .. }
            | Self::Newcombe { .. }
            | Self::PairwiseMaxDifference { .. }
            | Self::MaxTDifference { .. }
            | Self::MoverMean { .. }
            | Self::Wald { .. }
            | Self::LogWald { .. }
            | Self::CramersV { .. }
            | Self::SkewedMean { .. }
            | Self::Entropy { .. }
            | Self::Correlation { .. }
            | Self::Median { .. }
            | Self::Absolute { .. }
            | Self::Clamped { .. }
            | Self::Sum { .. }
            | Self::CorrelatedSum { .. }
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
