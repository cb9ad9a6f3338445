use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Of the rows that only one of two models decides rightly, are about as many the one's as the other's?
    ///
    /// # Why it matters
    /// It is the test of a difference in accuracy that most standards name: rows that both decide rightly, or both
    /// wrongly, say nothing of which is better.
    ///
    /// # When it does not apply
    /// Without labels, or without decisions of both models. Rows with weights and subjects with several rows are not
    /// counted as independent people, so there is no such test; the change in accuracy has an interval all the same.
    ///
    /// # How to read it
    /// A small p says that the accuracies differ, not by how much nor which is higher: read the change in accuracy for
    /// that. A large p does not say that they are equal. The default is the mid-p; `exact` and `chi_squared` are
    /// conventions.
    ///
    /// # What to do
    /// Set a criterion on the change in accuracy, which says how large a loss is acceptable.
    ///
    /// # References
    /// McNemar (1947), Psychometrika 12; Fagerland, Lydersen and Laake (2013), BMC Medical Research Methodology 13.
    id: "performance/disagreement",
    title: "Disagreement with the baseline model",
    dimension: Performance,
    severity: Low,
    needs: [Labels, Decisions, BaselineDecisions],
    since: "0.1.0",
    judge: Judge::Measures(&["mcnemar_p_value", "mcnemar_chi_squared"]),
}
