//! One audit, table by table.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use arrow_array::RecordBatchReader;
use modelassay::audit::{self, Intake};
use modelassay::dossier::Dossier;
use modelassay::error::Result;
use modelassay::findings::v1::{Provenance, SourceRecord};
use modelassay::plan::{Plan, PlanTable, Sources};
use modelassay::record::sha256_hex;
use modelassay::table::ReadOptions;
use pyo3::prelude::*;

use crate::catalogue::written;
use crate::column::Column;
use crate::error::{misuse, raise};
use crate::feed::{Stop, Watch};
use crate::report::Report;
use crate::{file, stream};

/// On how many threads, and what hears of the progress.
type How = (usize, Option<Py<PyAny>>);

/// An audit in progress. Give it the tables (labels of their own first), then ask for the report.
#[pyclass(frozen, module = "modelassay._core")]
pub(crate) struct Audit {
    inner: Mutex<Option<Inner>>,
    sources: Sources,
}

struct Inner {
    audit: audit::Audit,
    read: Vec<SourceRecord>,
}

#[pymethods]
impl Audit {
    /// Reads a plan: a text named `source` in errors, a JSON object of keywords, or a text some of whose keys
    /// keywords replace.
    #[new]
    #[pyo3(signature = (text, source, keywords))]
    fn new(py: Python<'_>, text: Option<&str>, source: &str, keywords: Option<&str>) -> PyResult<Self> {
        let plan = match (text, keywords) {
            (Some(text), Some(keywords)) => Plan::parse_with_keywords(text, source, keywords),
            (Some(text), None) => Plan::parse(text, source),
            (None, keywords) => Plan::from_keywords(keywords.unwrap_or("{}")),
        };
        let (plan, sources) = plan.map_err(|error| raise(py, &error))?;
        let inner = Inner { audit: audit::Audit::new(plan), read: Vec::new() };
        Ok(Self { inner: Mutex::new(Some(inner)), sources })
    }

    /// Where the plan says the tables lie: predictions, labels, reference.
    fn sources(&self) -> (Option<&str>, Option<&str>, Option<&str>) {
        let Sources { data, labels, reference, .. } = &self.sources;
        (data.as_deref(), labels.as_deref(), reference.as_deref())
    }

    /// Where the plan says the dossier lies.
    fn dossier_source(&self) -> Option<&str> {
        self.sources.dossier.as_deref()
    }

    /// Takes the governance evidence: a text named `source` in errors. `file` says whether it came from one.
    fn read_dossier(&self, py: Python<'_>, text: &str, source: &str, file: bool) -> PyResult<()> {
        let read = Dossier::parse(text, source).and_then(|dossier| {
            let bytes = text.as_bytes();
            let record = SourceRecord {
                role: "dossier".to_owned(),
                name: source.to_owned(),
                format: if file { "text" } else { "mapping" }.to_owned(),
                bytes: file.then_some(bytes.len() as u64),
                sha256: file.then(|| sha256_hex(bytes)),
            };
            self.with(|inner| {
                inner.audit.give(dossier);
                inner.read.push(record);
                Ok(())
            })
        });
        read.map_err(|error| raise(py, &error))
    }

    /// The columns that are read from a table.
    fn columns(&self, py: Python<'_>, table: &str) -> PyResult<Vec<String>> {
        self.with(|inner| Ok(inner.audit.intake(named(table)?)?.columns().into_iter().map(|column| column.name)))
            .map(Iterator::collect)
            .map_err(|error| raise(py, &error))
    }

    /// Measures an object with the Arrow PyCapsule interface; `kind` names its type.
    #[pyo3(signature = (table, data, kind, rows, how))]
    fn read_stream(
        &self,
        py: Python<'_>,
        table: &str,
        data: &Bound<'_, PyAny>,
        kind: String,
        rows: Option<u64>,
        how: How,
    ) -> PyResult<()> {
        let stream = stream::of_object(data, &kind, table)?;
        let record = SourceRecord { name: kind, format: "arrow".to_owned(), ..SourceRecord::default() };
        self.measure_stream(py, table, stream, record, rows, how)
    }

    /// Measures columns of equal length; `source` names the type that held them, and how.
    #[pyo3(signature = (table, names, columns, source, how))]
    fn read_columns(
        &self,
        py: Python<'_>,
        table: &str,
        names: Vec<String>,
        columns: Vec<PyRef<'_, Column>>,
        source: (String, String),
        how: How,
    ) -> PyResult<()> {
        let columns: Vec<&Column> = columns.iter().map(|column| &**column).collect();
        let rows = columns.first().map(|column| column.len() as u64);
        let stream = stream::columns(&names, &columns).map_err(|error| raise(py, &error.in_source(table)))?;
        let (name, format) = source;
        let record = SourceRecord { name, format, ..SourceRecord::default() };
        self.measure_stream(py, table, stream, record, rows, how)
    }

    /// Measures a file; its format is told from its first bytes.
    #[pyo3(signature = (table, path, how))]
    fn read_file(&self, py: Python<'_>, table: &str, path: PathBuf, how: How) -> PyResult<()> {
        self.measure(py, table, |intake, options| {
            let (threads, progress) = how;
            file::measure(&path, table, intake, options, threads.max(1), progress)
        })
    }

    /// How libraries compute a check's measures or a measure, and what they would give on the predictions that were
    /// read: a JSON list, and the same in Markdown.
    fn compare_libraries(&self, py: Python<'_>, name: &str) -> PyResult<(String, String)> {
        let compared = self.with(|inner| inner.audit.compare_libraries(name));
        written(&compared.map_err(|error| raise(py, &error))?)
    }

    /// Judges what was read; ends the audit. `as_of` is an ISO 8601 date.
    #[pyo3(signature = (as_of, surface, elapsed_ms, threads))]
    fn finish(
        &self,
        py: Python<'_>,
        as_of: Option<&str>,
        surface: String,
        elapsed_ms: Option<f64>,
        threads: usize,
    ) -> PyResult<Report> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(Inner { audit, read }) = inner else { return Err(raise(py, &over())) };
        let provenance = Provenance { surface, sources: read, elapsed_ms };
        match py.detach(|| audit.on_threads(threads).finish(as_of, provenance)) {
            Ok(report) => Ok(Report::new(report)),
            Err(error) => Err(raise(py, &error)),
        }
    }
}

impl Audit {
    fn with<T>(&self, act: impl FnOnce(&mut Inner) -> Result<T>) -> Result<T> {
        match self.inner.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            Some(inner) => act(inner),
            None => Err(over()),
        }
    }

    fn measure_stream(
        &self,
        py: Python<'_>,
        table: &str,
        stream: Box<dyn RecordBatchReader + Send>,
        record: SourceRecord,
        rows: Option<u64>,
        how: How,
    ) -> PyResult<()> {
        let record = SourceRecord { role: table.to_owned(), ..record };
        self.measure(py, table, |intake, options| {
            let (threads, progress) = how;
            let watch = Watch::new(progress, rows, "rows");
            let measured = stream::measure(stream, intake, options, threads.max(1), &watch)?;
            watch.finish()?;
            Ok((measured, record))
        })
    }

    /// Measures a table without the interpreter lock, and accepts it.
    fn measure(
        &self,
        py: Python<'_>,
        table: &str,
        measure: impl FnOnce(&Intake, &ReadOptions) -> std::result::Result<(Intake, SourceRecord), Stop> + Send,
    ) -> PyResult<()> {
        let prepared = self.with(|inner| {
            let options = ReadOptions::with_missing_values(&inner.audit.plan().missing_values);
            Ok((inner.audit.intake(named(table)?)?, options))
        });
        let (intake, options) = prepared.map_err(|error| raise(py, &error))?;
        let input = |error: modelassay::error::Error| raise(py, &error.in_source(table));
        match py.detach(|| measure(&intake, &options)) {
            Ok((measured, record)) => self
                .with(|inner| {
                    inner.audit.accept(measured)?;
                    inner.read.push(record);
                    Ok(())
                })
                .map_err(input),
            Err(Stop::Input(error)) => Err(input(error)),
            Err(Stop::Python(error)) => Err(error),
        }
    }
}

fn named(table: &str) -> Result<PlanTable> {
    match table {
        "predictions" => Ok(PlanTable::Predictions),
        "labels" => Ok(PlanTable::Labels),
        "reference" => Ok(PlanTable::Reference),
        _ => Err(misuse(format!("there is no table `{table}`"))),
    }
}

fn over() -> modelassay::error::Error {
    misuse("the audit is over; make a new one")
}
