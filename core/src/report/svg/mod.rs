//! Charts as plain SVG text. They position and label what the report holds, and compute nothing else.

mod binned;
mod calibration;
mod canvas;
mod dot_and_whisker;
mod matrix;
mod roc;
mod scale;
mod sign;
mod square;
mod strip;
mod sweep;

pub(super) use binned::{Against, binned};
pub(super) use calibration::calibration;
pub(super) use canvas::{Paint, escape};
pub(super) use dot_and_whisker::{Dots, Line, Row, dot_and_whisker};
pub(super) use matrix::{Cell, Matrix, matrix};
pub(super) use roc::roc;
pub(super) use sign::sign;
pub(super) use strip::{Strip, strip};
pub(super) use sweep::{Sweep, sweep};

/// Width of a full panel: it fits a phone unscaled and tiles on wider pages.
pub(super) const PANEL: f64 = 340.0;
/// Width of a panel for what a phone cannot hold.
pub(super) const WIDE: f64 = 702.0;
/// Width of a small multiple.
pub(super) const SMALL: f64 = 164.0;
