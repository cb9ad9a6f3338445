//! The readers on tables in memory, one thread: a million rows of Arrow, 200,000 of CSV and Parquet.
//!
//! `cargo bench -p modelassay --features ipc,zstd --bench table`

use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, DictionaryArray, Float64Array, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray,
};
use bytes::Bytes;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use modelassay::error::Result;
use modelassay::table::arrow::ArrowReader;
use modelassay::table::csv::CsvReader;
use modelassay::table::{Batch, ColumnSpec, Kind, ReadOptions, Sink, parquet};

const ARROW_ROWS: usize = 1_000_000;
const CSV_ROWS: usize = 200_000;
const CHUNK: usize = 1 << 20;
const SEXES: [&str; 2] = ["female", "male"];
const RACES: [&str; 5] = ["white", "black", "asian", "other", "hispanic or latino"];
const AGES: [&str; 6] = ["18-25", "26-35", "36-45", "46-55", "56-65", "66+"];
const ROLES: [(&str, Kind); 5] = [
    ("label", Kind::Category),
    ("score", Kind::Number),
    ("sex", Kind::Category),
    ("race", Kind::Category),
    ("age", Kind::Category),
];

/// A hash of the row number: the table is the same in every run.
fn random(row: usize, stream: u64) -> u64 {
    let mut x = (row as u64).wrapping_add(stream.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn pick<'a>(values: &[&'a str], row: usize, stream: u64) -> &'a str {
    values[(random(row, stream) % values.len() as u64) as usize]
}

fn score(row: usize) -> f64 {
    (random(row, 4) >> 11) as f64 / (1_u64 << 53) as f64
}

fn specs(features: usize) -> Vec<ColumnSpec> {
    let spec = |name: &str, kind| ColumnSpec { name: name.to_owned(), kind, optional: false };
    let mut specs: Vec<ColumnSpec> = ROLES.iter().map(|(name, kind)| spec(name, *kind)).collect();
    specs.extend((0..features).map(|feature| spec(&format!("x{feature}"), Kind::Number)));
    specs
}

struct Ignore;

impl Sink for Ignore {
    fn batch(&mut self, batch: &Batch<'_>, _first_row: u64) -> Result<()> {
        black_box(batch);
        Ok(())
    }
}

fn csv(criterion: &mut Criterion) {
    let mut text = "label,score,sex,race,age".to_owned();
    (0..10).for_each(|feature| write!(text, ",x{feature}").expect("writing to a string"));
    for row in 0..CSV_ROWS {
        let (sex, race, age) = (pick(&SEXES, row, 1), pick(&RACES, row, 2), pick(&AGES, row, 3));
        write!(text, "\n{},{},{sex},{race},{age}", row % 2, score(row)).expect("writing to a string");
        for feature in 0..10 {
            write!(text, ",{}", score(row * 11 + feature)).expect("writing to a string");
        }
    }
    let mut group = criterion.benchmark_group("csv");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    for (name, specs) in [("roles", specs(0)), ("all columns", specs(10))] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut reader = CsvReader::new(&specs, ReadOptions::default());
                for chunk in text.as_bytes().chunks(CHUNK) {
                    reader.push(chunk, &mut Ignore).expect("a clean table");
                }
                reader.finish(&mut Ignore).expect("a clean table");
            });
        });
    }
    group.finish();
}

fn texts<'a>(values: &'a [&'a str], stream: u64, rows: usize) -> impl Iterator<Item = &'a str> {
    (0..rows).map(move |row| pick(values, row, stream))
}

fn batch(rows: usize, text: impl Fn(&[&'static str], u64) -> ArrayRef) -> RecordBatch {
    RecordBatch::try_from_iter([
        ("label", Arc::new(Int64Array::from_iter_values((0..rows).map(|row| (row % 2) as i64))) as ArrayRef),
        ("score", Arc::new(Float64Array::from_iter_values((0..rows).map(score)))),
        ("sex", text(&SEXES, 1)),
        ("race", text(&RACES, 2)),
        ("age", text(&AGES, 3)),
    ])
    .expect("columns of one length")
}

fn arrow(criterion: &mut Criterion) {
    let rows = ARROW_ROWS;
    let layouts = [
        ("utf8", batch(rows, |values, stream| Arc::new(StringArray::from_iter_values(texts(values, stream, rows))))),
        ("large utf8", batch(rows, |v, stream| Arc::new(LargeStringArray::from_iter_values(texts(v, stream, rows))))),
        ("utf8 view", batch(rows, |v, stream| Arc::new(StringViewArray::from_iter_values(texts(v, stream, rows))))),
        ("dictionary", batch(rows, |v, s| Arc::new(texts(v, s, rows).collect::<DictionaryArray<Int32Type>>()))),
    ];
    let mut group = criterion.benchmark_group("arrow: three columns of texts");
    group.throughput(Throughput::Elements(rows as u64)).sample_size(20);
    for (name, batch) in &layouts {
        let reader = ArrowReader::new(&batch.schema(), &specs(0)[2..], ReadOptions::default()).expect("all columns");
        group.bench_function(*name, |bencher| bencher.iter(|| reader.read(batch, &mut Ignore, 1)));
    }
    group.finish();
}

fn parquet_files(criterion: &mut Criterion) {
    let rows = CSV_ROWS;
    let batch = batch(rows, |v, stream| Arc::new(StringArray::from_iter_values(texts(v, stream, rows))));
    let mut bytes = Vec::new();
    let mut writer =
        ::parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("writing to memory");
    writer.write(&batch).expect("writing to memory");
    writer.close().expect("writing to memory");
    let bytes = Bytes::from(bytes);
    let specs = specs(0);
    let mut group = criterion.benchmark_group("parquet");
    group.throughput(Throughput::Elements(rows as u64)).sample_size(20);
    group.bench_function("roles", |bencher| {
        bencher.iter(|| parquet::read(bytes.clone(), &specs, ReadOptions::default(), &mut Ignore));
    });
    group.finish();
}

criterion_group!(benches, csv, arrow, parquet_files);
criterion_main!(benches);
