//! A finished audit: what the core computed, and its renderings.

use modelassay::findings::v1;
use modelassay::report;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::flat::{self, FlatColumn};

/// A report.
#[pyclass(frozen, module = "modelassay._core")]
pub(crate) struct Report {
    report: v1::Report,
}

impl Report {
    pub(crate) fn new(report: v1::Report) -> Self {
        Self { report }
    }
}

#[pymethods]
impl Report {
    /// Reads the JSON of a report.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        serde_json::from_str(text).map(Self::new).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// The report as JSON; `indent` makes it readable.
    fn json(&self, py: Python<'_>, indent: bool) -> PyResult<String> {
        let text = py.detach(|| {
            if indent { serde_json::to_string_pretty(&self.report) } else { serde_json::to_string(&self.report) }
        });
        text.map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// Identity of everything that was computed.
    #[getter]
    fn digest(&self) -> &str {
        &self.report.digest
    }

    /// The verdict with its denominators, as JSON.
    fn verdict(&self) -> PyResult<String> {
        serde_json::to_string(&self.report.verdict).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// One self-contained HTML file.
    fn html(&self, py: Python<'_>) -> String {
        py.detach(|| report::html(&self.report))
    }

    /// The compact view of a notebook.
    fn notebook(&self, py: Python<'_>) -> String {
        py.detach(|| report::notebook(&self.report))
    }

    /// The summary for a terminal of so many columns.
    fn terminal(&self, py: Python<'_>, colour: bool, width: usize) -> String {
        py.detach(|| report::terminal(&self.report, colour, width))
    }

    /// Names of the columns of a table: `measures`, `findings` or `criteria`.
    #[staticmethod]
    fn columns(table: &str) -> PyResult<Vec<&'static str>> {
        match table {
            "measures" => Ok(flat::names(&flat::measures())),
            "findings" => Ok(flat::names(&flat::findings())),
            "criteria" => Ok(flat::names(&flat::criteria())),
            _ => Err(no_table(table)),
        }
    }

    /// The rows of a table, as tuples.
    fn rows<'py>(&self, py: Python<'py>, table: &str) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        match table {
            "measures" => flat::tuples(py, &flat::measures(), &self.report.measures.iter().collect::<Vec<_>>()),
            "findings" => flat::tuples(py, &flat::findings(), &flat::finding_rows(&self.report)),
            "criteria" => flat::tuples(py, &flat::criteria(), &flat::criterion_rows(&self.report)),
            _ => Err(no_table(table)),
        }
    }

    /// The rows of a table at some places as an Arrow stream; all of them when no places are given.
    #[pyo3(signature = (table, places, requested_schema))]
    fn stream<'py>(
        &self,
        py: Python<'py>,
        table: &str,
        places: Option<Vec<usize>>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let places = places.as_deref();
        match table {
            "measures" => {
                let rows: Vec<_> = self.report.measures.iter().collect();
                some(py, &flat::measures(), &rows, places, requested_schema)
            }
            "findings" => some(py, &flat::findings(), &flat::finding_rows(&self.report), places, requested_schema),
            "criteria" => some(py, &flat::criteria(), &flat::criterion_rows(&self.report), places, requested_schema),
            _ => Err(no_table(table)),
        }
    }

    /// Places of the findings that can keep an audit from passing.
    fn counting(&self) -> Vec<usize> {
        let findings = self.report.findings.iter().enumerate();
        findings.filter(|(_, finding)| flat::counts(finding)).map(|(place, _)| place).collect()
    }
}

fn some<'py, R>(
    py: Python<'py>,
    columns: &[FlatColumn<R>],
    rows: &[R],
    places: Option<&[usize]>,
    requested_schema: Option<Bound<'py, PyCapsule>>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let rows: Vec<&R> = match places {
        Some(places) => places.iter().filter_map(|&place| rows.get(place)).collect(),
        None => rows.iter().collect(),
    };
    flat::stream(py, columns, &rows, requested_schema)
}

fn no_table(table: &str) -> PyErr {
    PyValueError::new_err(format!("there is no table `{table}`"))
}
