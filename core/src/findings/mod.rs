//! The model of a finding; [`v1`] is the wire schema, [`catalogue`] names every measure.

pub mod catalogue;
pub(crate) mod numbers;
pub mod v1;
pub mod words;
