//! What there is to know without data: checks, measures, keys of a plan, schemas, a first plan.

use modelassay::checks::{Documented, registry};
use modelassay::dossier::import::{File, Format, import};
use modelassay::dossier::sections::identity::Tier;
use modelassay::dossier::{self, Dossier};
use modelassay::findings::catalogue;
use modelassay::judge::day;
use modelassay::libraries::{self as known, Comparison};
use modelassay::plan::{self, PLAN_KEYS};
use modelassay::schedule::{icalendar, inventory};
use pyo3::prelude::*;
use serde::Serialize;

use crate::error::raise;
use crate::file;

/// Every check in the order of reports, as JSON.
#[pyfunction]
pub(crate) fn checks() -> PyResult<String> {
    let checks: Vec<Documented> = registry::documented().map(Documented::from).collect();
    json(&checks)
}

/// Every measure that a plan may name, as JSON.
#[pyfunction]
pub(crate) fn measures() -> PyResult<String> {
    json(catalogue::MEASURES)
}

/// How libraries compute a check's measures or a measure: a JSON list, and the same in Markdown.
#[pyfunction]
pub(crate) fn libraries(name: &str) -> PyResult<(String, String)> {
    written(&known::compare(name))
}

/// Comparisons as JSON and in Markdown.
pub(crate) fn written(comparisons: &[Comparison]) -> PyResult<(String, String)> {
    let texts: Vec<String> = comparisons.iter().map(Comparison::markdown).collect();
    Ok((json(comparisons)?, texts.join("\n")))
}

/// Every key of a plan in its order: name, an example in YAML, what it is.
#[pyfunction]
pub(crate) fn plan_keys() -> Vec<(&'static str, &'static str, &'static str)> {
    PLAN_KEYS.iter().map(|key| (key.name, key.example, key.about)).collect()
}

/// A JSON Schema by its name.
#[pyfunction]
pub(crate) fn schema(name: &str) -> Option<&'static str> {
    match name {
        "findings" => Some(include_str!("../../core/schema/findings.v1.schema.json")),
        "error" => Some(include_str!("../../core/schema/error.v1.schema.json")),
        "plan" => Some(include_str!("../../core/schema/plan.v1.schema.json")),
        "dossier" => Some(include_str!("../../core/schema/dossier.v1.schema.json")),
        _ => None,
    }
}

/// A commented plan for the table in a file, which it calls `name`.
#[pyfunction]
pub(crate) fn draft_plan(py: Python<'_>, path: std::path::PathBuf, name: &str) -> PyResult<String> {
    let columns = py.detach(|| file::sample(&path)).map_err(|error| raise(py, &error))?;
    Ok(plan::init_plan(&plan::guess(&columns), name))
}

/// A commented dossier for a model of a tier; `None` where there is no such tier.
#[pyfunction]
pub(crate) fn draft_dossier(tier: &str) -> Option<String> {
    Tier::find(tier).map(dossier::init_dossier)
}

/// When the audits of models are due, as JSON and as a calendar. Each dossier is a name and a text.
#[pyfunction]
pub(crate) fn schedule(py: Python<'_>, dossiers: Vec<(String, String)>, as_of: &str) -> PyResult<(String, String)> {
    let planned = py.detach(|| {
        let day = day(as_of)?;
        let read: Vec<Dossier> =
            dossiers.iter().map(|(name, text)| Dossier::parse(text, name)).collect::<Result<_, _>>()?;
        let named = dossiers.iter().map(|(name, _)| name.as_str()).zip(&read);
        let planned = inventory(named, day);
        let calendar = icalendar(&planned, day);
        Ok((planned, calendar))
    });
    let (planned, calendar) = planned.map_err(|error| raise(py, &error))?;
    Ok((json(&planned)?, calendar))
}

/// Rules of Prometheus for what alerts nobody yet, as JSON.
#[pyfunction]
pub(crate) fn alert_rules(py: Python<'_>, name: &str, text: &str) -> PyResult<String> {
    let read = py.detach(|| Dossier::parse(text, name)).map_err(|error| raise(py, &error))?;
    json(&dossier::alert_rules(&read))
}

/// A draft of a dossier from files, each a name, a text and a word for its format, as JSON; beside the dossier that there
/// is, where its name and text are given.
#[pyfunction]
pub(crate) fn import_dossier(
    py: Python<'_>,
    files: Vec<(String, String, Option<String>)>,
    beside: Option<(String, String)>,
) -> PyResult<String> {
    let imported = py.detach(|| {
        let read = beside.as_ref().map(|(name, text)| Dossier::parse(text, name)).transpose()?;
        let files: Vec<File<'_>> = (files.iter())
            .map(|(name, text, word)| File { name, text, format: word.as_deref().and_then(Format::find) })
            .collect();
        let named = read.as_ref().zip(beside.as_ref()).map(|(dossier, (name, _))| (dossier, name.as_str()));
        import(&files, named)
    });
    json(&imported.map_err(|error| raise(py, &error))?)
}

fn json(value: &(impl Serialize + ?Sized)) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))
}
