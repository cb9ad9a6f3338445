//! The few shapes of JSON Schema that our types use, ready for printing in another language.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::Result;

/// A named type.
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) shape: Shape,
}

impl Item {
    /// Names of the types it is made of.
    pub(crate) fn mentions(&self) -> Vec<&str> {
        let mut names = Vec::new();
        match &self.shape {
            Shape::Struct(fields) => fields.iter().for_each(|field| field.kind.mentions(&mut names)),
            Shape::Texts(_) => {}
            Shape::Union(cases) => {
                cases.iter().flat_map(|case| &case.fields).for_each(|field| field.kind.mentions(&mut names));
            }
        }
        names
    }
}

/// What a named type is.
pub(crate) enum Shape {
    Struct(Vec<Field>),
    /// One of several texts.
    Texts(Vec<Text>),
    /// One of several objects, told apart by a constant field.
    Union(Vec<Case>),
}

/// One allowed text.
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) doc: String,
}

/// One object of a union.
pub(crate) struct Case {
    /// The constant that tells it apart.
    pub(crate) tag: String,
    pub(crate) doc: String,
    pub(crate) fields: Vec<Field>,
}

/// A property of an object.
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) required: bool,
    pub(crate) kind: Kind,
}

/// The type of a property.
pub(crate) enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    /// Any JSON.
    Any,
    Constant(String),
    Named(String),
    List(Box<Kind>),
    /// Text keys, values of one type.
    Table(Box<Kind>),
    Nullable(Box<Kind>),
}

impl Kind {
    fn mentions<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Self::Named(name) => names.push(name),
            Self::List(inner) | Self::Table(inner) | Self::Nullable(inner) => inner.mentions(names),
            Self::Text | Self::Integer | Self::Number | Self::Boolean | Self::Any | Self::Constant(_) => {}
        }
    }
}

/// The types of several schemas, by name: the same definition may stand in more than one.
pub(crate) fn items(schemas: &[&Value]) -> Result<Vec<Item>> {
    let mut named: BTreeMap<&str, &Value> = BTreeMap::new();
    for schema in schemas {
        let title = schema["title"].as_str().ok_or("a schema without title")?;
        named.insert(title, schema);
        if let Some(definitions) = schema["$defs"].as_object() {
            named.extend(definitions.iter().map(|(name, value)| (name.as_str(), value)));
        }
    }
    named.into_iter().map(|(name, schema)| item(name, schema).map_err(|error| format!("{name}: {error}"))).collect()
}

fn item(name: &str, schema: &Value) -> Result<Item> {
    let shape = match schema["oneOf"].as_array() {
        Some(choices) if choices.iter().all(|choice| choice["const"].is_string()) => Shape::Texts(
            choices.iter().map(|choice| Text { value: text(&choice["const"]), doc: doc(choice) }).collect(),
        ),
        Some(choices) => Shape::Union(choices.iter().map(case).collect::<Result<_>>()?),
        None => match schema["enum"].as_array() {
            Some(values) => {
                Shape::Texts(values.iter().map(|value| Text { value: text(value), doc: String::new() }).collect())
            }
            None => Shape::Struct(fields(schema)?),
        },
    };
    Ok(Item { name: name.to_owned(), doc: doc(schema), shape })
}

fn case(schema: &Value) -> Result<Case> {
    let fields = fields(schema)?;
    let tag = fields.iter().find_map(|field| match &field.kind {
        Kind::Constant(tag) => Some(tag.clone()),
        _ => None,
    });
    Ok(Case { tag: tag.ok_or("a case of a union without a constant")?, doc: doc(schema), fields })
}

/// Required properties in the order of the declaration, then optional ones by name.
fn fields(schema: &Value) -> Result<Vec<Field>> {
    let properties = schema["properties"].as_object().ok_or("neither an object nor a choice")?;
    let required: Vec<String> = schema["required"].as_array().into_iter().flatten().map(text).collect();
    let optional = properties.keys().filter(|name| !required.contains(name)).cloned();
    let names: Vec<String> = required.iter().cloned().chain(optional).collect();
    let mut fields = Vec::new();
    for name in names {
        let property = properties.get(&name).ok_or_else(|| format!("{name} is required and not described"))?;
        let kind = kind(property).map_err(|error| format!("{name}: {error}"))?;
        fields.push(Field { required: required.contains(&name), doc: doc(property), kind, name });
    }
    Ok(fields)
}

fn kind(schema: &Value) -> Result<Kind> {
    let object = match schema {
        Value::Bool(true) => return Ok(Kind::Any),
        Value::Object(object) => object,
        _ => return Err(format!("not a schema: {schema}")),
    };
    if let Some(reference) = object.get("$ref") {
        let reference = text(reference);
        return Ok(Kind::Named(reference.rsplit('/').next().unwrap_or_default().to_owned()));
    }
    if let Some(constant) = object.get("const") {
        return Ok(Kind::Constant(text(constant)));
    }
    if let Some(Value::Array(choices)) = object.get("anyOf") {
        return match choices.as_slice() {
            [choice, null] if null["type"] == "null" => Ok(Kind::Nullable(Box::new(kind(choice)?))),
            _ => Err("a choice that is not `T or null`".to_owned()),
        };
    }
    match object.get("type") {
        None => Ok(Kind::Any),
        Some(Value::String(name)) => simple(name, object),
        Some(Value::Array(names)) => match names.as_slice() {
            [Value::String(name), null] if null == "null" => Ok(Kind::Nullable(Box::new(simple(name, object)?))),
            _ => Err("several types that are not `T or null`".to_owned()),
        },
        Some(other) => Err(format!("not a type: {other}")),
    }
}

fn simple(name: &str, object: &Map<String, Value>) -> Result<Kind> {
    let inner = |key: &str| object.get(key).map_or(Ok(Kind::Any), kind).map(Box::new);
    match name {
        "string" => Ok(Kind::Text),
        "integer" => Ok(Kind::Integer),
        "number" => Ok(Kind::Number),
        "boolean" => Ok(Kind::Boolean),
        "array" => Ok(Kind::List(inner("items")?)),
        "object" => Ok(Kind::Table(inner("additionalProperties")?)),
        _ => Err(format!("the type {name} has no printer yet")),
    }
}

fn doc(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().to_owned()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
