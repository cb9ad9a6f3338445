//! The model's identity, the files, and how to answer.

use std::collections::BTreeSet;

use super::{LEVEL, MAX_KEYS, MIN_N, MIN_N_SHOWN, SEED};
use crate::error::{Code, Problem};
use crate::plan::keys::{MODEL_KEYS, PRECISION_KEYS};
use crate::plan::model::{ModelIdentity, Precision, Rule, SCHEMA_VERSION, Sources};
use crate::yaml::reader::{Field, Fields, MAX_INTEGER, Reader, parse_number};
use crate::yaml::tree::Value;
use crate::yaml::words::quote;

/// The two rules.
pub(super) const RULES: &[(&str, Rule)] = &[("interval", Rule::Interval), ("point", Rule::Point)];

/// What criteria take over from the plan.
#[derive(Clone, Debug)]
pub(super) struct Defaults {
    pub(super) level: f64,
    pub(super) rule: Rule,
    pub(super) min_n: u64,
    pub(super) family: Option<String>,
}

pub(super) fn defaults(reader: &mut Reader, fields: &Fields<'_>) -> Defaults {
    Defaults {
        level: fields.get("level").and_then(|field| reader.level(&field)).unwrap_or(LEVEL),
        rule: fields.get("rule").and_then(|field| reader.choice(&field, RULES)).unwrap_or(Rule::Interval),
        min_n: fields.get("min_n").and_then(|field| min_n(reader, &field)).unwrap_or(MIN_N),
        family: fields.get("family").and_then(|field| reader.text(&field)),
    }
}

pub(super) fn min_n(reader: &mut Reader, field: &Field<'_>) -> Option<u64> {
    reader.integer(field, 1, MAX_INTEGER)
}

pub(super) fn min_n_shown(reader: &mut Reader, fields: &Fields<'_>) -> u64 {
    fields.get("min_n_shown").and_then(|field| reader.integer(&field, 1, MAX_INTEGER)).unwrap_or(MIN_N_SHOWN)
}

pub(super) fn seed(reader: &mut Reader, fields: &Fields<'_>) -> u64 {
    fields.get("seed").and_then(|field| reader.integer(&field, 0, MAX_INTEGER)).unwrap_or(SEED)
}

pub(super) fn schema_version(reader: &mut Reader, fields: &Fields<'_>) {
    let Some(field) = fields.get("schema_version") else { return };
    let Some(number) = reader.number(&field) else { return };
    if number != f64::from(SCHEMA_VERSION) {
        let message = format!("this release reads plans of schema version {SCHEMA_VERSION}, not {number}");
        let hint = if number > f64::from(SCHEMA_VERSION) {
            "install a newer modelassay".to_owned()
        } else {
            format!("write `schema_version: {SCHEMA_VERSION}`")
        };
        reader.wrong(&field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
    }
}

pub(super) fn model(reader: &mut Reader, fields: &Fields<'_>) -> ModelIdentity {
    let Some(field) = fields.get("model") else { return ModelIdentity::default() };
    // `model: Credit scorecard` is its name.
    if let Value::Scalar { .. } = field.node.value {
        return ModelIdentity { name: reader.text(&field), ..ModelIdentity::default() };
    }
    let Some(model) = reader.fields(&field, MODEL_KEYS, "`model`") else { return ModelIdentity::default() };
    let mut text = |key: &str| model.get(key).and_then(|field| reader.text(&field));
    ModelIdentity { name: text("name"), version: text("version"), owner: text("owner"), artefact: text("artefact") }
}

pub(super) fn sources(reader: &mut Reader, fields: &Fields<'_>) -> Sources {
    let mut path = |key: &str| {
        let field = fields.get(key)?;
        reader.raw(&field, "the path of a file", "write one path, relative to the plan").map(str::to_owned)
    };
    let sources =
        Sources { data: path("data"), labels: path("labels"), reference: path("reference"), dossier: path("dossier") };
    if let (Some(field), true) = (fields.get("labels"), sources.labels.is_some()) {
        for (key, hint) in [
            ("id", "name the column that identifies a row in both tables: `id: <column>`"),
            ("label", "name the column of the labels table that holds the outcome: `label: <column>`"),
        ] {
            if !fields.has(key) {
                let message = format!("labels from another table need the key `{key}`, which the plan does not have");
                reader.wrong(&field, Problem::new(Code::PlanMissingKey, message).hint(hint));
            }
        }
    }
    sources
}

pub(super) fn precision(reader: &mut Reader, fields: &Fields<'_>) -> Precision {
    let max_keys = fields
        .get("precision")
        .and_then(|field| reader.fields(&field, PRECISION_KEYS, "`precision`"))
        .and_then(|precision| precision.get("max_keys"))
        .and_then(|field| reader.integer(&field, 1 << 10, 1 << 32));
    Precision { max_keys: max_keys.unwrap_or(MAX_KEYS) }
}

pub(super) fn missing_values(reader: &mut Reader, fields: &Fields<'_>) -> Vec<String> {
    let Some(field) = fields.get("missing_values") else { return Vec::new() };
    let mut texts = BTreeSet::new();
    for item in field.items() {
        match &item.node.value {
            // The empty field is missing whatever the plan says; `null` is a text like any other here.
            Value::Scalar { text, .. } if text.is_empty() => {}
            Value::Scalar { text, .. } => {
                texts.insert(text.clone());
            }
            _ => reader.wrong_type(&item, "a text", "write a list of texts: `missing_values: [\"NA\", \"?\"]`"),
        }
    }
    texts.into_iter().collect()
}

const SECOND: f64 = 1e6;
const UNITS: &[(&str, f64)] = &[
    ("day", 86_400.0 * SECOND),
    ("days", 86_400.0 * SECOND),
    ("d", 86_400.0 * SECOND),
    ("hour", 3_600.0 * SECOND),
    ("hours", 3_600.0 * SECOND),
    ("h", 3_600.0 * SECOND),
    ("minute", 60.0 * SECOND),
    ("minutes", 60.0 * SECOND),
    ("min", 60.0 * SECOND),
    ("second", SECOND),
    ("seconds", SECOND),
    ("s", SECOND),
    ("week", 604_800.0 * SECOND),
    ("weeks", 604_800.0 * SECOND),
    ("w", 604_800.0 * SECOND),
];

/// A span of time in microseconds: `60 days`, `36 hours`, or a number of days.
pub(super) fn max_label_delay(reader: &mut Reader, fields: &Fields<'_>) -> Option<i64> {
    let field = fields.get("max_label_delay")?;
    for key in ["time", "label_time"] {
        if !fields.has(key) {
            let message =
                format!("{} needs the key `{key}`, which the plan does not have", fields.mention("max_label_delay"));
            let hint = "a delay is `label_time` minus `time`: name both columns";
            reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
        }
    }
    let hint = "write a number and a unit: `60 days`, `36 hours`, `2 weeks`";
    let text = reader.raw(&field, "a span of time", hint)?.trim();
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '.' | '+' | '-')).unwrap_or(text.len());
    let (number, unit) = (parse_number(&text[..end]), text[end..].trim());
    let Some(number) = number else {
        reader.wrong_type(&field, "a span of time", hint);
        return None;
    };
    let unit = if unit.is_empty() { "days" } else { unit };
    let Some((_, microseconds)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        let hint = if unit.starts_with("month") || unit.starts_with("year") || unit.starts_with("quarter") {
            "months and years differ in length: write days"
        } else {
            "the units are weeks, days, hours, minutes and seconds"
        };
        let message = format!("`max_label_delay` has the unknown unit {}", quote(unit));
        reader.wrong(&field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
        return None;
    };
    let span = (number * microseconds).round();
    if span <= 0.0 || span > 9e15 {
        let message =
            format!("`max_label_delay` must be more than nothing and less than 285 years, not {}", quote(text));
        reader.wrong(&field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
    Some(span as i64)
}
