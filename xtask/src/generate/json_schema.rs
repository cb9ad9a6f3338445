//! JSON Schema (2020-12) of what the engine writes: reports, errors, and guessed roles.

use modelassay::error::Error;
use modelassay::findings::v1::Report;
use modelassay::plan::Guess;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use crate::Result;

pub(crate) fn report() -> Result<Value> {
    schema::<Report>()
}

pub(crate) fn error() -> Result<Value> {
    schema::<Error>()
}

/// What the page shows of a guess.
pub(crate) fn guess() -> Result<Value> {
    schema::<Guess>()
}

pub(crate) fn text(schema: &Value) -> Result<String> {
    let mut text = serde_json::to_string_pretty(schema).map_err(|error| error.to_string())?;
    text.push('\n');
    Ok(text)
}

fn schema<T: JsonSchema>() -> Result<Value> {
    let root = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    let mut schema = serde_json::to_value(root).map_err(|error| error.to_string())?;
    tidy(&mut schema);
    Ok(schema)
}

fn tidy(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(description)) = object.get_mut("description") {
                *description = plain(description);
            }
            omit_null(object);
            object.values_mut().for_each(tidy);
        }
        Value::Array(values) => values.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// A property that may be absent is never written as `null`, which the derived schema cannot know.
fn omit_null(object: &mut Map<String, Value>) {
    let required: Vec<Value> = object.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (_, property) in properties.iter_mut().filter(|(name, _)| !required.contains(&Value::from(name.as_str()))) {
        let Value::Object(property) = property else { continue };
        if let Some(Value::Array(types)) = property.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                property.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(choices)) = property.get_mut("anyOf") {
            choices.retain(|choice| choice.get("type") != Some(&Value::from("null")));
            if let [Value::Object(only)] = choices.as_slice() {
                let only = only.clone();
                property.remove("anyOf");
                property.extend(only);
            }
        }
    }
}

/// A doc comment of Rust for readers of the wire: no links into the code, and `null` for `None`.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        let (before, link) = rest.split_at(start);
        out += before;
        let Some(end) = link.find(']') else {
            rest = link;
            break;
        };
        let (words, after) = (&link[1..end], &link[end + 1..]);
        let target = after.strip_prefix('(').and_then(|target| target.split_once(')'));
        match target {
            Some((target, after)) if target.contains("::") => {
                out += words;
                rest = after;
            }
            None if words.starts_with('`') && words.ends_with('`') => {
                out += words;
                rest = after;
            }
            _ => {
                out += &link[..=end];
                rest = after;
            }
        }
    }
    (out + rest).replace("`None`", "`null`")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{plain, report, tidy};

    #[test]
    fn descriptions_lose_links_into_the_code_and_keep_brackets() {
        assert_eq!(plain("[`SCHEMA_VERSION`]."), "`SCHEMA_VERSION`.");
        assert_eq!(plain("of the [catalogue](crate::a::b)."), "of the catalogue.");
        assert_eq!(
            plain("`name[convention]:x`, `None` [see](docs/x.md)"),
            "`name[convention]:x`, `null` [see](docs/x.md)"
        );
        assert_eq!(plain("open [ended"), "open [ended");
    }

    #[test]
    fn optional_properties_are_absent_and_never_null() {
        let mut schema = json!({
            "properties": {
                "a": {"type": ["string", "null"]},
                "b": {"anyOf": [{"$ref": "#/$defs/B"}, {"type": "null"}]},
                "c": {"type": ["string", "null"]},
            },
            "required": ["c"],
        });
        tidy(&mut schema);
        let properties = &schema["properties"];
        assert_eq!(properties["a"], json!({"type": "string"}));
        assert_eq!(properties["b"], json!({"$ref": "#/$defs/B"}));
        assert_eq!(properties["c"], json!({"type": ["string", "null"]}));
    }

    #[test]
    fn a_report_has_its_digest() {
        assert_eq!(report().unwrap()["properties"]["digest"]["type"], "string");
    }
}
