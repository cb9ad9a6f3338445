use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How large are the errors relative to the truth?
    ///
    /// # Why it matters
    /// A relative error compares rows and products of different size, and is how people speak of forecasts.
    ///
    /// # When it does not apply
    /// Without labels or predictions that are numbers. The percentage error leaves out rows whose label is 0, where
    /// it has no meaning; if all are, it is undefined.
    ///
    /// # How to read it
    /// Both are shares: 0.1 is 10 %. Labels near 0 dominate the percentage error, and it favours models that
    /// predict too little, since an underestimate cannot exceed 100 %. The symmetric form lies between 0 and 2 and
    /// counts a row as 0 when label and prediction both are 0. `scikit_learn` keeps rows with label 0 and divides
    /// by 2.2e-16 there, which makes the mean astronomical.
    ///
    /// # What to do
    /// If labels can be 0 or close to it, set the criterion on the absolute error instead.
    ///
    /// # References
    /// Hyndman and Koehler (2006), International Journal of Forecasting 22; Makridakis (1993), International
    /// Journal of Forecasting 9.
    id: "performance/percentage-error",
    title: "Percentage error",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Predictions],
    since: "0.1.0",
    judge: Judge::Measures(&["mean_absolute_percentage_error", "symmetric_mean_absolute_percentage_error"]),
}
