//! Canonical JSON (RFC 8785) and digests.

mod canonical;

pub(crate) use canonical::hex;
pub use canonical::{canonical_json, sha256_hex};
