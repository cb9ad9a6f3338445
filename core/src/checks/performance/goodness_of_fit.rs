use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How much better is the model than saying the same number to everyone?
    ///
    /// # Why it matters
    /// An error of 40 may be excellent or useless; what matters is how much of the variation of the labels the
    /// model explains.
    ///
    /// # When it does not apply
    /// Without labels or predictions that are numbers, and where all labels are equal, so that nothing is to be
    /// explained.
    ///
    /// # How to read it
    /// At most 1; 0 is what the mean of these labels (for D²: their median) achieves; below 0 the model is worse
    /// than that. R² counts bias, the explained variance does not: a gap between them is a bias. All depend on how
    /// much the labels vary, so a narrow segment has a lower R² at the same error. Intervals come from the
    /// influence function on the logarithm of one minus the value, which assumes no distribution of the errors.
    ///
    /// # What to do
    /// If R² is well below the explained variance, correct the level first. If it fell since training, compare the
    /// errors themselves before blaming the model: the labels may vary less now.
    ///
    /// # References
    /// Kvålseth (1985), The American Statistician 39; Koenker and Machado (1999), JASA 94, on D²; Hampel (1974),
    /// JASA 69.
    id: "performance/goodness-of-fit",
    title: "Goodness of fit",
    dimension: Performance,
    severity: High,
    needs: [Labels, Predictions],
    since: "0.1.0",
    judge: Judge::Measures(&["r2", "explained_variance", "d2_absolute_error"]),
}
