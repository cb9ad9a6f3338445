use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Among people whose label is negative, do all groups get the positive decision about equally often?
    ///
    /// # Why it matters
    /// Where a positive decision is a burden, such as an alarm, a detention or a freeze, it asks whether people who
    /// gave no cause carry that burden unequally. Together with the difference in recall it makes up equalized odds.
    ///
    /// # When it does not apply
    /// Without decisions, labels or a protected attribute, or where fewer than two groups that can be shown have
    /// negative labels.
    ///
    /// # How to read it
    /// 0 is parity. With `max_min` the highest rate minus the lowest; with `reference_group` group minus reference, so
    /// positive values mean the group is wrongly flagged more. Where base rates differ, an imperfect model cannot have
    /// equal false positive rates, equal recall and equal precision at once, so the plan has to say which matters.
    /// Intervals are Newcombe's, over negatives only.
    ///
    /// # What to do
    /// See which features push the negatives of the most affected group over the threshold and whether they stand for
    /// the outcome or for group membership. Consider a higher threshold for all, a human review of the affected band,
    /// or retraining, and report the change in recall each brings.
    ///
    /// # References
    /// Chouldechova (2017), Fair prediction with disparate impact, Big Data 5; Corbett-Davies et al. (2017),
    /// Algorithmic decision making and the cost of fairness, KDD; Newcombe (1998), Statistics in Medicine 17.
    id: "fairness/false-positive-rate-difference",
    title: "Difference in false positive rate",
    dimension: Fairness,
    severity: High,
    needs: [Labels, Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["false_positive_rate_difference"]),
}
