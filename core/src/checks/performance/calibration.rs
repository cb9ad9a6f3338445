use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Do the scores mean what they say: of the rows with a score near 0.3, are about three in ten positive?
    ///
    /// # Why it matters
    /// A price, a limit or a triage that uses the score as a probability is wrong wherever the score is, even if
    /// the ranking is perfect. A threshold chosen on calibrated scores moves when calibration does.
    ///
    /// # When it does not apply
    /// Without scores or labels, or where scores lie outside 0 to 1: such scores rank, but they are no
    /// probabilities. Slope and intercept need both classes.
    ///
    /// # How to read it
    /// Observed over expected and the intercept in the large say whether the level is right (1 and 0), the slope
    /// whether the spread is (1; below 1 the scores are too extreme, as after overfitting). The expected and the
    /// maximum calibration error add up distances over ten bins; they are above 0 even for calibrated scores and shrink
    /// with the rows in a bin, so compare them between equal samples only. Bins are right-closed and of equal width
    /// unless a convention says otherwise. The integrated index uses a smooth curve instead of bins. Of a model of
    /// several classes as a whole they are those of the highest score as the probability that its class is right; of
    /// one class, those of its own score.
    ///
    /// # What to do
    /// If level or slope are off and the ranking is fine, recalibrate on recent labelled rows (logistic or
    /// isotonic) and document it as a change of the model. If the curve bends only in one part, look for a segment.
    ///
    /// # References
    /// Cox (1958), Biometrika 45; Van Calster et al. (2019), BMC Medicine 17; Naeini, Cooper and Hauskrecht (2015),
    /// AAAI; Austin and Steyerberg (2019), Statistics in Medicine 38.
    id: "performance/calibration",
    title: "Calibration of scores",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Scores],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "expected_calibration_error", "maximum_calibration_error", "calibration_slope", "calibration_intercept",
        "observed_expected_ratio", "integrated_calibration_index",
    ]),
}
