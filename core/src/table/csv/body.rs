//! The rows below the header: checks their length and turns the columns asked for into batches.

use crate::error::{Code, Problem, Result};
use crate::table::csv::build::Builder;
use crate::table::csv::header::Header;
use crate::table::csv::records::{Record, Records, Rows};
use crate::table::options::MissingTexts;
use crate::table::problems::Problems;
use crate::table::select::select;
use crate::table::{Batch, ColumnSpec, ReadOptions, Sink};

/// A batch ends early once its distinct texts take this many bytes.
const MAX_BATCH_TEXT: usize = 32 << 20;

/// Everything after the header.
#[derive(Debug)]
pub(super) struct Body {
    records: Records,
    decoder: Decoder,
}

impl Body {
    pub(super) fn new(header: Header, specs: &[ColumnSpec], options: &ReadOptions) -> Result<Self> {
        let names: Vec<&str> = header.names.iter().map(String::as_str).collect();
        let positions = select(specs, &names).map_err(|error| crate::table::csv::delimiter_hint(error, &names))?;
        let columns = positions
            .iter()
            .zip(specs)
            .map(|(position, spec)| {
                position.map(|field| Wanted { field, name: spec.name.clone(), builder: Builder::new(spec.kind) })
            })
            .collect();
        Ok(Self {
            records: Records::new(header.delimiter, header.next_line, header.after_return, options.max_record_bytes),
            decoder: Decoder {
                width: header.names.len(),
                delimiter: header.delimiter,
                columns,
                missing: MissingTexts::new(&options.missing_values),
                batch_rows: options.batch_rows.max(1),
                rows: 0,
                pending: 0,
                blanks: None,
                problems: Problems::default(),
            },
        })
    }

    pub(super) fn rows(&self) -> u64 {
        self.decoder.rows
    }

    pub(super) fn push(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> Result<()> {
        self.records.push(bytes, &mut self.decoder.towards(sink))
    }

    pub(super) fn finish(&mut self, sink: &mut dyn Sink) -> Result<()> {
        if let Err(error) = self.records.finish(&mut self.decoder.towards(sink)) {
            for problem in error.problems {
                self.decoder.problems.push(problem);
            }
        }
        std::mem::take(&mut self.decoder.problems).into_result()?;
        self.decoder.hand_over(sink)
    }
}

#[derive(Debug)]
struct Wanted {
    field: usize,
    name: String,
    builder: Builder,
}

/// Turns records into columns.
#[derive(Debug)]
struct Decoder {
    width: usize,
    delimiter: u8,
    columns: Vec<Option<Wanted>>,
    missing: MissingTexts,
    batch_rows: usize,
    /// Rows read, and those of them not handed over yet.
    rows: u64,
    pending: usize,
    /// Blank lines since the last row: how many, and the line of the first.
    blanks: Option<(u64, u64)>,
    problems: Problems,
}

impl Decoder {
    fn towards<'d, 's>(&'d mut self, sink: &'s mut dyn Sink) -> IntoSink<'d, 's> {
        IntoSink { decoder: self, sink }
    }

    /// Gives the rows gathered so far to the sink.
    fn hand_over(&mut self, sink: &mut dyn Sink) -> Result<()> {
        if self.pending == 0 {
            return Ok(());
        }
        if self.problems.is_empty() {
            let batch = Batch {
                rows: self.pending,
                columns: self.columns.iter().map(|wanted| Some(wanted.as_ref()?.builder.column())).collect(),
            };
            sink.batch(&batch, self.rows - self.pending as u64 + 1)?;
        }
        self.pending = 0;
        for wanted in self.columns.iter_mut().flatten() {
            wanted.builder.clear();
        }
        Ok(())
    }

    fn end_row(&mut self, sink: &mut dyn Sink) -> Result<()> {
        self.pending += 1;
        let is_full = self.pending >= self.batch_rows
            || (self.pending.is_multiple_of(256)
                && self.columns.iter().flatten().map(|wanted| wanted.builder.text_bytes()).sum::<usize>()
                    > MAX_BATCH_TEXT);
        if is_full { self.hand_over(sink) } else { Ok(()) }
    }

    /// Notes a problem; at the last one that is told, reading stops.
    fn problem(&mut self, mut problem: Problem, line: u64) -> Result<()> {
        problem.location.line = Some(line);
        problem.location.row = Some(self.rows);
        self.problems.push(problem);
        if self.problems.is_full() { std::mem::take(&mut self.problems).into_result() } else { Ok(()) }
    }

    #[cold]
    fn wrong_length(&self, record: &Record<'_>) -> Problem {
        if (0..record.len()).any(|field| record.field(field).contains(&0)) {
            return Problem::new(Code::FileDamaged, "the row holds NUL bytes")
                .hint("the file is damaged or was not written to its end: write it again");
        }
        let delimiter = match self.delimiter {
            b';' => "semicolon",
            b'\t' => "tab",
            _ => "comma",
        };
        let hint = if record.len() > self.width {
            format!("put texts that hold a {delimiter} in double quotes")
        } else {
            "check whether the row was cut off, or a quote or line end is misplaced".to_owned()
        };
        Problem::new(
            Code::RowLength,
            format!("the row has {}; the header has {}", fields(record.len()), fields(self.width)),
        )
        .hint(hint)
    }
}

fn fields(count: usize) -> String {
    if count == 1 { "1 field".to_owned() } else { format!("{count} fields") }
}

struct IntoSink<'d, 's> {
    decoder: &'d mut Decoder,
    sink: &'s mut dyn Sink,
}

impl IntoSink<'_, '_> {
    /// Blank lines turn out to stand between rows, not at the end.
    #[cold]
    fn settle_blanks(&mut self, count: u64, line: u64) -> Result<()> {
        if self.decoder.width > 1 {
            self.decoder.rows += count;
            let first = self.decoder.rows - count + 1;
            let rows = std::mem::replace(&mut self.decoder.rows, first);
            let problem = Problem::new(Code::RowLength, "there is a blank line between the rows")
                .hint("remove it; blank lines are ignored at the end of the file only");
            self.decoder.problem(problem, line)?;
            self.decoder.rows = rows;
            return Ok(());
        }
        for _ in 0..count {
            self.decoder.rows += 1;
            for wanted in self.decoder.columns.iter_mut().flatten() {
                wanted.builder.push_missing();
            }
            self.decoder.end_row(self.sink)?;
        }
        Ok(())
    }
}

impl Rows for IntoSink<'_, '_> {
    #[inline]
    fn record(&mut self, record: Record<'_>, line: u64) -> Result<()> {
        if let Some((count, first_line)) = self.decoder.blanks.take() {
            self.settle_blanks(count, first_line)?;
        }
        let decoder = &mut *self.decoder;
        decoder.rows += 1;
        if record.len() != decoder.width {
            let problem = decoder.wrong_length(&record);
            return decoder.problem(problem, line);
        }
        for index in 0..decoder.columns.len() {
            let Some(wanted) = &mut decoder.columns[index] else { continue };
            if let Some(problem) = wanted.builder.push(&record, wanted.field, &wanted.name, &decoder.missing) {
                decoder.problem(problem, line)?;
            }
        }
        decoder.end_row(self.sink)
    }

    fn blank(&mut self, line: u64) -> Result<()> {
        let (count, first_line) = self.decoder.blanks.unwrap_or((0, line));
        self.decoder.blanks = Some((count + 1, first_line));
        Ok(())
    }
}
