//! `measure` and `judge` on synthetic tables in memory: 1M and 10M rows, with and without scores.
//!
//! `cargo bench -p modelassay --bench audit`

use std::borrow::Cow;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use modelassay::audit::{Audit, Intake};
use modelassay::findings::v1::Provenance;
use modelassay::parallel;
use modelassay::plan::{Plan, PlanTable};
use modelassay::table::{Batch, Codes, Column, Kind, Numbers, Sink};

const ROWS_PER_BATCH: usize = 65_536;

const FAIRNESS: &str = "
label: label
prediction: decision
protected: [sex, race, age, [sex, race, age]]
criteria: [selection_rate_ratio by race >= 0.8]
";

const SCORES: &str = "
label: label
prediction: decision
score: score
protected: [sex, race, age, [sex, race, age]]
criteria: [roc_auc >= 0.7]
";

/// A hash of the row number: the table is the same in every run.
fn random(row: usize, stream: u64) -> u64 {
    let mut x = (row as u64).wrapping_add(stream.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn column(kind: Kind, name: &str, rows: std::ops::Range<usize>, stream: u64) -> Column<'static> {
    if kind == Kind::Number {
        let values = rows.map(|row| (random(row, stream) >> 11) as f64 / (1_u64 << 53) as f64).collect();
        return Column::Number(Numbers { values, missing: None });
    }
    let levels = match name {
        "race" => 5,
        "age" => 6,
        _ => 2,
    };
    Column::Category(Codes {
        codes: rows.map(|row| (random(row, stream) % levels) as u32).collect(),
        dictionary: (0..levels).map(|level| Cow::Owned(level.to_string())).collect(),
    })
}

fn batches(intake: &Intake, rows: usize) -> Vec<Batch<'static>> {
    let specs = intake.columns();
    (0..rows)
        .step_by(ROWS_PER_BATCH)
        .map(|start| {
            let range = start..(start + ROWS_PER_BATCH).min(rows);
            let columns = specs.iter().enumerate();
            Batch {
                rows: range.len(),
                columns: columns
                    .map(|(stream, spec)| Some(column(spec.kind, &spec.name, range.clone(), stream as u64)))
                    .collect(),
            }
        })
        .collect()
}

fn measure(empty: &Intake, batches: &[Batch<'_>], threads: usize) -> Intake {
    parallel::measure(empty, batches, threads, |batch, intake| intake.batch(batch, 1)).expect("valid batches")
}

fn audits(criterion: &mut Criterion) {
    for (name, plan) in [("fairness", FAIRNESS), ("scores", SCORES)] {
        let (plan, _) = Plan::parse(plan, "bench").expect("a valid plan");
        let empty = Audit::new(plan.clone()).intake(PlanTable::Predictions).expect("an intake");
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        for rows in [1_000_000, 10_000_000] {
            let batches = batches(&empty, rows);
            group.throughput(Throughput::Elements(rows as u64));
            for threads in [1, 2] {
                group.bench_function(BenchmarkId::new(format!("measure/{threads} threads"), rows), |bencher| {
                    bencher.iter(|| black_box(measure(&empty, &batches, threads)));
                });
            }
            let measured = measure(&empty, &batches, 2);
            for threads in [1, 2] {
                group.bench_function(
                    BenchmarkId::new(format!("finish and judge/{threads} threads"), rows),
                    |bencher| {
                        bencher.iter_batched(
                            || measured.clone(),
                            |intake| {
                                let mut audit = Audit::new(plan.clone()).on_threads(threads);
                                audit.accept(intake).expect("a finished table");
                                black_box(audit.finish(None, Provenance::default()).expect("a report"))
                            },
                            criterion::BatchSize::LargeInput,
                        );
                    },
                );
            }
        }
    }
}

criterion_group!(benches, audits);
criterion_main!(benches);
