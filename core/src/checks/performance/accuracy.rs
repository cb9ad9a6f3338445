use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Does a large enough share of decisions agree with the label, overall and in every group the plan names?
    ///
    /// # Why it matters
    /// It is the share of cases the model gets right on the mix of cases it really meets. It is also the number most
    /// often promised in a model card, and the easiest to promise when one class is rare.
    ///
    /// # When it does not apply
    /// Without decisions or without labels. Rows that lack either are left out, not counted as wrong.
    ///
    /// # How to read it
    /// Compare it with the share of the larger class: a model that always answers "no" is 95 % accurate where 5 % are
    /// positive. It weighs both kinds of error alike, so a high value may hide that most positives are missed. Groups
    /// with different base rates can differ in accuracy although the model treats both classes alike in each. The
    /// interval is Wilson's. Of a model of several classes it is the share of rows whose class is right; asked of one
    /// class, that class is set against the rest.
    ///
    /// # What to do
    /// Split the shortfall into false positives and false negatives and find the groups and the period it comes from.
    /// If the mix of classes has changed while recall and specificity have not, set the threshold again; if recall or
    /// specificity fell, look for drift in the features and for labels that changed their meaning before retraining.
    ///
    /// # References
    /// Wilson (1927), Journal of the American Statistical Association 22; Provost, Fawcett and Kohavi (1998), The case
    /// against accuracy estimation for comparing induction algorithms, ICML.
    id: "performance/accuracy",
    title: "Accuracy",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["accuracy"]),
}
