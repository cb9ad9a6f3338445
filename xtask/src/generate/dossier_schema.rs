//! JSON Schema (2020-12) of a dossier, for editors: from the declarations of its records.

use modelassay::dossier::{Dossier, Kind, Shape, Spec};
use serde_json::{Map, Value, json};

pub(crate) fn dossier() -> Value {
    let mut schema = record(Dossier::keys());
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dossier",
        "description": "The governance evidence of one version of a model.",
        "$defs": { "absent": absent(), "evidence": record(modelassay::dossier::Evidence::keys()) },
    });
    if let (Value::Object(schema), Value::Object(head)) = (&mut schema, head) {
        schema.extend(head);
    }
    schema
}

fn record(specs: &[Spec]) -> Value {
    let properties: Map<String, Value> = specs
        .iter()
        .map(|spec| {
            let mut property = shape(spec.shape);
            property["description"] = json!(spec.about.trim());
            property["examples"] = json!([spec.example]);
            (spec.name.to_owned(), property)
        })
        .collect();
    let required: Vec<&str> = specs.iter().filter(|spec| spec.required).map(|spec| spec.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn shape(shape: Shape) -> Value {
    match shape {
        Shape::Leaf(kind) => stated(value(kind)),
        Shape::Leaves(kind) => stated(one_or_several(value(kind))),
        Shape::One(specs) => or_absent(record(specs)),
        Shape::Many(specs) => or_absent(one_or_several(record(specs))),
    }
}

fn value(kind: Kind) -> Value {
    match kind {
        Kind::Text | Kind::Reference(_) => json!({ "type": ["string", "number", "boolean"] }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Count => json!({ "type": "integer", "minimum": 0 }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Moment => json!({ "type": "string" }),
        Kind::Sha256 => json!({ "type": "string", "pattern": "^(sha256:)?[0-9a-fA-F]{64}$" }),
        Kind::Choice(words) => json!({ "enum": words }),
    }
}

fn one_or_several(one: Value) -> Value {
    json!({ "anyOf": [one.clone(), { "type": "array", "items": one }] })
}

/// A value alone, with who says so and on what evidence, or why there is none.
fn stated(value: Value) -> Value {
    let with_evidence = json!({
        "type": "object",
        "properties": {
            "value": { "anyOf": [value.clone(), { "$ref": "#/$defs/absent" }] },
            "evidence": { "type": "array", "items": { "$ref": "#/$defs/evidence" } },
            "asserted_by": { "type": "string" },
            "asserted_at": { "type": "string", "format": "date" },
        },
        "required": ["value"],
        "additionalProperties": false,
    });
    json!({ "anyOf": [value, { "$ref": "#/$defs/absent" }, with_evidence] })
}

fn or_absent(value: Value) -> Value {
    json!({ "anyOf": [value, { "$ref": "#/$defs/absent" }] })
}

fn absent() -> Value {
    json!({ "anyOf": [
        { "const": null },
        { "const": "unknown" },
        {
            "type": "object",
            "properties": { "not_applicable": { "type": "string" } },
            "required": ["not_applicable"],
            "additionalProperties": false,
        },
    ] })
}
