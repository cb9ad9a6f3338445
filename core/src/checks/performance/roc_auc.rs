use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Does the model rank positives above negatives often enough, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// The area under the ROC curve is the probability that a positive row scores above a negative one. It does not
    /// depend on a threshold, so it shows whether the score itself has lost its power to discriminate.
    ///
    /// # When it does not apply
    /// Without scores, without labels, or where one class has no rows.
    ///
    /// # How to read it
    /// 0.5 is a coin, 1 a perfect ranking; below 0.5 the ranking is reversed. Ties count half. The interval is DeLong's
    /// on the logit scale, or Newcombe's method 5 for small samples. A group's AUC compares rows within the group only.
    /// Of a model of several classes it is averaged over the classes, each against the rest (`ovr_macro`), or over all
    /// pairs of classes (`ovo_macro`).
    ///
    /// # What to do
    /// Compare with the value on the reference table. If only some groups fall short, look for features that are
    /// missing or mean something else there; if all do, look for drift and for labels that changed their meaning.
    ///
    /// # References
    /// DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44; Sun and Xu (2014), IEEE Signal Processing Letters 21;
    /// Newcombe (2006), Statistics in Medicine 25.
    id: "performance/roc-auc",
    title: "ROC AUC",
    dimension: Performance,
    severity: High,
    needs: [Labels, Scores],
    since: "0.1.0",
    judge: Judge::Measures(&["roc_auc"]),
}
