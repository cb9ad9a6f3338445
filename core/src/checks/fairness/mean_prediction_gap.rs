use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Do groups get different numbers on average?
    ///
    /// # Why it matters
    /// Where the number is a price, a limit or a share of care, its mean is what each group is given: statistical
    /// parity of a regression.
    ///
    /// # When it does not apply
    /// Without a protected attribute, or predictions (for labels: labels) that are numbers.
    ///
    /// # How to read it
    /// A gap in mean predictions beside an equal gap in mean labels says that the model repeats what the labels
    /// hold; a larger one that it adds to it. Neither is an error by itself. A ratio needs means that are not
    /// negative.
    ///
    /// # What to do
    /// Set the two gaps side by side, and ask whether the labels measure what people deserve or what they were
    /// given.
    ///
    /// # References
    /// Agarwal, Dudík and Wu (2019), ICML; Calders et al. (2013), ICDM, on regression with sensitive attributes.
    id: "fairness/mean-prediction-gap",
    title: "Gaps in predictions",
    dimension: Fairness,
    severity: Medium,
    needs: [Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["mean_prediction_difference", "mean_prediction_ratio", "mean_label_difference"]),
}
