//! Run events of OpenLineage: which job read and wrote which data sets.
//!
//! Source: `https://openlineage.io/spec/2-0-2/OpenLineage.json` with the facets `SourceCodeLocationJobFacet`,
//! `OutputStatisticsOutputDatasetFacet` and `DataQualityMetricsInputDatasetFacet`.

use super::draft::{Draft, Item};
use super::source::Found;

pub(super) fn read(events: &Found<'_>, draft: &mut Draft) {
    for event in events.items() {
        run(&event, draft);
    }
}

fn run(event: &Found<'_>, draft: &mut Draft) {
    event.bookkeeping(&["schemaURL", "eventType"]);
    let Some(job) = event.get("job") else { return event.unread("an event without a job") };
    let Some(name) = job.text("name") else { return job.unread("a job without a name") };
    let Some(step) = draft.item("data.lineage", &[&name.text], name.from) else { return };
    if let Some(time) = event.text("eventTime").filter(|_| event.peek("eventType") == Some("COMPLETE")) {
        if draft.states(&step, "run_at") {
            draft.note(time.from, "another run of the job; the dossier holds one");
        } else {
            draft.set_in(&step, "run_at", Some(time));
        }
    }
    let code = job.get("facets").and_then(|facets| facets.get("sourceCodeLocation"));
    if let Some(code) = code {
        code.bookkeeping(&["_producer", "_schemaURL", "type"]);
        let version = code.text("version");
        draft.set_in(&step, "code_hash", version.map(|version| version.saying(format!("git:{}", version.text))));
    }
    for (key, field, facets, facet) in
        [("inputs", "from", "inputFacets", "dataQualityMetrics"), ("outputs", "to", "outputFacets", "outputStatistics")]
    {
        for dataset in event.list(key) {
            data(&dataset, (&step, field), (facets, facet), draft);
        }
    }
}

fn data(dataset: &Found<'_>, (step, field): (&Item, &str), (facets, facet): (&str, &str), draft: &mut Draft) {
    let Some(name) = dataset.text("name") else { return dataset.unread("a data set without a name") };
    draft.set_in(step, field, Some(name.clone()));
    let Some(item) = draft.item("data.datasets", &[&name.text], name.from.clone()) else { return };
    if let Some(place) = dataset.text("namespace") {
        let uri = format!("{}/{}", place.text.trim_end_matches('/'), name.text.trim_start_matches('/'));
        draft.set_in(&item, "uri", place.text.contains("://").then(|| place.saying(uri)));
    }
    if let Some(counted) = dataset.get(facets).and_then(|facets| facets.get(facet)) {
        counted.bookkeeping(&["_producer", "_schemaURL"]);
        draft.set_in(&item, "rows", counted.text("rowCount"));
    }
}
