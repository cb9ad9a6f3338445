//! Would somebody notice if it went wrong?

pub(super) mod coverage;
pub(super) mod service_levels;
pub(super) mod thresholds;
