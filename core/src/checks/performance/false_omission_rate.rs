use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Of the rows decided negative, are few enough truly positive, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// It is the risk that remains after the model has given the all-clear: what a person told "no" or a backlog nobody
    /// opened still hides.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where no labelled row was decided negative.
    ///
    /// # How to read it
    /// Compare it with the base rate, which is what declaring everybody negative would give; only the distance below
    /// that is the model's doing. It is 1 minus the negative predictive value. A small rate over very many negative
    /// decisions can still be more cases than all true positives together. The interval is Wilson's.
    ///
    /// # What to do
    /// Translate the rate into cases per month and compare with what the all-clear promises. Audit a random sample of
    /// negative decisions for labels that the model did not influence, lower the threshold where the misses lie close
    /// to it, or shorten the time until negatives are looked at again.
    ///
    /// # References
    /// Altman and Bland (1994), Diagnostic tests 2: predictive values, BMJ 309; Wilson (1927), Journal of the American
    /// Statistical Association 22.
    id: "performance/false-omission-rate",
    title: "False omission rate",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["false_omission_rate"]),
}
