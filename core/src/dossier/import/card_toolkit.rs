//! Model cards of the Model Card Toolkit in JSON, schema 0.0.1 and 0.0.2 (`model_card.schema.json` of `model-card-toolkit` 2.0.0).

use super::draft::{Draft, Given};
use super::measures::{declare, group};
use super::source::Found;

pub(super) fn read(card: &Found<'_>, draft: &mut Draft) {
    card.bookkeeping(&["schema_version"]);
    if let Some(details) = card.get("model_details") {
        draft.set("identity.name", details.text("name"));
        draft.set("identity.version", details.get("version").and_then(|version| version.text("name")));
        draft.set("identity.artifact.path", details.text("path"));
        if let Some(owner) = details.list("owners").first() {
            draft.set("identity.provider.name", owner.text("name"));
            draft.set("identity.provider.contact", owner.text("contact"));
        }
    }
    if let Some(parameters) = card.get("model_parameters") {
        draft.set("design.algorithm", parameters.text("model_architecture"));
        for data in parameters.list("data") {
            let Some(name) = data.text("name") else {
                data.unread("a data set without a name");
                continue;
            };
            let Some(item) = draft.item("data.datasets", &[&name.text], name.from) else { continue };
            draft.set_in(&item, "uri", data.text("link"));
            draft.set_in(&item, "origin", data.text("description"));
        }
    }
    if let Some(analysis) = card.get("quantitative_analysis") {
        for metric in analysis.list("performance_metrics") {
            let slice = metric.text("slice");
            let attribute = slice.as_ref().and_then(|slice| group(&slice.text)).unwrap_or_default();
            match (slice.as_ref().filter(|_| attribute.is_empty()), metric.text("type")) {
                (Some(slice), _) => {
                    draft.note(slice.from.clone(), "a slice that is no `attribute=group`: the number is not taken")
                }
                (None, Some(kind)) => declare(draft, &kind, metric.get("value").as_ref(), attribute, "model card"),
                (None, None) => metric.unread("a number without its measure"),
            }
        }
    }
    if let Some(considerations) = card.get("considerations") {
        consider(&considerations, draft);
    }
}

fn consider(considerations: &Found<'_>, draft: &mut Draft) {
    for (key, path) in [("users", "purpose.users"), ("tradeoffs", "design.trade_offs")] {
        for described in considerations.list(key) {
            draft.set(path, described.text("description"));
        }
    }
    let uses: Vec<Given> =
        considerations.list("use_cases").iter().filter_map(|described| described.text("description")).collect();
    let joined = uses.iter().map(|given| given.text.as_str()).collect::<Vec<_>>().join("; ");
    draft.set("purpose.intended_use", uses.first().map(|given| given.saying(joined)));
    for (key, name, what) in
        [("limitations", "limitation", "description"), ("ethical_considerations", "ethical", "name")]
    {
        for (number, found) in (1..).zip(considerations.list(key)) {
            let Some(description) = found.text(what) else { continue };
            let Some(item) = draft.item("risks", &[&format!("card-{name}-{number}")], description.from.clone()) else {
                continue;
            };
            draft.set_in(&item, "description", Some(description));
            draft.set_in(&item, "measures", found.text("mitigation_strategy"));
        }
    }
}
