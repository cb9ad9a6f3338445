//! The unit square on which ROC and calibration curves are drawn.

use super::canvas::{Canvas, Ink, Paint};
use super::scale::Scale;
use crate::findings::v1::CurvePoint;

/// A curve as points in drawing order.
pub(in super::super) type Path<'a> = &'a [CurvePoint];

const MOST: usize = 160;

/// A framed square with ticks and its diagonal, to draw a curve on.
pub(super) struct Square {
    pub(super) canvas: Canvas,
    /// Too narrow for names of axes and most ticks.
    pub(super) small: bool,
    x: Scale,
    y: Scale,
}

impl Square {
    /// A square of the given width; `labels` name its axes.
    pub(super) fn new(title: &str, description: &str, width: f64, labels: (&str, &str), paint: Paint) -> Self {
        let small = width < 250.0;
        let (left, right, top) = (34.0, width - 8.0, 8.0);
        let bottom = top + (right - left);
        let height = bottom + if small { 20.0 } else { 36.0 };
        let x = Scale::new((0.0, 1.0), (left, right));
        let y = Scale::new((0.0, 1.0), (bottom, top));
        let mut canvas = Canvas::new(paint, width, height, title, description);
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
        if !small {
            canvas.text(Ink::Note, ((left + right) / 2.0, bottom + 32.0), "middle", labels.0);
            canvas.text(Ink::Note, (left + 8.0, top + 14.0), "start", labels.1);
        }
        canvas.line(Ink::Compare, (left, bottom), (right, top));
        Self { canvas, small, x, y }
    }

    /// The pixel of a point.
    pub(super) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x.at(x), self.y.at(y))
    }
}

/// At most [`MOST`] points of a curve, evenly taken, both ends kept.
pub(super) fn thin(points: Path<'_>) -> impl Iterator<Item = &CurvePoint> {
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
