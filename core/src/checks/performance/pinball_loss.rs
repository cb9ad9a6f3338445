use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How large is the error where too little costs more than too much, or less?
    ///
    /// # Why it matters
    /// An empty shelf and a full store room do not cost the same. The pinball loss of level α charges α for every
    /// unit predicted too little and 1 - α for every unit too much.
    ///
    /// # When it does not apply
    /// Without labels or predictions that are numbers.
    ///
    /// # How to read it
    /// At level 0.5 it is half of the mean absolute error. A model whose predictions are meant as means or medians
    /// is judged at another level only to see what its errors would cost. Quantiles that the model itself predicts
    /// are judged under interval coverage.
    ///
    /// # What to do
    /// Choose the level by the ratio of the two costs, and train a quantile model for it if the loss matters.
    ///
    /// # References
    /// Koenker and Bassett (1978), Econometrica 46; Gneiting (2011), International Journal of Forecasting 27.
    id: "performance/pinball-loss",
    title: "Pinball loss of the prediction",
    dimension: Performance,
    severity: Low,
    needs: [Labels, Predictions],
    since: "0.1.0",
    judge: Judge::Measures(&["pinball_loss"]),
}
