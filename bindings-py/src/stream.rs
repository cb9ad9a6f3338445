//! Tables in memory: Arrow streams and columns.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator, RecordBatchOptions, RecordBatchReader};
use arrow_schema::{ArrowError, Field, Schema};
use modelassay::audit::Intake;
use modelassay::error::{Code, Problem, Result};
use modelassay::table::ReadOptions;
use modelassay::table::arrow::ArrowReader;

use crate::column::Column;
use crate::feed::{Stop, Watch, Watched, feed};

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
        let arrays: Vec<ArrayRef> = columns
            .iter()
            .zip(&at)
            .map(|(column, (chunk, row))| column.chunks[*chunk].slice(*row, rows))
            .collect();
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
    Stop::Input(
        Problem::new(Code::FileDamaged, format!("the table ended with an error: {error}"))
            .hint("the object that hands out the rows failed; read it on its own to see why")
            .into(),
    )
}
