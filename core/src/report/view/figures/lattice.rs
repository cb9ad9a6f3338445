//! The groups of an intersection as a heat map, with the single attributes at its edges.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::catalogue;
use crate::findings::v1::{Measure, Reason};

use super::super::super::svg::{self, Cell, Matrix, Paint};
use super::super::super::{text, words};
use super::super::index::{Index, is_plain};
use super::{Figure, Panel, RATES, Strip, drawn};

/// Rows and columns of a matrix at most.
const ROWS: usize = 16;
const COLUMNS: usize = 12;
/// Columns that fit beside each other on a phone.
const NARROW: usize = 5;
/// Matrices of one figure at most.
const MATRICES: usize = 12;

/// The value of an attribute; `None` is missing.
type Level = Option<String>;

/// Matrices of two attributes, or of the first two for each value of the third.
pub(in super::super) fn lattice(index: &Index<'_>, attribute: &[String]) -> Option<Figure> {
    let (rows, columns, third) = match attribute {
        [rows, columns] => (rows, columns, None),
        [rows, columns, third] => (rows, columns, Some(third)),
        _ => return None,
    };
    let rates = shown(index, attribute, if third.is_some() { 2 } else { 4 });
    let first = rates.first()?;
    let levels = |place: usize| -> Vec<Level> {
        let levels: BTreeSet<_> =
            first.cells.values().map(|m| m.subject.group.get(place).cloned().unwrap_or_default()).collect();
        // What is missing comes last.
        let (missing, named): (Vec<_>, Vec<_>) = levels.into_iter().partition(Option::is_none);
        named.into_iter().chain(missing).collect()
    };
    let mut sides = [(rows, 0, levels(0)), (columns, 1, levels(1))];
    if sides[1].2.len() > NARROW && sides[0].2.len() < sides[1].2.len() {
        sides.swap(0, 1);
    }
    if sides[0].2.len() > ROWS || sides[1].2.len() > COLUMNS {
        return None;
    }
    let slices =
        third.map_or_else(|| vec![None], |third| levels(2).into_iter().map(|level| Some((third, level))).collect());
    let wide = sides[1].2.len() > NARROW;
    let panels: Vec<_> = rates
        .iter()
        .flat_map(|rate| slices.iter().map(|slice| panel(index, rate, &sides, slice.as_ref(), wide)))
        .take(MATRICES)
        .collect();
    let more = (rates.len() * slices.len()).saturating_sub(panels.len()) as u64;
    Some(Figure {
        title: "Intersections".to_owned(),
        note: format!(
            "Rows: {}; columns: {}. Stronger colour is larger. At the edges, set apart: each row and column as a whole. \
             Hatched: groups whose numbers are hidden.",
            text::short(sides[0].0, 60),
            text::short(sides[1].0, 60)
        ),
        layout: if wide { "wide" } else { "" },
        strips: Strip::only(panels),
        skipped: if more > 0 {
            vec![format!("{} in the JSON.", text::counted(more, "more matrix is", "more matrices are"))]
        } else {
            Vec::new()
        },
    })
}

/// One rate: by group of the intersection, and by everything else for the edges.
struct Rate<'a> {
    name: &'a str,
    cells: BTreeMap<&'a [Level], &'a Measure>,
    all: Vec<&'a Measure>,
}

/// The rates to draw: the selection rate, those that a criterion judges here by themselves or as a gap, the usual ones.
fn shown<'a>(index: &Index<'a>, attribute: &[String], most: usize) -> Vec<Rate<'a>> {
    let gaps: BTreeSet<_> = index
        .here()
        .filter(|m| m.subject.attribute == attribute && !index.judgements(m).is_empty())
        .filter_map(|m| catalogue::find(&m.name)?.of)
        .collect();
    let judged = index.judged_of_groups(attribute);
    let rank = |name: &str| match name {
        _ if name == RATES[0] => 0,
        _ if judged.contains(&name) || gaps.contains(name) => 1,
        _ => 2,
    };
    let mut names: Vec<_> = drawn(index, attribute).into_iter().map(|(name, _)| name).collect();
    names.sort_by_key(|name| rank(name));
    names
        .into_iter()
        .map(|name| Rate {
            name,
            cells: index.by_group(attribute, name).into_iter().map(|m| (m.subject.group.as_slice(), m)).collect(),
            all: index
                .here()
                .filter(|m| m.name == name && is_plain(&m.subject) && m.subject.reference.is_empty())
                .filter(|m| m.subject.attribute.len() == m.subject.group.len())
                .collect(),
        })
        .filter(|rate| rate.cells.values().any(|measure| measure.value.is_some()))
        .take(most)
        .collect()
}

/// An attribute, its place in the intersection, its values.
type Side<'a> = (&'a String, usize, Vec<Level>);

fn panel(
    index: &Index<'_>,
    rate: &Rate<'_>,
    sides: &[Side<'_>; 2],
    slice: Option<&(&String, Level)>,
    wide: bool,
) -> Panel {
    let [(first, first_place, rows), (second, second_place, columns)] = sides;
    let fixed: Vec<_> = slice.iter().map(|(attribute, level)| (*attribute, level)).collect();
    let inner = |row: &Level, column: &Level| {
        let mut group = vec![Level::default(); 2 + fixed.len()];
        group[*first_place].clone_from(row);
        group[*second_place].clone_from(column);
        if let Some((_, level)) = slice {
            group[2].clone_from(level);
        }
        rate.cells.get(group.as_slice()).map_or(Cell::Absent, |measure| cell(index, measure))
    };
    let edge = |pairs: &[(&String, &Level)]| {
        let pairs: Vec<_> = pairs.iter().chain(&fixed).copied().collect();
        rate.all.iter().find(|measure| is_of(measure, &pairs)).map_or(Cell::Absent, |measure| cell(index, measure))
    };
    let cells: Vec<Vec<Cell>> =
        rows.iter().map(|row| columns.iter().map(|column| inner(row, column)).collect()).collect();
    let hidden = cells.iter().flatten().filter(|cell| matches!(cell, Cell::Hidden)).count() as u64;
    let title = words::measure_short(rate.name);
    let subtitle = slice.map_or_else(String::new, |(attribute, level)| {
        format!("{}: {}", text::short(attribute, 60), words::level_of(level.as_deref()))
    });
    let names = |levels: &[Level]| levels.iter().map(|level| words::level_of(level.as_deref())).collect();
    let chart = Matrix {
        title: format!(
            "{title} by {} and {}{}",
            text::short(first, 60),
            text::short(second, 60),
            if subtitle.is_empty() { String::new() } else { format!(", {subtitle}") }
        ),
        description: format!(
            "The number is in each cell; stronger colour is larger. {} hidden.",
            text::counted(hidden, "cell is", "cells are")
        ),
        rows: names(rows),
        columns: names(columns),
        row_edge: rows.iter().map(|row| edge(&[(*first, row)])).collect(),
        column_edge: columns.iter().map(|column| edge(&[(*second, column)])).collect(),
        corner: edge(&[]),
        cells,
    };
    let width = if wide { svg::WIDE } else { svg::PANEL };
    Panel { title, subtitle, svg: svg::matrix(&chart, width, Paint::Page) }
}

/// Whether a measure is about the group with exactly these values, whatever the order of its attributes.
fn is_of(measure: &Measure, pairs: &[(&String, &Level)]) -> bool {
    let subject = &measure.subject;
    let here: Vec<_> = subject.attribute.iter().zip(&subject.group).collect();
    here.len() == pairs.len() && pairs.iter().all(|pair| here.contains(pair))
}

fn cell(index: &Index<'_>, measure: &Measure) -> Cell {
    match (measure.value.filter(|value| value.is_finite()), measure.undefined) {
        (Some(value), _) => Cell::Value { value, n: measure.n, outcome: index.worst(measure) },
        (None, Some(Reason::Suppressed)) => Cell::Hidden,
        (None, _) => Cell::Undefined,
    }
}
