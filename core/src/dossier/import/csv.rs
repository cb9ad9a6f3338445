//! A table in CSV, of which every column is accounted for: what no importer asked for is listed as unread.

use std::cell::RefCell;
use std::collections::BTreeSet;

use csv_core::{ReadRecordResult, Reader};

use super::draft::Given;
use super::source::check_size;
use super::{From, Unread};
use crate::error::{Code, Problem, Result};
use crate::yaml::words::bare;

/// The line of a row and its cells.
type Cells = (u64, Vec<String>);

/// A table with its header.
pub(super) struct Table {
    file: String,
    /// Names of the columns as importers ask for them: `Last used` is `last_used`.
    names: Vec<String>,
    rows: Vec<Cells>,
    seen: RefCell<BTreeSet<usize>>,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Table,
    line: u64,
    cells: &'t [String],
}

impl Table {
    pub(super) fn parse(file: &str, text: &str) -> Result<Self> {
        check_size(file, text)?;
        let mut rows = rows(file, text.strip_prefix('\u{feff}').unwrap_or(text))?.into_iter();
        let (_, header) = rows.next().unwrap_or_default();
        let names = header.iter().map(|name| name.trim().to_lowercase().replace([' ', '-'], "_")).collect();
        Ok(Self { file: file.to_owned(), names, rows: rows.collect(), seen: RefCell::default() })
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.names.iter().any(|name| name == column)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { table: self, line: *line, cells })
    }

    fn from(&self, line: u64, column: &str) -> From {
        From { file: self.file.clone(), line: Some(line), key: bare(column) }
    }

    /// What nobody asked for: columns, and cells under none. Without rows nothing is left out.
    pub(super) fn unread(self) -> Vec<Unread> {
        let note =
            |line, column: &str, why: &str| Unread { from: self.from(line, column), why: why.to_owned(), count: 1 };
        let seen = self.seen.borrow();
        let columns = self.names.iter().enumerate().filter(|(place, _)| !self.rows.is_empty() && !seen.contains(place));
        let columns = columns.map(|(_, name)| note(1, name, "a column without a place in a dossier"));
        let long = self.rows.iter().filter(|(_, cells)| cells.len() > self.names.len());
        columns.chain(long.map(|(line, _)| note(*line, "", "a row with more cells than there are columns"))).collect()
    }
}

impl Row<'_> {
    /// The text in a column, where there is one.
    pub(super) fn text(&self, column: &str) -> Option<Given> {
        let place = self.table.names.iter().position(|name| name == column)?;
        self.table.seen.borrow_mut().insert(place);
        let text = self.cells.get(place)?.trim();
        (!text.is_empty()).then(|| Given { text: text.to_owned(), from: self.table.from(self.line, column) })
    }

    /// The text in the first of several columns that has one.
    pub(super) fn text_any(&self, columns: &[&str]) -> Option<Given> {
        columns.iter().filter_map(|column| self.text(column)).next()
    }

    /// Where it stands.
    pub(super) fn origin(&self) -> From {
        self.table.from(self.line, "")
    }
}

/// Rows with the line on which each starts.
fn rows(file: &str, text: &str) -> Result<Vec<Cells>> {
    let mut reader = Reader::new();
    // The last row ends as the others do.
    let text = format!("{text}\n");
    let (mut field, mut ends) = (vec![0; text.len()], vec![0; text.len() + 1]);
    let (mut rest, mut out) = (text.as_bytes(), Vec::new());
    loop {
        let line = reader.line();
        let (result, read, written, fields) = reader.read_record(rest, &mut field, &mut ends);
        rest = &rest[read..];
        if result == ReadRecordResult::Record {
            let starts = std::iter::once(0).chain(ends.iter().copied());
            let cell = |(start, end): (usize, &usize)| String::from_utf8_lossy(&field[start..*end]).into_owned();
            out.push((line, starts.zip(&ends[..fields]).map(cell).collect()));
        } else if written + fields > 0 {
            let problem = Problem::new(Code::FileDamaged, "a quotation mark is not closed").source(file).at(line, 1);
            return Err(problem.hint("close it, or write two of them for one within a text").into());
        } else {
            return Ok(out);
        }
    }
}
