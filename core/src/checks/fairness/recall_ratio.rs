use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How large is each group's recall relative to the others' or to that of the declared reference group?
    ///
    /// # Why it matters
    /// Where recall is low for everybody, a few points are a large part of it: 0.06 against 0.10 is a small difference
    /// but finds only three of every five it should. The ratio shows that.
    ///
    /// # When it does not apply
    /// Without decisions, labels or a protected attribute, or where fewer than two groups that can be shown have
    /// positive labels. Undefined where no positive was found in any of the groups compared, and not finite where only
    /// the reference found none.
    ///
    /// # How to read it
    /// 1 is parity. With `min_max` the lowest recall over the highest, with an interval adjusted for the choice of the
    /// pair; with `reference_group` values below 1 mean the group's positives are found less often (Koopman). The
    /// four-fifths rule was written for selection rates, so 0.8 has no standing here beyond what the plan gives it.
    /// With recalls near 1, look at the ratio of misses, which may be large while this is close to 1.
    ///
    /// # What to do
    /// Check the number of positives behind the lowest recall, then compare the scores of positives across groups: if
    /// they are shifted down as a whole, calibrate or retrain with more rows of that group; if only some are low, find
    /// the segment they belong to. Say how many people would have been found at parity.
    ///
    /// # References
    /// Hardt, Price and Srebro (2016), Equality of opportunity in supervised learning, Advances in Neural Information
    /// Processing Systems 29; Koopman (1984), Biometrics 40.
    id: "fairness/recall-ratio",
    title: "Ratio of recalls",
    dimension: Fairness,
    severity: High,
    needs: [Labels, Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["recall_ratio"]),
}
