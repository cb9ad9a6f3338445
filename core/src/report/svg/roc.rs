//! ROC curves.

use super::canvas::{Canvas, Ink, Paint};
use super::scale::Scale;

/// A curve as points in drawing order.
pub(in super::super) type Path<'a> = &'a [crate::findings::v1::CurvePoint];

const MOST: usize = 160;

/// Draws a curve, with another one behind it to compare with, on a square of the given width.
pub(in super::super) fn roc(
    title: &str,
    description: &str,
    curve: Path<'_>,
    behind: Option<Path<'_>>,
    width: f64,
    labels: (&str, &str),
    paint: Paint,
) -> String {
    let small = width < 250.0;
    let (left, right, top) = (34.0, width - 8.0, 8.0);
    let bottom = top + (right - left);
    let height = bottom + if small { 20.0 } else { 36.0 };
    let x = Scale::new((0.0, 1.0), (left, right));
    let y = Scale::new((0.0, 1.0), (bottom, top));
    let mut canvas = Canvas::new(paint, width, height, title, description);
    frame(&mut canvas, &x, &y, (left, right, top, bottom), small);
    if !small {
        canvas.text(Ink::Note, ((left + right) / 2.0, bottom + 32.0), "middle", labels.0);
        canvas.text(Ink::Note, (left + 8.0, top + 14.0), "start", labels.1);
    }
    canvas.line(Ink::Compare, (left, bottom), (right, top));
    let at = |point: &crate::findings::v1::CurvePoint| (x.at(point.x), y.at(point.y));
    if let Some(points) = behind {
        canvas.path(Ink::Compare, thin(points).map(at));
    }
    let banded: Vec<_> = thin(curve).filter(|point| point.lower.is_some() && point.upper.is_some()).collect();
    if banded.len() > 1 {
        let upper = banded.iter().map(|point| (x.at(point.x), y.at(point.upper.unwrap_or(point.y))));
        let lower = banded.iter().rev().map(|point| (x.at(point.x), y.at(point.lower.unwrap_or(point.y))));
        canvas.path(Ink::Band, upper.chain(lower));
    }
    canvas.path(Ink::Stroke, thin(curve).map(at));
    canvas.finish()
}

/// The frame of a unit square, with ticks at 0, ½ and 1.
pub(super) fn frame(
    canvas: &mut Canvas,
    x: &Scale,
    y: &Scale,
    (left, right, top, bottom): (f64, f64, f64, f64),
    small: bool,
) {
    canvas.path(Ink::Hairline, [(left, top), (left, bottom), (right, bottom)].into_iter());
    let ticks: &[(f64, &str)] = if small {
        &[(0.0, "0"), (0.5, "0.5"), (1.0, "1")]
    } else {
        &[(0.0, "0"), (0.25, "0.25"), (0.5, "0.5"), (0.75, "0.75"), (1.0, "1")]
    };
    for &(value, label) in ticks {
        canvas.line(Ink::Hairline, (x.at(value), bottom), (x.at(value), bottom + 4.0));
        canvas.text(Ink::Note, (x.at(value), bottom + 16.0), "middle", label);
        canvas.line(Ink::Hairline, (left - 4.0, y.at(value)), (left, y.at(value)));
        canvas.text(Ink::Note, (left - 6.0, y.at(value) + 4.0), "end", label);
    }
}

/// At most [`MOST`] points of a curve, evenly taken, both ends kept.
pub(super) fn thin(points: Path<'_>) -> impl Iterator<Item = &crate::findings::v1::CurvePoint> {
    let step = points.len().div_ceil(MOST).max(1);
    let last = points.len().saturating_sub(1);
    points
        .iter()
        .enumerate()
        .filter(move |(index, point)| {
            (index % step == 0 || *index == last) && point.x.is_finite() && point.y.is_finite()
        })
        .map(|(_, point)| point)
}
