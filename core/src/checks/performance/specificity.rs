use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Of the rows that are truly negative, does the model leave enough alone, overall and in every group the plan
    /// names?
    ///
    /// # Why it matters
    /// Negatives are usually the many. A loss of one point of specificity over a million of them is ten thousand people
    /// wrongly flagged, however good the ranking looks.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where no decided row is labelled negative.
    ///
    /// # How to read it
    /// It is 1 minus the false positive rate, so a criterion on one is a criterion on the other. It does not depend on
    /// the base rate, but it can look excellent merely because negatives are plentiful and easy: read precision beside
    /// it to see what a positive decision is worth. The interval is Wilson's over the negative rows.
    ///
    /// # What to do
    /// Compare the scores of negatives with those of the reference data. If all of them moved up, look for a shift in a
    /// feature or in calibration; if a cluster sits above the threshold, find what it shares and whether its labels can
    /// be trusted; else raise the threshold and report the recall given up.
    ///
    /// # References
    /// Yerushalmy (1947), Public Health Reports 62; Altman and Bland (1994), Diagnostic tests 1: sensitivity and
    /// specificity, BMJ 308.
    id: "performance/specificity",
    title: "Specificity",
    dimension: Performance,
    severity: High,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["specificity"]),
}
