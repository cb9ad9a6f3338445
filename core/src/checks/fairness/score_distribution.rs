use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Are the scores of every group distributed alike, labels aside?
    ///
    /// # Why it matters
    /// Decisions come from scores, and thresholds change. A gap in the scores shows what any threshold could do, and it
    /// can be seen before a single outcome is known.
    ///
    /// # When it does not apply
    /// Without scores or a protected attribute. The standardised mean difference needs a declared reference group.
    ///
    /// # How to read it
    /// All scored rows count, labelled or not. The standardised mean difference has a sign and no unit (`pooled_sd`: in
    /// standard deviations of the two groups; `population_sd`: of all rows); there is no threshold that law or statistics
    /// would give. The Kolmogorov-Smirnov distance is the largest gap between two distributions, at one score; the
    /// Wasserstein distance is the mean shift between them, in units of the score. Their intervals are bands around
    /// both distributions: wide, and never too short. Groups may differ in their scores because they differ in what is
    /// predicted.
    ///
    /// # What to do
    /// See whether calibration within the groups explains the gap; if not, find the features that carry it.
    ///
    /// # References
    /// Hedges and Olkin (1985), Statistical Methods for Meta-Analysis; Vallender (1974), Theory of Probability and its
    /// Applications 18; Massart (1990), Annals of Probability 18.
    id: "fairness/score-distribution",
    title: "Scores of the groups",
    dimension: Fairness,
    severity: Medium,
    needs: [Scores, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "standardized_mean_difference", "score_ks_distance", "score_wasserstein_distance", "mean_score_difference",
        "mean_score_ratio",
    ]),
}
