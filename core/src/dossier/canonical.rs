//! The canonical dossier: equal statements from YAML and JSON have one digest.

use serde_json::Value;

use super::{Dossier, record};
use crate::record::{canonical_json, sha256_hex};

impl Dossier {
    /// What is stated, and nothing else: places and comments are not part of it.
    pub fn canonical(&self) -> Value {
        record::canonical(self)
    }

    /// SHA-256 of the RFC 8785 form of [`Dossier::canonical`], in lower-case hexadecimal.
    pub fn digest(&self) -> String {
        sha256_hex(canonical_json(&self.canonical()).as_bytes())
    }
}
