//! An intersection of two attributes as a matrix with the number in the cell.

use super::super::text;
use super::canvas::{Canvas, Ink, Paint};

/// One cell.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Cell {
    /// The estimate, if it may be shown and exists.
    pub(in super::super) value: Option<f64>,
    /// Rows it rests on.
    pub(in super::super) n: Option<u64>,
}

/// What the chart shows.
#[derive(Clone, Debug)]
pub(in super::super) struct Matrix {
    /// Its name.
    pub(in super::super) title: String,
    /// What it shows, for those who do not see it.
    pub(in super::super) description: String,
    /// Names of the rows.
    pub(in super::super) rows: Vec<String>,
    /// Names of the columns.
    pub(in super::super) columns: Vec<String>,
    /// Cells by row, then column.
    pub(in super::super) cells: Vec<Vec<Cell>>,
}

const ROW: f64 = 44.0;
const TOP: f64 = 22.0;
const LETTER: f64 = 6.8;

/// Draws it.
pub(in super::super) fn matrix(chart: &Matrix, width: f64, paint: Paint) -> String {
    let longest = chart.rows.iter().map(|row| text::width(&text::short(row, 16))).max().unwrap_or(0);
    let left = longest as f64 * LETTER + 10.0;
    let column = ((width - left) / chart.columns.len().max(1) as f64).min(120.0);
    let width = left + column * chart.columns.len() as f64;
    let letters = ((column - 4.0) / LETTER).max(2.0) as usize;
    let height = TOP + ROW * chart.rows.len() as f64 + 1.0;
    let mut canvas = Canvas::new(paint, width, height, &chart.title, &chart.description);

    let values = chart.cells.iter().flatten().filter_map(|cell| cell.value).filter(|value| value.is_finite());
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    for (index, name) in chart.columns.iter().enumerate() {
        let x = left + column * (index as f64 + 0.5);
        canvas.text(Ink::Label, (x, 14.0), "middle", &text::short(name, letters));
    }
    for (index, name) in chart.rows.iter().enumerate() {
        let y = TOP + ROW * index as f64;
        canvas.text(Ink::Label, (left - 8.0, y + ROW / 2.0 + 4.0), "end", &text::short(name, 16));
        for (place, cell) in chart.cells.get(index).into_iter().flatten().enumerate().take(chart.columns.len()) {
            let x = left + column * place as f64;
            let (from, to) = ((x + 1.0, y + 1.0), (x + column - 1.0, y + ROW - 1.0));
            let middle = x + column / 2.0;
            match cell.value.filter(|value| value.is_finite()) {
                Some(value) => {
                    let share = if high > low { (value - low) / (high - low) } else { 0.5 };
                    canvas.tint(from, to, 0.06 + 0.3 * share);
                    canvas.text(Ink::Label, (middle, y + 20.0), "middle", &text::in_text(value));
                }
                None => {
                    canvas.path(Ink::Hairline, [from, (to.0, from.1), to, (from.0, to.1), from].into_iter());
                    canvas.text(Ink::Note, (middle, y + 20.0), "middle", text::NONE);
                }
            }
            if let Some(n) = cell.n {
                canvas.text(Ink::Note, (middle, y + 36.0), "middle", &format!("n {}", text::count(n)));
            }
        }
    }
    canvas.finish()
}
