//! Limits of Matthews correlation and Cohen's kappa of a binary decision, recovered from those of three rates.
//!
//! Both are functions of the sensitivity s, the false positive rate a and the odds o of the positive class:
//! MCC = (s - a) / √(s(1-a) + a(1-s) + s(1-s) o + a(1-a)/o) and κ = 2 (s - a) / (s + 1 - a + (1-s) o + a/o). The three rates
//! rest on different draws (which class a row has, and how each class is decided), so the method of variance estimates
//! recovery (Zou and Donner 2008, as in `mover`) applies with Wilson's limits of each: how far the measure moves when one
//! rate goes to its limit, the others held, squared, added up, rooted. Both measures rise in s and fall in a; in o they turn
//! once, so the furthest value between two odds is at one of them or at the turn, o = √(a(1-a) / (s(1-s))) for MCC and
//! √(a / (1-s)) for κ.
//!
//! The delta method on Fisher's scale, which this replaces, takes the few rows of a rare class at their word: at 30 rows of
//! which 2 % are positive it covers 46 % of samples, this 95 % (docs/statistics.md).
//!
//! `None` where one class has no rows.

use super::super::wilson;
use super::Confusion;

/// One of the two measures.
pub(super) struct Measure {
    /// Its value at sensitivity, false positive rate and odds.
    pub(super) at: fn(f64, f64, f64) -> f64,
    /// The odds at which it turns; NaN where it does not.
    pub(super) turn: fn(f64, f64) -> f64,
}

pub(super) const MATTHEWS: Measure = Measure {
    at: |s, a, o| (s - a) / (s * (1.0 - a) + a * (1.0 - s) + s * (1.0 - s) * o + a * (1.0 - a) / o).sqrt(),
    turn: |s, a| (a * (1.0 - a) / (s * (1.0 - s))).sqrt(),
};

pub(super) const KAPPA: Measure = Measure {
    at: |s, a, o| 2.0 * (s - a) / (s + (1.0 - a) + (1.0 - s) * o + a / o),
    turn: |s, a| (a / (1.0 - s)).sqrt(),
};

/// Limits around `value` at critical value `z`; a negative `z` swaps them.
pub(super) fn limits(confusion: Confusion, measure: &Measure, value: f64, z: f64) -> Option<(f64, f64)> {
    let Confusion { tp, fp, fn_, tn } = confusion;
    let (positives, negatives) = (tp + fn_, fp + tn);
    let (s, a, odds) = (tp / positives, fp / negatives, positives / negatives);
    let (s_low, s_high) = wilson::limits(tp, positives, z.abs())?;
    let (a_low, a_high) = wilson::limits(fp, negatives, z.abs())?;
    let (share_low, share_high) = wilson::limits(positives, positives + negatives, z.abs())?;
    let (o_low, o_high) = (share_low / (1.0 - share_low), share_high / (1.0 - share_high));
    let turn = (measure.turn)(s, a).max(o_low).min(o_high);
    let moves = [
        (measure.at)(s_low, a, odds),
        (measure.at)(s_high, a, odds),
        (measure.at)(s, a_low, odds),
        (measure.at)(s, a_high, odds),
    ];
    let by_odds = [o_low, o_high, turn].map(|odds| (measure.at)(s, a, odds));
    let (mut below, mut above) = (0.0, 0.0);
    for pair in moves.chunks_exact(2).chain([by_odds.as_slice()]) {
        let down = pair.iter().map(|moved| (value - moved).max(0.0)).fold(0.0, f64::max);
        let up = pair.iter().map(|moved| (moved - value).max(0.0)).fold(0.0, f64::max);
        below += down * down;
        above += up * up;
    }
    let (lower, upper) = ((value - below.sqrt()).max(-1.0), (value + above.sqrt()).min(1.0));
    Some(if z < 0.0 { (upper, lower) } else { (lower, upper) })
}
