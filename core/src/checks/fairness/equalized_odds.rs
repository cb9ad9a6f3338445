use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Do groups have the same true positive rate and the same false positive rate, both at once?
    ///
    /// # Why it matters
    /// Equal opportunity alone can be had by giving one group more false alarms. Equalized odds asks for both
    /// rates, so the decision depends on the group only through the label.
    ///
    /// # When it does not apply
    /// Without decisions, labels or a protected attribute, or where positives or negatives are missing in all
    /// groups but one.
    ///
    /// # How to read it
    /// The difference is the larger of the two gaps (0 is parity), the ratio the smaller of the two ratios (1 is
    /// parity); the interval holds for both rates and all pairs of groups at once, so it is wide. Average odds is
    /// the mean of the two gaps to the reference group: with signs they can cancel, which the absolute form
    /// prevents. `fairlearn` counts a rate without rows as 0, which our definition leaves out.
    ///
    /// # What to do
    /// See which of the two rates carries the gap and follow the check on that rate. Thresholds by group can
    /// equalise both rates only where law allows them.
    ///
    /// # References
    /// Hardt, Price and Srebro (2016), NeurIPS 29; Bellamy et al. (2019), AI Fairness 360, IBM Journal of Research
    /// and Development 63.
    id: "fairness/equalized-odds",
    title: "Equalized odds",
    dimension: Fairness,
    severity: High,
    needs: [Labels, Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "equalized_odds_difference", "equalized_odds_ratio", "average_odds_difference",
        "average_absolute_odds_difference",
    ]),
}
