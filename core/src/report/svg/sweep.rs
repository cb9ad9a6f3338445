//! What every threshold would do: a staircase with its band, over that of all rows.

use crate::findings::v1::CurvePoint;

use super::canvas::{Ink, Paint};
use super::scale;
use super::square::{Path, Square, thin};

/// What the chart shows.
#[derive(Clone, Debug)]
pub(in super::super) struct Sweep<'a> {
    /// Its name.
    pub(in super::super) title: String,
    /// What it shows, for those who do not see it.
    pub(in super::super) description: String,
    /// The rate at each threshold.
    pub(in super::super) curve: Path<'a>,
    /// The same of all rows.
    pub(in super::super) behind: Path<'a>,
    /// The threshold of the plan.
    pub(in super::super) threshold: Option<f64>,
}

/// Draws it at the given width.
pub(in super::super) fn sweep(chart: &Sweep<'_>, width: f64, paint: Paint) -> String {
    let everywhere = if chart.behind.is_empty() { chart.curve } else { chart.behind };
    let known = everywhere.iter().map(|point| point.x).chain(chart.threshold);
    let domain = scale::domain(known, (f64::NEG_INFINITY, f64::INFINITY));
    let mut square = Square::over(&chart.title, &chart.description, width, domain, ("Threshold", "Share"), paint);
    if !chart.behind.is_empty() {
        let steps = stairs(&square, chart.behind, |point| Some(point.y));
        square.canvas.path(Ink::Compare, steps.into_iter());
    }
    let upper = stairs(&square, chart.curve, |point| point.upper);
    let lower = stairs(&square, chart.curve, |point| point.lower);
    if !upper.is_empty() && !lower.is_empty() {
        square.canvas.path(Ink::Band, upper.into_iter().chain(lower.into_iter().rev()));
    }
    let steps = stairs(&square, chart.curve, |point| Some(point.y));
    square.canvas.path(Ink::Stroke, steps.into_iter());
    if let Some(threshold) = chart.threshold.filter(|threshold| threshold.is_finite()) {
        square.canvas.line(Ink::Limit, square.at(threshold, 0.0), square.at(threshold, 1.0));
        if let Some(point) = chart.curve.iter().find(|point| point.x == threshold && point.y.is_finite()) {
            let at = square.at(point.x, point.y);
            square.canvas.disc(Ink::Dot, at, 3.5);
        }
    }
    square.canvas.finish()
}

/// The corners of the stairs: each point holds from the one before it, and the first and the last to the edges.
fn stairs(square: &Square, curve: Path<'_>, y: impl Fn(&CurvePoint) -> Option<f64>) -> Vec<(f64, f64)> {
    let mut corners = Vec::new();
    let mut from = square.left();
    for point in thin(curve, square.most()) {
        let Some(y) = y(point).filter(|y| y.is_finite()) else { continue };
        let to = square.at(point.x, y);
        corners.push((from, to.1));
        corners.push(to);
        from = to.0;
    }
    if let Some(&(_, y)) = corners.last() {
        corners.push((square.right(), y));
    }
    corners
}
