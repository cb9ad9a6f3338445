//! CSV: a streaming reader that takes bytes in any chunking.
//!
//! What it accepts: UTF-8 with or without a byte order mark; comma, semicolon or tab, whichever stands most often in
//! the header outside quotes (on a tie, in that order); LF, CRLF or CR; fields in double quotes with doubled quotes,
//! line ends and delimiters inside. The first line that is not blank is the header. Blank lines at the end are
//! ignored; in between, a blank line is a missing value in a table of one column and an error in any other.
//! Only columns that are asked for are decoded, and checked to be UTF-8. Nothing is skipped silently.

mod body;
mod build;
mod header;
mod records;
mod scan;

pub use header::header_and_sample;

use std::io::Read;

use crate::error::{Code, Error, Problem, Result};
use crate::table::problems::shown;
use crate::table::{ColumnSpec, ReadOptions, Sink};
use body::Body;
use header::HeaderReader;

/// Bytes handed over at once by [`read`].
const CHUNK: usize = 1 << 20;

/// Reads a CSV table pushed in pieces of any size; the batches do not depend on where it is cut.
#[derive(Debug)]
pub struct CsvReader {
    specs: Vec<ColumnSpec>,
    options: ReadOptions,
    state: State,
}

#[derive(Debug)]
enum State {
    Header(HeaderReader),
    Body(Box<Body>),
    Failed(Error),
    Finished,
}

impl CsvReader {
    /// A reader for the columns asked for.
    pub fn new(specs: &[ColumnSpec], options: ReadOptions) -> Self {
        Self { specs: specs.to_vec(), options, state: State::Header(HeaderReader::new()) }
    }

    /// Takes the next bytes of the file. After an error every further call returns it again.
    pub fn push(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> Result<()> {
        let result = self.try_push(bytes, sink);
        self.keep_error(result)
    }

    /// Ends the table and hands over the last rows.
    pub fn finish(&mut self, sink: &mut dyn Sink) -> Result<()> {
        let result = self.try_finish(sink);
        self.keep_error(result)?;
        self.state = State::Finished;
        Ok(())
    }

    /// Rows read so far.
    pub fn rows(&self) -> u64 {
        match &self.state {
            State::Body(body) => body.rows(),
            _ => 0,
        }
    }

    fn try_push(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> Result<()> {
        match &mut self.state {
            State::Header(reader) => {
                let Some((header, rest)) = reader.push(bytes, self.options.max_record_bytes)? else { return Ok(()) };
                let mut body = Box::new(Body::new(header, &self.specs, &self.options)?);
                let result = body.push(rest, sink);
                self.state = State::Body(body);
                result
            }
            State::Body(body) => body.push(bytes, sink),
            State::Failed(error) => Err(error.clone()),
            State::Finished => Err(Problem::new(Code::Internal, "bytes were pushed after the end of the table").into()),
        }
    }

    fn try_finish(&mut self, sink: &mut dyn Sink) -> Result<()> {
        match &mut self.state {
            State::Header(reader) => {
                let header = reader.finish()?;
                Body::new(header, &self.specs, &self.options)?.finish(sink)
            }
            State::Body(body) => body.finish(sink),
            State::Failed(error) => Err(error.clone()),
            State::Finished => Ok(()),
        }
    }

    fn keep_error(&mut self, result: Result<()>) -> Result<()> {
        if let Err(error) = &result {
            self.state = State::Failed(error.clone());
        }
        result
    }
}

/// Reads a whole CSV table.
pub fn read(mut input: impl Read, specs: &[ColumnSpec], options: ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut reader = CsvReader::new(specs, options);
    let mut chunk = vec![0; CHUNK];
    loop {
        match input.read(&mut chunk) {
            Ok(0) => return reader.finish(sink),
            Ok(length) => reader.push(&chunk[..length], sink)?,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(crate::table::unreadable(&error)),
        }
    }
}

/// A table of one column whose name holds another delimiter: one problem says so instead of a missing column each.
fn delimiter_hint(mut error: Error, names: &[&str]) -> Error {
    if let [name] = names
        && let Some(delimiter) = name.chars().find(|character| matches!(character, '|' | ':' | '^' | '~'))
    {
        error.problems.truncate(1);
        for problem in &mut error.problems {
            problem.message = format!("the table has one column only, {}", shown(name));
            problem.hint = Some(format!(
                "its fields seem to be separated by '{delimiter}': save it with commas, semicolons or tabs"
            ));
        }
    }
    error
}
