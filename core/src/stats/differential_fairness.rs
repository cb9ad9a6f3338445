//! Smoothed empirical differential fairness: how far, as a log ratio, the probability of an outcome can differ between two
//! groups.
//!
//! Foulds, Islam, Keya and Pan 2020, "An intersectional definition of fairness", IEEE ICDE, 1918-1921: ε = max over outcomes
//! y and groups i, j of |ln P(y|i) - ln P(y|j)|, each probability smoothed by a symmetric Dirichlet prior,
//! P(y|g) = (n_yg + c/2) / (n_g + c) for two outcomes and concentration c. ε = 0 is parity of both outcomes.
//!
//! Groups without rows do not count (their probability would be the prior's). With c = 0 an outcome that only some groups
//! have makes ε infinite, and one that no group has adds nothing. Undefined (`None`) for fewer than two groups, a negative,
//! infinite or NaN count or concentration, and more selected than there are.

use libm::log;

use super::wilson;

/// ε over groups of (selected, total) with Dirichlet `concentration` (1 is usual).
#[must_use]
pub fn differential_fairness(groups: &[(f64, f64)], concentration: f64) -> Option<f64> {
    if !(concentration >= 0.0 && concentration.is_finite()) {
        return None;
    }
    let mut count = 0;
    // Smallest and largest probability of being selected, and of not being selected.
    let mut ranges = [(f64::INFINITY, 0.0_f64); 2];
    for &(selected, total) in groups.iter().filter(|&&group| group != (0.0, 0.0)) {
        if !wilson::valid(selected, total) {
            return None;
        }
        count += 1;
        for ((low, high), outcomes) in ranges.iter_mut().zip([selected, total - selected]) {
            let probability = (outcomes + 0.5 * concentration) / (total + concentration);
            *low = low.min(probability);
            *high = high.max(probability);
        }
    }
    let widest = ranges.iter().filter(|(_, high)| *high > 0.0).map(|(low, high)| log(high / low)).fold(0.0, f64::max);
    (count > 1).then_some(widest)
}
