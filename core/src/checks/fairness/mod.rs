//! Whether groups are treated alike.

pub(crate) mod group_size;
pub(crate) mod selection_rate_ratio;
