use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Do people who are alike get the same decision?
    ///
    /// # Why it matters
    /// Groups can be treated alike on average while single people who differ in nothing that should matter are not.
    ///
    /// # When it does not apply
    /// Without decisions, or without `consistency` in the plan, which says what makes people alike.
    ///
    /// # How to read it
    /// 1: everybody is decided like the rows most like them. Features are scaled to a standard deviation of 1 and
    /// distances are Euclidean; rows equally far share the places that are left. A row is not its own neighbour, except
    /// under the convention `aif360`, which makes the value larger. A constant decision is perfectly consistent, and a sharp
    /// threshold costs a little; compare with another model on the same rows rather than with 1. Tables of more than
    /// 10,000 rows are sampled by a hash of the row, and neighbours in a sample are farther apart. There is no
    /// interval, as neighbours depend on each other: a criterion needs `rule: point`.
    ///
    /// # What to do
    /// Look at pairs of rows that are alike and decided differently, and at what the model saw of them.
    ///
    /// # References
    /// Dwork, Hardt, Pitassi, Reingold and Zemel (2012), Fairness through awareness, ITCS; Zemel, Wu, Swersky, Pitassi and
    /// Dwork (2013), Learning fair representations, ICML.
    id: "fairness/consistency",
    title: "Consistency among people who are alike",
    dimension: Fairness,
    severity: Medium,
    needs: [Decisions, Similarity],
    since: "0.1.0",
    judge: Judge::Measures(&["consistency"]),
}
