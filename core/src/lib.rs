//! modelassay audits a deployed machine-learning model in one reproducible pass.
//!
//! ```text
//!  CSV, Parquet, Arrow ──> table ──> measure ─┐
//!  plan ──────────────────────────────────────┼─> judge ──> report ──> HTML, JSON
//!  as_of ─────────────────────────────────────┘  (checks)
//! ```
//! Three pure steps: [`measure`] is the only one that touches rows; `judge` runs the checks;
//! `report` renders and never computes a number. Nothing here reads a clock or an environment.
#![forbid(unsafe_code)]

pub mod audit;
pub mod checks;
pub mod dossier;
pub mod error;
pub mod findings;
pub mod judge;
pub mod libraries;
pub mod measure;
pub mod parallel;
pub mod plan;
pub mod record;
pub mod report;
pub mod rulebook;
pub mod schedule;
pub mod stats;
pub mod table;
mod yaml;
