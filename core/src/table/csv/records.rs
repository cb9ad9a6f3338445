//! Splits bytes into records: whole lines without quotes by a fast scan, all others by `csv-core`.

use csv_core::{ReadRecordResult, ReaderBuilder};

use crate::error::{Code, Error, Problem, Result};
use crate::table::csv::scan::{Marks, Stop};

/// One record; its fields lie in `bytes`, `gap` bytes apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    pub(super) bytes: &'a [u8],
    start: usize,
    ends: &'a [usize],
    gap: usize,
}

impl<'a> Record<'a> {
    /// Number of fields.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where a field lies in `bytes`.
    #[inline]
    pub(super) fn range(&self, field: usize) -> (usize, usize) {
        let start = if field == 0 { self.start } else { self.ends[field - 1] + self.gap };
        (start, self.ends[field])
    }

    /// The bytes of a field.
    #[inline]
    pub(super) fn field(&self, field: usize) -> &'a [u8] {
        let (start, end) = self.range(field);
        &self.bytes[start..end]
    }
}

/// Receives what [`Records`] finds, with the line of the file on which it starts.
pub(super) trait Rows {
    /// One record.
    fn record(&mut self, record: Record<'_>, line: u64) -> Result<()>;
    /// A blank line.
    fn blank(&mut self, line: u64) -> Result<()>;
}

/// The state between two pieces of a file.
#[derive(Debug)]
pub(super) struct Records {
    marks: Marks,
    parser: csv_core::Reader,
    /// A record that `csv-core` has begun: its bytes so far, its decoded fields and their ends.
    begun: bool,
    consumed: usize,
    output: Vec<u8>,
    written: usize,
    parsed_ends: Vec<usize>,
    fields: usize,
    inner_lines: u64,
    /// Field ends of the fast scan.
    ends: Vec<usize>,
    /// The last byte was CR, so that an LF still belongs to it.
    after_return: bool,
    line: u64,
    limit: usize,
}

impl Records {
    pub(super) fn new(delimiter: u8, line: u64, after_return: bool, limit: usize) -> Self {
        let mut parser = ReaderBuilder::new().delimiter(delimiter).build();
        // A blank line first, so that the parser takes no byte order mark off the first record it sees.
        parser.read_record(b"\n", &mut [0], &mut [0]);
        Self {
            marks: Marks::new(delimiter),
            parser,
            begun: false,
            consumed: 0,
            output: vec![0; 4096],
            written: 0,
            parsed_ends: vec![0; 64],
            fields: 0,
            inner_lines: 0,
            ends: Vec::new(),
            after_return,
            line,
            limit,
        }
    }

    /// Hands over every record that ends in these bytes.
    pub(super) fn push(&mut self, bytes: &[u8], rows: &mut impl Rows) -> Result<()> {
        let mut position = 0;
        while position < bytes.len() {
            if self.begun {
                position = self.parse(bytes, position, rows)?;
                continue;
            }
            if matches!(bytes[position], b'\n' | b'\r') {
                self.line_end(bytes[position], rows)?;
                position += 1;
                continue;
            }
            self.after_return = false;
            self.ends.clear();
            match self.marks.scan(bytes, position, &mut self.ends) {
                (Stop::LineEnd, end) => {
                    if end - position > self.limit {
                        return Err(self.too_long());
                    }
                    rows.record(Record { bytes, start: position, ends: &self.ends, gap: 1 }, self.line)?;
                    self.line += 1;
                    self.after_return = bytes[end] == b'\r';
                    position = end + 1;
                }
                (Stop::Quote | Stop::OutOfBytes, _) => {
                    (self.begun, self.consumed, self.written, self.fields, self.inner_lines) = (true, 0, 0, 0, 0);
                }
            }
        }
        Ok(())
    }

    /// Hands over a last record that no line end closes.
    pub(super) fn finish(&mut self, rows: &mut impl Rows) -> Result<()> {
        if self.begun {
            self.parse(b"\n", 0, rows)?;
        }
        if self.begun {
            return Err(on_line(
                Problem::new(Code::FileDamaged, "a quote opened in this row is never closed")
                    .hint("close the quote; a quote inside a quoted field is written twice"),
                self.line,
            ));
        }
        Ok(())
    }

    /// A line end where a record could start: the LF of a CRLF, or a blank line.
    fn line_end(&mut self, byte: u8, rows: &mut impl Rows) -> Result<()> {
        let belongs_to_return = byte == b'\n' && self.after_return;
        self.after_return = byte == b'\r';
        if !belongs_to_return {
            rows.blank(self.line)?;
            self.line += 1;
        }
        Ok(())
    }

    /// Gives bytes to `csv-core` until the record it has begun is complete; returns the position after them.
    fn parse(&mut self, bytes: &[u8], mut position: usize, rows: &mut impl Rows) -> Result<usize> {
        while position < bytes.len() {
            // At most one byte more than allowed is looked at: memory stays bounded whatever the piece.
            let end = bytes.len().min(position + (self.limit + 1).saturating_sub(self.consumed).max(1));
            let (result, read, written, ended) = self.parser.read_record(
                &bytes[position..end],
                &mut self.output[self.written..],
                &mut self.parsed_ends[self.fields..],
            );
            self.inner_lines += bytes[position..position + read].iter().filter(|byte| **byte == b'\n').count() as u64;
            position += read;
            self.consumed += read;
            self.written += written;
            self.fields += ended;
            match result {
                ReadRecordResult::OutputFull => self.output.resize(self.output.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.parsed_ends.resize(self.parsed_ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    self.begun = false;
                    let record = Record {
                        bytes: &self.output[..self.written],
                        start: 0,
                        ends: &self.parsed_ends[..self.fields],
                        gap: 0,
                    };
                    rows.record(record, self.line)?;
                    self.after_return = bytes[position - 1] == b'\r';
                    self.line += self.inner_lines + u64::from(self.after_return);
                    return Ok(position);
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
            }
            if self.consumed > self.limit {
                return Err(self.too_long());
            }
        }
        Ok(position)
    }

    fn too_long(&self) -> Error {
        on_line(
            Problem::new(Code::BudgetExceeded, format!("the row is longer than {}", size(self.limit)))
                .hint("check for a quote that is opened here and never closed"),
            self.line,
        )
    }
}

/// An error on a line of the file.
pub(super) fn on_line(mut problem: Problem, line: u64) -> Error {
    problem.location.line = Some(line);
    problem.into()
}

/// A number of bytes in words.
pub(super) fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}
