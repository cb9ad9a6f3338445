use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Among people whose label is positive, do all groups get the positive decision about equally often?
    ///
    /// # Why it matters
    /// Under the name of equal opportunity it asks that those who qualify are not treated differently by group. It
    /// allows for different base rates, which equal selection rates do not.
    ///
    /// # When it does not apply
    /// Without decisions, labels or a protected attribute, or where fewer than two groups that can be shown have
    /// positive labels. A group without them has no recall; it is left out of the extremes, never counted as 0.
    ///
    /// # How to read it
    /// 0 is parity. With `max_min` the highest recall minus the lowest; with `reference_group` group minus reference,
    /// so negative values mean that the group's positives are missed more often. n is the positives of each group,
    /// hence intervals (Newcombe) are far wider than the table suggests. It trusts the labels: where past decisions
    /// made them, equal recall repeats those decisions faithfully.
    ///
    /// # What to do
    /// Take the group with the lowest recall and read its missed positives: are features missing, are there few
    /// training rows, does the label mean something else there? More and better data for that group come before a
    /// change of threshold; if thresholds that differ by group are considered, obtain legal advice first, as some laws
    /// forbid them.
    ///
    /// # References
    /// Hardt, Price and Srebro (2016), Equality of opportunity in supervised learning, Advances in Neural Information
    /// Processing Systems 29; Newcombe (1998), Statistics in Medicine 17.
    id: "fairness/recall-difference",
    title: "Difference in recall",
    dimension: Fairness,
    severity: High,
    needs: [Labels, Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["recall_difference"]),
}
