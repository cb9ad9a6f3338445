use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Did the decisions get better or worse than those of the baseline model, on the same rows?
    ///
    /// # Why it matters
    /// A new version may not be worse than the one it replaces by more than was agreed. Two audits side by side cannot
    /// say so: most rows are decided alike by both models, and only a comparison row by row knows how little the
    /// difference can err.
    ///
    /// # When it does not apply
    /// Without a baseline model in the plan, or without decisions of both. Rows that one of the two did not decide are
    /// left out of both.
    ///
    /// # How to read it
    /// The audited model minus the baseline: above 0 the measure rose. Not being worse by more than a point is
    /// `accuracy_change >= -0.01`, and it is met only when the whole interval lies above that. Intervals are Newcombe's
    /// for paired rates, and the method of variance estimates recovery with the correlation of the two errors for what
    /// is no plain rate. Two models that decide every row alike differ by 0, and the interval tells how much
    /// they could still differ on other rows.
    ///
    /// # What to do
    /// Read the rows on which the two models differ, those that the new one decides wrongly first. If the change is
    /// undecided, more rows of the same kind help most where the models disagree.
    ///
    /// # References
    /// Newcombe (1998), Statistics in Medicine 17, 2635-2650; Zou (2007), Psychological Methods 12.
    id: "performance/change-of-decisions",
    title: "Change of decisions from the baseline model",
    dimension: Performance,
    severity: High,
    needs: [Decisions, BaselineDecisions],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "accuracy_change", "balanced_accuracy_change", "precision_change", "recall_change", "specificity_change",
        "negative_predictive_value_change", "false_positive_rate_change", "false_negative_rate_change", "f1_change",
        "selection_rate_change",
    ]),
}
