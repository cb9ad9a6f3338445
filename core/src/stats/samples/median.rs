//! The median of weighted scores: the score with half of the weight on either side.

use super::{Atom, mass};

/// Weights that differ by less than this part of all weight are equal up to rounding.
const TIE: f64 = 1e-12;

/// The smallest score at or below which more than half of the weight lies; where a score ends exactly at half, the middle
/// between it and the next. For equal weights the usual median. `None` without weight.
#[must_use]
pub fn median(sample: impl Iterator<Item = Atom> + Clone) -> Option<f64> {
    let total = mass(sample.clone()).weight;
    let mut atoms = sample.filter(|atom| atom.mass.weight > 0.0).peekable();
    let mut below = 0.0;
    while let Some(atom) = atoms.next() {
        below += atom.mass.weight;
        let beyond_half = 2.0 * below - total;
        if beyond_half.abs() <= TIE * total {
            let middle = atoms.peek().map_or(atom.score, |next| 0.5 * atom.score + 0.5 * next.score);
            // Between minus and plus infinity lies every score.
            return Some(if middle.is_nan() { 0.0 } else { middle });
        }
        if beyond_half > 0.0 {
            return Some(atom.score);
        }
    }
    None
}
