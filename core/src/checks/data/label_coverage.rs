use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Is the label known for a large enough share of rows, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// Every measure of performance, and every gap that needs labels, speaks for labelled rows only. If labels exist
    /// mainly for those the model selected, or for those who came back, the report describes them and nobody else.
    ///
    /// # When it does not apply
    /// Where the plan names no label column.
    ///
    /// # How to read it
    /// Rows with contradicting labels count as unlabelled. A high share is no proof of a fair sample: if the 5 %
    /// without a label are the defaults, 95 % coverage still hides the risk, and unequal coverage between groups biases
    /// the gaps between them. The interval is Wilson's; rows that are merely too recent are told apart by the check of
    /// label delay.
    ///
    /// # What to do
    /// Find out why labels are missing: not due yet, lost in the join, or never to be observed because of the decision
    /// itself. Wait for the first, repair the second, and for the third collect labels on a random share of decisions;
    /// until then give the coverage beside every measure and compare scores and groups of rows with and without a
    /// label.
    ///
    /// # References
    /// Rubin (1976), Inference and missing data, Biometrika 63; Lakkaraju et al. (2017), The selective labels problem,
    /// KDD.
    id: "data/label-coverage",
    title: "Label coverage",
    dimension: Data,
    severity: High,
    needs: [Labels],
    since: "0.1.0",
    judge: Judge::Measures(&["label_coverage"]),
}
