//! Croissant 1.0 and 1.1 of MLCommons, and its RAI vocabulary 1.0.
//!
//! Source: "Croissant Format Specification" and "Croissant RAI Specification", docs.mlcommons.org/croissant.

use super::draft::Draft;
use super::source::Found;

/// Properties of a data set, each under its spellings with and without prefix, and the field for it.
const TEXTS: [(&[&str], &str); 8] = [
    (&["url", "sc:url"], "uri"),
    (&["rai:dataCollectionRawData", "dataCollectionRawData"], "origin"),
    (&["rai:dataCollection", "dataCollection"], "collection"),
    (&["rai:dataAnnotationProtocol", "dataAnnotationProtocol"], "labelling"),
    (&["rai:dataLimitations", "dataLimitations"], "known_gaps"),
    (&["rai:dataBiases", "dataBiases"], "known_gaps"),
    (&["sc:license", "license"], "licence"),
    (&["rai:dataCollectionMissingData", "dataCollectionMissingData"], "known_gaps"),
];

/// The specification writes the first, `mlcroissant` 1.1.1 the second.
const TIMEFRAME: [&str; 3] = ["rai:dataCollectionTimeframe", "rai:dataCollectionTimeFrame", "dataCollectionTimeframe"];

pub(super) fn read(dataset: &Found<'_>, draft: &mut Draft) {
    dataset.bookkeeping(&["@context", "@type", "@id", "conformsTo", "dct:conformsTo"]);
    let Some(name) = dataset.get_any(&["name", "sc:name"]).and_then(|name| name.given()) else {
        return dataset.unread("a data set without a name");
    };
    let Some(item) = draft.item("data.datasets", &[&name.text], name.from) else { return };
    for (keys, field) in TEXTS {
        let Some(found) = dataset.get_any(keys) else { continue };
        for value in found.items() {
            // A licence may be a `CreativeWork`.
            let text = if value.is_map() { value.text("name").or_else(|| value.text("url")) } else { value.given() };
            draft.set_in(&item, field, text);
        }
    }
    if let Some(frame) = dataset.get_any(&TIMEFRAME) {
        let days: Vec<_> = frame.items().iter().filter_map(Found::given).collect();
        match days.as_slice() {
            [from, to] => {
                draft.set_in(&item, "period_from", Some(from.clone()));
                draft.set_in(&item, "period_to", Some(to.clone()));
            }
            _ => frame.unread("a start and an end are expected"),
        }
    }
    if let Some(sensitive) = dataset.get_any(&["rai:personalSensitiveInformation", "personalSensitiveInformation"]) {
        sensitive.unread("say yourself whether this is data of a special category (`special_category`)");
    }
    let files = dataset.list("distribution");
    let hashed: Vec<_> = files.iter().filter(|file| file.has("sha256")).collect();
    if let [file] = hashed.as_slice() {
        file.bookkeeping(&["@type", "@id"]);
        draft.set_in(&item, "sha256", file.text("sha256"));
    } else if let Some(file) = hashed.first() {
        file.unread("several files; the dossier holds one SHA-256 of a data set: give each its own entry");
    }
    // Who made it is where it comes from, unless that is told.
    if !TEXTS[1].0.iter().any(|key| dataset.has(key))
        && let Some(creator) = dataset.list("creator").first().filter(|creator| creator.is_map())
    {
        creator.bookkeeping(&["@type"]);
        draft.set_in(&item, "origin", creator.text("name"));
    }
}
