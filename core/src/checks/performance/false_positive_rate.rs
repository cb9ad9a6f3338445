use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Of the rows that are truly negative, are few enough decided positive, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// It is the burden on people who gave no cause: the chance that someone innocent, healthy or solvent is flagged
    /// all the same.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where no decided row is labelled negative.
    ///
    /// # How to read it
    /// It is a share of negatives, not of alarms: with 1 % positives and a false positive rate of 2 %, most alarms are
    /// false even if no positive is missed. An observed 0 is no proof of 0; about 3 / n is the upper end of what n
    /// negatives without a false positive leave possible. The interval is Wilson's.
    ///
    /// # What to do
    /// Count the false positives per day and say who bears them, then look for the values they have in common. Raise
    /// the threshold if recall allows, or put a cheap second check behind positive decisions; if the rate rose without
    /// a change of threshold, look for drift in the inputs of negatives.
    ///
    /// # References
    /// Fawcett (2006), An introduction to ROC analysis, Pattern Recognition Letters 27; Hanley and Lippman-Hand (1983),
    /// If nothing goes wrong, is everything all right?, JAMA 249.
    id: "performance/false-positive-rate",
    title: "False positive rate",
    dimension: Performance,
    severity: High,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["false_positive_rate"]),
}
