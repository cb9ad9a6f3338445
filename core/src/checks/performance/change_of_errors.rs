use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Did the errors grow or shrink from those of the baseline model, on the same rows?
    ///
    /// # Why it matters
    /// A hard row is hard for both models, so their errors go together, and the difference row by row is known far better than
    /// the error of either. Two intervals that overlap say nothing of it.
    ///
    /// # When it does not apply
    /// Without a baseline model in the plan, or without predictions of both. Rows for which one of the two predicted no
    /// number are left out of both.
    ///
    /// # How to read it
    /// The audited model minus the baseline: above 0 the error rose. Not being worse by more than a margin is
    /// `mean_absolute_error_change <= 0.5`, in the unit of the label, and it is met only when the whole interval lies below
    /// that. Intervals are Student's t of the differences of the rows; for the root mean squared error and R² of what
    /// each row adds to the difference. Where both models err alike on every row there is no interval, and a criterion is
    /// undecided.
    ///
    /// # What to do
    /// Look at the rows on which the new model errs most beyond the old one, and at each group: a smaller error on the whole
    /// may hide a larger one of a group.
    ///
    /// # References
    /// Student (1908), Biometrika 6, 1-25; Hampel (1974), JASA 69, 383-393.
    id: "performance/change-of-errors",
    title: "Change of errors from the baseline model",
    dimension: Performance,
    severity: High,
    needs: [Labels, Predictions, BaselineDecisions],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "mean_absolute_error_change", "mean_squared_error_change", "root_mean_squared_error_change",
        "mean_absolute_percentage_error_change", "mean_error_change", "pinball_loss_change", "r2_change",
    ]),
}
