use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Is the mean of recall and specificity high enough, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// It gives both classes the same say however rare one of them is, so always answering with the majority class
    /// earns 0.5 and no more.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where one class has no rows: the mean of one rate is not a balanced accuracy.
    ///
    /// # How to read it
    /// 0.5 is what decisions made without looking at the case reach, whatever their rate. Equal weight is itself a
    /// choice: where a miss costs ten times a false alarm, judge recall and specificity one by one. The interval
    /// combines the Wilson intervals of both rates (MOVER), so the rarer class decides how wide it is. Of a model of
    /// several classes it is the mean of their recalls, undefined where a class has no labels; the convention
    /// `present_classes` leaves such classes out.
    ///
    /// # What to do
    /// See which of recall and specificity falls short. If one is low and the other has room to spare, move the
    /// threshold along the ROC curve; if both are low, the score itself has lost power, so compare its ROC AUC with
    /// that of the reference data.
    ///
    /// # References
    /// Brodersen, Ong, Stephan and Buhmann (2010), The balanced accuracy and its posterior distribution, ICPR; Zou and
    /// Donner (2008), Statistics in Medicine 27.
    id: "performance/balanced-accuracy",
    title: "Balanced accuracy",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["balanced_accuracy"]),
}
