//! CycloneDX 1.5 to 1.7 in JSON: components of type `machine-learning-model` with their `modelCard`, and of type `data`.
//!
//! Source: `bom-1.7.schema.json` of CycloneDX, definitions `modelCard` and `componentData`.

use super::draft::{Draft, Given, Item};
use super::measures::{declare, group};
use super::source::Found;
use crate::yaml::words::quote;

pub(super) fn read(bom: &Found<'_>, draft: &mut Draft) {
    bom.bookkeeping(&["bomFormat", "specVersion", "$schema", "version", "serialNumber"]);
    let mut components = Vec::new();
    if let Some(metadata) = bom.get("metadata") {
        metadata.bookkeeping(&["timestamp", "tools"]);
        components.extend(metadata.get("component"));
    }
    components.extend(bom.list("components"));
    let named: Vec<(Option<&str>, String)> = (components.iter())
        .map(|component| (component.peek("bom-ref"), component.peek("name").unwrap_or_default().to_owned()))
        .collect();
    let mut model = None;
    let mut libraries: u64 = 0;
    let mut last = None;
    for component in &components {
        match component.peek("type") {
            Some("machine-learning-model") => match &model {
                None => {
                    identity(component, draft);
                    model = component.peek("bom-ref").or(component.peek("name"));
                    if let Some(card) = component.get("modelCard") {
                        model_card(&card, &named, draft);
                    }
                }
                Some(_) => component.unread("a second model; a dossier is of one"),
            },
            Some("data") => data(component, draft),
            _ => {
                libraries += 1;
                last.get_or_insert_with(|| component.origin());
                component.ignore();
            }
        }
    }
    if let Some(first) = last {
        let text = first.file.clone();
        draft.set("design.sbom", Some(Given { text, from: first }));
    }
    if model.is_none() && libraries == 0 {
        bom.unread("no component of type machine-learning-model");
    }
}

fn identity(component: &Found<'_>, draft: &mut Draft) {
    component.bookkeeping(&["type", "bom-ref"]);
    draft.set("identity.name", component.text("name"));
    draft.set("identity.version", component.text("version"));
    draft.set("identity.registry_ids", component.text("purl"));
    for key in ["supplier", "manufacturer", "publisher", "group"] {
        let Some(named) = component.get(key) else { continue };
        let name = if named.is_map() { named.text("name") } else { named.given() };
        draft.set("identity.provider.name", name);
        if let Some(contact) = named.list("contact").first() {
            draft.set("identity.provider.contact", contact.text("email"));
        }
    }
    for hash in component.list("hashes") {
        sha256(&hash).into_iter().for_each(|digest| draft.set("identity.artifact.sha256", Some(digest)));
    }
    for reference in component.list("externalReferences") {
        if reference.peek("type") == Some("distribution") {
            reference.bookkeeping(&["type"]);
            draft.set("identity.artifact.path", reference.text("url"));
        }
    }
}

/// The digest of a hash of that algorithm.
fn sha256(hash: &Found<'_>) -> Option<Given> {
    let algorithm = hash.text("alg")?.text;
    if algorithm != "SHA-256" {
        hash.unread(format!("a hash by {}; the dossier holds SHA-256", quote(&algorithm)));
        return None;
    }
    hash.text("content")
}

fn model_card(card: &Found<'_>, components: &[(Option<&str>, String)], draft: &mut Draft) {
    card.bookkeeping(&["bom-ref"]);
    if let Some(parameters) = card.get("modelParameters") {
        let architecture = [parameters.text("architectureFamily"), parameters.text("modelArchitecture")];
        let words: Vec<Given> = architecture.into_iter().flatten().collect();
        let joined = words.iter().map(|given| given.text.as_str()).collect::<Vec<_>>().join(", ");
        draft.set("design.algorithm", words.first().map(|given| given.saying(joined)));
        // The schema says "used to train and evaluate": which of them does what is not told.
        for dataset in parameters.list("datasets") {
            match dataset.text("ref") {
                Some(reference) => {
                    let of = components.iter().find(|(id, _)| *id == Some(reference.text.as_str()));
                    let name = of.map_or(reference.text.as_str(), |(_, name)| name);
                    draft.item("data.datasets", &[name], reference.from);
                }
                None => component_data(&dataset, draft),
            }
        }
    }
    if let Some(analysis) = card.get("quantitativeAnalysis") {
        for metric in analysis.list("performanceMetrics") {
            let slice = metric.text("slice");
            let attribute = slice.as_ref().and_then(|slice| group(&slice.text)).unwrap_or_default();
            if let Some(slice) = slice.as_ref().filter(|_| attribute.is_empty()) {
                draft.note(slice.from.clone(), "a slice that is no `attribute=group`: the number is not taken");
                metric.bookkeeping(&["type", "value"]);
            } else if let Some(kind) = metric.text("type") {
                declare(draft, &kind, metric.get("value").as_ref(), attribute, "CycloneDX model card");
            }
        }
    }
    if let Some(considerations) = card.get("considerations") {
        consider(&considerations, draft);
    }
}

fn consider(considerations: &Found<'_>, draft: &mut Draft) {
    for user in considerations.list("users") {
        draft.set("purpose.users", user.given());
    }
    let uses: Vec<Given> = considerations.list("useCases").iter().filter_map(Found::given).collect();
    let joined = uses.iter().map(|given| given.text.as_str()).collect::<Vec<_>>().join("; ");
    draft.set("purpose.intended_use", uses.first().map(|given| given.saying(joined)));
    for trade in considerations.list("performanceTradeoffs") {
        draft.set("design.trade_offs", trade.given());
    }
    for (number, limitation) in (1..).zip(considerations.list("technicalLimitations")) {
        let Some(given) = limitation.given() else { continue };
        let id = format!("bom-limitation-{number}");
        let item = draft.item("risks", &[&id], given.from.clone());
        item.into_iter().for_each(|item| draft.set_in(&item, "description", Some(given.clone())));
    }
    for (number, ethical) in (1..).zip(considerations.list("ethicalConsiderations")) {
        risk(draft, &format!("bom-ethical-{number}"), ethical.text("name"), None, ethical.text("mitigationStrategy"));
    }
    for (number, fairness) in (1..).zip(considerations.list("fairnessAssessments")) {
        let measure = fairness.text("mitigationStrategy");
        risk(draft, &format!("bom-fairness-{number}"), fairness.text("harms"), fairness.text("groupAtRisk"), measure);
    }
}

fn risk(draft: &mut Draft, id: &str, what: Option<Given>, affected: Option<Given>, measure: Option<Given>) {
    let Some(from) = what.as_ref().or(affected.as_ref()).or(measure.as_ref()).map(|given| given.from.clone()) else {
        return;
    };
    let Some(item) = draft.item("risks", &[id], from) else { return };
    draft.set_in(&item, "description", what);
    draft.set_in(&item, "affected", affected);
    draft.set_in(&item, "measures", measure);
}

fn data(component: &Found<'_>, draft: &mut Draft) {
    component.bookkeeping(&["type", "bom-ref"]);
    let Some(name) = component.text("name") else { return component.unread("data without a name") };
    let Some(item) = draft.item("data.datasets", &[&name.text], name.from) else { return };
    for hash in component.list("hashes") {
        sha256(&hash).into_iter().for_each(|digest| draft.set_in(&item, "sha256", Some(digest)));
    }
    for licence in component.list("licenses") {
        let inner = licence.get("license");
        let words = inner.and_then(|inner| inner.text("id").or_else(|| inner.text("name")));
        draft.set_in(&item, "licence", words.or_else(|| licence.text("expression")));
    }
    for part in component.list("data") {
        described(&part, &item, draft);
    }
}

fn component_data(dataset: &Found<'_>, draft: &mut Draft) {
    let Some(name) = dataset.text("name") else { return dataset.unread("data without a name") };
    let Some(item) = draft.item("data.datasets", &[&name.text], name.from) else { return };
    described(dataset, &item, draft);
}

/// What `componentData` says of a data set.
fn described(dataset: &Found<'_>, item: &Item, draft: &mut Draft) {
    dataset.bookkeeping(&["type", "bom-ref", "name"]);
    if let Some(contents) = dataset.get("contents") {
        draft.set_in(item, "uri", contents.text("url"));
    }
    draft.set_in(item, "origin", dataset.text("description"));
    for sensitive in dataset.list("sensitiveData") {
        sensitive.unread("say yourself whether this is data of a special category (`special_category`)");
    }
}
