use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Of the rows that are truly positive, are few enough decided negative, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// It is the chance that a case which needed action gets none. Safety cases and service levels are commonly written
    /// in terms of misses, not of recall.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where no decided row is labelled positive.
    ///
    /// # How to read it
    /// It is 1 minus recall and has the same interval, mirrored (Wilson). Its n is the number of positives, so halving
    /// the width takes about four times as many of them. Where the favourable decision is the positive one, each miss
    /// is a person who should have been accepted and was not.
    ///
    /// # What to do
    /// List the misses with the greatest consequences first and ask of each whether the information to catch it was
    /// there when the decision was made. If it was, retrain or lower the threshold; if it was not, add the source or
    /// route such cases past the model; if labels arrived late, check that the misses are not merely recent rows.
    ///
    /// # References
    /// Altman and Bland (1994), Diagnostic tests 1: sensitivity and specificity, BMJ 308; Elkan (2001), The foundations
    /// of cost-sensitive learning, IJCAI.
    id: "performance/false-negative-rate",
    title: "False negative rate",
    dimension: Performance,
    severity: High,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["false_negative_rate"]),
}
