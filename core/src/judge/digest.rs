//! The identity of a report.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::error::{Code, Error, Problem, Result};
use crate::findings::v1::{Measure, Report};
use crate::parallel;
use crate::record::{canonical_json, sha256_hex};

/// Measures that are written in one go.
const PART: usize = 64;

/// SHA-256 of the RFC 8785 form without `digest` and `provenance` of a report with these measures. They are most of it, and
/// written on several threads: the form of a list is that of its items.
pub(super) fn digest(rest: &Report, measures: &[Measure], threads: usize) -> Result<String> {
    let Value::Object(members) = value(rest)? else { return Err(internal("it is no object")) };
    let mut members: BTreeMap<String, String> =
        members.iter().map(|(name, member)| (name.clone(), canonical_json(member))).collect();
    members.remove("digest");
    members.remove("provenance");
    let parts: Vec<&[Measure]> = measures.chunks(PART).collect();
    let written = parallel::map(&parts, threads, |part| Ok(canonical_json(&value(part)?)));
    let written: Vec<String> = written.into_iter().collect::<Result<_>>()?;
    // Each part without its brackets.
    let list: Vec<&str> = written.iter().filter_map(|part| part.get(1..part.len() - 1)).collect();
    members.insert("measures".to_owned(), format!("[{}]", list.join(",")));
    // The names of members need no escapes and are ordered as bytes as they are as UTF-16.
    let members: Vec<String> = members.iter().map(|(name, member)| format!("\"{name}\":{member}")).collect();
    Ok(sha256_hex(format!("{{{}}}", members.join(",")).as_bytes()))
}

fn value(of: &(impl Serialize + ?Sized)) -> Result<Value> {
    serde_json::to_value(of).map_err(|error| internal(&error.to_string()))
}

fn internal(error: &str) -> Error {
    Problem::new(Code::Internal, format!("a report does not serialise: {error}")).into()
}
