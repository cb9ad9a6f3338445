//! ROC curves.

use super::canvas::{Ink, Paint};
use super::square::{Path, Square, thin};

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
    let mut square = Square::new(title, description, width, labels, paint);
    if let Some(points) = behind {
        square.path(Ink::Compare, points);
    }
    let banded: Vec<_> =
        thin(curve, square.most()).filter_map(|point| Some((point.x, point.lower?, point.upper?))).collect();
    if banded.len() > 1 {
        let upper = banded.iter().map(|&(x, _, upper)| square.at(x, upper));
        let lower = banded.iter().rev().map(|&(x, lower, _)| square.at(x, lower));
        let band: Vec<_> = upper.chain(lower).collect();
        square.canvas.path(Ink::Band, band.into_iter());
    }
    square.path(Ink::Stroke, curve);
    square.canvas.finish()
}
