use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How large is each group's precision relative to the others' or to that of the declared reference group?
    ///
    /// # Why it matters
    /// Outcome tests compare how often searches, audits or rejections of different groups prove right; a lower hit rate
    /// suggests that a group is held to a lower standard of proof. Such rates are often low, and then the ratio says
    /// more than the difference.
    ///
    /// # When it does not apply
    /// Without decisions, labels or a protected attribute, or where fewer than two groups that can be shown have
    /// labelled positive decisions. Undefined where no positive decision proved right in any of the groups compared,
    /// and not finite where only the reference has none.
    ///
    /// # How to read it
    /// 1 is parity. With `min_max` the lowest precision over the highest; with `reference_group` values below 1 mean
    /// that positive decisions are right less often in the group (Koopman). What that means depends on the decision:
    /// for a burden it speaks of over-flagging, for a benefit of a more lenient standard. Hit rates are averages over
    /// all who were selected and need not show the standard at the margin.
    ///
    /// # What to do
    /// Compare the labels of decisions just above the threshold between the groups, which are closer to the standard
    /// applied than the average is. If they differ too, look for miscalibrated scores, proxies of membership, or labels
    /// found by unequal effort; if they do not, record that the ratio reflects the groups' distributions of risk.
    ///
    /// # References
    /// Ayres (2002), Outcome tests of racial disparities in police practices, Justice Research and Policy 4; Simoiu,
    /// Corbett-Davies and Goel (2017), Annals of Applied Statistics 11; Koopman (1984), Biometrics 40.
    id: "fairness/precision-ratio",
    title: "Ratio of precisions",
    dimension: Fairness,
    severity: High,
    needs: [Labels, Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["precision_ratio"]),
}
