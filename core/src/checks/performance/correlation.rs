use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Do predictions rise and fall with the truth?
    ///
    /// # Why it matters
    /// Where predictions only sort (whom to visit first), their order is all that counts.
    ///
    /// # When it does not apply
    /// Without labels or predictions that are numbers, and where either does not vary.
    ///
    /// # How to read it
    /// Neither sees a wrong level or a wrong scale: a model that predicts ten times the truth has a correlation of
    /// 1. Pearson's follows straight lines and outliers, Spearman's the order. Intervals on Fisher's scale;
    /// Pearson's does not rely on normal errors.
    ///
    /// # What to do
    /// If the correlation is good and R² is not, recalibrate. If Spearman is well above Pearson, the relation is
    /// curved or a few rows dominate.
    ///
    /// # References
    /// Fisher (1921), Metron 1; Bonett and Wright (2000), Psychometrika 65.
    id: "performance/correlation",
    title: "Correlation with the label",
    dimension: Performance,
    severity: Low,
    needs: [Labels, Predictions],
    since: "0.1.0",
    judge: Judge::Measures(&["pearson_correlation", "spearman_correlation"]),
}
