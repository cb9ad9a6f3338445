//! What the renderers promise, on hand-made reports: structure, escaping, size, and no surprise on odd input.

mod fairness;
mod markup;
mod reports;
mod surfaces;

/// A fixture as a report.
fn fixture(name: &str) -> modelassay::findings::v1::Report {
    let path = format!("{}/tests/fixtures/report/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("a fixture");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}
