use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Did the step from the baseline model fall on all groups alike, or did it widen a gap between them?
    ///
    /// # Why it matters
    /// A version that is better on the whole may be worse for one group. A comparison of two gaps, each with its own
    /// interval, rarely shows it: the same rows stand in both.
    ///
    /// # When it does not apply
    /// Without a baseline model in the plan, without a protected attribute, or where fewer than two groups can be shown.
    ///
    /// # How to read it
    /// `…_difference_change` is the largest gap between groups now less the largest before, whichever groups lay furthest
    /// apart: above 0 it grew. `…_change_difference` compares each group's change. With `reference_group` the change of a group minus that of the reference, which is
    /// the change of the gap between the two: above 0 the group gained on the reference. With `max_min` the
    /// largest change minus the smallest: no gap between two groups can have grown or shrunk by more.
    ///
    /// # What to do
    /// Take the group with the worst change and read the rows that were decided rightly before and are not now.
    ///
    /// # References
    /// Newcombe (1998), Statistics in Medicine 17, 2635-2650; Zou and Donner (2008), Statistics in Medicine 27;
    /// Hsu (1981), Annals of Statistics 9, 1026-1034.
    id: "fairness/change-of-gap",
    title: "Change of gaps from the baseline model",
    dimension: Fairness,
    severity: High,
    needs: [Baseline, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "selection_rate_difference_change", "accuracy_difference_change", "recall_difference_change",
        "false_positive_rate_difference_change", "precision_difference_change", "selection_rate_change_difference", "accuracy_change_difference", "recall_change_difference",
        "false_positive_rate_change_difference", "precision_change_difference", "roc_auc_change_difference",
        "log_loss_change_difference", "mean_absolute_error_change_difference",
        "root_mean_squared_error_change_difference", "mean_error_change_difference",
    ]),
}
