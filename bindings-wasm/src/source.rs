//! A table on its way in: its reader, and the record of where it came from.

use modelassay::audit::{Audit, Intake};
use modelassay::error::{Code, Error, Problem, Result};
use modelassay::findings::v1::SourceRecord;
use modelassay::plan::{self, Guess, PlanTable, SampledColumn};
use modelassay::table::csv::{self, CsvReader};
use modelassay::table::{Format, ReadOptions};
use sha2::{Digest, Sha256};

use crate::error::misuse;

/// Formats this module reads.
pub(crate) const FORMATS: &[&str] = if cfg!(feature = "full") { &["csv", "parquet", "arrow_ipc"] } else { &["csv"] };

/// How JavaScript calls a format.
pub(crate) fn name_of(format: Format) -> &'static str {
    match format {
        Format::Csv => "csv",
        Format::Parquet => "parquet",
        Format::ArrowIpc => "arrow_ipc",
    }
}

/// The roles of a table's columns, guessed.
pub(crate) fn guessed(bytes: Vec<u8>, format: &str, complete: bool) -> Result<Guess> {
    Ok(plan::guess(&sampled(bytes, format, complete)?))
}

/// The columns of a table, each with its first values.
pub(crate) fn sampled(bytes: Vec<u8>, format: &str, complete: bool) -> Result<Vec<SampledColumn>> {
    let columns = match format {
        "csv" => csv::header_and_sample(&bytes, complete)?,
        #[cfg(feature = "full")]
        "parquet" => modelassay::table::parquet::header_and_sample(bytes::Bytes::from(bytes))?,
        #[cfg(feature = "full")]
        "arrow_ipc" => modelassay::table::ipc::header_and_sample(std::io::Cursor::new(bytes))?,
        _ => return Err(unread(format)),
    };
    Ok(columns.into_iter().map(|(name, values)| SampledColumn { name, values }).collect())
}

/// A table that is being read.
pub(crate) struct Source {
    reader: CsvReader,
    pub(crate) intake: Intake,
    hash: Sha256,
    bytes: u64,
    role: &'static str,
    name: String,
    format: String,
}

impl Source {
    pub(crate) fn open(audit: &Audit, table: &str, format: &str, name: Option<String>) -> Result<Self> {
        let (table, role) = named(table)?;
        if !FORMATS.contains(&format) {
            return Err(unread(format).in_source(role));
        }
        let intake = audit.intake(table)?;
        let reader = CsvReader::new(&intake.columns(), options(audit));
        let name = name.unwrap_or_default();
        Ok(Self { reader, intake, hash: Sha256::new(), bytes: 0, role, name, format: format.to_owned() })
    }

    /// Takes the next bytes of a CSV file, cut anywhere.
    pub(crate) fn push(&mut self, chunk: &[u8]) -> Result<()> {
        if self.format != "csv" {
            return Err(misuse("only CSV comes in pieces; give the whole file to `file`"));
        }
        self.record(chunk);
        self.reader.push(chunk, &mut self.intake).map_err(|error| error.in_source(self.role))
    }

    /// Takes a whole file.
    pub(crate) fn file(&mut self, audit: &Audit, bytes: Vec<u8>) -> Result<()> {
        if self.format == "csv" {
            return self.push(&bytes);
        }
        self.record(&bytes);
        read_columnar(&self.format, bytes, audit, &mut self.intake).map_err(|error| error.in_source(self.role))
    }

    /// Ends the table.
    pub(crate) fn close(mut self, audit: &mut Audit) -> Result<SourceRecord> {
        if self.format == "csv" {
            self.reader.finish(&mut self.intake).map_err(|error| error.in_source(self.role))?;
        }
        audit.accept(self.intake).map_err(|error| error.in_source(self.role))?;
        let sha256 = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(SourceRecord {
            role: self.role.to_owned(),
            name: self.name,
            format: self.format.replace('_', " "),
            bytes: Some(self.bytes),
            sha256: Some(sha256),
        })
    }

    /// Rows read so far, where that is known while reading.
    pub(crate) fn rows(&self) -> u64 {
        self.reader.rows()
    }

    fn record(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }
}

fn options(audit: &Audit) -> ReadOptions {
    ReadOptions::with_missing_values(&audit.plan().missing_values)
}

fn named(table: &str) -> Result<(PlanTable, &'static str)> {
    match table {
        "predictions" => Ok((PlanTable::Predictions, "predictions")),
        "labels" => Ok((PlanTable::Labels, "labels")),
        "reference" => Ok((PlanTable::Reference, "reference")),
        _ => Err(misuse(format!("there is no table `{table}`; give `predictions`, `labels` or `reference`"))),
    }
}

fn unread(format: &str) -> Error {
    Problem::new(Code::FormatUnknown, format!("this module does not read the format `{format}`"))
        .hint(format!("it reads {}; the module `full` also reads Parquet and Arrow IPC", FORMATS.join(", ")))
        .into()
}

#[cfg(feature = "full")]
fn read_columnar(format: &str, bytes: Vec<u8>, audit: &Audit, intake: &mut Intake) -> Result<()> {
    let (columns, options) = (intake.columns(), options(audit));
    match format {
        "parquet" => modelassay::table::parquet::read(bytes::Bytes::from(bytes), &columns, options, intake),
        "arrow_ipc" => modelassay::table::ipc::read(std::io::Cursor::new(bytes), &columns, options, intake),
        _ => Err(unread(format)),
    }
}

#[cfg(not(feature = "full"))]
fn read_columnar(format: &str, _: Vec<u8>, _: &Audit, _: &mut Intake) -> Result<()> {
    Err(unread(format))
}
