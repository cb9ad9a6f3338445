use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Are the errors spread evenly and normally, as classical intervals of a regression suppose?
    ///
    /// # Why it matters
    /// Intervals that a model states as ± a constant are too wide for small predictions and too narrow for large
    /// ones where the spread grows; tails heavier than normal make large errors more frequent than they say.
    ///
    /// # When it does not apply
    /// Without labels or predictions that are numbers, where errors or predictions do not vary, and for weighted
    /// rows.
    ///
    /// # How to read it
    /// Small p: not normal, or not evenly spread. With thousands of rows nearly every model fails both, and no
    /// measure of this report needs either; with few rows neither finds much. Normality by D'Agostino and Pearson
    /// (`jarque_bera` by name), spread by Breusch and Pagan in Koenker's form, with the prediction as the only
    /// regressor. A criterion needs `rule: point`.
    ///
    /// # What to do
    /// Look at the curve of errors against predictions. Where the spread grows, predict quantiles, or model the
    /// logarithm of the label.
    ///
    /// # References
    /// D'Agostino and Pearson (1973), Biometrika 60; Jarque and Bera (1987), International Statistical Review 55;
    /// Koenker (1981), Journal of Econometrics 17.
    id: "performance/residuals",
    title: "Distribution of errors",
    dimension: Performance,
    severity: Info,
    needs: [Labels, Predictions],
    since: "0.1.0",
    judge: Judge::Measures(&["residual_normality_p_value", "heteroscedasticity_p_value"]),
}
