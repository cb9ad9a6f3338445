//! Measures of calibration: how well scores say how often the positive class occurs.

use super::Estimate;
use super::scores::ScoreMeasures;
use crate::findings::v1::Reason;
use crate::stats::calibration::{self, Bin, Binning, Closed, FitInfluence, Logits, MeanScore, Sample};
use crate::stats::samples::{self, Atom};
use crate::stats::subjects::DesignEffect;
use crate::stats::{Mass, Scored, Uncertainty};

/// Bins of a calibration error, as most libraries have them.
const BINS: usize = 10;

/// Student's t of a mean score.
fn of_mean(score: MeanScore, n: f64) -> Option<Uncertainty> {
    let variance = score.variance.filter(|variance| *variance > 0.0 && n > 1.0)?;
    Some(Uncertainty::StudentT { mean: score.mean, variance: variance * n, n })
}

impl<'g> ScoreMeasures<'g> {
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

    fn scored(&self) -> impl Iterator<Item = Scored> + Clone + use<'g> {
        self.group.scores.scored()
    }

    fn logits(&self) -> &Logits<'g> {
        self.shared.logits.get_or_init(|| Logits::new(self.scored()))
    }

    fn found(&self, value: Option<f64>, otherwise: Reason) -> Estimate {
        value.map_or_else(|| self.undefined(otherwise), |value| self.defined(value))
    }

    fn mean(&self) -> Option<MeanScore> {
        *self.shared.mean.get_or_init(|| calibration::mean_score(self.scored()))
    }

    /// Mean score of the labelled rows.
    fn mean_score(&self) -> Estimate {
        match self.mean() {
            None => self.undefined(Reason::ZeroDenominator),
            Some(score) => {
                let n = (self.positives + self.negatives).effective();
                let design = self.design_of_mean(score.mean, |_, score| score);
                let effect = design.map_or(1.0, |design| design.effect);
                let score = MeanScore { variance: score.variance.map(|variance| variance * effect), ..score };
                self.with(self.defined(score.mean), of_mean(score, n), design)
            }
        }
    }

    /// Mean score of all scored rows, labelled or not.
    pub(super) fn mean_of_all(&self) -> Estimate {
        let all = || self.group.scores.all();
        let is_labelled = self.group.scores.is_labelled();
        let mass = if is_labelled { self.positives + self.negatives } else { samples::mass(all()) };
        let undefined = |reason| Estimate::undefined(reason, mass.rows, "scored");
        if mass.rows == 0 {
            return undefined(Reason::NoRows);
        }
        let ends = [all().next(), all().next_back()];
        if !ends.into_iter().flatten().all(|atom| (0.0..=1.0).contains(&atom.score)) {
            return undefined(Reason::ScoresOutOfRange);
        }
        let rows = |atom: Atom| Scored { score: atom.score, positives: atom.mass, negatives: Mass::default() };
        let mean = if is_labelled { self.mean() } else { calibration::mean_score(all().map(rows)) };
        let Some(score) = mean else { return undefined(Reason::ZeroDenominator) };
        let n = mass.effective();
        let estimate = Estimate::new(score.mean, mass.rows, "scored");
        let estimate = if self.group.scores.is_weighted() { estimate.effective(n) } else { estimate };
        let Some(linked) = self.group.confusion.clustered() else { return estimate.with(of_mean(score, n)) };
        let error = linked.influence(|row| Some((row.score? - score.mean) / mass.weight));
        let design = linked.design(&[error]);
        let effect = design.map_or(1.0, |design| design.effect);
        let score = MeanScore { variance: score.variance.map(|variance| variance * effect), ..score };
        self.with_rows(estimate, of_mean(score, n), design, n)
    }

    /// Wilson's interval of the observed share over the mean score, which is taken as given.
    fn observed_expected_ratio(&self) -> Estimate {
        let mean = self.mean().map(|score| score.mean).filter(|mean| *mean > 0.0);
        let Some(mean) = mean else { return self.undefined(Reason::ZeroDenominator) };
        let share = self.positives.weight / (self.positives + self.negatives).weight;
        let design = self.design_of_mean(share, |positive, _| f64::from(positive));
        let n = (self.positives + self.negatives).effective();
        let n = design.map_or(n, |design| design.effective(n));
        let of = Box::new(Uncertainty::Wilson { x: share * n, n });
        let of = Uncertainty::Linear { of, factor: 1.0 / mean, offset: 0.0 };
        self.with(self.defined(share / mean), Some(of), design)
    }

    fn bins(&self, binning: Binning, closed: Closed) -> Option<&[Bin]> {
        let place = 2 * usize::from(binning == Binning::EqualCount) + usize::from(closed == Closed::Left);
        let bins = || calibration::bins(self.scored(), binning, closed, BINS);
        self.shared.bins[place].get_or_init(bins).as_deref()
    }

    fn binned_error(&self, convention: &str, maximum: bool) -> Estimate {
        let binning = if convention.starts_with("equal_width") { Binning::EqualWidth } else { Binning::EqualCount };
        let closed = if convention.ends_with("left_closed") { Closed::Left } else { Closed::Right };
        let Some(bins) = self.bins(binning, closed) else { return self.undefined(Reason::ZeroDenominator) };
        let error = if maximum { calibration::maximum(bins) } else { calibration::expected(bins) };
        let estimate = self.found(error, Reason::ZeroDenominator);
        if estimate.value.is_err() {
            return estimate;
        }
        if self.group.confusion.clustered().is_none() {
            return estimate.with(Uncertainty::CalibrationError { bins: bins.to_vec(), maximum });
        }
        self.binned_by_subject(estimate, bins, closed, maximum)
    }

    /// Every bin with the design effect of its own share, read with as few degrees of freedom as the bin with the fewest
    /// subjects has.
    fn binned_by_subject(&self, estimate: Estimate, bins: &[Bin], closed: Closed, maximum: bool) -> Estimate {
        let place = |score: f64| match closed {
            Closed::Right => bins.partition_point(|bin| bin.upper < score),
            Closed::Left => bins.partition_point(|bin| bin.upper <= score),
        };
        let design = |index: usize| {
            let observed = bins[index].observed();
            self.design(&[&|positive, row| {
                let inside = place(row.ranked?).min(bins.len() - 1) == index;
                inside.then_some(f64::from(positive) - observed)
            }])
        };
        let designs: Option<Vec<DesignEffect>> = (0..bins.len()).map(design).collect();
        let Some(designs) = designs else { return estimate.without_interval(Reason::SingleSubject) };
        let widened = bins.iter().zip(&designs).map(|(bin, design)| bin.under(design.effect.max(1.0)));
        let of = Box::new(Uncertainty::CalibrationError { bins: widened.collect(), maximum });
        let fewest = designs.iter().min_by_key(|design| design.subjects);
        estimate.with(fewest.map(|design| Uncertainty::Clustered {
            of,
            rows: design.rows,
            subjects: design.subjects,
            looks: bins.len() as u64,
        }))
    }

    /// Intercept (0) or slope (1) of the recalibration line.
    fn fitted(&self, coefficient: usize) -> Estimate {
        if let Some(reason) = self.without_a_class() {
            return self.undefined(reason);
        }
        let Some(fit) = self.shared.fit.get_or_init(|| calibration::fit(self.logits())) else {
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
        let Some((value, variance)) = calibration::in_the_large(self.logits()) else {
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
        self.found(calibration::integrated(self.logits(), self.scored()), Reason::FitFailed)
    }

    fn spiegelhalter(&self, number: impl Fn(&calibration::Spiegelhalter) -> f64) -> Estimate {
        let test = self.shared.spiegelhalter.get_or_init(|| calibration::spiegelhalter(self.scored()));
        self.found(test.as_ref().map(number), Reason::ZeroVariance)
    }

    fn hosmer_lemeshow(&self, convention: &str) -> Estimate {
        let sample = if convention == "development" { Sample::Development } else { Sample::External };
        let bins = self.bins(Binning::EqualCount, Closed::Right);
        let test = bins.and_then(|bins| calibration::hosmer_lemeshow(bins, sample));
        self.found(test.map(|test| test.p_value), Reason::ZeroVariance)
    }

    fn brier_part(&self, name: &str) -> Estimate {
        let parts = self.shared.brier.get_or_init(|| {
            let bins = self.bins(Binning::EqualCount, Closed::Right)?;
            calibration::brier_decomposition(self.scored(), bins, Closed::Right)
        });
        let part = parts.map(|parts| match name {
            "brier_reliability" => parts.reliability,
            "brier_resolution" => parts.resolution,
            _ => parts.uncertainty,
        });
        self.found(part, Reason::ZeroDenominator)
    }
}
