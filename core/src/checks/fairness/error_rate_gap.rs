use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Do misses, false alarms among the selected and errors among the rejected fall on groups alike?
    ///
    /// # Why it matters
    /// Which error hurts depends on the decision: a missed positive is a loan or a treatment not given, a false
    /// omission is a person wrongly told no. Libraries name each of these gaps differently; here each is the
    /// difference or ratio of one rate.
    ///
    /// # When it does not apply
    /// Without decisions, labels or a protected attribute, or where fewer than two groups that can be shown have
    /// the rows that the rate counts.
    ///
    /// # How to read it
    /// A difference of 0 and a ratio of 1 are parity. `max_min` and `min_max` compare the extremes of all groups,
    /// with an interval adjusted for the choice of the pair; `reference_group` compares with the declared group,
    /// with a sign. Differences in false negative rate and in recall are the same up to their sign, their ratios
    /// are not.
    ///
    /// # What to do
    /// Look at the number of rows behind the extreme group, then at the scores of the rows in error: near the
    /// threshold, or far from it? The first asks for calibration by group, the second for data.
    ///
    /// # References
    /// Hardt, Price and Srebro (2016), NeurIPS 29; Chouldechova (2017), Big Data 5; Newcombe (1998), Statistics in
    /// Medicine 17; Koopman (1984), Biometrics 40.
    id: "fairness/error-rate-gap",
    title: "Gaps in error rates",
    dimension: Fairness,
    severity: Medium,
    needs: [Labels, Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "false_negative_rate_difference", "false_negative_rate_ratio", "specificity_difference",
        "specificity_ratio", "negative_predictive_value_difference", "negative_predictive_value_ratio",
        "false_discovery_rate_difference", "false_discovery_rate_ratio", "false_omission_rate_difference",
        "false_omission_rate_ratio",
    ]),
}
