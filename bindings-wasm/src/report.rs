//! What people read: the report, and the documentation of the checks.

use modelassay::checks::registry;
use modelassay::findings::v1::Report;
use wasm_bindgen::prelude::*;

use crate::error::{invalid, raise};

/// The report as one self-contained HTML file.
#[wasm_bindgen]
pub fn render_html(report_json: &str) -> Result<String, JsValue> {
    let report: Report = serde_json::from_str(report_json).map_err(|error| raise(invalid(error)))?;
    Ok(modelassay::report::html(&report))
}

/// Documentation of a check in Markdown; `undefined` where there is no such check.
#[wasm_bindgen]
#[must_use]
pub fn documentation(check: &str) -> Option<String> {
    registry::documentation(check).map(|documentation| documentation.markdown())
}
