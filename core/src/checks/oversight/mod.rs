//! Do people watch over the decisions?

pub(super) mod intervention;
pub(super) mod overrides;
pub(super) mod overseers;
