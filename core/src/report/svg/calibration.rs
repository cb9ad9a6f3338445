//! Calibration: what happened against what was predicted.

use super::canvas::{Canvas, Ink, Paint};
use super::roc::{Path, frame, thin};
use super::scale::Scale;

/// Draws the points with their bands against the diagonal, on a square of the given width.
pub(in super::super) fn calibration(
    title: &str,
    description: &str,
    curve: Path<'_>,
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
    let points: Vec<_> = thin(curve).collect();
    for point in &points {
        if let (Some(lower), Some(upper)) = (point.lower, point.upper) {
            canvas.line(Ink::Stroke, (x.at(point.x), y.at(lower)), (x.at(point.x), y.at(upper)));
        }
    }
    for point in &points {
        canvas.disc(Ink::Dot, (x.at(point.x), y.at(point.y)), if small { 3.0 } else { 4.0 });
    }
    canvas.finish()
}
