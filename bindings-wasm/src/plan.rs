//! What a file holds, and a first plan for it.

use modelassay::plan;
use modelassay::table::Format;
use wasm_bindgen::prelude::*;

use crate::error::raise;
use crate::{source, value};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { Guess } from "../../js/findings";
"#;

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
