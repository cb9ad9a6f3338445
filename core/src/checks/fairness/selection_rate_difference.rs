use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How many percentage points lie between the groups' rates of favourable decisions, or between each group and the
    /// declared reference group?
    ///
    /// # Why it matters
    /// A difference counts people: 0.05 is five favourable decisions fewer in every hundred. Unlike a ratio it does not
    /// explode where few are selected at all, and tests of adverse impact by standard deviations are about this number.
    ///
    /// # When it does not apply
    /// Without decisions, without a protected attribute, or where fewer than two groups can be shown.
    ///
    /// # How to read it
    /// 0 is parity. With `max_min` it is the highest minus the lowest rate, never negative, and its interval covers all
    /// pairs at once (Newcombe, max-T); with `reference_group` it is group minus reference, so a negative value
    /// means the group is selected less and a bound on one side leaves the other open. It asks for equal rates whether
    /// or not base rates differ, as labels play no part in it.
    ///
    /// # What to do
    /// Name the two groups that span the gap and trace it through the process: who applies, which feature values
    /// differ, where the scores lie relative to the threshold. Remove or replace features that carry the gap without
    /// serving the purpose, compare alternative thresholds and models of similar performance, and record the
    /// justification of what remains.
    ///
    /// # References
    /// Dwork et al. (2012), Fairness through awareness, ITCS; Castaneda v. Partida, 430 U.S. 482 (1977); Newcombe
    /// (1998), Statistics in Medicine 17.
    id: "fairness/selection-rate-difference",
    title: "Difference in selection rate",
    dimension: Fairness,
    severity: High,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["selection_rate_difference"]),
}
