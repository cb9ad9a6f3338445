use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Of the rows that are truly positive, does the model find enough, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// What is not found is not acted upon: the fraud goes through, the patient goes home, the good applicant is turned
    /// away. No later step sees these rows again.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where no decided row is labelled positive.
    ///
    /// # How to read it
    /// It does not depend on how common positives are, but it does on which kinds of positives there are: easy cases in
    /// the table raise it. Where labels come only from cases the model itself flagged, the misses are invisible and
    /// recall is far too high. The interval is Wilson's over the positive rows only, so a large table with few
    /// positives still leaves it wide. Of a model of several classes it is asked of one class against the rest, or
    /// averaged (`macro_average`); an average is undefined where the value of a class is.
    ///
    /// # What to do
    /// Look at the missed positives by score: those just below the threshold can be won by lowering it, at a price in
    /// precision that should be stated; those with low scores need features or training data the model lacks. Check as
    /// well whether positives of a new kind or from a new source have appeared.
    ///
    /// # References
    /// Altman and Bland (1994), Diagnostic tests 1: sensitivity and specificity, BMJ 308; Wilson (1927), Journal of the
    /// American Statistical Association 22.
    id: "performance/recall",
    title: "Recall",
    dimension: Performance,
    severity: High,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["recall"]),
}
