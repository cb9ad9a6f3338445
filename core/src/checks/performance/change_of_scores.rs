use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Do the scores rank better and lose less than those of the baseline model, on the same rows?
    ///
    /// # Why it matters
    /// Two areas under the curve from the same rows err together: a hard sample is hard for both. Their difference is
    /// known far better than either, and intervals that overlap say nothing of it.
    ///
    /// # When it does not apply
    /// Without labels, or without scores of both models. Rows that one of the two did not score are left out of both.
    /// Log loss and Brier score need scores between 0 and 1.
    ///
    /// # How to read it
    /// The audited model minus the baseline: above 0 the area, or the loss, rose. The interval of the area is that of
    /// DeLong's test for correlated curves, those of the losses Student's t of the differences row by row. Where both
    /// models rank every pair of rows alike nothing varies, there is no interval, and a criterion is undecided.
    ///
    /// # What to do
    /// A better area with a worse log loss is a question of calibration, not of ranking. Look at the groups before a
    /// gain in the whole is taken for one in each.
    ///
    /// # References
    /// DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44.
    id: "performance/change-of-scores",
    title: "Change of scores from the baseline model",
    dimension: Performance,
    severity: High,
    needs: [Labels, Scores, BaselineScores],
    since: "0.1.0",
    judge: Judge::Measures(&["roc_auc_change", "log_loss_change", "brier_change"]),
}
