//! Which column plays which role, and that no column plays two that exclude each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Code, Problem};
use crate::plan::literal::canonical_value;
use crate::plan::model::{Quantile, Roles};
use crate::yaml::reader::{Field, Fields, Reader, parse_number};
use crate::yaml::tree::{Entry, Value};
use crate::yaml::words::quote;

/// Roles of one column each. Any two of them exclude each other.
const SINGLE: [&str; 8] = ["id", "time", "label", "label_time", "prediction", "score", "weight", "cluster"];
/// Roles whose column can be no attribute.
const NOT_PROTECTED: [&str; 6] = ["id", "label", "label_time", "prediction", "score", "weight"];
/// Roles whose column can be no input of the model.
const NOT_FEATURE: [&str; 4] = ["label", "label_time", "prediction", "score"];

pub(super) fn read(reader: &mut Reader, fields: &Fields<'_>, protected: Option<&[Vec<String>]>) -> Roles {
    let mut single: Vec<(&'static str, Field<'_>, String)> = Vec::new();
    for key in SINGLE {
        if let Some(field) = fields.get(key)
            && let Some(column) = reader.column(&field)
        {
            single.push((key, field, column));
        }
    }
    for (index, (key, field, column)) in single.iter().enumerate() {
        for (other, other_field, _) in single.iter().take(index).filter(|(.., other)| other == column) {
            // The later of the two in the text carries the message.
            let (key, other, field) =
                if field.key >= other_field.key { (*key, *other, field) } else { (*other, *key, other_field) };
            reader.wrong(field, both(fields, column, other, key));
        }
    }
    for entry in protected.into_iter().flatten().filter(|entry| entry.len() == 1).flatten() {
        for (key, field, _) in single.iter().filter(|(key, _, column)| column == entry && NOT_PROTECTED.contains(key)) {
            let protected = fields.get("protected").filter(|protected| protected.key > field.key);
            reader.wrong(protected.as_ref().unwrap_or(field), both(fields, entry, key, "protected"));
        }
    }
    let features = features(reader, fields, &single);
    let scores = scores(reader, fields, &single);
    let quantiles = quantiles(reader, fields);
    label_time(reader, fields);
    let any = !single.is_empty() || !features.is_empty() || protected.is_none_or(|entries| !entries.is_empty());
    let named = SINGLE
        .iter()
        .chain(&["features", "protected", "scores", "quantiles", "memberships", "strata", "baseline"])
        .any(|key| fields.has(key));
    if !any && !named && reader.is_clean() {
        let problem = Problem::new(Code::PlanMissingKey, "the plan names no column").hint(
            "name at least what the model said: `prediction: <column>` for decisions, `score: <column>` for \
             probabilities; and `label: <column>` for what came true",
        );
        reader.report(fields.place, "", problem);
    }
    let mut column = |key: &str| {
        single.iter().position(|(other, ..)| *other == key).map(|index| std::mem::take(&mut single[index].2))
    };
    Roles {
        label: column("label"),
        prediction: column("prediction"),
        score: column("score"),
        weight: column("weight"),
        cluster: column("cluster"),
        id: column("id"),
        time: column("time"),
        label_time: column("label_time"),
        scores,
        quantiles,
        features,
    }
}

fn both(fields: &Fields<'_>, column: &str, first: &str, second: &str) -> Problem {
    let message =
        format!("the column {} is both {} and {}", quote(column), fields.mention(first), fields.mention(second));
    let hint = match (first.min(second), first.max(second)) {
        ("label", "prediction") => "the label is what came true, the prediction what was decided: name two columns",
        ("label", "score") => "the label is what came true, the score what the model said: name two columns",
        ("prediction", "score") => {
            "name a column of decisions as `prediction` and one of probabilities as `score`; \
             to derive decisions from scores, use `score` and `threshold`"
        }
        ("features", _) => "a model does not read its own answer or the outcome: remove the column from `features`",
        ("cluster", "id") => {
            "`id` is of a row, `cluster` of a subject with several rows: remove `cluster` if there are none"
        }
        ("label_time", "time") => "`time` is when the prediction was made, `label_time` when its label became known",
        _ => "a column plays one of these roles: correct one of the two keys",
    };
    Problem::new(Code::PlanContradiction, message).hint(hint)
}

fn features(reader: &mut Reader, fields: &Fields<'_>, single: &[(&'static str, Field<'_>, String)]) -> Vec<String> {
    let Some(field) = fields.get("features") else { return Vec::new() };
    let mut features = Vec::new();
    let mut seen = BTreeSet::new();
    let items = reader.columns_of(&field, "write `features: [income, debt]`").unwrap_or_default();
    for item in items {
        let Some(column) = reader.column(&item) else { continue };
        if let Some((key, ..)) = single.iter().find(|(key, _, other)| *other == column && NOT_FEATURE.contains(key)) {
            reader.wrong(&item, both(fields, &column, "features", key));
        }
        if seen.insert(column.clone()) {
            features.push(column);
        } else {
            let message = format!("`features` lists {} twice", quote(&column));
            reader.wrong(&item, Problem::new(Code::PlanInvalidValue, message).hint("remove one of them"));
        }
    }
    features
}

/// Whether a list of columns names one of them by itself.
fn in_list(fields: &Fields<'_>, key: &str, column: &str) -> bool {
    let names = |item: &Field<'_>| matches!(&item.node.value, Value::Scalar { text, .. } if text == column);
    fields.get(key).is_some_and(|field| field.items().iter().any(names))
}

/// The column of the score of each class.
fn scores(
    reader: &mut Reader,
    fields: &Fields<'_>,
    single: &[(&'static str, Field<'_>, String)],
) -> BTreeMap<String, String> {
    let mut scores = BTreeMap::new();
    for (entry, field) in columns_by_key(reader, fields, "scores", "write `scores: {<class>: <column>}`") {
        let Some(column) = reader.column(&field) else { continue };
        let class = canonical_value(&entry.key).into_owned();
        if class.is_empty() {
            let problem = Problem::new(Code::PlanInvalidValue, "the empty text cannot be a class: it means missing");
            reader.wrong(&field, problem.hint("remove it"));
        }
        if let Some((key, ..)) = single.iter().find(|(.., other)| *other == column) {
            reader.wrong(&field, both(fields, &column, key, "scores"));
        } else if scores.values().any(|other| *other == column) {
            let message = format!("`scores` names the column {} for two classes", quote(&column));
            let hint = "name the column of each class";
            reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
        } else if in_list(fields, "features", &column) {
            reader.wrong(&field, both(fields, &column, "features", "scores"));
        } else if in_list(fields, "protected", &column) {
            reader.wrong(&field, both(fields, &column, "protected", "scores"));
        }
        if scores.insert(class, column).is_some() {
            let message = format!("{} is the same class as another key of `scores`", quote(&entry.key));
            reader.wrong(&field, Problem::new(Code::PlanDuplicateKey, message).hint("keep one of them"));
        }
    }
    if scores.len() == 1
        && let Some(field) = fields.get("scores")
    {
        let problem = Problem::new(Code::PlanContradiction, "`scores` names the score of one class only")
            .hint("name the column of every class: `scores: {<class>: <column>, …}`");
        reader.wrong(&field, problem);
    }
    scores
}

/// The column of each predicted quantile.
fn quantiles(reader: &mut Reader, fields: &Fields<'_>) -> Vec<Quantile> {
    let mut quantiles: Vec<Quantile> = Vec::new();
    for (entry, field) in
        columns_by_key(reader, fields, "quantiles", "write `quantiles: {0.1: <column>, 0.9: <column>}`")
    {
        let Some(column) = reader.column(&field) else { continue };
        match parse_number(&entry.key).filter(|level| *level > 0.0 && *level < 1.0) {
            Some(level) if quantiles.iter().all(|other| other.level != level) => {
                quantiles.push(Quantile { level, column });
            }
            Some(_) => {
                let message = format!("{} is the same level as another key of `quantiles`", quote(&entry.key));
                reader.wrong(&field, Problem::new(Code::PlanDuplicateKey, message).hint("keep one of them"));
            }
            None => {
                let message = format!("{} is no level of a quantile", quote(&entry.key));
                let hint = "write a number between 0 and 1, such as `0.9` for the 90th percentile";
                reader.wrong(&field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
            }
        }
    }
    quantiles.sort_by(|a, b| a.level.total_cmp(&b.level));
    quantiles
}

/// The members of a mapping to columns.
fn columns_by_key<'t>(reader: &mut Reader, fields: &Fields<'t>, key: &str, hint: &str) -> Vec<(&'t Entry, Field<'t>)> {
    let field = fields.get(key);
    field.and_then(|field| reader.members(&field, "a mapping to columns", hint)).unwrap_or_default()
}

fn label_time(reader: &mut Reader, fields: &Fields<'_>) {
    if let Some(field) = fields.get("label_time").filter(|_| !fields.has("label")) {
        let message = format!("{} is the time of a label that the plan does not have", fields.mention("label_time"));
        let hint = "name the column of the outcome: `label: <column>`";
        reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
    }
}
