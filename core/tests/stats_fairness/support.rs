//! Reading a fixture, and the largest error of a table of reference values.

use serde_json::Value;

/// A JSON number, or an infinity written as a word.
pub(crate) fn number(value: &Value) -> f64 {
    match value.as_str() {
        Some("inf") => f64::INFINITY,
        Some("-inf") => f64::NEG_INFINITY,
        Some(text) => panic!("not a number: {text}"),
        None => value.as_f64().unwrap(),
    }
}

pub(crate) fn array(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    array(value).iter().map(number).collect()
}

pub(crate) fn rows<const N: usize>(value: &Value) -> Vec<[f64; N]> {
    array(value).iter().map(|row| numbers(row).try_into().unwrap()).collect()
}

/// Collects the largest error of one table, so that a failure names its worst point and a run shows the accuracy.
pub(crate) struct Table {
    name: &'static str,
    tolerance: f64,
    points: usize,
    worst: f64,
    at: String,
}

impl Table {
    pub(crate) fn new(name: &'static str, tolerance: f64) -> Self {
        Self { name, tolerance, points: 0, worst: 0.0, at: String::new() }
    }

    /// Error relative to the reference.
    pub(crate) fn relative(&mut self, ours: f64, reference: f64, at: impl std::fmt::Debug) {
        self.scaled(ours, reference, reference.abs(), at);
    }

    /// Error in absolute terms: for a reference that is itself a difference of larger numbers.
    pub(crate) fn absolute(&mut self, ours: f64, reference: f64, at: impl std::fmt::Debug) {
        self.scaled(ours, reference, 1.0, at);
    }

    fn scaled(&mut self, ours: f64, reference: f64, scale: f64, at: impl std::fmt::Debug) {
        let error = if ours == reference { 0.0 } else { (ours - reference).abs() / scale };
        self.points += 1;
        if error.is_nan() || error > self.worst {
            self.worst = if error.is_nan() { f64::INFINITY } else { error };
            self.at = format!("{at:?}: {ours:e}, reference {reference:e}");
        }
    }

    pub(crate) fn check(self) {
        println!("{:<28} {:>5} points, largest error {:.1e}", self.name, self.points, self.worst);
        assert!(self.points > 0, "{}: no points", self.name);
        assert!(self.worst <= self.tolerance, "{}: {:e} at {}", self.name, self.worst, self.at);
    }
}
