use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How large are the errors when large ones count more than in proportion?
    ///
    /// # Why it matters
    /// Squared error is what most models of numbers were trained to minimise, and the right cost where one large
    /// error hurts more than several small ones.
    ///
    /// # When it does not apply
    /// Without labels or predictions that are numbers.
    ///
    /// # How to read it
    /// The root is in the unit of the label. Both intervals come from the logarithm of the mean, so their criteria
    /// agree and no limit is negative. A few rows may carry most of the sum: with heavy tails and few rows the
    /// interval is too narrow (docs/statistics.md). Root mean squared error well above mean absolute error points
    /// to such rows.
    ///
    /// # What to do
    /// Find the rows that carry the sum. If they are mistakes in the data, correct them; if they are real, ask
    /// whether the model knows what makes them special.
    ///
    /// # References
    /// Chai and Draxler (2014), Geoscientific Model Development 7; Gneiting (2011), JASA 106, on which loss belongs
    /// to which forecast.
    id: "performance/squared-error",
    title: "Squared error",
    dimension: Performance,
    severity: High,
    needs: [Labels, Predictions],
    since: "0.1.0",
    judge: Judge::Measures(&["mean_squared_error", "root_mean_squared_error"]),
}
