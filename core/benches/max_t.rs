//! What the resampling behind the gaps of 60 groups costs: 2,000 replicates of one rate, and of all eight that an audit with
//! labels and decisions has.
//!
//! `cargo bench -p modelassay --bench max_t`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use modelassay::stats::max_t::{Group, resample};
use modelassay::stats::random::Stream;

/// Sixty cells of a million rows, their rates a little apart.
fn groups(rate: u64) -> Vec<Group> {
    let of = |group: u64| {
        let stream = Stream::new(0).keyed(&rate.to_le_bytes()).keyed(&group.to_le_bytes());
        let n = (16_667 / (1 + rate % 3)) as f64;
        Group { stream, x: (n * (0.1 * (1 + rate) as f64 + 0.001 * group as f64)).floor(), n }
    };
    (0..60).map(of).collect()
}

fn max_t(c: &mut Criterion) {
    let rates: Vec<Vec<Group>> = (0..8).map(groups).collect();
    c.bench_function("max_t/one rate of 60 groups", |b| b.iter(|| resample(black_box(&rates[0]))));
    c.bench_function("max_t/eight rates of 60 groups", |b| {
        b.iter(|| rates.iter().map(|groups| resample(black_box(groups))).collect::<Vec<_>>());
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = max_t
}
criterion_main!(benches);
