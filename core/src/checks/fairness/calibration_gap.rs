use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Does a score mean the same in every group?
    ///
    /// # Why it matters
    /// If a score of 0.6 stands for a share of one half in one group and of seven in ten in another, one threshold
    /// treats them differently, and every rule that uses the score is wrong for someone.
    ///
    /// # When it does not apply
    /// Without labels, scores between 0 and 1 or a protected attribute, or where fewer than two groups that can be
    /// shown have a value.
    ///
    /// # How to read it
    /// The gap in observed over expected says whether one group is underestimated relative to another. Gaps in
    /// expected calibration error depend on group size: small groups have larger errors by chance, which the
    /// intervals (wide on purpose) allow for. A gap in mean score alone is no error, as base rates may differ.
    ///
    /// # What to do
    /// Recalibrate by group where law and purpose allow it; otherwise add the features that explain the difference.
    /// Calibration within groups and equal error rates exclude each other unless base rates agree, so say which one
    /// the use needs.
    ///
    /// # References
    /// Kleinberg, Mullainathan and Raghavan (2017), ITCS; Pleiss et al. (2017), NeurIPS 30; Van Calster et al.
    /// (2019), BMC Medicine 17.
    id: "fairness/calibration-gap",
    title: "Gaps in calibration",
    dimension: Fairness,
    severity: Medium,
    needs: [Labels, Scores, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "expected_calibration_error_difference", "observed_expected_ratio_difference",
    ]),
}
