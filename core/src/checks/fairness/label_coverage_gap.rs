use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Are the labels of some groups known more often than those of others?
    ///
    /// # Why it matters
    /// Every error rate and calibration rests on labelled rows. Where a group's outcomes are known less often (only the
    /// approved repay, only the reported are investigated), its numbers rest on a selection, and the gap in performance
    /// is measured on different kinds of people.
    ///
    /// # When it does not apply
    /// Without labels or a protected attribute.
    ///
    /// # How to read it
    /// Difference and ratio of the shares of rows whose label is known. Equal coverage does not make labels right; unequal
    /// coverage is a reason to doubt every gap that needs labels.
    ///
    /// # What to do
    /// Find out how labels come to be known, wait for those that are late, and sample the outcomes of those whose
    /// labels the process never yields.
    ///
    /// # References
    /// Lakkaraju, Kleinberg, Leskovec, Ludwig and Mullainathan (2017), The selective labels problem, KDD.
    id: "fairness/label-coverage-gap",
    title: "Gaps in known labels",
    dimension: Fairness,
    severity: Low,
    needs: [Labels, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["label_coverage_difference", "label_coverage_ratio"]),
}
