//! JSON Schema (2020-12) of a dossier, for editors: from the declarations of its records.

use modelassay::dossier::{Dossier, Evidence, Kind, Shape, Spec};
use serde_json::{Map, Value, json};

pub(crate) fn dossier() -> Value {
    let mut definitions = definitions();
    let mut schema = record(Dossier::keys(), "", &mut definitions);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("Dossier");
    schema["description"] = json!("The governance evidence of one version of a model.");
    schema["$defs"] = definitions.into();
    schema
}

/// What many fields share: values of every type, with who says so and why there may be none.
fn definitions() -> Map<String, Value> {
    let kinds = [Kind::Text, Kind::Number, Kind::Count, Kind::Flag, Kind::Date, Kind::Moment, Kind::Sha256];
    let mut definitions: Map<String, Value> =
        kinds.into_iter().filter_map(|kind| Some((name(kind)?.to_owned(), stated(value(kind))))).collect();
    definitions.insert("texts".to_owned(), stated(one_or_several(value(Kind::Text))));
    definitions.insert("absent".to_owned(), absent());
    let evidence = record(Evidence::keys(), "evidence", &mut definitions);
    definitions.insert("evidence".to_owned(), evidence);
    definitions
}

/// A record at a path; those of lists below it become definitions.
fn record(specs: &[Spec], path: &str, definitions: &mut Map<String, Value>) -> Value {
    let properties: Map<String, Value> = specs
        .iter()
        .map(|spec| {
            let path = if path.is_empty() { spec.name.to_owned() } else { format!("{path}.{}", spec.name) };
            let mut property = shape(spec.shape, &path, definitions);
            property["description"] = json!(spec.about.trim());
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

fn shape(shape: Shape, path: &str, definitions: &mut Map<String, Value>) -> Value {
    match shape {
        Shape::Leaf(kind) => name(kind).map_or_else(|| stated(value(kind)), reference),
        Shape::Leaves(Kind::Text | Kind::Reference(_)) => reference("texts"),
        Shape::Leaves(kind) => stated(one_or_several(value(kind))),
        Shape::One(specs) => json!({ "anyOf": [record(specs, path, definitions), reference("absent")] }),
        Shape::Many(specs) => {
            let one = record(specs, path, definitions);
            definitions.insert(path.to_owned(), one);
            json!({ "anyOf": [reference(path), { "type": "array", "items": reference(path) }, reference("absent")] })
        }
    }
}

/// The definition of a type that many fields have.
fn name(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Text | Kind::Reference(_) => "text",
        Kind::Number => "number",
        Kind::Count => "count",
        Kind::Flag => "flag",
        Kind::Date => "date",
        Kind::Moment => "moment",
        Kind::Sha256 => "sha256",
        Kind::Choice(_) => return None,
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
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
            "value": { "anyOf": [value.clone(), reference("absent")] },
            "evidence": { "type": "array", "items": reference("evidence") },
            "asserted_by": { "type": "string" },
            "asserted_at": { "type": "string", "format": "date" },
        },
        "required": ["value"],
        "additionalProperties": false,
    });
    json!({ "anyOf": [value, reference("absent"), with_evidence] })
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
