use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How much of the inequality of benefits lies between groups, and how far apart are the groups' chances in the
    /// worst case?
    ///
    /// # Why it matters
    /// The inequality of individual benefits splits into a part within and a part between groups. Differential
    /// fairness bounds how much any decision can tell about the group.
    ///
    /// # When it does not apply
    /// Without decisions or a protected attribute (the entropies also without labels), or where only one group can
    /// be compared.
    ///
    /// # How to read it
    /// The part between groups is never above the whole; 0 means that all groups have the same mean benefit.
    /// Differential fairness ε is the largest log ratio of the shares of any decision: 0 is parity, and with
    /// exp(-ε) ≥ 0.8 every ratio passes four fifths, of rejections too. One pseudo-row per group keeps it finite.
    /// These numbers have no interval, so a criterion on them needs `rule: point`.
    ///
    /// # What to do
    /// Follow the check on the selection rate for the pair of groups that makes ε.
    ///
    /// # References
    /// Speicher et al. (2018), KDD; Foulds et al. (2020), An intersectional definition of fairness, ICDE.
    id: "fairness/inequality-between-groups",
    title: "Inequality between groups",
    dimension: Fairness,
    severity: Low,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["between_group_generalized_entropy", "between_group_theil", "differential_fairness"]),
}
