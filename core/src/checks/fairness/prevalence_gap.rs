use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How far apart are the groups' shares of positive labels?
    ///
    /// # Why it matters
    /// Base rates decide what is possible: where they differ, equal selection rates, equal error rates and
    /// calibration within groups cannot all hold. They also show how labels were given, which is itself a decision
    /// of somebody.
    ///
    /// # When it does not apply
    /// Without labels or a protected attribute, or where fewer than two groups that can be shown have labels.
    ///
    /// # How to read it
    /// It describes the world or the way it was recorded, not the model. A criterion on it makes sense where labels
    /// are decisions, such as past approvals.
    ///
    /// # What to do
    /// Find out where the labels come from before reading any other fairness number: a gap in labels that past
    /// practice made will be learnt.
    ///
    /// # References
    /// Kleinberg, Mullainathan and Raghavan (2017), ITCS; Suresh and Guttag (2021), EAAMO.
    id: "fairness/prevalence-gap",
    title: "Gaps in positive labels",
    dimension: Fairness,
    severity: Low,
    needs: [Labels, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["prevalence_difference", "prevalence_ratio"]),
}
