//! The groups of an attribute side by side, as far as the terminal is wide.

use super::super::view::{Cell, Disparity, Index, open_disparities};
use super::super::{text, words};
use super::{DIM, Page, code, cut, wrap};

/// Attributes shown, and rows of each.
const ATTRIBUTES: usize = 2;
const ROWS: usize = 6;
/// Columns that a number and its sign take, with what parts them from the ones before.
const NUMBER: usize = 12;
/// Columns that a count takes.
const COUNT: usize = 9;

impl Page {
    /// The attributes in which some group does not meet a criterion, or may not.
    pub(super) fn disparities(&mut self, index: &Index<'_>) {
        for table in open_disparities(index, ATTRIBUTES) {
            self.heading(&cut(&format!("By {}", table.head), self.width));
            self.disparity(&table);
        }
    }

    fn disparity(&mut self, table: &Disparity) {
        let rows = &table.rows[..table.rows.len().min(ROWS)];
        let longest = rows.iter().map(|row| text::width(&row.name)).max().unwrap_or(0);
        let names = longest.clamp(8, (self.width - COUNT - NUMBER).min(28));
        let columns = table.narrowed((self.width - names - COUNT) / NUMBER);
        let heads: Vec<_> = columns.iter().map(|&place| wrap(&table.columns[place].title, NUMBER - 2)).collect();
        let lines = heads.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..lines {
            let count = if line + 1 == lines { "n" } else { "" };
            let mut out = format!("{}{count:>COUNT$}", " ".repeat(names));
            for head in &heads {
                // Short heads stand at the bottom.
                let word = (line + head.len()).checked_sub(lines).and_then(|place| head.get(place));
                out.push_str(&right(word.map_or("", String::as_str), NUMBER - 2));
                out.push_str("  ");
            }
            let out = self.paint(DIM, out.trim_end());
            self.line(&out);
        }
        for row in rows {
            let name = cut(&row.name, names);
            let mut out = format!("{name}{}", " ".repeat(names - text::width(&name)));
            out.push_str(&right(&row.n, COUNT));
            for &place in &columns {
                out.push_str(&row.cells.get(place).map_or_else(|| " ".repeat(NUMBER), |cell| self.cell(cell)));
            }
            self.line(&out);
        }
        self.more(table.rows.len(), ROWS, "more group", "more groups");
    }

    /// A number and the sign of the worst answer to it.
    fn cell(&self, cell: &Cell) -> String {
        let sign = cell
            .worst()
            .map_or_else(|| " ".to_owned(), |outcome| self.paint(code(outcome), &words::sign(outcome).to_string()));
        format!("{} {sign}", right(&cut(&cell.value, NUMBER - 3), NUMBER - 2))
    }
}

/// A text at the right of so many columns.
fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(text::width(text))))
}
