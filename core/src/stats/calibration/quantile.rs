//! Sample quantiles by linear interpolation between order statistics: definition 7 of Hyndman and Fan 1996, "Sample
//! quantiles in statistical packages", The American Statistician 50, 361-365, the usual default.
//!
//! The quantile p of n values lies at position (n - 1) p of the sorted values, counted from 0. Interpolated from the
//! nearer neighbour, as NumPy does, so that values on a quantile compare with it in the same way.

/// Quantiles of a function that never falls, over (argument, how often) pairs that ascend and of which there are `rows`
/// together, at ascending probabilities within [0, 1].
///
/// `None` when no value occurs.
pub(super) fn quantiles(
    values: impl Iterator<Item = (f64, u64)>,
    rows: u64,
    probabilities: impl Iterator<Item = f64>,
    of: impl Fn(f64) -> f64,
) -> Option<Vec<f64>> {
    let last = rows.checked_sub(1)?;
    // Index of the value at or before each position, and how far on the position lies.
    let mut positions = probabilities
        .map(|p| {
            let position = last as f64 * p;
            let index = (position as u64).min(last);
            (index, position - index as f64)
        })
        .peekable();
    let mut values = values.filter(|&(_, rows)| rows > 0).peekable();
    let mut found = Vec::new();
    let mut end = 0;
    while let Some((value, rows)) = values.next() {
        end += rows;
        while let Some((index, ahead)) = positions.next_if(|&(index, _)| index < end) {
            let next = if index + 1 < end { value } else { values.peek().map_or(value, |&(next, _)| next) };
            let (value, next) = (of(value), of(next));
            let gap = next - value;
            found.push(if ahead < 0.5 { value + gap * ahead } else { next - gap * (1.0 - ahead) });
        }
    }
    Some(found)
}
