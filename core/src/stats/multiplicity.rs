//! p-values adjusted for the number of questions asked at once.
//!
//! Both keep the order of their input. A NaN counts as 1 (it can reject nothing); undefined hypotheses are better left out
//! by the caller, because every p-value enlarges the family. An empty family gives an empty answer.

/// Holm's step-down adjustment, for the family-wise error: max over j <= i of min(1, (m - j + 1) p_(j)).
///
/// Holm 1979, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 65-70.
/// Valid under any dependence.
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![1.0; p_values.len()];
    let mut largest = 0.0_f64;
    for (rank, index) in ascending(p_values).into_iter().enumerate() {
        let factor = (p_values.len() - rank) as f64;
        largest = largest.max((factor * known(p_values[index])).min(1.0));
        adjusted[index] = largest;
    }
    adjusted
}

/// Benjamini and Hochberg's step-up adjustment, for the false discovery rate: min over j >= i of m p_(j) / j.
///
/// Benjamini and Hochberg 1995, "Controlling the false discovery rate", JRSS B 57, 289-300. Valid under independence and
/// positive regression dependence.
#[must_use]
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![1.0; p_values.len()];
    let mut smallest = 1.0_f64;
    for (rank, index) in ascending(p_values).into_iter().enumerate().rev() {
        let factor = p_values.len() as f64 / (rank + 1) as f64;
        smallest = smallest.min(factor * known(p_values[index]));
        adjusted[index] = smallest;
    }
    adjusted
}

fn known(p: f64) -> f64 {
    if p.is_nan() { 1.0 } else { p }
}

/// Indices by ascending p-value, equal ones in input order.
fn ascending(p_values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| known(p_values[a]).total_cmp(&known(p_values[b])));
    order
}
