//! The header: encoding, delimiter and names of the columns.

use crate::error::{Code, Error, Problem, Result};
use crate::table::ReadOptions;
use crate::table::csv::records::{Record, Records, Rows, on_line, size};

/// A byte order mark of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// Rows looked at by [`header_and_sample`].
const SAMPLE_ROWS: usize = 200;
/// Columns a table may have; more is a damaged file.
const MAX_COLUMNS: usize = 1 << 20;

/// What the first line says.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) delimiter: u8,
    pub(super) names: Vec<String>,
    /// Line of the file on which the first row starts.
    pub(super) next_line: u64,
    /// Whether the header ended with CR, so that an LF still belongs to it.
    pub(super) after_return: bool,
}

/// Where a byte stands relative to quotes, before the delimiter is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quoting {
    FieldStart,
    Plain,
    Quoted,
    /// After a quote that closes the field, unless another one follows.
    Closing,
}

impl Quoting {
    fn next(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::FieldStart | Self::Closing, b'"') => Self::Quoted,
            (Self::Quoted, b'"') => Self::Closing,
            (Self::Quoted, _) => Self::Quoted,
            (_, b',' | b';' | b'\t') => Self::FieldStart,
            _ => Self::Plain,
        }
    }
}

/// Collects the header line from pieces.
#[derive(Debug)]
pub(super) struct HeaderReader {
    bytes: Vec<u8>,
    quoting: Quoting,
    start_checked: bool,
    blank_lines: u64,
    after_return: bool,
}

impl HeaderReader {
    pub(super) fn new() -> Self {
        Self {
            bytes: Vec::new(),
            quoting: Quoting::FieldStart,
            start_checked: false,
            blank_lines: 0,
            after_return: false,
        }
    }

    /// Takes bytes; once the header is complete, returns it and the bytes after it.
    pub(super) fn push<'a>(&mut self, bytes: &'a [u8], limit: usize) -> Result<Option<(Header, &'a [u8])>> {
        for (position, &byte) in bytes.iter().enumerate() {
            if matches!(byte, b'\n' | b'\r') && self.quoting != Quoting::Quoted {
                if byte == b'\n' && std::mem::take(&mut self.after_return) {
                    continue;
                }
                self.after_return = byte == b'\r';
                self.check_start()?;
                if !self.bytes.is_empty() {
                    let header = self.parse()?;
                    return Ok(Some((header, &bytes[position + 1..])));
                }
                self.blank_lines += 1;
                continue;
            }
            self.after_return = false;
            self.quoting = self.quoting.next(byte);
            self.bytes.push(byte);
            if self.bytes.len() == BYTE_ORDER_MARK.len() {
                self.check_start()?;
            }
            if self.bytes.len() > limit {
                return Err(on_line(
                    Problem::new(Code::BudgetExceeded, format!("the header is longer than {}", size(limit))).hint(
                        "the first line must hold the names of the columns; check for a quote that is never closed",
                    ),
                    self.blank_lines + 1,
                ));
            }
        }
        Ok(None)
    }

    /// The header of a table that ends here.
    pub(super) fn finish(&mut self) -> Result<Header> {
        self.check_start()?;
        if self.bytes.is_empty() {
            return Err(empty());
        }
        if self.quoting == Quoting::Quoted {
            return Err(on_line(
                Problem::new(Code::FileDamaged, "a quote in the header is never closed")
                    .hint("close the quote; a quote inside a quoted name is written twice"),
                self.blank_lines + 1,
            ));
        }
        self.parse()
    }

    /// Refuses UTF-16 by its first bytes and takes off the byte order mark of UTF-8.
    fn check_start(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.start_checked, true) {
            return Ok(());
        }
        if self.bytes.starts_with(b"\xff\xfe") || self.bytes.starts_with(b"\xfe\xff") {
            return Err(Problem::new(Code::TextEncoding, "the file is UTF-16 text, not UTF-8")
                .hint("save it as UTF-8; in Excel choose the file type 'CSV UTF-8'")
                .into());
        }
        if self.bytes.starts_with(BYTE_ORDER_MARK) {
            self.bytes.clear();
            self.quoting = Quoting::FieldStart;
        }
        Ok(())
    }

    fn parse(&self) -> Result<Header> {
        let line = self.blank_lines + 1;
        if self.bytes.contains(&0) {
            return Err(on_line(
                Problem::new(Code::TextEncoding, "the header holds NUL bytes: this is not UTF-8 text")
                    .hint("save the table as CSV in UTF-8, and check that the file is not damaged"),
                line,
            ));
        }
        let delimiter = sniff_delimiter(&self.bytes);
        let mut names = Names(Ok(Vec::new()));
        let mut records = Records::new(delimiter, line, false, self.bytes.len());
        records.push(&self.bytes, &mut names)?;
        records.finish(&mut names)?;
        let names = names.0?;
        if names.iter().all(String::is_empty) {
            return Err(on_line(
                Problem::new(Code::TableEmpty, "the header holds no names")
                    .hint("the first line must hold the names of the columns"),
                line,
            ));
        }
        let inside = self.bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        Ok(Header { delimiter, names, next_line: line + inside + 1, after_return: self.after_return })
    }
}

/// Takes the names from the one record of the header.
struct Names(Result<Vec<String>>);

impl Rows for Names {
    fn record(&mut self, record: Record<'_>, line: u64) -> Result<()> {
        if record.len() > MAX_COLUMNS {
            return Err(on_line(
                Problem::new(
                    Code::BudgetExceeded,
                    format!("the header names {} columns; {MAX_COLUMNS} are allowed", record.len()),
                )
                .hint("check that the first line holds the names of the columns"),
                line,
            ));
        }
        self.0 = (0..record.len())
            .map(|field| match std::str::from_utf8(record.field(field)) {
                Ok(name) => Ok(name.to_owned()),
                Err(_) => {
                    Err(on_line(not_utf8(record.field(field)).field(format!("name of column {}", field + 1)), line))
                }
            })
            .collect();
        Ok(())
    }

    fn blank(&mut self, _line: u64) -> Result<()> {
        Ok(())
    }
}

fn empty() -> Error {
    Problem::new(Code::TableEmpty, "the table has no header: the file is empty")
        .hint("the first line must hold the names of the columns")
        .into()
}

/// The problem of a text that is not UTF-8.
pub(super) fn not_utf8(text: &[u8]) -> Problem {
    let valid = std::str::from_utf8(text).map_or_else(|error| error.valid_up_to(), |text| text.len());
    let byte = text.get(valid).copied().unwrap_or_default();
    let before = std::str::from_utf8(&text[..valid]).unwrap_or_default();
    let place = if before.is_empty() {
        String::new()
    } else {
        let tail: String = before.chars().skip(before.chars().count().saturating_sub(20)).collect();
        format!(" after {}", crate::table::problems::shown(&tail))
    };
    Problem::new(Code::TextEncoding, format!("the byte 0x{byte:02x}{place} is not UTF-8 text"))
        .hint("save the file as UTF-8; it is probably Latin-1 or Windows-1252")
}

/// The delimiter that stands most often outside quotes; on a tie comma before semicolon before tab; comma if none does.
fn sniff_delimiter(header: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoting = Quoting::FieldStart;
    for &byte in header {
        quoting = quoting.next(byte);
        if quoting == Quoting::FieldStart
            && let Some((_, count)) = counts.iter_mut().find(|(mark, _)| *mark == byte)
        {
            *count += 1;
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(delimiter, _)| *delimiter)
}

/// Names of the columns and their first values, from the first bytes of a file, for guessing roles.
/// A last row without line end is left out unless `complete` says that the file ends there.
pub fn header_and_sample(bytes: &[u8], complete: bool) -> Result<Vec<(String, Vec<String>)>> {
    let limit = ReadOptions::default().max_record_bytes;
    let mut reader = HeaderReader::new();
    let (header, rest) = match reader.push(bytes, limit)? {
        Some(found) => found,
        None => (reader.finish()?, &[][..]),
    };
    let mut records = Records::new(header.delimiter, header.next_line, header.after_return, limit);
    let mut sample = Sample { columns: header.names.into_iter().map(|name| (name, Vec::new())).collect(), rows: 0 };
    records.push(rest, &mut sample)?;
    if complete {
        records.finish(&mut sample)?;
    }
    Ok(sample.columns)
}

struct Sample {
    columns: Vec<(String, Vec<String>)>,
    rows: usize,
}

impl Rows for Sample {
    fn record(&mut self, record: Record<'_>, _line: u64) -> Result<()> {
        if self.rows < SAMPLE_ROWS && record.len() == self.columns.len() {
            self.rows += 1;
            for (field, (_, values)) in self.columns.iter_mut().enumerate() {
                values.push(String::from_utf8_lossy(record.field(field)).into_owned());
            }
        }
        Ok(())
    }

    fn blank(&mut self, _line: u64) -> Result<()> {
        Ok(())
    }
}
