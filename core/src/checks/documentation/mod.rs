//! Is what is written about the model there, current and true?

pub(super) mod approval;
pub(super) mod attestations;
pub(super) mod binding;
pub(super) mod columns;
pub(super) mod completeness;
pub(super) mod currency;
pub(super) mod declared_measures;
pub(super) mod dossier;
pub(super) mod references;
