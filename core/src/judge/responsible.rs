//! Who answers for what is wrong in the dossier, and until when.

use serde_json::Value;

use super::Context;
use crate::findings::v1::{Fault, Finding};

/// Names the person and the day that the dossier states: of the record itself or one around it, else the person who is
/// accountable for the model. No day is made up.
pub(super) fn name(context: &Context<'_>, findings: &mut [Finding]) {
    let Some(dossier) = context.dossier else { return };
    let mut faults = findings.iter_mut().flat_map(|finding| &mut finding.faults).peekable();
    if faults.peek().is_none() {
        return;
    }
    let stated = dossier.canonical();
    let accountable = stated.pointer("/people/accountable").and_then(text);
    for fault in faults {
        fault.owner = nearest(&stated, fault, "owner").or(accountable).map(str::to_owned);
        fault.due = nearest(&stated, fault, "due").map(str::to_owned);
    }
}

/// A field of the innermost record on the way to a fault that states it.
fn nearest<'d>(stated: &'d Value, fault: &Fault, field: &str) -> Option<&'d str> {
    let mut record = stated;
    let mut found = None;
    for step in fault.path.split(['.', '[']).map(|step| step.trim_end_matches(']')) {
        let below = step.parse::<usize>().ok().and_then(|index| record.get(index)).or_else(|| record.get(step));
        let Some(below) = below else { break };
        record = below;
        found = record.get(field).and_then(text).or(found);
    }
    found
}

/// A value, bare or with its evidence.
fn text(stated: &Value) -> Option<&str> {
    stated.as_str().or_else(|| stated.get("value")?.as_str())
}
