//! Rulebooks and their settings.

use std::collections::BTreeMap;

use crate::error::{Code, Problem};
use crate::rulebook::{self, Given, Kind, RULEBOOKS, Rulebook, Setting, Settings};
use crate::yaml::Key;
use crate::yaml::reader::{Field, Fields, Reader};
use crate::yaml::tree::Value;
use crate::yaml::words::{describe, join_path, list, quote, suggest};

/// How rulebooks are written, for hints.
const FORM: &str = "write `rulebooks: [eeoc]`, or with settings `rulebooks: {us_credit: {smd: 0.3}}`";

/// `eeoc`, `[eeoc, ll144]`, `{us_credit: {smd: 0.3}}`, or a list with such mappings in it.
pub(super) fn read(
    reader: &mut Reader,
    fields: &Fields<'_>,
    protected: Option<&[Vec<String>]>,
) -> BTreeMap<&'static str, Settings> {
    let mut rulebooks = BTreeMap::new();
    let Some(field) = fields.get("rulebooks") else { return rulebooks };
    for item in field.items() {
        match &item.node.value {
            Value::Scalar { text, .. } if !item.node.is_null() => {
                if let Some(rulebook) = named(reader, &item, text) {
                    add(reader, &item, &mut rulebooks, rulebook, Settings::defaults(rulebook.settings));
                }
            }
            Value::Map(entries) => {
                for entry in entries {
                    let path = join_path(&item.path, &entry.key);
                    let held = Field { node: &entry.value, key: entry.place, path: path.clone() };
                    let name = Field { node: &entry.value, key: entry.place, path };
                    let Some(rulebook) = named(reader, &name, &entry.key) else { continue };
                    let settings = settings(reader, &held, rulebook);
                    add(reader, &held, &mut rulebooks, rulebook, settings);
                }
            }
            _ => reader.wrong_type(&item, "the name of a rulebook, or names with settings", FORM),
        }
    }
    for name in rulebooks.keys() {
        if let Some(rulebook) = rulebook::find(name) {
            needs(reader, &field, fields, protected, rulebook);
        }
    }
    rulebooks
}

fn add(
    reader: &mut Reader,
    field: &Field<'_>,
    rulebooks: &mut BTreeMap<&'static str, Settings>,
    rulebook: &Rulebook,
    settings: Settings,
) {
    if rulebooks.insert(rulebook.name, settings).is_some() {
        let message = format!("`rulebooks` names `{}` twice", rulebook.name);
        reader.wrong(field, Problem::new(Code::PlanInvalidValue, message).hint("remove one of them"));
    }
}

fn named(reader: &mut Reader, field: &Field<'_>, given: &str) -> Option<&'static Rulebook> {
    let found = rulebook::find(given);
    if found.is_none() {
        let names = RULEBOOKS.iter().map(|rulebook| rulebook.name);
        let problem = Problem::new(Code::PlanInvalidValue, format!("there is no rulebook {}", quote(given)));
        reader.report(field.key, &field.path, problem.hint(suggest(given, names, "the rulebooks are")));
    }
    found
}

fn settings(reader: &mut Reader, field: &Field<'_>, rulebook: &Rulebook) -> Settings {
    let mut settings = Settings::defaults(rulebook.settings);
    if field.node.is_null() {
        return settings;
    }
    if rulebook.settings.is_empty() {
        let message = format!("`{}` has no settings, not {}", rulebook.name, describe(field.node));
        let hint = format!("write `rulebooks: [{}]`", rulebook.name);
        reader.wrong(field, Problem::new(Code::PlanWrongType, message).hint(hint));
        return settings;
    }
    let keys: Vec<Key> = rulebook.settings.iter().map(|setting| setting.key).collect();
    let Some(given) = reader.fields(field, &keys, &format!("`{}`", rulebook.name)) else { return settings };
    for setting in rulebook.settings {
        let Some(field) = given.get(setting.key.name) else { continue };
        if let Some(value) = value(reader, &field, setting) {
            settings.set(setting.key.name, value);
        }
    }
    settings
}

fn value(reader: &mut Reader, field: &Field<'_>, setting: &Setting) -> Option<Given> {
    let name = setting.key.name;
    match setting.kind {
        Kind::Number { low, high, .. } => {
            let number = reader.number(field)?;
            if (low..=high).contains(&number) {
                return Some(Given::Number(number));
            }
            let message = format!("`{name}` must be from {low} to {high}, not {number}");
            reader.wrong(field, Problem::new(Code::PlanInvalidValue, message).hint(setting.key.about));
            None
        }
        Kind::Names { known, several, .. } => {
            let items = if several { field.items() } else { vec![field.clone()] };
            let mut given = Vec::new();
            for item in &items {
                let text =
                    reader.raw(item, &format!("one of {}", list(known.iter().copied())), "write one of these")?;
                let Some(found) = known.iter().find(|name| **name == text) else {
                    let message = format!("`{name}` has no choice {}", quote(text));
                    let hint = suggest(text, known.iter().copied(), "the choices are");
                    reader.wrong(item, Problem::new(Code::PlanInvalidValue, message).hint(hint));
                    return None;
                };
                given.push(*found);
            }
            if given.is_empty() {
                reader.wrong_type(field, "at least one name", format!("such as `{name}: {}`", setting.key.example));
                return None;
            }
            // In the order of the rulebook, and each once, so that equal plans have one digest.
            Some(Given::Names(known.iter().copied().filter(|name| given.contains(name)).collect()))
        }
    }
}

/// What a rulebook cannot do without.
fn needs(
    reader: &mut Reader,
    field: &Field<'_>,
    fields: &Fields<'_>,
    protected: Option<&[Vec<String>]>,
    rulebook: &Rulebook,
) {
    let name = rulebook.name;
    let mut lacks = |what: &str, hint: String| {
        let message = format!("the rulebook `{name}` needs {what}, and the plan has none");
        reader.wrong(field, Problem::new(Code::PlanContradiction, message).hint(hint));
    };
    if !(fields.has("prediction") || fields.has("score") && fields.has("threshold")) {
        let hint = "name the column of decisions, `prediction: <column>`, or `score` and `threshold`";
        lacks("decisions", hint.to_owned());
    }
    if !fields.has("protected") && !fields.has("memberships") {
        lacks("protected attributes", "name their columns: `protected: [race, sex]`".to_owned());
        return;
    }
    if rulebook.needs_reference && !fields.has("reference_groups") {
        lacks("a reference group", "declare it: `reference_groups: {race: white}`".to_owned());
    }
    let Some(protected) = protected else { return };
    let single: Vec<&str> = protected
        .iter()
        .filter_map(|entry| if let [name] = entry.as_slice() { Some(name.as_str()) } else { None })
        .collect();
    let crossed =
        protected.iter().any(|entry| entry.len() == 2 && entry.iter().all(|name| single.contains(&name.as_str())));
    if rulebook.needs_intersection && !crossed {
        let (first, second) = match single.as_slice() {
            [first, second, ..] => (*first, *second),
            _ => ("sex", "race"),
        };
        let hint = format!("write `protected: [{first}, {second}, [{first}, {second}]]`");
        lacks("two attributes and their intersection", hint);
    }
}
