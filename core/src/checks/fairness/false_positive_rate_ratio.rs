use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How many times as often is one group wrongly decided positive as another, or as the declared reference group?
    ///
    /// # Why it matters
    /// False positive rates are often small, and a difference of one point can mean three times the risk for one group.
    /// "Twice as likely to be wrongly flagged" is how such a gap is felt and reported.
    ///
    /// # When it does not apply
    /// Without decisions, labels or a protected attribute, or where fewer than two groups that can be shown have
    /// negative labels. Undefined where no group compared has a false positive, and not finite where only the reference
    /// has none.
    ///
    /// # How to read it
    /// 1 is parity. With `min_max` the lowest rate over the highest, so smaller is worse; with `reference_group` values
    /// above 1 mean the group is wrongly flagged more often. A handful of false positives moves the ratio far: judge by
    /// the interval (Koopman), and read the difference beside it to see how many people it concerns.
    ///
    /// # What to do
    /// Count the false positives behind each rate before anything else. If the ratio stands on enough of them, compare
    /// the scores of negatives between the two groups, look for features that stand in for membership and for labels
    /// recorded differently, and test whether a higher threshold narrows the ratio at a recall that is still
    /// acceptable.
    ///
    /// # References
    /// Corbett-Davies et al. (2017), Algorithmic decision making and the cost of fairness, KDD; Koopman (1984),
    /// Biometrics 40.
    id: "fairness/false-positive-rate-ratio",
    title: "Ratio of false positive rates",
    dimension: Fairness,
    severity: High,
    needs: [Labels, Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["false_positive_rate_ratio"]),
}
