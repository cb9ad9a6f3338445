//! Shared by the tests of the table readers: gathers batches into plain values.

use modelassay::error::{Error, Result};
use modelassay::plan::canonical_value;
use modelassay::table::csv::CsvReader;
use modelassay::table::{Batch, Column, ColumnSpec, Kind, ReadOptions, Sink};

/// A value of a column; numbers by their bits, so that equal means identical.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Missing,
    Text(String),
    Number(u64),
    Key(u128),
    Time(i64),
}

/// The values of one column of a whole table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    Absent,
    Cells(Vec<Cell>),
    Presence(u64),
}

/// Takes batches and checks what every batch promises.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) rows: usize,
    pub(crate) batches: usize,
    pub(crate) columns: Vec<Values>,
}

impl Sink for Gathered {
    fn batch(&mut self, batch: &Batch<'_>, first_row: u64) -> Result<()> {
        assert_eq!(first_row, self.rows as u64 + 1);
        assert!(batch.rows > 0);
        if self.columns.is_empty() {
            self.columns = batch.columns.iter().map(empty).collect();
        }
        assert_eq!(self.columns.len(), batch.columns.len());
        for (gathered, column) in self.columns.iter_mut().zip(&batch.columns) {
            match (gathered, column) {
                (Values::Absent, None) => {}
                (Values::Presence(gathered), Some(Column::Presence { missing })) => *gathered += missing,
                (Values::Cells(gathered), Some(column)) => {
                    let cells = cells(column);
                    assert_eq!(cells.len(), batch.rows);
                    gathered.extend(cells);
                }
                (gathered, column) => panic!("{gathered:?} does not go with {column:?}"),
            }
        }
        self.rows += batch.rows;
        self.batches += 1;
        Ok(())
    }
}

fn empty(column: &Option<Column<'_>>) -> Values {
    match column {
        None => Values::Absent,
        Some(Column::Presence { .. }) => Values::Presence(0),
        Some(_) => Values::Cells(Vec::new()),
    }
}

fn cells(column: &Column<'_>) -> Vec<Cell> {
    match column {
        Column::Category(codes) => {
            let distinct: std::collections::BTreeSet<_> = codes.dictionary.iter().collect();
            assert_eq!(distinct.len(), codes.dictionary.len(), "a text stands twice in the dictionary");
            let text = |code: &u32| match codes.dictionary.get(*code as usize) {
                Some(text) => Cell::Text(canonical_value(text).into_owned()),
                None => {
                    assert_eq!(*code, modelassay::table::MISSING_CODE);
                    Cell::Missing
                }
            };
            codes.codes.iter().map(text).collect()
        }
        Column::Number(numbers) => (0..numbers.values.len())
            .map(|row| numbers.get(row).map_or(Cell::Missing, |value| Cell::Number(value.to_bits())))
            .collect(),
        Column::Key(keys) => keys.iter().map(|key| if *key == 0 { Cell::Missing } else { Cell::Key(*key) }).collect(),
        Column::Time(times) => times
            .iter()
            .map(|time| if *time == modelassay::table::MISSING_TIME { Cell::Missing } else { Cell::Time(*time) })
            .collect(),
        Column::Presence { .. } => unreachable!(),
    }
}

pub(crate) fn spec(name: &str, kind: Kind) -> ColumnSpec {
    ColumnSpec { name: name.to_owned(), kind, optional: false }
}

/// Reads CSV cut at the given positions.
pub(crate) fn read_csv(text: &[u8], cuts: &[usize], specs: &[ColumnSpec], options: ReadOptions) -> Result<Gathered> {
    let mut gathered = Gathered::default();
    let mut reader = CsvReader::new(specs, options);
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (text.len() + 1)).collect();
    cuts.sort_unstable();
    cuts.push(text.len());
    let mut start = 0;
    for end in cuts {
        reader.push(&text[start..end], &mut gathered)?;
        start = end;
    }
    reader.finish(&mut gathered)?;
    Ok(gathered)
}

/// Reads CSV in one piece.
pub(crate) fn csv(text: &str, specs: &[ColumnSpec]) -> Result<Gathered> {
    read_csv(text.as_bytes(), &[], specs, ReadOptions::default())
}

/// The texts of one column of a CSV, missing ones as `None`.
pub(crate) fn texts(text: &str, column: &str) -> std::result::Result<Vec<Option<String>>, Error> {
    let gathered = csv(text, &[spec(column, Kind::Category)])?;
    Ok(match gathered.columns.into_iter().next() {
        Some(Values::Cells(cells)) => cells
            .into_iter()
            .map(|cell| match cell {
                Cell::Text(text) => Some(text),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    })
}
