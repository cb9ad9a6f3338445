//! W3C PROV-JSON: which activity used and generated which entities, as steps of lineage.
//!
//! Source: "The PROV-JSON Serialization", W3C Member Submission of 24 April 2013; PROV-DM for the meaning.

use std::collections::BTreeMap;

use super::draft::{Draft, Given};
use super::source::Found;

pub(super) fn read(document: &Found<'_>, draft: &mut Draft) {
    document.bookkeeping(&["prefix"]);
    let mut entities = BTreeMap::new();
    if let Some(all) = document.get("entity") {
        entities.extend(all.members());
    }
    if let Some(activities) = document.get("activity") {
        for (name, activity) in activities.members() {
            let Some(job) = draft.item("data.lineage", &[name], activity.origin()) else { continue };
            let end = time(&activity, "prov:endTime");
            let start = time(&activity, "prov:startTime");
            draft.set_in(&job, "run_at", start.or(end));
        }
    }
    let mut related = Vec::new();
    for (relation, field) in [("used", "from"), ("wasGeneratedBy", "to")] {
        for link in relations(document, relation) {
            link.bookkeeping(&["prov:role"]);
            let (Some(activity), Some(entity)) = (link.text("prov:activity"), link.text("prov:entity")) else {
                link.unread("an activity and an entity are expected");
                continue;
            };
            step(draft, &activity, field, &entity);
            related.push(entity);
        }
    }
    for link in relations(document, "wasDerivedFrom") {
        link.bookkeeping(&["prov:generation", "prov:usage", "prov:type"]);
        let (Some(made), Some(of)) = (link.text("prov:generatedEntity"), link.text("prov:usedEntity")) else {
            link.unread("two entities are expected");
            continue;
        };
        let job = link.text("prov:activity").unwrap_or_else(|| made.saying(format!("making of {}", made.text)));
        step(draft, &job, "from", &of);
        step(draft, &job, "to", &made);
        related.extend([made, of]);
    }
    for entity in related {
        let Some(item) = draft.item("data.datasets", &[&entity.text], entity.from.clone()) else { continue };
        let Some(found) = entities.remove(entity.text.as_str()) else { continue };
        for found in found.items() {
            draft.set_in(&item, "uri", literal(&found, "prov:location"));
            draft.set_in(&item, "origin", literal(&found, "prov:label"));
        }
    }
    for alone in entities.into_values() {
        alone.unread("an entity that no activity uses or generates");
    }
}

/// The members of a relation: by name, each one or several.
fn relations<'s>(document: &Found<'s>, name: &str) -> Vec<Found<'s>> {
    let members = document.get(name).map(|all| all.members()).unwrap_or_default();
    members.into_iter().flat_map(|(_, link)| link.items()).collect()
}

fn step(draft: &mut Draft, job: &Given, field: &str, entity: &Given) {
    let Some(item) = draft.item("data.lineage", &[&job.text], job.from.clone()) else { return };
    draft.set_in(&item, field, Some(entity.clone()));
}

fn time(activity: &Found<'_>, key: &str) -> Option<Given> {
    activity.items().iter().find_map(|activity| literal(activity, key))
}

/// A value, or the one within `{"$": …, "type": …}`; the first of several.
fn literal(found: &Found<'_>, key: &str) -> Option<Given> {
    let value = found.list(key).into_iter().next()?;
    if value.is_map() {
        value.bookkeeping(&["type", "lang"]);
        return value.text("$");
    }
    value.given()
}
