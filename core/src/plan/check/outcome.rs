//! What label and decision values mean.

use std::collections::BTreeMap;

use crate::error::{Code, Problem};
use crate::plan::literal::canonical_value;
use crate::plan::model::{Decision, Side};
use crate::yaml::reader::{Fields, Reader};
use crate::yaml::tree::Value;
use crate::yaml::words::{describe, join_path, nearest, quote};

/// What a decision value may be called.
const DECISIONS: &[(&str, Decision)] = &[
    ("positive", Decision::Positive),
    ("negative", Decision::Negative),
    ("excluded", Decision::Excluded),
    ("exclude", Decision::Excluded),
    ("refer", Decision::Excluded),
    ("referred", Decision::Excluded),
    ("abstain", Decision::Excluded),
    ("abstained", Decision::Excluded),
    ("override", Decision::Excluded),
    ("overridden", Decision::Excluded),
];

/// The value of the positive class.
pub(super) fn positive(reader: &mut Reader, fields: &Fields<'_>) -> Option<String> {
    let field = fields.get("positive")?;
    let value = reader.raw(&field, "one value of the label", "write it as it stands in the table")?;
    if !fields.has("label") && !fields.has("prediction") {
        let message = format!("{} is a value of a column that the plan does not have", fields.mention("positive"));
        let hint = "name the column: `label: <column>` or `prediction: <column>`";
        reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
    }
    Some(canonical_value(value).into_owned())
}

/// What each decision value means; `None` when it could not be read.
pub(super) fn decisions(reader: &mut Reader, fields: &Fields<'_>) -> Option<BTreeMap<String, Decision>> {
    let mut decisions = BTreeMap::new();
    let Some(field) = fields.get("decisions") else { return Some(decisions) };
    if !fields.has("prediction") {
        let message = format!("{} explains a column that the plan does not have", fields.mention("decisions"));
        let hint = "name the column of decisions: `prediction: <column>`";
        reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
    }
    let Value::Map(entries) = &field.node.value else {
        let hint = "write `decisions: {approve: positive, deny: negative}`";
        reader.wrong_type(&field, "a mapping from each value of `prediction` to its meaning", hint);
        return None;
    };
    let mut complete = true;
    for entry in entries {
        let item = crate::yaml::reader::Field {
            node: &entry.value,
            key: entry.place,
            path: join_path(&field.path, &entry.key),
        };
        let value = canonical_value(&entry.key).into_owned();
        if value.is_empty() {
            let problem = Problem::new(Code::PlanInvalidValue, "the empty text cannot be a decision: it means missing")
                .hint("remove it");
            reader.report(entry.place, &item.path, problem);
            complete = false;
            continue;
        }
        let Some(meaning) = reader.choice(&item, DECISIONS) else {
            complete = false;
            continue;
        };
        if decisions.insert(value.clone(), meaning).is_some() {
            let message = format!(
                "{} is the same value as another key of `decisions`: both read as {}",
                quote(&entry.key),
                quote(&value)
            );
            let problem = Problem::new(Code::PlanDuplicateKey, message).hint("keep one of them");
            reader.report(entry.place, &item.path, problem);
            complete = false;
        }
    }
    if !complete {
        return None;
    }
    for (side, name) in [(Decision::Positive, "positive"), (Decision::Negative, "negative")] {
        if !decisions.values().any(|meaning| *meaning == side) {
            let message = format!("`decisions` names no value as {name}");
            let hint = format!(
                "list every value that `prediction` can take, such as `{name_of}: {name}`",
                name_of = if side == Decision::Positive { "approve" } else { "deny" }
            );
            reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
            complete = false;
        }
    }
    complete.then_some(decisions)
}

/// The score at which decisions become positive.
pub(super) fn threshold(reader: &mut Reader, fields: &Fields<'_>) -> Option<f64> {
    let field = fields.get("threshold")?;
    let threshold = reader.number(&field);
    if !fields.has("score") {
        let message = format!("{} compares scores, but the plan has no `score`", fields.mention("threshold"));
        let hint = "name the column of scores: `score: <column>`; or remove `threshold`";
        reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
    }
    threshold
}

/// Which decision is good for people: a word for the side, or a decision value; `None` when it could not be read.
pub(super) fn favourable(
    reader: &mut Reader,
    fields: &Fields<'_>,
    decisions: Option<&BTreeMap<String, Decision>>,
    positive: Option<&str>,
) -> Option<Side> {
    let Some(field) = fields.get("favourable") else { return Some(Side::Positive) };
    let given = reader.raw(&field, "`positive`, `negative` or a decision value", "write one value")?;
    let value = canonical_value(given);
    // Without readable decisions nothing can be said about a value of theirs.
    let decisions = decisions?;
    match decisions.get(value.as_ref()) {
        Some(Decision::Positive) => return Some(Side::Positive),
        Some(Decision::Negative) => return Some(Side::Negative),
        Some(Decision::Excluded) => {
            let message = format!(
                "{} is {}, which {} excludes",
                fields.mention("favourable"),
                quote(given),
                fields.mention("decisions")
            );
            let hint = "name a value that is positive or negative";
            reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
            return None;
        }
        None => {}
    }
    match (value.as_ref(), positive) {
        ("positive", _) => return Some(Side::Positive),
        ("negative", _) => return Some(Side::Negative),
        (value, Some(positive)) if decisions.is_empty() && value == positive => return Some(Side::Positive),
        ("1" | "true", None) if decisions.is_empty() => return Some(Side::Positive),
        ("0" | "false", None) if decisions.is_empty() => return Some(Side::Negative),
        _ => {}
    }
    let known = || decisions.keys().map(String::as_str).chain(["positive", "negative"]);
    let hint = match nearest(given, known()) {
        Some(word) => format!("did you mean `{word}`?"),
        None if decisions.is_empty() => {
            "write `positive` or `negative`, or say in `decisions` what each value of `prediction` means".to_owned()
        }
        None => format!("the values are {}", crate::yaml::words::list(known())),
    };
    let message = format!("`favourable` is {}, which is no decision of this plan", describe(field.node));
    reader.wrong(&field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
    None
}
