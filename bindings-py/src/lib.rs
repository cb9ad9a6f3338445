//! Python bindings of modelassay: convert, call, map the error; no logic of their own.
//!
//! The public face is `python/modelassay`; this module, `modelassay._core`, is private to it.

mod audit;
mod catalogue;
mod column;
mod error;
mod feed;
mod file;
mod flat;
mod report;
mod stream;

use pyo3::prelude::*;

#[pymodule]
mod _core {
    #[pymodule_export]
    use super::audit::Audit;
    #[pymodule_export]
    use super::catalogue::{
        alert_rules, checks, draft_dossier, draft_plan, import_dossier, libraries, measures, plan_keys, schedule,
        schema,
    };
    #[pymodule_export]
    use super::column::Column;
    #[pymodule_export]
    use super::report::Report;

    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
