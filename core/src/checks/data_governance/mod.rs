//! Are the data behind the model accounted for?

pub(super) mod deletion;
pub(super) mod lineage;
pub(super) mod provenance;
pub(super) mod retention;
