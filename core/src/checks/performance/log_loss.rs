use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Are the scores, read as probabilities, close enough to what happened, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// Where a score enters a price, an expected loss or a ranking by expected value, it has to be right as a number
    /// and not only in order. Log loss is what most models were trained to minimise and punishes confident mistakes
    /// hardest.
    ///
    /// # When it does not apply
    /// Without scores or labels, where any score lies outside 0 to 1 (margins and points are not probabilities), or
    /// where rows carry weights.
    ///
    /// # How to read it
    /// In nats, 0 is perfect; always saying 0.5 gives 0.693, always saying the base rate p gives -p ln p - (1 - p) ln(1
    /// - p), which is the value to beat. Scores are kept 2^-52 away from 0 and 1, so one certain and wrong score adds
    /// about 36. The interval is Student's t on the mean and too narrow when few rows carry most of the loss. Of a
    /// model of several classes it is the loss of the score of the true class; a class without a score was given none.
    ///
    /// # What to do
    /// Find the rows with the largest loss. If a handful with scores of 0 or 1 explain the excess, cap the scores or
    /// repair the path that emits them; if the loss is spread out while ROC AUC held, recalibrate on recent labels; if
    /// ROC AUC fell too, retrain.
    ///
    /// # References
    /// Good (1952), Rational decisions, Journal of the Royal Statistical Society B 14; Gneiting and Raftery (2007),
    /// Strictly proper scoring rules, prediction, and estimation, Journal of the American Statistical Association 102.
    id: "performance/log-loss",
    title: "Log loss",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Scores],
    since: "0.1.0",
    judge: Judge::Measures(&["log_loss"]),
}
