//! The model that the audited one is compared with.

use crate::error::{Code, Problem};
use crate::plan::keys::BASELINE_KEYS;
use crate::plan::model::{Baseline, Task};
use crate::yaml::reader::{Field, Fields, Reader};
use crate::yaml::tree::Value;
use crate::yaml::words::quote;

/// The baseline model, where the plan names one.
pub(super) fn read(reader: &mut Reader, fields: &Fields<'_>, task: Task) -> Option<Baseline> {
    let field = fields.get("baseline")?;
    let members = reader.fields(&field, BASELINE_KEYS, "`baseline`")?;
    for key in ["score", "threshold"] {
        if let Some(member) = members.get(key).filter(|_| task != Task::Binary) {
            let message = format!("`baseline.{key}` has no meaning for a {} model", task.name());
            let hint = match task {
                Task::Multiclass => "its decisions are compared, not its scores: name `baseline.prediction` alone",
                _ => "its numbers are compared: name their column as `baseline.prediction`",
            };
            reader.wrong(&member, Problem::new(Code::PlanContradiction, message).hint(hint));
        }
    }
    let mut column = |key: &str| {
        let member = members.get(key)?;
        let column = reader.column(&member)?;
        other_column(reader, fields, &member, key, &column);
        Some(column)
    };
    let (prediction, score) = (column("prediction"), column("score"));
    let name = members.get("name").and_then(|name| reader.text(&name));
    let threshold = members.get("threshold").and_then(|threshold| reader.number(&threshold));
    if !members.has("prediction") && !members.has("score") {
        let problem = Problem::new(Code::PlanMissingKey, "`baseline` names no column of the other model").hint(
            "its answers stand beside those of the audited model: `baseline: {prediction: <column>, score: <column>}`",
        );
        reader.wrong(&field, problem);
    }
    if let Some(threshold) = members.get("threshold").filter(|_| !members.has("score")) {
        let problem =
            Problem::new(Code::PlanContradiction, "`threshold` compares scores that `baseline` does not name")
                .hint("name the column of its scores, or remove `threshold`");
        reader.wrong(&threshold, problem);
    }
    let decides = ["prediction", "threshold", "scores"].iter().any(|key| fields.has(key));
    let answers = [
        ("prediction", decides, "prediction: <column>` or `threshold"),
        ("score", fields.has("score") || task != Task::Binary, "score: <column>"),
    ];
    for (key, has, hint) in answers {
        if let Some(member) = members.get(key).filter(|_| !has) {
            let message = format!("`baseline` has a `{key}`, but the audited model has none to compare it with");
            let hint = format!("name that of the audited model too: `{hint}`");
            reader.wrong(&member, Problem::new(Code::PlanContradiction, message).hint(hint));
        }
    }
    Some(Baseline { name, prediction, score, threshold })
}

/// A model compared with itself says nothing, and an outcome is no answer.
fn other_column(reader: &mut Reader, fields: &Fields<'_>, member: &Field<'_>, key: &str, column: &str) {
    for role in ["label", "prediction", "score"] {
        let same = |field: Field<'_>| matches!(&field.node.value, Value::Scalar { text, .. } if text == column);
        if fields.get(role).is_some_and(same) {
            let message = format!("the column {} is both {} and `baseline.{key}`", quote(column), fields.mention(role));
            let problem = Problem::new(Code::PlanContradiction, message)
                .hint("the answers of the two models and the outcome stand in columns of their own");
            reader.wrong(member, problem);
        }
    }
}
