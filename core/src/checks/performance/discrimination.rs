use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Do the scores separate the classes well enough, by the numbers that credit and marketing models are
    /// documented with?
    ///
    /// # Why it matters
    /// Model documents often state the Gini coefficient, the Kolmogorov-Smirnov distance or an area under the
    /// precision-recall curve. An audit has to compare with what was promised, in its own units.
    ///
    /// # When it does not apply
    /// Without scores or labels, or where one of the classes is empty.
    ///
    /// # How to read it
    /// The Gini is twice the ROC AUC minus 1, with the same interval. The Kolmogorov-Smirnov distance is the
    /// largest gap between the two score distributions; it looks at one score only, and its interval (bands around
    /// both distributions) is wide on purpose. The partial area looks at false positive rates up to 10 % only (other
    /// limits on request), rescaled so that chance is 0.5; it has no interval with fewer than ten positives or ten
    /// negatives left of the limit. The trapezoidal area interpolates where precision cannot be
    /// interpolated and is too large: average precision is the sound number, this one is for comparison with
    /// documents that state it.
    ///
    /// # What to do
    /// As for the ROC AUC: check for a shift of the population first, then for features that lost their meaning,
    /// then retrain.
    ///
    /// # References
    /// Somers (1962), American Sociological Review 27; McClish (1989), Medical Decision Making 9; Massart (1990), Annals of Probability 18; Davis and Goadrich
    /// (2006), ICML.
    id: "performance/discrimination",
    title: "Separation of the classes",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Scores],
    since: "0.1.0",
    judge: Judge::Measures(&["gini", "ks", "partial_auc", "pr_auc_trapezoid"]),
}
