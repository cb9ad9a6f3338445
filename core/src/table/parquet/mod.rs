//! Parquet: from a file or from bytes, only the columns asked for, one row group after the other or in parallel.

mod source;

pub use source::FileSource;

use std::sync::Arc;

use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use ::parquet::file::reader::ChunkReader;
use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema};

use crate::error::{Code, Error, Location, Problem, Result};
use crate::table::arrow::{ArrowReader, SAMPLE_ROWS, Sample};
use crate::table::damage::{cut_off, damaged, guarded};
use crate::table::problems::Problems;
use crate::table::{ColumnSpec, Kind, ReadOptions, Sink};

const FORMAT: &str = "Parquet";
/// What a Parquet file starts and ends with.
const MAGIC: &[u8; 4] = b"PAR1";
/// Magic at both ends and the length of the footer.
const SMALLEST: u64 = 12;
/// Rows a table may have; a footer that claims more is damaged.
const MAX_ROWS: u64 = 1 << 40;

/// An open Parquet file. Row groups may be read by several threads at the same time.
#[derive(Debug)]
pub struct ParquetReader<R> {
    source: R,
    metadata: ArrowReaderMetadata,
    projection: ProjectionMask,
    columns: ArrowReader,
    /// Number of the first row of each row group, and one past the last row.
    first_rows: Vec<u64>,
    batch_rows: usize,
}

impl<R: ChunkReader + Clone + 'static> ParquetReader<R> {
    /// Opens a file and finds the columns asked for.
    pub fn open(source: R, specs: &[ColumnSpec], options: ReadOptions) -> Result<Self> {
        let metadata = load(&source)?;
        // Resolved against the whole schema first: messages list all columns.
        ArrowReader::new(metadata.schema(), specs, options.clone())?;
        let metadata = with_dictionaries(metadata, specs);
        let wanted: Vec<usize> = metadata
            .schema()
            .fields()
            .iter()
            .enumerate()
            .filter(|(_, field)| specs.iter().any(|spec| spec.name == *field.name()))
            .map(|(root, _)| root)
            .collect();
        let projected = metadata.schema().project(&wanted).map_err(|error| damaged(FORMAT, error))?;
        let projection = ProjectionMask::roots(metadata.parquet_schema(), wanted.iter().copied());
        check_columns(metadata.metadata(), &projection, source.len())?;
        let mut first_rows = vec![1];
        for group in metadata.metadata().row_groups() {
            let rows = u64::try_from(group.num_rows()).map_err(|_| damaged(FORMAT, "a row group has no valid size"))?;
            let next = first_rows.last().copied().unwrap_or(1) + rows;
            if rows > MAX_ROWS || next > MAX_ROWS {
                return Err(damaged(FORMAT, "its footer claims more rows than a table can have"));
            }
            first_rows.push(next);
        }
        let batch_rows = options.batch_rows.max(1);
        let columns = ArrowReader::new(&projected, specs, options)?;
        Ok(Self { source, metadata, projection, columns, first_rows, batch_rows })
    }

    /// Number of row groups.
    pub fn row_groups(&self) -> usize {
        self.first_rows.len() - 1
    }

    /// Number of rows.
    pub fn rows(&self) -> u64 {
        self.first_rows[self.row_groups()] - 1
    }

    /// Reads the whole table.
    pub fn read(&self, sink: &mut dyn Sink) -> Result<()> {
        let mut problems = Problems::default();
        for group in 0..self.row_groups() {
            self.read_group_into(group, sink, &mut problems)?;
            if problems.is_full() {
                break;
            }
        }
        problems.into_result()
    }

    /// Reads one row group.
    pub fn read_group(&self, group: usize, sink: &mut dyn Sink) -> Result<()> {
        let mut problems = Problems::default();
        self.read_group_into(group, sink, &mut problems)?;
        problems.into_result()
    }

    fn read_group_into(&self, group: usize, sink: &mut dyn Sink, problems: &mut Problems) -> Result<()> {
        let Some(&[first, next]) = self.first_rows.get(group..group + 2) else {
            return Err(Problem::new(Code::Internal, format!("the file has no row group {group}")).into());
        };
        let mut batches = guarded(FORMAT, || self.batches(group))?;
        let mut row = first;
        while let Some(batch) = guarded(FORMAT, || next_batch(&mut batches))? {
            self.columns.read_into(&batch, sink, row, problems)?;
            row += batch.num_rows() as u64;
            if problems.is_full() {
                return Ok(());
            }
        }
        if row == next { Ok(()) } else { Err(damaged(FORMAT, "a row group has fewer rows than its footer says")) }
    }

    fn batches(&self, group: usize) -> Result<ParquetRecordBatchReader> {
        ParquetRecordBatchReaderBuilder::new_with_metadata(self.source.clone(), self.metadata.clone())
            .with_row_groups(vec![group])
            .with_projection(self.projection.clone())
            .with_batch_size(self.batch_rows)
            .build()
            .map_err(|error| translated(&error))
    }
}

/// Reads a whole Parquet table.
pub fn read<R: ChunkReader + Clone + 'static>(
    source: R,
    specs: &[ColumnSpec],
    options: ReadOptions,
    sink: &mut dyn Sink,
) -> Result<()> {
    ParquetReader::open(source, specs, options)?.read(sink)
}

/// Names of the columns and the texts of their first values, for guessing roles.
pub fn header_and_sample<R: ChunkReader + Clone + 'static>(source: R) -> Result<Vec<(String, Vec<String>)>> {
    let metadata = load(&source)?;
    check_columns(metadata.metadata(), &ProjectionMask::all(), source.len())?;
    let mut sample = Sample::new(metadata.schema());
    let mut batches = guarded(FORMAT, || {
        ParquetRecordBatchReaderBuilder::new_with_metadata(source, metadata)
            .with_batch_size(SAMPLE_ROWS)
            .build()
            .map_err(|error| translated(&error))
    })?;
    while !sample.is_full()
        && let Some(batch) = guarded(FORMAT, || next_batch(&mut batches))?
    {
        sample.add(&batch);
    }
    Ok(sample.columns)
}

fn next_batch(batches: &mut ParquetRecordBatchReader) -> Result<Option<RecordBatch>> {
    batches.next().transpose().map_err(|error| damaged(FORMAT, shortened(&error.to_string())))
}

/// Reads the footer.
fn load<R: ChunkReader>(source: &R) -> Result<ArrowReaderMetadata> {
    let length = source.len();
    let start = source.get_bytes(0, length.min(4) as usize).map_err(|error| translated(&error))?;
    if length < SMALLEST || start.as_ref() != MAGIC {
        return Err(if length == 0 {
            Problem::new(Code::TableEmpty, "the Parquet file is empty").hint("copy or write it again").into()
        } else if MAGIC.starts_with(start.as_ref()) {
            cut_off(FORMAT).into()
        } else {
            Problem::new(Code::FormatUnknown, "the file is not Parquet: it does not start with 'PAR1'")
                .hint("tables are read from CSV, Parquet and Arrow")
                .into()
        });
    }
    let end = source.get_bytes(length - 8, 8).map_err(|error| translated(&error))?;
    if end.ends_with(b"PARE") {
        return Err(Problem::new(Code::FormatUnknown, "the Parquet file is encrypted")
            .hint("write it again without encryption")
            .into());
    }
    if !end.ends_with(MAGIC) {
        return Err(cut_off(FORMAT).into());
    }
    let footer = end.first_chunk::<4>().map_or(0, |bytes| u32::from_le_bytes(*bytes));
    if u64::from(footer) > length - SMALLEST {
        return Err(damaged(FORMAT, "its footer is longer than the file"));
    }
    guarded(FORMAT, || ArrowReaderMetadata::load(source, ArrowReaderOptions::new()).map_err(|error| translated(&error)))
}

/// Asks for texts that serve as categories only in the dictionary in which the file holds them.
fn with_dictionaries(metadata: ArrowReaderMetadata, specs: &[ColumnSpec]) -> ArrowReaderMetadata {
    let is_category = |field: &Field| {
        let mut kinds = specs.iter().filter(|spec| spec.name == *field.name()).map(|spec| spec.kind).peekable();
        kinds.peek().is_some() && kinds.all(|kind| matches!(kind, Kind::Category | Kind::Presence))
    };
    let fields: Vec<Arc<Field>> = metadata
        .schema()
        .fields()
        .iter()
        .map(|field| match field.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View if is_category(field) => {
                let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
                Arc::new(field.as_ref().clone().with_data_type(dictionary))
            }
            _ => field.clone(),
        })
        .collect();
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata.schema().metadata().clone()));
    let options = ArrowReaderOptions::new().with_schema(schema);
    // Where the reader cannot give dictionaries, plain texts do as well.
    guarded(FORMAT, || {
        ArrowReaderMetadata::try_new(metadata.metadata().clone(), options).map_err(|error| translated(&error))
    })
    .unwrap_or(metadata)
}

/// Checks the codec and the place of every column that will be read.
fn check_columns(metadata: &ParquetMetaData, projection: &ProjectionMask, length: u64) -> Result<()> {
    for group in metadata.row_groups() {
        for (leaf, column) in group.columns().iter().enumerate() {
            if !projection.leaf_included(leaf) {
                continue;
            }
            let path = column.column_path().string();
            let codec = match column.compression() {
                Compression::LZO => Some("LZO"),
                Compression::ZSTD(_) if !cfg!(feature = "zstd") => Some("zstd"),
                _ => None,
            };
            if let Some(codec) = codec {
                return Err(Problem::new(
                    Code::FormatUnknown,
                    format!("the column is compressed with {codec}, which this build does not read"),
                )
                .hint("write the file with snappy, gzip, brotli or lz4_raw compression")
                .field(path)
                .into());
            }
            if !lies_within(column, length) {
                return Err(Problem {
                    location: Location { field: Some(path), ..Location::default() },
                    ..cut_off(FORMAT)
                }
                .into());
            }
        }
    }
    Ok(())
}

fn lies_within(column: &ColumnChunkMetaData, length: u64) -> bool {
    let start = column.dictionary_page_offset().unwrap_or_else(|| column.data_page_offset());
    let (Ok(start), Ok(size)) = (u64::try_from(start), u64::try_from(column.compressed_size())) else { return false };
    column.num_values() >= 0
        && column.data_page_offset() >= 0
        && start.checked_add(size).is_some_and(|end| end <= length)
}

fn translated(error: &ParquetError) -> Error {
    match error {
        ParquetError::External(source) if source.is::<std::io::Error>() => {
            Problem::new(Code::FileUnreadable, format!("the file cannot be read: {source}"))
                .hint("check the path, the permissions and the disk")
                .into()
        }
        ParquetError::NYI(what) => {
            Problem::new(Code::FormatUnknown, format!("the Parquet file uses a feature that is not read: {what}"))
                .hint("write it again with the default settings of pyarrow or polars")
                .into()
        }
        ParquetError::EOF(_) | ParquetError::NeedMoreData(_) => cut_off(FORMAT).into(),
        error => damaged(FORMAT, shortened(&error.to_string())),
    }
}

/// The first line of a foreign message, without its prefix, at most 200 characters.
fn shortened(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let line = line.trim_start_matches("Parquet argument error: ").trim_start_matches("Parquet error: ");
    line.chars().take(200).collect()
}
