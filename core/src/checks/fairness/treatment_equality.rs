use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Are the model's mistakes of the same kind in every group: as many wrong refusals for each wrong acceptance?
    ///
    /// # Why it matters
    /// Two groups with equal accuracy can be treated very differently when the mistakes about one are mostly refusals
    /// of people who deserved better, and those about the other mostly favours.
    ///
    /// # When it does not apply
    /// Without labels, decisions or a protected attribute. The ratio of a group without false positives is infinite
    /// and not computed.
    ///
    /// # How to read it
    /// False negatives divided by false positives, as counts: it depends on how many positives a group has and says
    /// nothing of how many mistakes there are. The interval is that of the share of misses among the wrong decisions.
    ///
    /// # What to do
    /// Look at recall and false positive rate of the groups that differ; a threshold for all that suits one group's
    /// prevalence moves the mistakes of another to one side.
    ///
    /// # References
    /// Berk, Heidari, Jabbari, Kearns and Roth (2021), Sociological Methods & Research 50.
    id: "fairness/treatment-equality",
    title: "Treatment equality",
    dimension: Fairness,
    severity: Medium,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["treatment_equality", "treatment_equality_difference", "treatment_equality_ratio"]),
}
