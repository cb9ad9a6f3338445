//! What the model predicts, and which keys have no meaning for it.

use crate::error::{Code, Problem};
use crate::plan::model::Task;
use crate::yaml::reader::{Fields, Reader};
use crate::yaml::tree::Value;

const TASKS: [(&str, Task); 3] =
    [("binary", Task::Binary), ("multiclass", Task::Multiclass), ("regression", Task::Regression)];
/// Other words for a table with several labels a row.
const MULTILABEL: [&str; 3] = ["multilabel", "multi-label", "multi_label"];

/// Keys that have a meaning for some tasks only: these tasks, and why.
const OF_TASKS: [(&str, &[Task], &str); 11] = [
    ("positive", &[Task::Binary], "it names one of two classes"),
    ("score", &[Task::Binary], "name the score of every class: `scores: {<class>: <column>}`"),
    ("threshold", &[Task::Binary], "the decision of several classes is the class with the highest score"),
    ("scores", &[Task::Multiclass], "name the score of the positive class: `score: <column>`"),
    ("quantiles", &[Task::Regression], "only numbers have quantiles"),
    ("decisions", &[Task::Binary], "it explains decisions between two classes"),
    ("favourable", &[Task::Binary], "it names one of two decisions"),
    ("rulebooks", &[Task::Binary], "rulebooks read decisions between two classes"),
    ("consistency", &[Task::Binary], "it compares decisions between two classes"),
    ("strata", &[Task::Binary, Task::Multiclass], "selection is compared within them"),
    ("memberships", &[Task::Binary], "groups known as probabilities are compared in models of two classes only"),
];

/// Whether a key has a meaning for a task.
pub(in crate::plan) fn has_meaning(key: &str, task: Task) -> bool {
    OF_TASKS.iter().all(|(name, tasks, _)| *name != key || tasks.contains(&task))
}

/// The task, binary where the plan names none.
pub(super) fn read(reader: &mut Reader, fields: &Fields<'_>) -> Task {
    let task = named(reader, fields);
    for (key, tasks, hint) in OF_TASKS {
        if let Some(field) = fields.get(key).filter(|_| !tasks.contains(&task)) {
            let message = format!("`{key}` has no meaning for a {} model", task.name());
            let hint = match (key, task) {
                ("strata" | "memberships", Task::Regression) => {
                    format!(
                        "remove `{key}`: only rates of decisions are compared that way; name the column as `protected`"
                    )
                }
                (_, Task::Regression) if key != "rulebooks" => {
                    format!("remove `{key}`; the `prediction` of a regression model is its number")
                }
                ("scores", _) if !fields.has("task") => {
                    "for a model of several classes write `task: multiclass`; for one of two name the score of the \
                     positive class: `score: <column>`"
                        .to_owned()
                }
                _ => format!("{hint}; remove `{key}` or correct `task`"),
            };
            reader.report(field.key, &field.path, Problem::new(Code::PlanContradiction, message).hint(hint));
        }
    }
    task
}

fn named(reader: &mut Reader, fields: &Fields<'_>) -> Task {
    let Some(field) = fields.get("task") else { return Task::Binary };
    if let Value::Scalar { text, .. } = &field.node.value
        && MULTILABEL.contains(&text.as_str())
    {
        let problem =
            Problem::new(Code::NotSupported, "a model that gives one row several labels is not audited as a whole")
                .hint("audit each label on its own: one plan with `task: binary` for each label column");
        reader.wrong(&field, problem);
        return Task::Binary;
    }
    reader.choice(&field, &TASKS).unwrap_or(Task::Binary)
}
