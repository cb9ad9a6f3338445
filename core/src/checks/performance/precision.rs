use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// When the model says yes, is it right often enough, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// People act on positive decisions: they investigate, treat, refuse or lend. Precision is the share of those acts
    /// that were justified by what turned out to be true.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where no labelled row was decided positive. It is then undefined, not 0.
    ///
    /// # How to read it
    /// It depends on the base rate as well as on the model: the same recall and specificity give a lower precision
    /// where positives are rarer. A table in which positives were oversampled therefore overstates it, unless rows
    /// carry weights that undo the sampling. The interval is Wilson's over the positive decisions only. Of a model of
    /// several classes it is asked of one class against the rest, or averaged (`macro_average`); an average is
    /// undefined where the value of a class is.
    ///
    /// # What to do
    /// Review a sample of false positives for a cause they share, such as one feature, channel or source of labels. If
    /// there is none, raise the threshold and accept the recall that costs; if the base rate fell since the threshold
    /// was set, set it again for the present one.
    ///
    /// # References
    /// Altman and Bland (1994), Diagnostic tests 2: predictive values, BMJ 309; Wilson (1927), Journal of the American
    /// Statistical Association 22.
    id: "performance/precision",
    title: "Precision",
    dimension: Performance,
    severity: High,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["precision"]),
}
