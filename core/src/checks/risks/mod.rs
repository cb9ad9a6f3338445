//! Is what can go wrong known and owned?

pub(super) mod impact;
pub(super) mod treatment;
