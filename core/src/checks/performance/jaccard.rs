use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Do the rows decided positive and the rows labelled positive overlap enough, overall and in every group the plan
    /// names?
    ///
    /// # Why it matters
    /// It is a plain share: of all rows that either the model or the label calls positive, how many both do. Fields
    /// that compare sets, such as segmentation, matching and tagging, state their targets in it.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where neither calls any row positive.
    ///
    /// # How to read it
    /// It is always at or below F1 and orders models the same way: F1 = 2J / (1 + J), so 0.5 here is an F1 of 0.67. Do
    /// not carry a threshold from one to the other unconverted. The interval is Wilson's with TP + FP + FN trials. Of a
    /// model of several classes it is asked of one class against the rest, or averaged (`macro_average`); an average is
    /// undefined where the value of a class is.
    ///
    /// # What to do
    /// List the rows on which only one of the two says positive and see which side is larger: many labels without
    /// decisions call for a lower threshold or wider coverage, many decisions without labels for a stricter one or for
    /// a review of whether the labels are complete.
    ///
    /// # References
    /// Jaccard (1912), The distribution of the flora in the alpine zone, New Phytologist 11; Wilson (1927), Journal of
    /// the American Statistical Association 22.
    id: "performance/jaccard",
    title: "Jaccard index",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["jaccard"]),
}
