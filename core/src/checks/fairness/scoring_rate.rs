use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Does every group score above the median of all rows about as often?
    ///
    /// # Why it matters
    /// Where a tool gives scores and people decide, there is no selection rate to compare. New York City's Local Law 144
    /// has the scoring rate take its place, and its impact ratio that of the ratio of selection rates.
    ///
    /// # When it does not apply
    /// Without scores; the comparison also without a protected attribute or where fewer than two groups can be shown.
    ///
    /// # How to read it
    /// The share of a group's scores strictly above the median of all scored rows, labelled or not (below it where the
    /// favourable decision is the negative one). Scores at the median are not above it, so with many ties the rates of
    /// all groups lie below one half. The median is taken as given by the intervals. `best_group` compares as the law
    /// does, with the group that scores highest.
    ///
    /// # What to do
    /// Compare the distributions of the scores: a rate at one point can hide a gap at the scores that decide.
    ///
    /// # References
    /// 6 RCNY 5-300 to 5-304 (Local Law 144 of 2021).
    id: "fairness/scoring-rate",
    title: "Scoring rate",
    dimension: Fairness,
    severity: Medium,
    needs: [Scores],
    since: "0.1.0",
    judge: Judge::Measures(&["scoring_rate", "scoring_rate_difference", "scoring_rate_ratio"]),
}
