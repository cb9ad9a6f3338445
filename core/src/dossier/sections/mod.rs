//! The sections of a dossier, one file for those that belong together.

pub mod acceptance;
pub mod data;
pub mod documents;
pub mod identity;
pub mod operations;
pub mod people;
pub mod security;
