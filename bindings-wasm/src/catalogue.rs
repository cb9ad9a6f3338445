//! What the engine knows without any data: its checks and measures, and how libraries define them.

use modelassay::checks::registry;
use wasm_bindgen::prelude::*;

use crate::value;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A check of the registry; the module `report` has its documentation. */
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
  /** What to do where its answer is not as it should be. */
  remedy: string;
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
