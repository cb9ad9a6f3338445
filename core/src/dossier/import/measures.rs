//! Numbers that a file declares, under the names of other libraries.

use super::draft::{Draft, Given};
use super::source::Found;
use crate::findings::catalogue::{self, Shape};
use crate::yaml::reader::parse_number;
use crate::yaml::words::quote;

/// What evaluation tools put before the name of a measure of held-out data.
const BEFORE: [&str; 4] = ["eval_", "test_", "validation_", "val_"];

/// Names that the catalogue does not know and that mean exactly one of its measures: Hugging Face `evaluate`, scikit-learn
/// scorers and MLflow's evaluators.
const ALSO: [(&str, &str); 4] =
    [("auroc", "roc_auc"), ("pr_auc", "average_precision"), ("logloss", "log_loss"), ("brier_score_loss", "brier")];

/// The catalogue's name of a measure under one of its foreign names.
fn name(foreign: &str) -> Option<&'static str> {
    let plain = foreign.trim().to_lowercase().replace([' ', '-'], "_");
    let plain = BEFORE.iter().find_map(|before| plain.strip_prefix(before)).unwrap_or(&plain);
    let known = |name: &str| {
        let name = ALSO.iter().find(|(other, _)| *other == name).map_or(name, |(_, ours)| ours);
        catalogue::find(name).map(|entry| entry.name)
    };
    known(plain).or_else(|| known(plain.strip_suffix("_score")?))
}

/// States a number of a document under `acceptance.declared`; a name or number that cannot be meant is noted. `group` is
/// `attribute=group`, or empty.
pub(super) fn declare(draft: &mut Draft, foreign: &Given, value: Option<&Found<'_>>, group: &str, source: &str) {
    let Some(measure) = name(&foreign.text) else {
        let why = format!("no measure is known as {}", quote(&foreign.text));
        value.map_or_else(|| draft.note(foreign.from.clone(), why.clone()), |value| value.unread(why.clone()));
        return;
    };
    let Some(value) = value.and_then(Found::given) else {
        return draft.note(foreign.from.clone(), format!("a {measure} without its number"));
    };
    let Some(number) = parse_number(&value.text) else {
        return draft.note(value.from.clone(), format!("{} is not a number", quote(&value.text)));
    };
    let share =
        catalogue::find(measure).is_some_and(|entry| matches!(entry.shape, Shape::Rate | Shape::Index | Shape::PValue));
    if share && !(0.0..=1.0).contains(&number) {
        let why =
            format!("{number} is no {measure}, which lies between 0 and 1; if it is a percentage, divide it by 100");
        return draft.note(value.from.clone(), why);
    }
    let Some(item) = draft.item("acceptance.declared", &[measure, group], foreign.from.clone()) else { return };
    draft.set_in(&item, "value", Some(value.clone()));
    // Several documents may say the same; the number is the first one's.
    if draft.states(&item, "value") && !draft.states(&item, "source") {
        draft.set_in(&item, "source", Some(value.saying(source)));
    }
}

/// A slice as the group of a protected attribute, where it is written so.
pub(super) fn group(slice: &str) -> Option<&str> {
    let (attribute, group) = slice.split_once('=')?;
    (!attribute.trim().is_empty() && !group.trim().is_empty() && !slice.contains('\n')).then(|| slice.trim())
}
