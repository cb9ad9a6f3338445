//! A square for shares against something: what ROC curves, calibration and threshold sweeps are drawn on.

use super::canvas::{Canvas, Ink, Paint};
use super::scale::Scale;
use crate::findings::v1::CurvePoint;

/// A curve as points in drawing order.
pub(in super::super) type Path<'a> = &'a [CurvePoint];

/// Points of a curve drawn at most, and in a small square, where more could not be told apart.
const MOST: usize = 160;
const MOST_SMALL: usize = 48;

/// A framed square with ticks, to draw a curve on.
pub(super) struct Square {
    pub(super) canvas: Canvas,
    /// Too narrow for names of axes and most ticks.
    pub(super) small: bool,
    x: Scale,
    y: Scale,
    sides: (f64, f64),
}

impl Square {
    /// A square of shares against shares, with its diagonal, of the given width; `labels` name its axes.
    pub(super) fn new(title: &str, description: &str, width: f64, labels: (&str, &str), paint: Paint) -> Self {
        let mut square = Self::over(title, description, width, (0.0, 1.0), labels, paint);
        let (from, to) = (square.at(0.0, 0.0), square.at(1.0, 1.0));
        square.canvas.line(Ink::Compare, from, to);
        square
    }

    /// A square of shares against the values of a domain.
    pub(super) fn over(
        title: &str,
        description: &str,
        width: f64,
        domain: (f64, f64),
        labels: (&str, &str),
        paint: Paint,
    ) -> Self {
        let small = width < 250.0;
        let (left, right, top) = (34.0, width - 8.0, 8.0);
        let bottom = top + (right - left);
        let height = bottom + if small { 20.0 } else { 36.0 };
        let x = Scale::new(domain, (left, right));
        let y = Scale::new((0.0, 1.0), (bottom, top));
        let mut canvas = Canvas::new(paint, width, height, title, description);
        canvas.path(Ink::Hairline, [(left, top), (left, bottom), (right, bottom)].into_iter());
        let shares: &[(f64, &str)] = if small {
            &[(0.0, "0"), (0.5, "0.5"), (1.0, "1")]
        } else {
            &[(0.0, "0"), (0.25, "0.25"), (0.5, "0.5"), (0.75, "0.75"), (1.0, "1")]
        };
        let shares: Vec<_> = shares.iter().map(|&(value, label)| (value, label.to_owned())).collect();
        let across = if domain == (0.0, 1.0) { shares.clone() } else { x.ticks(if small { 3 } else { 5 }) };
        for (value, label) in across {
            canvas.line(Ink::Hairline, (x.at(value), bottom), (x.at(value), bottom + 4.0));
            canvas.text(Ink::Note, (x.at(value), bottom + 16.0), "middle", &label);
        }
        for (value, label) in shares {
            canvas.line(Ink::Hairline, (left - 4.0, y.at(value)), (left, y.at(value)));
            canvas.text(Ink::Note, (left - 6.0, y.at(value) + 4.0), "end", &label);
        }
        if !small {
            canvas.text(Ink::Note, ((left + right) / 2.0, bottom + 32.0), "middle", labels.0);
            canvas.text(Ink::Note, (left + 8.0, top + 14.0), "start", labels.1);
        }
        Self { canvas, small, x, y, sides: (left, right) }
    }

    /// The pixel of a point.
    pub(super) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x.at(x), self.y.at(y))
    }

    /// Draws the points of a curve, joined.
    pub(super) fn path(&mut self, ink: Ink, points: Path<'_>) {
        let points: Vec<_> = thin(points, self.most()).map(|point| self.at(point.x, point.y)).collect();
        self.canvas.path(ink, points.into_iter());
    }

    /// Points of a curve to draw.
    pub(super) fn most(&self) -> usize {
        if self.small { MOST_SMALL } else { MOST }
    }

    /// The pixel of the left side.
    pub(super) fn left(&self) -> f64 {
        self.sides.0
    }

    /// The pixel of the right side.
    pub(super) fn right(&self) -> f64 {
        self.sides.1
    }
}

/// At most about so many points of a curve, evenly taken, both ends kept.
pub(super) fn thin(points: Path<'_>, most: usize) -> impl Iterator<Item = &CurvePoint> {
    let step = points.len().div_ceil(most).max(1);
    let last = points.len().saturating_sub(1);
    points
        .iter()
        .enumerate()
        .filter(move |(index, point)| {
            (index % step == 0 || *index == last) && point.x.is_finite() && point.y.is_finite()
        })
        .map(|(_, point)| point)
}
