//! Protected attributes and their reference groups.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Code, Problem};
use crate::plan::literal::canonical_value;
use crate::plan::model::MissingGroup;
use crate::yaml::reader::{Fields, Reader};
use crate::yaml::tree::Value;
use crate::yaml::words::{bare, join_path, list, nearest, quote};

const MISSING_GROUPS: &[(&str, MissingGroup)] =
    &[("as_group", MissingGroup::AsGroup), ("left_out", MissingGroup::LeftOut)];

/// Most entries of `protected`.
const MAX_ENTRIES: usize = 200;
/// Most attributes of an intersection: its groups multiply.
const MAX_CROSSED: usize = 6;

/// `race`, `[race, sex]`, `[race, sex, [race, sex]]`; `None` when a part could not be read.
pub(super) fn protected(reader: &mut Reader, fields: &Fields<'_>) -> Option<Vec<Vec<String>>> {
    let Some(field) = fields.get("protected") else { return Some(Vec::new()) };
    let items = reader.columns_of(&field, "write `protected: [race, sex]`")?;
    if items.len() > MAX_ENTRIES {
        let message = format!("`protected` holds at most {MAX_ENTRIES} entries, not {}", items.len());
        let hint = "list the attributes that a criterion or a reader of the report compares";
        reader.wrong(&field, Problem::new(Code::BudgetExceeded, message).hint(hint));
        return None;
    }
    let mut entries: Vec<Vec<String>> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut complete = true;
    for item in &items {
        let mut names = Vec::new();
        let parts = item.items();
        if parts.is_empty() {
            reader.wrong_type(
                item,
                "a column, or a list of columns that are crossed",
                "remove it, or name the columns",
            );
            complete = false;
        }
        if parts.len() > MAX_CROSSED {
            let message = format!("an intersection crosses at most {MAX_CROSSED} attributes, not {}", parts.len());
            let hint = "cross fewer attributes: most of these groups would hold no row";
            reader.wrong(item, Problem::new(Code::BudgetExceeded, message).hint(hint));
            complete = false;
            continue;
        }
        for part in &parts {
            match reader.column(part) {
                Some(name) if names.contains(&name) => {
                    let message = format!("the intersection names {} twice", quote(&name));
                    reader.wrong(part, Problem::new(Code::PlanInvalidValue, message).hint("remove one of them"));
                    complete = false;
                }
                Some(name) => names.push(name),
                None => complete = false,
            }
        }
        if names.is_empty() {
            continue;
        }
        let set: BTreeSet<String> = names.iter().cloned().collect();
        if seen.insert(set) {
            entries.push(names);
        } else {
            let message = format!("`protected` lists {} twice", list(names.iter().map(String::as_str)));
            let problem = Problem::new(Code::PlanInvalidValue, message);
            reader.wrong(item, problem.hint("remove one of them; the order inside an intersection does not matter"));
            complete = false;
        }
    }
    complete.then_some(entries)
}

/// The reference group of each attribute; `None` when it could not be read.
pub(super) fn reference_groups(
    reader: &mut Reader,
    fields: &Fields<'_>,
    protected: Option<&[Vec<String>]>,
) -> Option<BTreeMap<String, String>> {
    let mut groups = BTreeMap::new();
    let Some(field) = fields.get("reference_groups") else { return Some(groups) };
    let Value::Map(entries) = &field.node.value else {
        let hint = "write `reference_groups: {race: white}`";
        reader.wrong_type(&field, "a mapping from each attribute to a group of it", hint);
        return None;
    };
    let mut complete = true;
    for entry in entries {
        let item = crate::yaml::reader::Field {
            node: &entry.value,
            key: entry.place,
            path: join_path(&field.path, &entry.key),
        };
        match reader.raw(&item, "one value of the attribute", "write the value as it stands in the table") {
            Some(value) => {
                groups.insert(entry.key.clone(), canonical_value(value).into_owned());
            }
            None => complete = false,
        }
        let Some(protected) = protected else { continue };
        if !protected.iter().flatten().any(|name| *name == entry.key) {
            let names = || protected.iter().flatten().map(String::as_str);
            let (message, hint) = if fields.has("protected") {
                (
                    format!(
                        "{} names {}, which {} does not list",
                        fields.mention("reference_groups"),
                        quote(&entry.key),
                        fields.mention("protected")
                    ),
                    match nearest(&entry.key, names()) {
                        Some(name) => format!("did you mean {}?", quote(name)),
                        None => format!("add {} to `protected`, or remove its reference group", quote(&entry.key)),
                    },
                )
            } else {
                (
                    format!(
                        "{} names {}, but the plan has no `protected`",
                        fields.mention("reference_groups"),
                        quote(&entry.key)
                    ),
                    format!("add `protected: [{}]`", bare(&entry.key)),
                )
            };
            reader.report(entry.place, &item.path, Problem::new(Code::PlanContradiction, message).hint(hint));
        }
    }
    complete.then_some(groups)
}

/// Whether rows with a missing group take part in gaps.
pub(super) fn missing_group(reader: &mut Reader, fields: &Fields<'_>) -> MissingGroup {
    fields.get("missing_group").and_then(|field| reader.choice(&field, MISSING_GROUPS)).unwrap_or(MissingGroup::AsGroup)
}
