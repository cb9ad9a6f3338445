use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Is the true class among the few that the model finds most likely?
    ///
    /// # Why it matters
    /// Where a person or a later step chooses among a short list (diagnoses, products, routes), the true class has to be
    /// on the list; whether it stands first matters less.
    ///
    /// # When it does not apply
    /// To models of two classes or of numbers, without labels or without a score of every class. Where the list is as
    /// long as the model has classes the measure is undefined, as it would be 1 for any model.
    ///
    /// # How to read it
    /// The convention says how long the list is: `top_2`, `top_3`, `top_5`. It grows with the list and shrinks with the
    /// number of classes, so compare models of the same classes only. Of equal scores the class that comes first in the
    /// plan's scores stands higher. A true class without a score is never on the list. The interval is Wilson's.
    ///
    /// # What to do
    /// Look in the confusion matrix at the classes that push the true one off the list. If these are alike by nature,
    /// put them together; if one of them is common, the model may only know how common it is.
    ///
    /// # References
    /// Russakovsky et al. (2015), ImageNet large scale visual recognition challenge, International Journal of Computer
    /// Vision 115; Wilson (1927), Journal of the American Statistical Association 22.
    id: "performance/top-k-accuracy",
    title: "Top-k accuracy",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Scores],
    since: "0.1.0",
    judge: Judge::Measures(&["top_k_accuracy"]),
}
