//! What makes people alike, and whether features that tell the group are looked for.

use crate::error::{Code, Problem};
use crate::plan::keys::CONSISTENCY_KEYS;
use crate::plan::model::Consistency;
use crate::yaml::reader::{Fields, Reader};
use crate::yaml::words::quote;

/// Neighbours of each row, in a plan that names no number.
const NEIGHBOURS: u64 = 5;
/// Most neighbours of a row.
const MAX_NEIGHBOURS: u64 = 100;
/// Most features that make people alike: with many, everybody is about as far from everybody.
const MAX_FEATURES: usize = 20;

/// How consistency is measured.
pub(super) fn consistency(reader: &mut Reader, fields: &Fields<'_>) -> Option<Consistency> {
    let field = fields.get("consistency")?;
    let parts = reader.fields(&field, CONSISTENCY_KEYS, "`consistency`")?;
    let neighbours = parts.get("neighbours").and_then(|field| reader.integer(&field, 1, MAX_NEIGHBOURS));
    let Some(list) = parts.get("features") else {
        let problem = Problem::new(Code::PlanMissingKey, "`consistency` does not say what makes people alike")
            .hint("name numeric columns: `consistency: {features: [income, debt]}`");
        reader.wrong(&field, problem);
        return None;
    };
    let mut features: Vec<String> = Vec::new();
    for item in reader.columns_of(&list, "write `features: [income, debt]`")? {
        let column = reader.column(&item)?;
        if features.contains(&column) {
            let message = format!("`consistency` lists {} twice", quote(&column));
            reader.wrong(&item, Problem::new(Code::PlanInvalidValue, message).hint("remove one of them"));
            return None;
        }
        features.push(column);
    }
    if features.len() > MAX_FEATURES {
        let message = format!("`consistency` compares by at most {MAX_FEATURES} features, not {}", features.len());
        let hint = "name the few that the decision should rest on";
        reader.wrong(&list, Problem::new(Code::BudgetExceeded, message).hint(hint));
        return None;
    }
    Some(Consistency { features, neighbours: neighbours.unwrap_or(NEIGHBOURS) })
}

/// Whether it is measured how well features tell the group.
pub(super) fn proxies(reader: &mut Reader, fields: &Fields<'_>) -> bool {
    let Some(field) = fields.get("proxies") else { return false };
    let wanted = reader.choice(&field, &[("true", true), ("false", false)]).unwrap_or(false);
    for (key, hint) in [
        ("features", "name the columns that the model reads: `features: [income, debt]`"),
        ("protected", "name the attributes that they may tell: `protected: [race]`"),
    ] {
        if wanted && !fields.has(key) {
            let message = format!("`proxies` needs the key `{key}`, which the plan does not have");
            reader.wrong(&field, Problem::new(Code::PlanMissingKey, message).hint(hint));
        }
    }
    wanted
}
