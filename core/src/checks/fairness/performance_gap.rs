use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Does the model work about as well for every group?
    ///
    /// # Why it matters
    /// An average hides a group for which the model is no better than a guess. Equal accuracy is no proof of fair
    /// treatment, but a large gap is a defect in itself, and often a lack of data.
    ///
    /// # When it does not apply
    /// Without labels, decisions or scores (as the measure needs) or a protected attribute, or where fewer than two
    /// groups that can be shown have a value.
    ///
    /// # How to read it
    /// Each group's value keeps its own interval (Wilson, DeLong, Student), and the gap combines them; `max_min`
    /// and `min_max` are adjusted for the choice of the pair. Losses depend on the base rate of a group, so a gap
    /// in log loss or Brier score need not mean that the model knows less about the group; a gap in ROC AUC does. The
    /// area between two ROC curves is larger than the gap in ROC AUC where the curves cross; its interval, from bands
    /// around the four distributions behind the curves, is very wide.
    ///
    /// # What to do
    /// See which of ranking, level and threshold fails in the worst group. Few rows in training ask for more data,
    /// a feature that means something else in that group for another feature.
    ///
    /// # References
    /// Zou and Donner (2008), Statistics in Medicine 27; Borkan et al. (2019), Nuanced metrics for measuring
    /// unintended bias, WWW; Gardner, Brooks and Baker (2019), LAK.
    id: "fairness/performance-gap",
    title: "Gaps in performance",
    dimension: Fairness,
    severity: Medium,
    needs: [Labels, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "accuracy_difference", "accuracy_ratio", "balanced_accuracy_difference", "balanced_accuracy_ratio",
        "f1_difference", "f1_ratio", "roc_auc_difference", "roc_auc_ratio", "average_precision_difference",
        "average_precision_ratio", "log_loss_difference", "log_loss_ratio", "brier_difference", "brier_ratio",
        "abroca",
    ]),
}
