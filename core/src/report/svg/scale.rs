//! From values to pixels.

use super::super::text;

/// A linear scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    domain: (f64, f64),
    range: (f64, f64),
}

impl Scale {
    /// Maps the domain onto the range of pixels.
    pub(super) fn new(domain: (f64, f64), range: (f64, f64)) -> Self {
        Self { domain, range }
    }

    /// The pixel of a value, held inside the range.
    pub(super) fn at(&self, value: f64) -> f64 {
        let (low, high) = self.domain;
        let share = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.5 };
        let share = if share.is_nan() { 0.5 } else { share };
        self.range.0 + share * (self.range.1 - self.range.0)
    }

    /// Whether the scale shows a value without moving it.
    pub(super) fn shows(&self, value: f64) -> bool {
        value >= self.domain.0 && value <= self.domain.1
    }

    /// Round values inside the domain, at most `most` of them, each with its label.
    pub(super) fn ticks(&self, most: usize) -> Vec<(f64, String)> {
        let (low, high) = self.domain;
        let span = high - low;
        let mut step = 1e-12;
        let mut next = [2.0, 2.5, 2.0].into_iter().cycle();
        while span / step > most.max(1) as f64 + 1e-6 && step < 1e18 {
            step *= next.next().unwrap_or(2.0);
        }
        let first = (low / step - 1e-9).ceil();
        (0..=most)
            .map(|index| (first + index as f64) * step)
            .take_while(|&value| value <= high + step * 1e-9)
            .map(|value| (value, tick_label(value, step)))
            .collect()
    }
}

/// Every tick of an axis with the same number of decimals.
fn tick_label(value: f64, step: f64) -> String {
    if value.abs() < step / 2.0 {
        return "0".to_owned();
    }
    if !(1e-5..1e9).contains(&step) {
        return text::significant(value, 2);
    }
    let mut decimals = 0;
    let mut unit = 1.0;
    while unit > step * 1.000_001 && decimals < 6 {
        unit /= 10.0;
        decimals += 1;
    }
    format!("{}{:.*}", if value < 0.0 { "−" } else { "" }, decimals, value.abs())
}

/// A domain that holds all finite values with some air, inside the natural limits of the measure.
pub(super) fn domain(values: impl Iterator<Item = f64>, natural: (f64, f64)) -> (f64, f64) {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.filter(|value| value.is_finite()) {
        low = low.min(value);
        high = high.max(value);
    }
    if low > high {
        (low, high) =
            (if natural.0.is_finite() { natural.0 } else { 0.0 }, if natural.1.is_finite() { natural.1 } else { 1.0 });
    }
    let span = (high - low).max(high.abs().max(low.abs()) * 1e-6).max(1e-9);
    let air = 0.08 * span;
    let widen = |limit: f64, to: f64, inside: bool| if inside { limit } else { to };
    (
        widen(natural.0, low - air, low >= natural.0 && low - air < natural.0),
        widen(natural.1, high + air, high <= natural.1 && high + air > natural.1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let labels = |domain, most| {
            Scale::new(domain, (0.0, 100.0)).ticks(most).into_iter().map(|(_, label)| label).collect::<Vec<_>>()
        };
        assert_eq!(labels((0.0, 1.0), 5), ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels((0.61, 0.93), 4), ["0.7", "0.8", "0.9"]);
        assert_eq!(labels((-0.12, 0.03), 4), ["−0.10", "−0.05", "0"]);
        assert_eq!(labels((0.0, 1200.0), 4), ["0", "500", "1000"]);
        assert!(labels((f64::NAN, 1.0), 4).len() <= 5);
        assert!(labels((0.5, 0.5), 4).len() <= 5);
    }

    #[test]
    fn domains_stay_inside_natural_limits() {
        assert_eq!(domain([0.99, 0.5].into_iter(), (0.0, 1.0)).1, 1.0);
        assert_eq!(domain([].into_iter(), (0.0, 1.0)), (0.0, 1.0));
        let (low, high) = domain([0.7, f64::NAN, f64::INFINITY].into_iter(), (0.0, f64::INFINITY));
        assert!(low < 0.7 && high > 0.7 && high.is_finite());
    }

    #[test]
    fn values_outside_are_held_at_the_edge() {
        let scale = Scale::new((0.0, 1.0), (10.0, 20.0));
        assert_eq!((scale.at(-5.0), scale.at(0.5), scale.at(9.0)), (10.0, 15.0, 20.0));
        assert!(scale.at(f64::NAN).is_finite());
        assert!(!scale.shows(1.5));
    }
}
