use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// When the model says no, is it right often enough, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// A negative decision often ends the matter: no second test, no review. This is the share of those closed cases
    /// that were rightly closed.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where no labelled row was decided negative.
    ///
    /// # How to read it
    /// Compare it with the share of negatives in the table: where 98 % are negative, saying no to everybody has a
    /// negative predictive value of 0.98. It rises as positives get rarer without the model getting better. Where the
    /// outcome of negative decisions is never followed up, the labels it needs are missing and it speaks for a biased
    /// remainder. The interval is Wilson's over the negative decisions.
    ///
    /// # What to do
    /// Estimate what follows a wrong no, then draw a random sample of negative decisions for review so that their
    /// labels do not depend on the model. If errors gather just under the threshold, send that band to a person; if
    /// they are spread over all scores, the model lacks what tells these cases apart.
    ///
    /// # References
    /// Altman and Bland (1994), Diagnostic tests 2: predictive values, BMJ 309; Lakkaraju et al. (2017), The selective
    /// labels problem, KDD.
    id: "performance/negative-predictive-value",
    title: "Negative predictive value",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["negative_predictive_value"]),
}
