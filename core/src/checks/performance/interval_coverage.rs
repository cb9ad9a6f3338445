use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Does the truth lie within the predicted intervals as often as they say?
    ///
    /// # Why it matters
    /// An interval that is too narrow promises a certainty that the model does not have; decisions about reserves
    /// and safety rest on it.
    ///
    /// # When it does not apply
    /// Without labels or with fewer than two columns of quantiles.
    ///
    /// # How to read it
    /// Coverage is the share of labels between the lowest and the highest quantile of the plan: with levels 0.1 and
    /// 0.9 it should be near 0.8, and above that is no merit. The interval is Wilson's. Width and quantile loss
    /// compare models of equal coverage: narrower is better. Right coverage on the whole may hide too wide
    /// intervals for some rows and too narrow ones for others: see it by group.
    ///
    /// # What to do
    /// Conformalise the quantiles on recent rows, as a documented change of the model.
    ///
    /// # References
    /// Gneiting and Raftery (2007), JASA 102; Romano, Patterson and Candès (2019), NeurIPS 32.
    id: "performance/interval-coverage",
    title: "Prediction intervals",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Quantiles],
    since: "0.1.0",
    judge: Judge::Measures(&["interval_coverage", "mean_interval_width", "quantile_loss"]),
}
