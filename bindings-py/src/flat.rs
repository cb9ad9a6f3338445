//! Findings and measures as flat rows: one list of columns makes both the Python records and the Arrow table.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use modelassay::findings::v1::{Finding, Measure, Outcome, Report, Subject};
use modelassay::plan::CriterionSubject;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::ffi::{ArrayIterator, to_stream_pycapsule};
use serde::Serialize;

/// Stands for a missing group, as in the ids of measures.
const MISSING: &str = "∅";
/// Joins the attributes and values of an intersection, as in the ids of measures.
const AND: &str = "&";

/// A column of flat rows.
pub(crate) struct FlatColumn<R> {
    pub(crate) name: &'static str,
    get: Get<R>,
}

enum Get<R> {
    Text(fn(&R) -> Option<String>),
    Number(fn(&R) -> Option<f64>),
    Count(fn(&R) -> Option<u64>),
}

const fn text<R>(name: &'static str, get: fn(&R) -> Option<String>) -> FlatColumn<R> {
    FlatColumn { name, get: Get::Text(get) }
}

const fn number<R>(name: &'static str, get: fn(&R) -> Option<f64>) -> FlatColumn<R> {
    FlatColumn { name, get: Get::Number(get) }
}

const fn count<R>(name: &'static str, get: fn(&R) -> Option<u64>) -> FlatColumn<R> {
    FlatColumn { name, get: Get::Count(get) }
}

/// A finding and the measure that decided it.
pub(crate) struct FindingRow<'r> {
    finding: &'r Finding,
    measure: Option<&'r Measure>,
}

/// A criterion and the findings that judge it.
pub(crate) struct CriterionRow<'r> {
    worst: &'r Finding,
    findings: u64,
}

/// Columns of `measures`.
pub(crate) const fn measures<'r>() -> [FlatColumn<&'r Measure>; 19] {
    [
        text("id", |row| Some(row.id.clone())),
        text("name", |row| Some(row.name.clone())),
        text("convention", |row| Some(row.convention.clone())),
        text("table", |row| word(row.table)),
        text("attribute", |row| attribute(&row.subject)),
        text("group", |row| group(&row.subject.group)),
        text("reference", |row| group(&row.subject.reference)),
        text("class_name", |row| row.subject.class.clone()),
        number("value", |row| row.value),
        number("lower", |row| row.interval.as_ref()?.lower),
        number("upper", |row| row.interval.as_ref()?.upper),
        number("level", |row| Some(row.interval.as_ref()?.level)),
        text("method", |row| Some(row.interval.as_ref()?.method.clone())),
        count("n", |row| row.n),
        number("n_effective", |row| row.n_effective),
        text("population", |row| Some(row.population.clone())),
        text("undefined", |row| word(row.undefined?)),
        number("at_least", |row| Some(row.bounds?.lower)),
        number("at_most", |row| Some(row.bounds?.upper)),
    ]
}

/// Columns of `findings`.
pub(crate) const fn findings<'r>() -> [FlatColumn<FindingRow<'r>>; 30] {
    [
        text("id", |row| Some(row.finding.id.clone())),
        text("check", |row| Some(row.finding.check.clone())),
        text("title", |row| Some(row.finding.title.clone())),
        text("dimension", |row| word(row.finding.dimension)),
        text("outcome", |row| word(row.finding.outcome)),
        text("reason", |row| word(row.finding.reason?)),
        text("severity", |row| word(row.finding.severity)),
        text("evidence_class", |row| word(row.finding.evidence_class)),
        text("attribute", |row| attribute(&row.finding.subject)),
        text("group", |row| group(&row.finding.subject.group)),
        text("reference", |row| group(&row.finding.subject.reference)),
        text("class_name", |row| row.finding.subject.class.clone()),
        text("feature", |row| row.finding.subject.feature.clone()),
        count("criterion", |row| Some(row.finding.criterion.as_ref()?.index)),
        text("criterion_text", |row| Some(row.finding.criterion.as_ref()?.text.clone())),
        text("measure", |row| row.finding.measure.clone()),
        number("value", |row| row.measure?.value),
        number("lower", |row| row.measure?.interval.as_ref()?.lower),
        number("upper", |row| row.measure?.interval.as_ref()?.upper),
        count("n", |row| row.measure?.n),
        text("decided_by", |row| Some(row.finding.decision.as_ref()?.decided_by.clone())),
        number("p_value", |row| row.finding.decision.as_ref()?.p_value),
        number("p_adjusted", |row| row.finding.decision.as_ref()?.p_adjusted),
        number("p_adjusted_bh", |row| row.finding.decision.as_ref()?.p_adjusted_bh),
        number("p_equivalence", |row| row.finding.decision.as_ref()?.p_equivalence),
        count("n_needed", |row| row.finding.decision.as_ref()?.n_needed),
        number("smallest_detectable", |row| row.finding.decision.as_ref()?.smallest_detectable),
        count("concerned", |row| row.finding.concerned),
        text("summary", |row| Some(row.finding.summary.clone())),
        text("remedy", |row| row.finding.remedy.clone()),
    ]
}

/// Columns of `criteria`.
pub(crate) const fn criteria<'r>() -> [FlatColumn<CriterionRow<'r>>; 14] {
    [
        count("criterion", |row| Some(row.worst.criterion.as_ref()?.index)),
        text("text", |row| Some(row.worst.criterion.as_ref()?.text.clone())),
        text("outcome", |row| word(row.worst.outcome)),
        text("severity", |row| word(row.worst.severity)),
        text("measure", |row| Some(row.worst.criterion.as_ref()?.criterion.measure.clone())),
        text("attribute", |row| match &row.worst.criterion.as_ref()?.criterion.subject {
            CriterionSubject::Overall => None,
            CriterionSubject::EachGroup { attribute }
            | CriterionSubject::Group { attribute, .. }
            | CriterionSubject::Gap { attribute, .. } => joined(attribute),
        }),
        text("comparator", |row| word(row.worst.criterion.as_ref()?.criterion.comparator)),
        number("threshold", |row| Some(row.worst.criterion.as_ref()?.criterion.threshold)),
        number("threshold_upper", |row| row.worst.criterion.as_ref()?.criterion.threshold_upper),
        text("rule", |row| word(row.worst.criterion.as_ref()?.criterion.rule)),
        text("source", |row| row.worst.criterion.as_ref()?.criterion.source.clone()),
        count("findings", |row| Some(row.findings)),
        text("worst", |row| Some(row.worst.id.clone())),
        text("summary", |row| Some(row.worst.summary.clone())),
    ]
}

pub(crate) fn finding_rows(report: &Report) -> Vec<FindingRow<'_>> {
    let measure = |id: &Option<String>| report.measures.iter().find(|measure| Some(&measure.id) == id.as_ref());
    report.findings.iter().map(|finding| FindingRow { finding, measure: measure(&finding.measure) }).collect()
}

/// A criterion over many groups stands by its worst group, as in the verdict.
pub(crate) fn criterion_rows(report: &Report) -> Vec<CriterionRow<'_>> {
    let mut rows: Vec<CriterionRow<'_>> = Vec::new();
    for finding in &report.findings {
        let Some(index) = finding.criterion.as_ref().map(|criterion| criterion.index) else { continue };
        let same = |row: &&mut CriterionRow<'_>| row.worst.criterion.as_ref().map(|found| found.index) == Some(index);
        match rows.iter_mut().find(same) {
            Some(row) => {
                row.findings += 1;
                if finding.outcome < row.worst.outcome {
                    row.worst = finding;
                }
            }
            None => rows.push(CriterionRow { worst: finding, findings: 1 }),
        }
    }
    rows.sort_by_key(|row| row.worst.criterion.as_ref().map(|criterion| criterion.index));
    rows
}

/// Whether an outcome of a finding can keep an audit from passing, as in the verdict.
pub(crate) fn counts(finding: &Finding) -> bool {
    let counts = finding.criterion.is_some() || matches!(finding.outcome, Outcome::NotMet | Outcome::Error);
    counts && finding.exception.is_none()
}

/// Names of the columns.
pub(crate) fn names<R>(columns: &[FlatColumn<R>]) -> Vec<&'static str> {
    columns.iter().map(|column| column.name).collect()
}

/// The rows as tuples.
pub(crate) fn tuples<'py, R>(
    py: Python<'py>,
    columns: &[FlatColumn<R>],
    rows: &[R],
) -> PyResult<Vec<Bound<'py, PyTuple>>> {
    let cell = |column: &FlatColumn<R>, row: &R| -> PyResult<Bound<'py, PyAny>> {
        Ok(match column.get {
            Get::Text(get) => get(row).into_pyobject(py)?,
            Get::Number(get) => get(row).into_pyobject(py)?,
            Get::Count(get) => get(row).into_pyobject(py)?,
        })
    };
    rows.iter()
        .map(|row| {
            let cells = columns.iter().map(|column| cell(column, row)).collect::<PyResult<Vec<_>>>()?;
            PyTuple::new(py, cells)
        })
        .collect()
}

/// The rows as an Arrow stream of one batch.
pub(crate) fn stream<'py, R>(
    py: Python<'py>,
    columns: &[FlatColumn<R>],
    rows: &[&R],
    requested_schema: Option<Bound<'py, PyCapsule>>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = columns
        .iter()
        .map(|column| {
            let (kind, array): (DataType, ArrayRef) = match column.get {
                Get::Text(get) => (DataType::Utf8, Arc::new(rows.iter().map(|row| get(row)).collect::<StringArray>())),
                Get::Number(get) => {
                    (DataType::Float64, Arc::new(rows.iter().map(|row| get(row)).collect::<Float64Array>()))
                }
                Get::Count(get) => {
                    let counts = rows.iter().map(|row| get(row).and_then(|count| i64::try_from(count).ok()));
                    (DataType::Int64, Arc::new(counts.collect::<Int64Array>()))
                }
            };
            (Field::new(column.name, kind, true), array)
        })
        .unzip();
    let schema = Arc::new(Schema::new(fields));
    let batch =
        RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(|error| PyValueError::new_err(error.to_string()))?;
    let field = Field::new_struct("", schema.fields().clone(), false);
    let batches = RecordBatchIterator::new([Ok::<_, ArrowError>(batch)], schema)
        .map(|batch| Ok(Arc::new(StructArray::from(batch?)) as ArrayRef));
    Ok(to_stream_pycapsule(py, Box::new(ArrayIterator::new(batches, Arc::new(field))), requested_schema)?)
}

fn attribute(subject: &Subject) -> Option<String> {
    joined(&subject.attribute)
}

fn joined(texts: &[String]) -> Option<String> {
    if texts.is_empty() { None } else { Some(texts.join(AND)) }
}

fn group(values: &[Option<String>]) -> Option<String> {
    let texts: Vec<&str> = values.iter().map(|value| value.as_deref().unwrap_or(MISSING)).collect();
    if texts.is_empty() { None } else { Some(texts.join(AND)) }
}

/// An enum as the wire spells it.
fn word(value: impl Serialize) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Some(word),
        _ => None,
    }
}
