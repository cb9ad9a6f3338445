//! Whether the data are sound.

pub(crate) mod duplicate_ids;
pub(crate) mod label_coverage;
pub(crate) mod label_delay;
pub(crate) mod label_join;
pub(crate) mod missing_values;
