use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Of the rows decided positive, are few enough truly negative, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// It is the share of wasted or harmful action: investigations that find nothing, accounts frozen without cause.
    /// Reviewers who meet too many stop taking the model's alarms seriously.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where no labelled row was decided positive.
    ///
    /// # How to read it
    /// It is 1 minus precision and depends on the base rate as precision does. It is the share seen in these decisions,
    /// not the expected rate that multiple-testing procedures of the same name control. The interval is Wilson's over
    /// the positive decisions.
    ///
    /// # What to do
    /// Set the cost of a false alarm against the value of a true one and check whether the present threshold still
    /// pays. Take the alarms just above the threshold first: if they are mostly false, raise it; if false alarms occur
    /// at every score, probabilities are off for some segment, so find that segment and recalibrate or retrain.
    ///
    /// # References
    /// Altman and Bland (1994), Diagnostic tests 2: predictive values, BMJ 309; Benjamini and Hochberg (1995), Journal
    /// of the Royal Statistical Society B 57, for the other meaning of the name.
    id: "performance/false-discovery-rate",
    title: "False discovery rate",
    dimension: Performance,
    severity: High,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["false_discovery_rate"]),
}
