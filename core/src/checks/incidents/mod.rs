//! Is what goes wrong handled?

pub(super) mod closure;
pub(super) mod complaints;
pub(super) mod exercises;
pub(super) mod procedure;
pub(super) mod reporting;
