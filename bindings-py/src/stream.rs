//! Tables in memory: Arrow streams and columns.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator, RecordBatchOptions, RecordBatchReader};
use arrow_schema::{ArrowError, Field, Schema};
use modelassay::audit::Intake;
use modelassay::error::{Code, Problem, Result};
use modelassay::table::ReadOptions;
use modelassay::table::arrow::ArrowReader;

use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;

use crate::column::Column;
use crate::error::raise;
use crate::feed::{Stop, Watch, Watched, feed};

/// The rows that an object with the Arrow PyCapsule interface hands out.
pub(crate) fn of_object(
    data: &Bound<'_, PyAny>,
    kind: &str,
    table: &str,
) -> PyResult<Box<dyn RecordBatchReader + Send>> {
    match data.extract::<AnyRecordBatch>().and_then(AnyRecordBatch::into_reader) {
        Ok(stream) => Ok(stream),
        // Ctrl-C while a library prepares its rows is not about the rows.
        Err(error) if !error.is_instance_of::<PyException>(data.py()) => Err(error),
        Err(error) => {
            let problem = Problem::new(Code::FormatUnknown, format!("the rows of {kind} cannot be read: {error}"))
                .hint("give a whole table with named columns, such as a data frame")
                .source(table);
            let raised = raise(data.py(), &problem.into());
            raised.set_cause(data.py(), Some(error));
            Err(raised)
        }
    }
}

/// Columns as a stream of batches, cut where any of them is.
pub(crate) fn columns(names: &[String], columns: &[&Column]) -> Result<Box<dyn RecordBatchReader + Send>> {
    let rows = columns.first().map_or(0, |column| column.len());
    if let Some((name, column)) = names.iter().zip(columns).find(|(_, column)| column.len() != rows) {
        let message = format!("column '{name}' has {} values, but '{}' has {rows}", column.len(), names[0]);
        return Err(Problem::new(Code::LengthMismatch, message)
            .hint("every column of a table has one value for each row")
            .field(name)
            .into());
    }
    let fields: Vec<Field> = names
        .iter()
        .zip(columns)
        .map(|(name, column)| Field::new(name, column.chunks[0].data_type().clone(), true))
        .collect();
    let schema = Arc::new(Schema::new(fields));
    // The rest of each column: its chunk, and the first row of it that is left.
    let mut at: Vec<(usize, usize)> = vec![(0, 0); columns.len()];
    let mut batches = Vec::new();
    let mut left = rows;
    while left > 0 {
        for (column, (chunk, row)) in columns.iter().zip(&mut at) {
            while column.chunks[*chunk].len() == *row {
                (*chunk, *row) = (*chunk + 1, 0);
            }
        }
        let rows = columns
            .iter()
            .zip(&at)
            .map(|(column, (chunk, row))| column.chunks[*chunk].len() - row)
            .min()
            .unwrap_or(left)
            .min(left);
        let arrays: Vec<ArrayRef> =
            columns.iter().zip(&at).map(|(column, (chunk, row))| column.chunks[*chunk].slice(*row, rows)).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        batches.push(RecordBatch::try_new_with_options(Arc::clone(&schema), arrays, &options));
        for (_, row) in &mut at {
            *row += rows;
        }
        left -= rows;
    }
    Ok(Box::new(RecordBatchIterator::new(batches, schema)))
}

/// Measures a stream on several threads.
pub(crate) fn measure(
    stream: Box<dyn RecordBatchReader + Send>,
    intake: &Intake,
    options: &ReadOptions,
    threads: usize,
    watch: &Watch,
) -> std::result::Result<Intake, Stop> {
    let schema = stream.schema();
    let specs = intake.columns();
    let reader = ArrowReader::new(&schema, &specs, options.clone())?;
    let workers = (0..threads).map(|_| Watched::new(intake, watch, true)).collect();
    let measured = feed(
        watch,
        workers,
        |sink: &mut Watched<'_>, (batch, piece, first_row): (RecordBatch, Range<usize>, u64)| {
            reader.read_piece(&batch, piece, sink, first_row)
        },
        |give| {
            let mut first_row = 1;
            for batch in stream {
                let batch = batch.map_err(|error| broken(&error))?;
                for piece in reader.pieces(batch.num_rows()) {
                    if !give((batch.clone(), piece, first_row))? {
                        return Ok(());
                    }
                }
                first_row += batch.num_rows() as u64;
            }
            Ok(())
        },
    )?;
    Ok(merged(measured.into_iter().map(|sink| sink.intake), intake))
}

/// Adds up what several threads measured.
pub(crate) fn merged(mut measured: impl Iterator<Item = Intake>, empty: &Intake) -> Intake {
    let mut whole = measured.next().unwrap_or_else(|| empty.clone());
    for part in measured {
        whole.merge(part);
    }
    whole
}

fn broken(error: &ArrowError) -> Stop {
    let text = error.to_string();
    // pyarrow appends the traceback of the exception behind it.
    let text = text.split(". Detail: ").next().unwrap_or(&text).trim_start_matches("C Data interface error: ");
    Stop::Input(
        Problem::new(Code::FileDamaged, format!("the table ended with an error: {text}"))
            .hint("the object that hands out the rows failed; read it on its own to see why")
            .into(),
    )
}
