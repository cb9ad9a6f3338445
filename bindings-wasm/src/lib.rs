//! WebAssembly bindings of modelassay: convert, call, map the error; no logic of their own.
//!
//! Two modules are built from this crate (`cargo xtask wasm`): a small one that reads CSV, and one with Parquet and
//! Arrow IPC, fetched only when such a file is given. Both load in a page, in a worker, and in Node when `init` is
//! handed the bytes.
//!
//! Text and numbers cross as JavaScript values. The report crosses as the text of one JSON document, so that the
//! bytes a user downloads here are the bytes every other surface writes.

mod audit;
mod error;
mod source;

use serde::Serialize;
use wasm_bindgen::prelude::*;

pub use audit::Audit;
use error::{invalid, raise};
use modelassay::checks::registry;
use modelassay::findings::v1::Report;
use modelassay::plan;
use modelassay::table::Format;

/// Runs once when the module is loaded: a bug then says where it is before it stops the module.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|bug| error::log(&format!("modelassay has a bug, please report it: {bug}"))));
}

/// Version of the engine.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Formats this module reads: `csv`, and in the larger module `parquet` and `arrow_ipc`.
#[wasm_bindgen(unchecked_return_type = "Format[]")]
#[must_use]
pub fn formats() -> Vec<String> {
    source::FORMATS.iter().map(|&name| name.to_owned()).collect()
}

/// Which format a file has, by its first kilobyte; throws what to do about one that is not read.
#[wasm_bindgen(unchecked_return_type = "Format")]
pub fn sniff(first_bytes: &[u8], name: &str) -> Result<String, JsValue> {
    Format::sniff(first_bytes, name).map(|format| source::name_of(format).to_owned()).map_err(raise)
}

/// Guesses the roles of a table's columns. CSV: the first bytes will do, and `complete` says whether they are the whole
/// file; other formats: the whole file.
#[wasm_bindgen(unchecked_return_type = "Guess")]
pub fn guess(
    bytes: Vec<u8>,
    #[wasm_bindgen(unchecked_param_type = "Format")] format: &str,
    complete: bool,
) -> Result<JsValue, JsValue> {
    value(&source::guessed(bytes, format, complete).map_err(raise)?)
}

/// A commented first plan from the same guess, naming the file. Where what came true stands in a table of its own, its
/// first bytes are given too.
#[wasm_bindgen]
pub fn init_plan(
    bytes: Vec<u8>,
    #[wasm_bindgen(unchecked_param_type = "Format")] format: &str,
    complete: bool,
    name: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "Uint8Array")] labels: Option<Vec<u8>>,
    #[wasm_bindgen(unchecked_optional_param_type = "Format")] labels_format: Option<String>,
    #[wasm_bindgen(unchecked_optional_param_type = "boolean")] labels_complete: Option<bool>,
) -> Result<String, JsValue> {
    let columns = source::sampled(bytes, format, complete).map_err(raise)?;
    let guess = match (labels, labels_format) {
        (Some(bytes), Some(format)) => {
            let labels = source::sampled(bytes, &format, labels_complete.unwrap_or(false)).map_err(raise)?;
            plan::guess_with_labels(&columns, &labels)
        }
        _ => plan::guess(&columns),
    };
    Ok(plan::init_plan(&guess, name))
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { Guess } from "../../js/findings";
/** A check of the registry. */
export interface CheckInfo {
  id: string;
  title: string;
  dimension: string;
  severity: string;
  /** What it must have to be assessed: `labels`, `decisions`, `scores`, `groups`… */
  needs: string[];
  evidence_class: string;
  /** First release that has it. */
  since: string;
  /** Documentation in Markdown. */
  doc: string;
}
/** What a person who sets a criterion can choose. */
export interface Offer {
  measures: OfferedMeasure[];
  /** Every convention, and what it is in words. */
  conventions: [name: string, words: string][];
}
/** A measure that a criterion may name. */
export interface OfferedMeasure {
  name: string;
  aliases: string[];
  title: string;
  needs: string[];
  /** Whether it compares groups. */
  compares: boolean;
  /** Whether it may be asked of each group. */
  of_groups: boolean;
  /** Its conventions, the default first; empty where it is no measure of such a model. */
  binary: string[];
  multiclass: string[];
  /** Of one class of a model of several. */
  class: string[];
  regression: string[];
  /** Conventions without an interval: the point value must decide. */
  points: string[];
}
/** A measure as every library computes it, ours first. */
export interface LibraryComparison {
  measure: string;
  title: string;
  definitions: {
    measure: string;
    library: string;
    function: string;
    /** `u` is a group, `p` the one it is compared with. */
    formula: string;
    /** Our convention that computes the same. */
    convention: string | null;
    differs: string;
    /** What it does where a denominator is empty. */
    empty: string;
    /** What it is known to compute wrongly. */
    defect?: string;
  }[];
  /** What each definition gives on the data, in the same order; empty without data. */
  attributes: {
    attribute: string[];
    values: {
      group: (string | null)[];
      reference: (string | null)[];
      value: number | null;
      undefined?: string;
      interval?: { lower: number | null; upper: number | null; level: number; method: string };
    }[][];
  }[];
}
"#;

/// The measures that a criterion may name, and the words of their conventions.
#[wasm_bindgen(unchecked_return_type = "Offer")]
pub fn offer() -> Result<JsValue, JsValue> {
    value(&modelassay::findings::catalogue::offer())
}

/// Every check, in the order of reports.
#[wasm_bindgen(unchecked_return_type = "CheckInfo[]")]
pub fn checks() -> Result<JsValue, JsValue> {
    value(&registry::catalogue())
}

/// How libraries compute a check's measures or a measure, and why they differ.
#[wasm_bindgen(unchecked_return_type = "LibraryComparison[]")]
pub fn libraries(name: &str) -> Result<JsValue, JsValue> {
    value(&modelassay::libraries::compare(name))
}

/// The report as one self-contained HTML file.
#[wasm_bindgen]
pub fn render_html(report_json: &str) -> Result<String, JsValue> {
    let report: Report = serde_json::from_str(report_json).map_err(|error| raise(invalid(error)))?;
    Ok(modelassay::report::html(&report))
}

/// A value as JSON would have it: plain objects, and `null` for what is absent.
fn value(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(|error| raise(invalid(error)))
}
