use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Does the model predict too much or too little on the whole?
    ///
    /// # Why it matters
    /// Errors that cancel row by row do not cancel in a budget: a biased forecast makes every sum wrong, and it is
    /// the first sign that the world has moved since training.
    ///
    /// # When it does not apply
    /// Without labels or predictions that are numbers.
    ///
    /// # How to read it
    /// Mean of prediction minus label: above 0 the model predicts too much. The interval is Student's. A bias near
    /// 0 says nothing of single rows, nor of groups, where biases of opposite sign may hide.
    ///
    /// # What to do
    /// Recalibrate the level on recent rows and document it as a change of the model; look for the segment or the
    /// date from which it grew.
    ///
    /// # References
    /// Willmott (1982), Bulletin of the American Meteorological Society 63; Mincer and Zarnowitz (1969), The
    /// evaluation of economic forecasts.
    id: "performance/bias",
    title: "Bias",
    dimension: Performance,
    severity: High,
    needs: [Labels, Predictions],
    since: "0.1.0",
    judge: Judge::Measures(&["mean_error"]),
}
