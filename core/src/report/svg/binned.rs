//! Means in bins of the prediction, with their intervals, on scales of their own.

use super::canvas::{Canvas, Ink, Paint};
use super::scale::{Scale, domain};
use super::square::{Path, thin};

/// Points drawn at most.
const MOST: usize = 48;

/// What the points are compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Against {
    /// The diagonal: y should equal x.
    Diagonal,
    /// Zero: there should be no y.
    Zero,
}

const LEFT: f64 = 52.0;
const TICKS: usize = 5;

/// Draws the points with their bands against what they should be.
pub(in super::super) fn binned(
    title: &str,
    description: &str,
    curve: Path<'_>,
    against: Against,
    width: f64,
    labels: (&str, &str),
    paint: Paint,
) -> String {
    let small = width < 250.0;
    let (right, top) = (width - 8.0, 8.0);
    let bottom = top + 0.75 * (right - LEFT);
    let any = (f64::NEG_INFINITY, f64::INFINITY);
    let xs = domain(thin(curve, MOST).map(|point| point.x), any);
    let of_y = thin(curve, MOST).flat_map(|point| [Some(point.y), point.lower, point.upper]).flatten();
    let ys = match against {
        Against::Zero => domain(of_y.chain([0.0]), any),
        Against::Diagonal => domain(of_y.chain([xs.0, xs.1]), any),
    };
    let (x, y) = (Scale::new(xs, (LEFT, right)), Scale::new(ys, (bottom, top)));
    let mut canvas = Canvas::new(paint, width, bottom + if small { 20.0 } else { 36.0 }, title, description);
    canvas.path(Ink::Hairline, [(LEFT, top), (LEFT, bottom), (right, bottom)].into_iter());
    let most = if small { 2 } else { TICKS };
    for (value, label) in x.ticks(most) {
        canvas.line(Ink::Hairline, (x.at(value), bottom), (x.at(value), bottom + 4.0));
        canvas.text(Ink::Note, (x.at(value), bottom + 16.0), "middle", &label);
    }
    for (value, label) in y.ticks(most) {
        canvas.line(Ink::Hairline, (LEFT - 4.0, y.at(value)), (LEFT, y.at(value)));
        canvas.text(Ink::Note, (LEFT - 6.0, y.at(value) + 4.0), "end", &label);
    }
    if !small {
        canvas.text(Ink::Note, ((LEFT + right) / 2.0, bottom + 32.0), "middle", labels.0);
        canvas.text(Ink::Note, (LEFT + 8.0, top + 14.0), "start", labels.1);
    }
    match against {
        Against::Zero => canvas.line(Ink::Compare, (LEFT, y.at(0.0)), (right, y.at(0.0))),
        Against::Diagonal => canvas.line(Ink::Compare, (x.at(xs.0), y.at(xs.0)), (x.at(xs.1), y.at(xs.1))),
    }
    for point in thin(curve, MOST) {
        if let (Some(lower), Some(upper)) = (point.lower, point.upper) {
            canvas.line(Ink::Stroke, (x.at(point.x), y.at(lower)), (x.at(point.x), y.at(upper)));
        }
    }
    for point in thin(curve, MOST) {
        canvas.disc(Ink::Dot, (x.at(point.x), y.at(point.y)), if small { 3.0 } else { 4.0 });
    }
    canvas.finish()
}
