//! An intersection of two attributes as a heat map with the number in the cell, and each attribute alone at the edges.

use crate::findings::v1::Outcome;

use super::super::text;
use super::canvas::{Canvas, Ink, Paint};

/// One cell.
#[derive(Clone, Copy, Debug)]
pub(in super::super) enum Cell {
    /// No such rows.
    Absent,
    /// Its number must stay hidden.
    Hidden,
    /// It has no number.
    Undefined,
    /// An estimate.
    Value {
        /// The estimate.
        value: f64,
        /// Rows it rests on.
        n: Option<u64>,
        /// The outcome of its criterion, if it has one.
        outcome: Option<Outcome>,
    },
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
    /// Each row over all columns.
    pub(in super::super) row_edge: Vec<Cell>,
    /// Each column over all rows.
    pub(in super::super) column_edge: Vec<Cell>,
    /// Everything.
    pub(in super::super) corner: Cell,
}

const ROW: f64 = 44.0;
const TOP: f64 = 22.0;
/// Between the cells and the edges.
const APART: f64 = 8.0;
const LETTER: f64 = 6.8;
/// What the edges are called.
const ALL: &str = "all";

/// Draws it.
pub(in super::super) fn matrix(chart: &Matrix, width: f64, paint: Paint) -> String {
    let has_edge = |edge: &[Cell]| edge.iter().any(|cell| !matches!(cell, Cell::Absent));
    let (right_edge, lower_edge) = (has_edge(&chart.row_edge), has_edge(&chart.column_edge));
    let names = chart.rows.iter().map(|row| text::width(&text::short(row, 16)));
    let longest = names.max().unwrap_or(0).max(if lower_edge { ALL.len() } else { 0 });
    let left = longest as f64 * LETTER + 10.0;
    let apart = if right_edge { APART } else { 0.0 };
    let places = chart.columns.len() + usize::from(right_edge);
    let column = ((width - left - apart) / places.max(1) as f64).min(110.0);
    let width = left + column * places as f64 + apart;
    let letters = ((column - 4.0) / LETTER).max(2.0) as usize;
    let base = TOP + ROW * chart.rows.len() as f64;
    let height = base + if lower_edge { APART + ROW } else { 0.0 } + 1.0;
    let mut pen = Pen {
        canvas: Canvas::new(paint, width, height, &chart.title, &chart.description),
        range: range(&chart.cells),
        column,
    };
    let x = |place: usize| left + column * place as f64;
    let edge_x = x(chart.columns.len()) + APART;
    for (place, name) in chart.columns.iter().enumerate() {
        let name = text::short(name, letters);
        pen.canvas.text(Ink::Label, (x(place) + column / 2.0, 14.0), "middle", &name);
    }
    if right_edge {
        pen.canvas.text(Ink::Note, (edge_x + column / 2.0, 14.0), "middle", ALL);
    }
    for (index, name) in chart.rows.iter().enumerate() {
        let y = TOP + ROW * index as f64;
        pen.canvas.text(Ink::Label, (left - 8.0, y + ROW / 2.0 + 4.0), "end", &text::short(name, 16));
        for (place, cell) in chart.cells.get(index).into_iter().flatten().enumerate().take(chart.columns.len()) {
            pen.cell(cell, (x(place), y), true);
        }
        if let Some(cell) = chart.row_edge.get(index).filter(|_| right_edge) {
            pen.cell(cell, (edge_x, y), false);
        }
    }
    if lower_edge {
        let y = base + APART;
        pen.canvas.text(Ink::Note, (left - 8.0, y + ROW / 2.0 + 4.0), "end", ALL);
        for (place, cell) in chart.column_edge.iter().enumerate().take(chart.columns.len()) {
            pen.cell(cell, (x(place), y), false);
        }
        if right_edge {
            pen.cell(&chart.corner, (edge_x, y), false);
        }
    }
    pen.canvas.finish()
}

/// The smallest and the largest value inside.
fn range(cells: &[Vec<Cell>]) -> (f64, f64) {
    let values = cells.iter().flatten().filter_map(|cell| match cell {
        Cell::Value { value, .. } if value.is_finite() => Some(*value),
        _ => None,
    });
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

struct Pen {
    canvas: Canvas,
    range: (f64, f64),
    column: f64,
}

impl Pen {
    /// A cell at its upper left corner; the edges are not tinted, for they are no groups of the intersection.
    fn cell(&mut self, cell: &Cell, (x, y): (f64, f64), inside: bool) {
        let (from, to) = ((x + 1.0, y + 1.0), (x + self.column - 1.0, y + ROW - 1.0));
        let (middle, canvas) = (x + self.column / 2.0, &mut self.canvas);
        match *cell {
            Cell::Absent if inside => canvas.text(Ink::Note, (middle, y + 27.0), "middle", "no rows"),
            Cell::Absent => {}
            Cell::Hidden => {
                canvas.hatch(Ink::Hairline, from, to);
                canvas.text(Ink::Note, (middle, y + 27.0), "middle", "hidden");
            }
            Cell::Undefined => {
                canvas.frame(Ink::Hairline, from, to);
                canvas.text(Ink::Note, (middle, y + 27.0), "middle", text::NONE);
            }
            Cell::Value { value, n, outcome } => {
                let (low, high) = self.range;
                if inside {
                    let share = if high > low { (value - low) / (high - low) } else { 0.5 };
                    canvas.tint(from, to, 0.06 + 0.3 * share);
                } else {
                    canvas.frame(Ink::Hairline, from, to);
                }
                canvas.text(Ink::Label, (middle, y + 20.0), "middle", &text::in_text(value));
                if let Some(n) = n {
                    canvas.text(Ink::Note, (middle, y + 36.0), "middle", &format!("n {}", text::count(n)));
                }
                if let Some(outcome) = outcome {
                    canvas.mark(outcome, (from.0 + 7.0, from.1 + 7.0), 3.5);
                }
            }
        }
    }
}
