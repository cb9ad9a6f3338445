//! Whether groups are treated alike.

pub(crate) mod false_positive_rate_difference;
pub(crate) mod false_positive_rate_ratio;
pub(crate) mod group_size;
pub(crate) mod precision_difference;
pub(crate) mod precision_ratio;
pub(crate) mod recall_difference;
pub(crate) mod recall_ratio;
pub(crate) mod selection_rate_difference;
pub(crate) mod selection_rate_ratio;
