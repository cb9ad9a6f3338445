use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Does the model give the favourable decision as often as the plan expects, overall and in every group the plan
    /// names?
    ///
    /// # Why it matters
    /// It needs no labels, so it is known the same day. A rate that leaves its band is often the first sign of a moved
    /// threshold, a shifted population or a broken feature, and it says whether budgets and capacity will hold.
    ///
    /// # When it does not apply
    /// Without decisions. Rows without one are left out, while rows without a label count.
    ///
    /// # How to read it
    /// Neither high nor low is good in itself: read it against the rate the plan assumed and against the base rate. It
    /// counts the decision the plan declares favourable, which may be the negative one. The interval is Wilson's and
    /// treats the rows as a sample; a quota that is filled exactly has no such error.
    ///
    /// # What to do
    /// Compare the distribution of scores and the share of missing features with the reference period, and check which
    /// threshold was live. If the applicants changed, decide with the owner of the process whether the threshold should
    /// follow; if they did not, look for a change in the pipeline or in the model version.
    ///
    /// # References
    /// Wilson (1927), Journal of the American Statistical Association 22.
    id: "performance/selection-rate",
    title: "Selection rate",
    dimension: Performance,
    severity: Medium,
    needs: [Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["selection_rate"]),
}
