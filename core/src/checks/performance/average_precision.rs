use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Does the ranking keep positives near the top, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// Where capacity is limited and cases are worked from the top of a list, what counts is how pure that list is.
    /// With rare positives ROC AUC can look excellent while the list is mostly false alarms; average precision shows
    /// it.
    ///
    /// # When it does not apply
    /// Without scores, without labels, or where no scored row is labelled positive. Not assessed where rows carry
    /// weights. With no negative rows it is 1 whatever the scores.
    ///
    /// # How to read it
    /// A random ranking has about the base rate, not 0.5; compare with that, and never across groups or periods whose
    /// base rates differ. It is the step sum without interpolation, with tied scores entering as one step. The interval
    /// is on the logit scale with the number of positives as sample size, and is rough below a few dozen positives. Of
    /// a model of several classes it is averaged over the classes, each against the rest (`ovr_macro`).
    ///
    /// # What to do
    /// Inspect the highest-scored negatives: a few of them at the very top cost more than many further down. If they
    /// are mislabelled or came too early for their label, mend the labels; if a feature misleads the model there, fix
    /// or retrain. If only the base rate fell, restate the criterion for the present one.
    ///
    /// # References
    /// Boyd, Eng and Page (2013), Area under the precision-recall curve, ECML PKDD; Davis and Goadrich (2006), The
    /// relationship between precision-recall and ROC curves, ICML.
    id: "performance/average-precision",
    title: "Average precision",
    dimension: Performance,
    severity: High,
    needs: [Labels, Scores],
    since: "0.1.0",
    judge: Judge::Measures(&["average_precision"]),
}
