//! Whether the predictions keep their contract.

pub(crate) mod constant_output;
pub(crate) mod decision_consistency;
pub(crate) mod number_range;
pub(crate) mod quantile_order;
pub(crate) mod score_range;
