//! Measures of calibration: how well scores say how often the positive class occurs.

use super::Estimate;
use super::scores::ScoreMeasures;
use crate::findings::v1::Reason;
use crate::stats::Uncertainty;
use crate::stats::calibration::{self, Bin, Binning, Closed, FitInfluence, Sample};
use crate::stats::subjects::DesignEffect;

/// Bins of a calibration error, as most libraries have them.
const BINS: usize = 10;

impl ScoreMeasures<'_> {
    /// The estimate of a measure of calibration.
    pub(super) fn calibration(&self, name: &str, convention: &str) -> Estimate {
        if self.rows() == 0 {
            return self.undefined(Reason::NoRows);
        }
        if self.out_of_range() {
            return self.undefined(Reason::ScoresOutOfRange);
        }
        match name {
            "mean_score" => self.mean_score(),
            "observed_expected_ratio" => self.observed_expected_ratio(),
            "expected_calibration_error" => self.binned_error(convention, false),
            "maximum_calibration_error" => self.binned_error(convention, true),
            "calibration_slope" => self.fitted(1),
            "calibration_intercept" if convention == "joint" => self.fitted(0),
            "calibration_intercept" => self.in_the_large(),
            "integrated_calibration_index" => self.integrated(),
            "spiegelhalter_z" => self.spiegelhalter(|test| test.z),
            "spiegelhalter_p_value" => self.spiegelhalter(|test| test.p_value),
            "hosmer_lemeshow_p_value" => self.hosmer_lemeshow(convention),
            _ => self.brier_part(name),
        }
    }

    fn scored(&self) -> impl Iterator<Item = crate::stats::Scored> + Clone + '_ {
        self.group.scores.scored()
    }

    fn found(&self, value: Option<f64>, otherwise: Reason) -> Estimate {
        value.map_or_else(|| self.undefined(otherwise), |value| self.defined(value))
    }

    fn mean_score(&self) -> Estimate {
        match calibration::mean_score(self.scored()) {
            None => self.undefined(Reason::ZeroDenominator),
            Some(score) => {
                let mean = score.mean;
                let n = (self.positives + self.negatives).effective();
                self.mean(mean, score.variance.map_or(0.0, |variance| variance * n), n, |_, score| score)
            }
        }
    }

    /// Wilson's interval of the observed share over the mean score, which is taken as given.
    fn observed_expected_ratio(&self) -> Estimate {
        let mean = calibration::mean_score(self.scored()).map(|score| score.mean);
        let ratio = calibration::observed_expected_ratio(self.scored());
        let (Some(ratio), Some(mean)) = (ratio, mean) else { return self.undefined(Reason::ZeroDenominator) };
        let share = self.positives.weight / (self.positives + self.negatives).weight;
        let design = self.design_of_mean(share, |positive, _| f64::from(positive));
        let n = (self.positives + self.negatives).effective();
        let n = design.map_or(n, |design| design.effective(n));
        let of = Box::new(Uncertainty::Wilson { x: share * n, n });
        let of = Uncertainty::Linear { of, factor: 1.0 / mean, offset: 0.0 };
        self.with(self.defined(ratio), Some(of), design)
    }

    fn bins(&self, binning: Binning, closed: Closed) -> Option<Vec<Bin>> {
        calibration::bins(self.scored(), binning, closed, BINS)
    }

    fn binned_error(&self, convention: &str, maximum: bool) -> Estimate {
        let binning = if convention.starts_with("equal_width") { Binning::EqualWidth } else { Binning::EqualCount };
        let closed = if convention.ends_with("left_closed") { Closed::Left } else { Closed::Right };
        let Some(bins) = self.bins(binning, closed) else { return self.undefined(Reason::ZeroDenominator) };
        let error = if maximum { calibration::maximum(&bins) } else { calibration::expected(&bins) };
        let estimate = self.found(error, Reason::ZeroDenominator);
        let uncertainty = estimate.value.is_ok().then_some(Uncertainty::CalibrationError { bins, maximum });
        estimate.with(uncertainty)
    }

    /// Intercept (0) or slope (1) of the recalibration line.
    fn fitted(&self, coefficient: usize) -> Estimate {
        if let Some(reason) = self.without_a_class() {
            return self.undefined(reason);
        }
        let Some(fit) = self.fit.get_or_init(|| calibration::fit(self.scored())) else {
            return self.undefined(Reason::FitFailed);
        };
        let value = [fit.intercept, fit.slope][coefficient];
        let design = self.design_of_fit(coefficient, || FitInfluence::of_fit(fit, self.scored()));
        self.wald(value, fit.covariance[coefficient][coefficient], design)
    }

    fn in_the_large(&self) -> Estimate {
        if let Some(reason) = self.without_a_class() {
            return self.undefined(reason);
        }
        let Some((value, variance)) = calibration::in_the_large(self.scored()) else {
            return self.undefined(Reason::FitFailed);
        };
        let design = self.design_of_fit(0, || FitInfluence::in_the_large(value, self.scored()));
        self.wald(value, variance, design)
    }

    fn wald(&self, value: f64, variance: f64, design: Option<DesignEffect>) -> Estimate {
        let variance = variance * design.map_or(1.0, |design| design.effect);
        self.with(self.defined(value), Some(Uncertainty::Wald { value, variance }), design)
    }

    fn integrated(&self) -> Estimate {
        if let Some(reason) = self.without_a_class() {
            return self.undefined(reason);
        }
        self.found(calibration::integrated(self.scored()).map(|index| index.mean), Reason::FitFailed)
    }

    fn spiegelhalter(&self, number: impl Fn(&calibration::Spiegelhalter) -> f64) -> Estimate {
        self.found(calibration::spiegelhalter(self.scored()).as_ref().map(number), Reason::ZeroVariance)
    }

    fn hosmer_lemeshow(&self, convention: &str) -> Estimate {
        let sample = if convention == "development" { Sample::Development } else { Sample::External };
        let bins = self.bins(Binning::EqualCount, Closed::Right);
        let test = bins.and_then(|bins| calibration::hosmer_lemeshow(&bins, sample));
        self.found(test.map(|test| test.p_value), Reason::ZeroVariance)
    }

    fn brier_part(&self, name: &str) -> Estimate {
        let parts = calibration::brier_decomposition(self.scored(), Binning::EqualCount, Closed::Right, BINS);
        let part = parts.map(|parts| match name {
            "brier_reliability" => parts.reliability,
            "brier_resolution" => parts.resolution,
            _ => parts.uncertainty,
        });
        self.found(part, Reason::ZeroDenominator)
    }
}
