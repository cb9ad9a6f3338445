//! One audit, table by table.

use modelassay::audit;
use modelassay::error::Result as Checked;
use modelassay::findings::v1::{Provenance, SourceRecord};
use modelassay::plan::{Plan, Sources};
use modelassay::record::sha256_hex;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use crate::error::{invalid, misuse, raise};
use crate::source::Source;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A table of an audit. */
export type TableName = "predictions" | "labels" | "reference";
/** A format of a table; the core module reads `csv` only. */
export type Format = "csv" | "parquet" | "arrow_ipc";
/** Where the plan says its tables lie. */
export interface PlanSources {
  data: string | null;
  labels: string | null;
  reference: string | null;
  dossier: string | null;
}
/** How the audit was run; outside the digest. */
export interface Surface {
  surface: "browser" | "node";
  /** Wall time in milliseconds. */
  elapsed_ms?: number;
}
"#;

/// An audit: give it a plan, then the tables (labels of their own first), then ask for the report.
///
/// ```js
/// const audit = new Audit(planText, "plan.yaml");
/// audit.open("predictions", "csv", file.name);
/// for await (const chunk of file.stream()) audit.push(chunk);
/// audit.close();
/// const report = JSON.parse(audit.finish("2026-11-23", { surface: "browser" }));
/// ```
/// After an error in a table the audit goes on without that table: open it again or free the audit.
#[wasm_bindgen]
pub struct Audit {
    audit: Option<audit::Audit>,
    sources: Sources,
    open: Option<Source>,
    read: Vec<SourceRecord>,
}

/// What a page knows of its run.
#[derive(Deserialize)]
struct Surface {
    surface: String,
    elapsed_ms: Option<f64>,
}

#[wasm_bindgen]
impl Audit {
    /// Reads a plan, YAML or JSON; throws every problem at once. `source_name` stands in their locations.
    #[wasm_bindgen(constructor)]
    pub fn new(plan_text: &str, source_name: &str) -> Result<Self, JsValue> {
        let (plan, sources) = Plan::parse(plan_text, source_name).map_err(raise)?;
        Ok(Self { audit: Some(audit::Audit::new(plan)), sources, open: None, read: Vec::new() })
    }

    /// Where the plan says its tables lie.
    #[wasm_bindgen(getter, unchecked_return_type = "PlanSources")]
    pub fn sources(&self) -> Result<JsValue, JsValue> {
        crate::value(&self.sources)
    }

    /// Begins a table. A table of labels of its own comes before the predictions. `name` is the file's, for the record.
    pub fn open(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "TableName")] table: &str,
        #[wasm_bindgen(unchecked_param_type = "Format")] format: &str,
        name: Option<String>,
    ) -> Result<(), JsValue> {
        if self.open.is_some() {
            return Err(raise(misuse("the table before was not closed")));
        }
        let audit = self.audit.as_ref().ok_or_else(over)?;
        self.open = Some(Source::open(audit, table, format, name).map_err(raise)?);
        Ok(())
    }

    /// Takes the next bytes of a CSV file, cut anywhere; returns the rows read so far.
    pub fn push(&mut self, chunk: &[u8]) -> Result<f64, JsValue> {
        let mut source = self.open.take().ok_or_else(nothing_open)?;
        source.push(chunk).map_err(raise)?;
        let rows = source.rows();
        self.open = Some(source);
        Ok(rows as f64)
    }

    /// Takes a whole file, as Parquet and Arrow IPC need it.
    pub fn file(&mut self, bytes: Vec<u8>) -> Result<(), JsValue> {
        let mut source = self.open.take().ok_or_else(nothing_open)?;
        let audit = self.audit.as_ref().ok_or_else(over)?;
        source.file(audit, bytes).map_err(raise)?;
        self.open = Some(source);
        Ok(())
    }

    /// Ends the table.
    pub fn close(&mut self) -> Result<(), JsValue> {
        let source = self.open.take().ok_or_else(nothing_open)?;
        let audit = self.audit.as_mut().ok_or_else(over)?;
        self.read.push(source.close(audit).map_err(raise)?);
        Ok(())
    }

    /// Takes the governance evidence, YAML or JSON; throws every problem at once. `name` is the file's.
    pub fn dossier(&mut self, text: &str, name: &str) -> Result<(), JsValue> {
        give(self.audit.as_mut().ok_or_else(over)?, text, name).map_err(raise)?;
        self.read.push(SourceRecord {
            role: "dossier".to_owned(),
            name: name.to_owned(),
            format: "text".to_owned(),
            bytes: Some(text.len() as u64),
            sha256: Some(sha256_hex(text.as_bytes())),
        });
        Ok(())
    }

    /// How libraries compute a check's measures or a measure, and what they would give on the predictions that were read.
    #[wasm_bindgen(unchecked_return_type = "LibraryComparison[]")]
    pub fn compare_libraries(&self, name: &str) -> Result<JsValue, JsValue> {
        let audit = self.audit.as_ref().ok_or_else(over)?;
        crate::value(&audit.compare_libraries(name).map_err(raise)?)
    }

    /// Judges what was read and returns the report, the text of a JSON document (type `Report`). Ends the audit.
    /// `as_of` is the day the audit speaks for, an ISO 8601 date.
    pub fn finish(
        &mut self,
        as_of: Option<String>,
        #[wasm_bindgen(unchecked_param_type = "Surface")] provenance: JsValue,
    ) -> Result<String, JsValue> {
        let Surface { surface, elapsed_ms } =
            serde_wasm_bindgen::from_value(provenance).map_err(|error| raise(invalid(error)))?;
        if self.open.is_some() {
            return Err(raise(misuse("the last table was not closed")));
        }
        let audit = self.audit.take().ok_or_else(over)?;
        let provenance = Provenance { surface, sources: std::mem::take(&mut self.read), elapsed_ms };
        let report = audit.finish(as_of.as_deref(), provenance).map_err(raise)?;
        serde_json::to_string(&report).map_err(|error| raise(invalid(error)))
    }
}

fn nothing_open() -> JsValue {
    raise(misuse("no table is open"))
}

fn over() -> JsValue {
    raise(misuse("the audit is over; make a new one"))
}

#[cfg(feature = "full")]
fn give(audit: &mut audit::Audit, text: &str, name: &str) -> Checked<()> {
    audit.give(modelassay::dossier::Dossier::parse(text, name)?);
    Ok(())
}

#[cfg(not(feature = "full"))]
fn give(_: &mut audit::Audit, _: &str, name: &str) -> Checked<()> {
    Err(misuse(format!("this module takes no dossier, and so not `{name}`; the module `full` does")))
}
