use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Could scores as calibrated as claimed have given labels like these, and which part of the Brier score is the
    /// fault of calibration?
    ///
    /// # Why it matters
    /// A test tells noise from error where a distance alone cannot. The parts of the Brier score tell whether
    /// recalibration (reliability) or a better model (resolution) would lower it.
    ///
    /// # When it does not apply
    /// Without scores or labels, or where scores lie outside 0 to 1; Spiegelhalter's test also where every score is
    /// 0, 0.5 or 1.
    ///
    /// # How to read it
    /// Spiegelhalter's Z is about normal for calibrated scores, so beyond 2 in size is suspicious; it has little
    /// power against errors that cancel. The Hosmer-Lemeshow p depends on how rows are put into groups, misses much
    /// in few rows and finds any triviality in many: report it where a document asks for it, and decide by slope,
    /// intercept and curve. These numbers have no interval, so a criterion on them needs `rule: point`.
    ///
    /// # What to do
    /// Read a small p together with the calibration curve: the size of the error decides what to do, not the p.
    ///
    /// # References
    /// Spiegelhalter (1986), Statistics in Medicine 5; Hosmer and Lemeshow (1980), Communications in Statistics A9;
    /// Murphy (1973), Journal of Applied Meteorology 12; Stephenson, Coelho and Jolliffe (2008), Weather and
    /// Forecasting 23.
    id: "performance/calibration-tests",
    title: "Tests of calibration",
    dimension: Performance,
    severity: Low,
    needs: [Labels, Scores],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "spiegelhalter_z", "spiegelhalter_p_value", "hosmer_lemeshow_p_value", "brier_reliability",
        "brier_resolution",
    ]),
}
