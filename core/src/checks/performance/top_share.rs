use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How good are the rows that the model ranks highest?
    ///
    /// # Why it matters
    /// Often only the top of a list is acted on: the cases that are investigated, the customers that are called. What the
    /// model does with the rest does not matter then.
    ///
    /// # When it does not apply
    /// Without labels or scores; recall and lift also without positives.
    ///
    /// # How to read it
    /// Precision, recall and lift among the 10 % of rows with the highest scores (`top_1_percent`, `top_5_percent`,
    /// `top_20_percent` on request), of all rows or within a group. Rows tied at the cut count in proportion, as if the
    /// tie were broken at random. The intervals take the cut as given: what varies is the labels.
    ///
    /// # What to do
    /// Compare the lift with the largest one possible, one over the prevalence; where it is low although the ROC AUC is
    /// not, the model separates the wrong end of the list.
    ///
    /// # References
    /// Provost and Fawcett (2013), Data Science for Business, ch. 8; Wilson (1927), JASA 22.
    id: "performance/top-share",
    title: "The highest scores",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Scores],
    since: "0.1.0",
    judge: Judge::Measures(&["precision_at_k", "recall_at_k", "lift_at_k"]),
}
