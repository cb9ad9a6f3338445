//! Intervals of estimates whose error is normal in large samples: value ± z √variance, and the same on the scale of
//! logarithms.
//!
//! Undefined (`None`) without an error: an interval of no width is none.

/// Limits at the critical value `z`.
pub(super) fn limits(value: f64, variance: f64, z: f64) -> Option<(f64, f64)> {
    let reach = z * variance.sqrt();
    (value.is_finite() && variance > 0.0 && variance.is_finite()).then_some((value - reach, value + reach))
}

/// The same for the logarithm of a positive estimate, mapped back; `None` where it has no logarithm.
pub(super) fn log_limits(value: f64, log_error: f64, z: f64) -> Option<(f64, f64)> {
    let factor = libm::exp(z * log_error);
    (value > 0.0 && value.is_finite() && log_error > 0.0 && factor.is_finite())
        .then_some((value / factor, value * factor))
}
