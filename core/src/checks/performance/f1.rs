use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Is the harmonic mean of precision and recall high enough, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// It puts finding positives and being right about them into one number that cannot be had by giving up either, and
    /// it ignores the true negatives that flatter accuracy when positives are rare.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where no row is positive by label or by decision. With positives on one side
    /// only it is 0, and that is a value.
    ///
    /// # How to read it
    /// There is no fixed level of chance: deciding everybody positive has an F1 of 2p / (1 + p) at base rate p, so 0.6
    /// may be good or useless. Values of groups or periods with different base rates are not comparable. The interval
    /// is Wilson's for TP / (TP + FP + FN), mapped to F1; true negatives do not narrow it. Of a model of several
    /// classes it is asked of one class against the rest, or averaged (`macro_average`); an average is undefined where
    /// the value of a class is.
    ///
    /// # What to do
    /// Look at precision and recall apart, since the remedy differs. If they are far apart, choose the threshold again
    /// on labelled data that were not used for training; if they are close and both too low, no threshold will do and
    /// the model needs better features or labels. Ask whether the purpose really weighs the two alike.
    ///
    /// # References
    /// van Rijsbergen (1979), Information Retrieval, 2nd edition; Lipton, Elkan and Naryanaswamy (2014), Optimal
    /// thresholding of classifiers to maximize F1 measure, ECML PKDD; Takahashi et al. (2022), Applied Intelligence 52.
    id: "performance/f1",
    title: "F1",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["f1"]),
}
