//! Calibration: what happened against what was predicted.

use super::canvas::{Ink, Paint};
use super::square::{Path, Square, thin};

/// Draws the points with their intervals against the diagonal, and another curve behind them to compare with, on a square of
/// the given width.
pub(in super::super) fn calibration(
    title: &str,
    description: &str,
    curve: Path<'_>,
    behind: Option<Path<'_>>,
    width: f64,
    labels: (&str, &str),
    paint: Paint,
) -> String {
    let mut square = Square::new(title, description, width, labels, paint);
    let most = square.most();
    if let Some(points) = behind {
        square.path(Ink::Compare, points);
    }
    for point in thin(curve, most) {
        if let (Some(lower), Some(upper)) = (point.lower, point.upper) {
            let (from, to) = (square.at(point.x, lower), square.at(point.x, upper));
            square.canvas.line(Ink::Stroke, from, to);
        }
    }
    for point in thin(curve, most) {
        let (at, radius) = (square.at(point.x, point.y), if square.small { 3.0 } else { 4.0 });
        square.canvas.disc(Ink::Dot, at, radius);
    }
    square.canvas.finish()
}
