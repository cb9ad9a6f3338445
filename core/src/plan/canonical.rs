//! The canonical plan: equal plans from YAML, JSON and keyword arguments have one digest.

use serde_json::Value;

use super::model::Plan;
use crate::record::{canonical_json, sha256_hex};

impl Plan {
    /// The plan with every default filled in, as it enters the report. Paths of input files are not part of it.
    pub fn canonical(&self) -> Value {
        // A plan is plain data with text keys: there is nothing in it that JSON cannot say.
        serde_json::to_value(self).unwrap_or(Value::Null)
    }

    /// SHA-256 of the RFC 8785 form of [`Plan::canonical`], in lower-case hexadecimal.
    pub fn digest(&self) -> String {
        sha256_hex(canonical_json(&self.canonical()).as_bytes())
    }
}
