//! JSON Schema (2020-12) of a plan, for editors: what keys there are, what they mean, which kind of value each takes.
//!
//! The reader of plans says more, and in words: a plan that fits this schema may still contradict itself.

use modelassay::plan::{BASELINE_KEYS, CONSISTENCY_KEYS, CRITERION_KEYS, Key, MODEL_KEYS, PLAN_KEYS, PRECISION_KEYS};
use modelassay::rulebook::{Kind, RULEBOOKS, Rulebook};
use serde_json::{Map, Value, json};

use crate::Result;

pub(crate) fn plan() -> Result<Value> {
    Ok(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Plan",
        "description": "What an audit judges: the model, the role of each column, and what must hold.",
        "type": "object",
        "properties": properties(PLAN_KEYS, plan_key)?,
        "additionalProperties": false,
    }))
}

fn properties(keys: &[Key], kind: fn(&str) -> Option<Value>) -> Result<Value> {
    let mut properties = Map::new();
    for key in keys {
        let Some(Value::Object(mut property)) = kind(key.name) else {
            return Err(format!("the schema of plans does not know which values `{}` takes", key.name));
        };
        property.insert("description".to_owned(), sentence(key.about).into());
        properties.insert(key.name.to_owned(), property.into());
    }
    Ok(properties.into())
}

fn plan_key(name: &str) -> Option<Value> {
    Some(match name {
        "schema_version" => json!({ "enum": [1, "1"] }),
        "model" => json!({ "anyOf": [scalar(), object(properties(MODEL_KEYS, |_| Some(scalar())).ok()?)] }),
        "task" => json!({ "enum": ["binary", "multiclass", "regression"] }),
        "data" | "labels" | "reference" | "dossier" => json!({ "type": "string" }),
        "id" | "time" | "label" | "label_time" | "prediction" | "score" | "weight" | "cluster" => scalar(),
        "positive" | "favourable" => scalar(),
        "max_label_delay" => scalar(),
        "decisions" => mapping(json!({ "enum": ["positive", "negative", "excluded"] })),
        "scores" | "quantiles" | "reference_groups" => mapping(scalar()),
        "intersections" => json!({ "enum": ["pairs"] }),
        "bins" => mapping(json!({ "anyOf": [count(2), { "type": "array", "items": number() }] })),
        "consistency" => {
            let part = |name: &str| if name == "features" { Some(list(scalar())) } else { Some(count(1)) };
            object(properties(CONSISTENCY_KEYS, part).ok()?)
        }
        "proxies" => json!({ "type": "boolean" }),
        "small_groups" => json!({ "enum": ["suppress", "pool"] }),
        "population" => mapping(mapping(number())),
        "memberships" => mapping(mapping(scalar())),
        "threshold" => number(),
        "protected" => list(json!({ "anyOf": [scalar(), { "type": "array", "items": scalar() }] })),
        "missing_group" => json!({ "enum": ["as_group", "left_out"] }),
        "features" | "missing_values" | "conventions" | "strata" => list(scalar()),
        "rulebooks" => list_of(rulebook(), rulebook()),
        "level" => level(),
        "rule" => rule(),
        "min_n" | "min_n_shown" => count(1),
        "baseline" => object(properties(BASELINE_KEYS, baseline_key).ok()?),
        "precision" => object(properties(PRECISION_KEYS, |_| Some(count(1024))).ok()?),
        "seed" => count(0),
        "family" => scalar(),
        "criteria" => {
            let mut criterion = object(properties(CRITERION_KEYS, criterion_key).ok()?);
            criterion["required"] = json!(["measure"]);
            criterion["oneOf"] = json!([{ "required": ["comparator", "threshold"] }, { "required": ["within"] }]);
            list(json!({ "anyOf": [{ "type": "string" }, criterion] }))
        }
        _ => return None,
    })
}

fn baseline_key(name: &str) -> Option<Value> {
    Some(if name == "threshold" { number() } else { scalar() })
}

fn criterion_key(name: &str) -> Option<Value> {
    Some(match name {
        "measure" | "class" | "convention" | "family" | "source" | "set_at" | "set_by" => scalar(),
        "comparator" => json!({ "enum": [">=", ">", "<=", "<"] }),
        "threshold" => number(),
        "within" => json!({ "type": "array", "items": number(), "minItems": 2, "maxItems": 2 }),
        "attribute" => list(scalar()),
        "group" => {
            let value = json!({ "type": ["string", "number", "boolean", "null"] });
            list_of(value.clone(), value)
        }
        "subject" => json!({ "enum": ["overall", "each_group", "group", "gap"] }),
        "level" => level(),
        "rule" => rule(),
        "min_n" => count(1),
        "severity" => json!({ "enum": ["info", "low", "medium", "high", "critical"] }),
        _ => return None,
    })
}

/// The name of a rulebook, or names with settings.
fn rulebook() -> Value {
    let names: Vec<&str> = RULEBOOKS.iter().map(|rulebook| rulebook.name).collect();
    let settings = |rulebook: &&Rulebook| {
        let kinds: Map<String, Value> = rulebook
            .settings
            .iter()
            .map(|setting| {
                let mut kind = match setting.kind {
                    Kind::Number { low, high, .. } => json!({ "type": "number", "minimum": low, "maximum": high }),
                    Kind::Names { known, several: true, .. } => {
                        list_of(json!({ "enum": known }), json!({ "enum": known }))
                    }
                    Kind::Names { known, .. } => json!({ "enum": known }),
                };
                kind["description"] = sentence(setting.key.about).into();
                (setting.key.name.to_owned(), kind)
            })
            .collect();
        (rulebook.name.to_owned(), json!({ "anyOf": [{ "type": "null" }, object(kinds.into())] }))
    };
    let with_settings: Map<String, Value> = RULEBOOKS.iter().map(settings).collect();
    json!({ "anyOf": [{ "enum": names }, object(with_settings.into())] })
}

fn scalar() -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

fn number() -> Value {
    json!({ "type": "number" })
}

fn count(minimum: u64) -> Value {
    json!({ "type": "integer", "minimum": minimum })
}

fn level() -> Value {
    json!({ "type": "number", "minimum": 0.5, "exclusiveMaximum": 1 })
}

fn rule() -> Value {
    json!({ "enum": ["interval", "point"] })
}

fn object(properties: Value) -> Value {
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn mapping(values: Value) -> Value {
    json!({ "type": "object", "additionalProperties": values })
}

/// A list, or its only member.
fn list(items: Value) -> Value {
    list_of(scalar(), items)
}

fn list_of(only: Value, items: Value) -> Value {
    json!({ "anyOf": [only, { "type": "array", "items": items }] })
}

fn sentence(about: &str) -> String {
    let mut letters = about.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect::<String>() + ".")
}
