//! Canonical JSON (RFC 8785) and digests.

mod canonical;

pub use canonical::{canonical_json, sha256_hex};
