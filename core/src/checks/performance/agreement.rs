use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Do decisions agree with labels beyond what chance and the base rate alone would give?
    ///
    /// # Why it matters
    /// Accuracy is high for a model that decides everybody into the larger class. The Matthews correlation, Cohen's
    /// kappa and informedness are 0 for such a model, whatever the base rate.
    ///
    /// # When it does not apply
    /// Without decisions or labels. The Matthews correlation is undefined where all labels or all decisions are
    /// alike (libraries return 0 there, which would read as chance), kappa where chance agreement is certain,
    /// informedness where a class is empty.
    ///
    /// # How to read it
    /// 1 is perfect, 0 is chance, below 0 is worse than chance. Kappa and the Matthews correlation depend on the base
    /// rate, informedness (recall plus specificity minus 1) does not. Intervals: multinomial variance on Fisher's z
    /// scale, Wilson's limits combined for informedness. Of a model of several classes kappa can count a disagreement
    /// by the distance of the classes in their order (`linear`, `quadratic`).
    ///
    /// # What to do
    /// Compare with accuracy: a high accuracy beside a low agreement means that the larger class carries the
    /// result. Look at recall and specificity by themselves, then at the threshold.
    ///
    /// # References
    /// Matthews (1975), Biochimica et Biophysica Acta 405; Cohen (1960), Educational and Psychological Measurement
    /// 20; Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72; Youden (1950), Cancer 3.
    id: "performance/agreement",
    title: "Agreement beyond chance",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["matthews_correlation", "cohen_kappa", "informedness"]),
}
