//! From a plan and tables, as texts, to a report.

mod curves;
mod dependence;
mod fairness;
mod groups;
mod invariants;
mod judge;
mod libraries;
mod likeness;
mod merge_properties;
mod multiclass;
mod regression;
mod rulebooks;
mod support;
