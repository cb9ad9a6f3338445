use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Is the mean squared distance between score and label small enough, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// It judges scores as probabilities, calibration and discrimination together, and one bad row can add no more than
    /// 1. That makes it steadier than log loss for monitoring.
    ///
    /// # When it does not apply
    /// Without scores or labels, where any score lies outside 0 to 1, or where rows carry weights.
    ///
    /// # How to read it
    /// 0 is perfect and always saying the base rate p gives p (1 - p): 0.25 for balanced classes, but 0.01 at a base
    /// rate of 1 %, so a small number is no merit where positives are rare. It may not be compared between groups with
    /// different base rates without that yardstick. The interval is Student's t on the squared errors. Of a model of
    /// several classes the squared errors of all scores are added up, so that it reaches from 0 to 2.
    ///
    /// # What to do
    /// Draw the calibration curve of the group that falls short. If it lies off the diagonal, recalibrate on recent
    /// labels and state the period used; if it lies on it, the score separates the classes too little, so look for
    /// missing features and drift instead.
    ///
    /// # References
    /// Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review 78; Murphy
    /// (1973), A new vector partition of the probability score, Journal of Applied Meteorology 12.
    id: "performance/brier",
    title: "Brier score",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Scores],
    since: "0.1.0",
    judge: Judge::Measures(&["brier"]),
}
