//! Arrow record batches as a table; what needs no conversion is borrowed.
//!
//! NaN is missing under every kind. Texts follow the rules of CSV: the empty text is missing, and in a column of
//! numbers or times every text must be one. Numbers in a category are printed as RFC 8785 does, integers plainly,
//! decimals with their declared digits, dates and times as ISO 8601.

mod category;
mod dictionary;
mod key;
mod number;
mod presence;
mod text;
mod time;
mod types;

use std::ops::Range;

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::Schema;

use crate::error::{Code, Problem, Result};
use crate::table::options::MissingTexts;
use crate::table::problems::Problems;
use crate::table::select::select;
use crate::table::{Batch, Column, ColumnSpec, Kind, ReadOptions, Sink};

/// Rows looked at by [`header_and_sample`].
pub(super) const SAMPLE_ROWS: usize = 200;

/// Turns record batches of one schema into batches of the columns asked for. It keeps no state,
/// so several threads may read different batches, or pieces of one, at the same time.
#[derive(Clone, Debug)]
pub struct ArrowReader {
    columns: Vec<Option<Wanted>>,
    missing: MissingTexts,
    batch_rows: usize,
}

#[derive(Clone, Debug)]
struct Wanted {
    position: usize,
    spec: ColumnSpec,
}

impl ArrowReader {
    /// Finds the columns asked for and checks that their types can be read as asked.
    pub fn new(schema: &Schema, specs: &[ColumnSpec], options: ReadOptions) -> Result<Self> {
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let columns: Vec<Option<Wanted>> = select(specs, &names)?
            .into_iter()
            .zip(specs)
            .map(|(position, spec)| Some(Wanted { position: position?, spec: spec.clone() }))
            .collect();
        let mut problems = Problems::default();
        for wanted in columns.iter().flatten() {
            let data_type = schema.field(wanted.position).data_type();
            if !types::is_readable(data_type, wanted.spec.kind) {
                problems.push(types::unreadable(data_type, &wanted.spec));
            }
        }
        problems.into_result()?;
        Ok(Self { columns, missing: MissingTexts::new(&options.missing_values), batch_rows: options.batch_rows.max(1) })
    }

    /// Reads a whole record batch, in pieces; `first_row` is the number (from 1) of its first row.
    pub fn read(&self, batch: &RecordBatch, sink: &mut dyn Sink, first_row: u64) -> Result<()> {
        let mut problems = Problems::default();
        self.read_into(batch, sink, first_row, &mut problems)?;
        problems.into_result()
    }

    /// Ranges of rows that are worth a thread each.
    pub fn pieces(&self, rows: usize) -> impl Iterator<Item = Range<usize>> + use<> {
        let size = self.batch_rows;
        (0..rows).step_by(size).map(move |start| start..rows.min(start.saturating_add(size)))
    }

    /// Reads some rows of a record batch as one batch; `first_row` is the number (from 1) of the record batch's
    /// first row.
    pub fn read_piece(
        &self,
        batch: &RecordBatch,
        piece: Range<usize>,
        sink: &mut dyn Sink,
        first_row: u64,
    ) -> Result<()> {
        let mut problems = Problems::default();
        self.read_piece_into(batch, piece, sink, first_row, &mut problems)?;
        problems.into_result()
    }

    /// As [`read`](Self::read), for readers that gather the problems of many record batches.
    pub(super) fn read_into(
        &self,
        batch: &RecordBatch,
        sink: &mut dyn Sink,
        first_row: u64,
        problems: &mut Problems,
    ) -> Result<()> {
        for piece in self.pieces(batch.num_rows()) {
            self.read_piece_into(batch, piece, sink, first_row, problems)?;
            if problems.is_full() {
                break;
            }
        }
        Ok(())
    }

    /// Once there is a problem, the sink gets no more batches.
    fn read_piece_into(
        &self,
        batch: &RecordBatch,
        piece: Range<usize>,
        sink: &mut dyn Sink,
        first_row: u64,
        problems: &mut Problems,
    ) -> Result<()> {
        if piece.end > batch.num_rows() || piece.start > piece.end {
            return Err(Problem::new(
                Code::Internal,
                format!("rows {piece:?} were asked of a record batch of {} rows", batch.num_rows()),
            )
            .into());
        }
        let first_row = first_row + piece.start as u64;
        let rows = piece.len();
        let slices = self
            .columns
            .iter()
            .map(|wanted| match wanted {
                None => Ok(None),
                Some(wanted) if wanted.position < batch.num_columns() => {
                    Ok(Some(batch.column(wanted.position).slice(piece.start, rows)))
                }
                Some(wanted) => Err(Problem::new(Code::Internal, "a record batch has fewer columns than its schema")
                    .field(&wanted.spec.name)
                    .into()),
            })
            .collect::<Result<Vec<Option<ArrayRef>>>>()?;
        let mut columns = Vec::with_capacity(self.columns.len());
        for (wanted, slice) in self.columns.iter().zip(&slices) {
            columns.push(match (wanted, slice) {
                (Some(wanted), Some(slice)) => {
                    let mut place = Place { name: &wanted.spec.name, first_row, problems: &mut *problems };
                    Some(self.column(slice.as_ref(), &wanted.spec, &mut place)?)
                }
                _ => None,
            });
        }
        if problems.is_empty() && rows > 0 {
            sink.batch(&Batch { rows, columns }, first_row)?;
        }
        Ok(())
    }

    fn column<'a>(&self, array: &'a dyn Array, spec: &ColumnSpec, place: &mut Place<'_>) -> Result<Column<'a>> {
        if !types::is_readable(array.data_type(), spec.kind) {
            return Err(types::unreadable(array.data_type(), spec).into());
        }
        Ok(match spec.kind {
            Kind::Category => Column::Category(category::codes(array, &self.missing, place)),
            Kind::Number => Column::Number(number::numbers(array, &self.missing, place)),
            Kind::Key => Column::Key(key::keys(array, &self.missing, place)),
            Kind::Time => Column::Time(time::times(array, &self.missing, place)),
            Kind::Presence => Column::Presence { missing: presence::missing(array, &self.missing) },
        })
    }
}

/// Where the values being read stand, for messages.
struct Place<'p> {
    name: &'p str,
    first_row: u64,
    problems: &'p mut Problems,
}

impl Place<'_> {
    /// Notes a problem of a row, counted from the start of the piece.
    #[cold]
    fn problem(&mut self, row: usize, problem: Problem) {
        self.problems.push(problem.row(self.first_row + row as u64));
    }
}

/// Names of the columns and the texts of their first values, for guessing roles. A column of a type that has no text
/// has no values.
pub fn header_and_sample(batch: &RecordBatch) -> Vec<(String, Vec<String>)> {
    let mut sample = Sample::new(&batch.schema());
    sample.add(batch);
    sample.columns
}

/// Gathers the first values of every column from record batches.
pub(super) struct Sample {
    pub(super) columns: Vec<(String, Vec<String>)>,
    rows: usize,
}

impl Sample {
    pub(super) fn new(schema: &Schema) -> Self {
        Self { columns: schema.fields().iter().map(|field| (field.name().clone(), Vec::new())).collect(), rows: 0 }
    }

    #[cfg(any(feature = "parquet", feature = "ipc"))]
    pub(super) fn is_full(&self) -> bool {
        self.rows >= SAMPLE_ROWS
    }

    pub(super) fn add(&mut self, batch: &RecordBatch) {
        let rows = batch.num_rows().min(SAMPLE_ROWS - self.rows);
        self.rows += rows;
        for ((name, values), column) in self.columns.iter_mut().zip(batch.columns()) {
            if !types::is_readable(column.data_type(), Kind::Category) {
                continue;
            }
            let column = column.slice(0, rows);
            let mut problems = Problems::default();
            let mut place = Place { name, first_row: 1, problems: &mut problems };
            let codes = category::codes(column.as_ref(), &MissingTexts::default(), &mut place);
            let text = |code: &u32| codes.dictionary.get(*code as usize).map_or("", |text| text.as_ref()).to_owned();
            values.extend(codes.codes.iter().map(text));
        }
    }
}
