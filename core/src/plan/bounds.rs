//! What a criterion allows: one side of a threshold, or what lies between two.

use super::model::{Comparator, Criterion};

/// Where a value lies, seen from what a criterion allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Too low.
    Below,
    /// Allowed.
    Within,
    /// Too high.
    Above,
}

impl Criterion {
    /// The lower and the upper bound of what it allows; at least one of them is there.
    pub fn bounds(&self) -> (Option<f64>, Option<f64>) {
        match self.comparator {
            Comparator::AtLeast | Comparator::MoreThan => (Some(self.threshold), None),
            Comparator::AtMost | Comparator::LessThan => (None, Some(self.threshold)),
            Comparator::Within => (Some(self.threshold), self.threshold_upper),
        }
    }

    /// Whether a value is one of the bounds.
    pub(crate) fn is_bound(&self, value: f64) -> bool {
        let (lower, upper) = self.bounds();
        lower == Some(value) || upper == Some(value)
    }

    /// Where a value lies.
    pub(crate) fn place(&self, value: f64) -> Place {
        let (lower, upper) = self.bounds();
        let strict = matches!(self.comparator, Comparator::MoreThan | Comparator::LessThan);
        if lower.is_some_and(|bound| value < bound || strict && value == bound) {
            Place::Below
        } else if upper.is_some_and(|bound| value > bound || strict && value == bound) {
            Place::Above
        } else {
            Place::Within
        }
    }
}
