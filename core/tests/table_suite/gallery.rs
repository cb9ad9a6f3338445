//! Broken tables and the exact words that the user reads. A snapshot holds them all: read it as the user would.

use std::fmt::Write;
use std::io::Cursor;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Int64Array, RecordBatch, StringArray, Time32SecondArray,
    TimestampSecondArray,
};
use bytes::Bytes;
use modelassay::error::{Error, Result};
use modelassay::table::arrow::ArrowReader;
use modelassay::table::{ColumnSpec, Format, Kind, ReadOptions, ipc, parquet};

use crate::support::{Gathered, read_csv, spec};

fn roles() -> Vec<ColumnSpec> {
    vec![spec("label", Kind::Category), spec("score", Kind::Number), spec("made_at", Kind::Time)]
}

struct Gallery(String, usize);

impl Gallery {
    fn new() -> Self {
        Self(String::new(), 0)
    }

    fn show<T: std::fmt::Debug>(&mut self, title: &str, result: std::result::Result<T, Error>) {
        let error = match result {
            Err(error) => error,
            Ok(value) => panic!("{title}: no error but {value:?}"),
        };
        for problem in &error.problems {
            assert!(problem.hint.as_ref().is_some_and(|hint| !hint.is_empty()), "{title}: {problem} has no hint");
        }
        writeln!(self.0, "{title}\n{}\n", error.to_string().replace("\n", "\n  ").trim_end()).unwrap();
        self.1 += 1;
    }
}

#[test]
fn csv_tables() {
    let mut gallery = Gallery::new();
    let mut csv = |title: &str, bytes: &[u8]| {
        let options = ReadOptions { max_record_bytes: 200, ..ReadOptions::default() };
        gallery.show(title, read_csv(bytes, &[], &roles(), options).map(|gathered| gathered.rows));
    };
    csv("an empty file", b"");
    csv("only blank lines", b"\n\r\n\n");
    csv("only a byte order mark", b"\xef\xbb\xbf");
    csv("a header of empty names", b",,\n1,2,3\n");
    csv("UTF-16", b"\xff\xfel\0a\0b\0e\0l\0");
    csv("NUL bytes", &[0; 64]);
    csv("a header that is not UTF-8", b"label,gr\xf6\xdfe\n1,2\n");
    csv("a header that never ends", format!("label,{}", "x".repeat(300)).as_bytes());
    csv("a quote in the header that is never closed", b"label,\"score\n1,2\n");
    csv("columns that are missing", b"Label,scores,city\n1,2,x\n");
    csv("a column that stands twice", b"label,score,score,made_at\n1,2,3,2026-01-01\n");
    csv("a delimiter that is not known", b"label|score|made_at\n1|0.5|2026-01-01\n");
    csv("a row that is too short", b"label,score,made_at\n1,0.5,2026-01-01\n0,0.5\n");
    csv("a row that is too long", b"label,score,made_at\n1,0.5,2026-01-01,Berlin, Germany\n");
    csv("a blank line between rows", b"label,score,made_at\n1,0.5,2026-01-01\n\n0,0.2,2026-01-02\n");
    csv("a file whose end was never written", b"label,score,made_at\n1,0.5,2026-01-01\n\0\0\0\0\0\0");
    csv("a quote that is never closed", b"label,score,made_at\n1,0.5,2026-01-01\n\"0,0.5,2026-01-02\n");
    csv(
        "a quote that swallows the table",
        format!("label,score,made_at\n\"1,{}", "0.5,2026-01-01\n".repeat(40)).as_bytes(),
    );
    csv("a value that is not UTF-8", b"label,score,made_at\nWei\xdf,0.5,2026-01-01\n");
    csv("a decimal comma", b"label;score;made_at\n1;0,5;2026-01-01\n");
    csv("a missing value that is not empty", b"label,score,made_at\n1,NA,2026-01-01\n");
    csv("a percentage and a word", b"label,score,made_at\n1,45%,2026-01-01\n0,high,2026-01-02\n");
    csv("a date of the wrong order", b"label,score,made_at\n1,0.5,31/01/2026\n");
    csv("seconds since 1970", b"label,score,made_at\n1,0.5,1767225600\n");
    csv("the name of a time zone", b"label,score,made_at\n1,0.5,2026-01-31T09:30:00[Europe/Berlin]\n");
    csv("two problems in one row", b"label,score,made_at\n1,x,yesterday\n");
    csv("more problems than are told", format!("label,score,made_at\n{}", "1,x,2026\n".repeat(30)).as_bytes());
    assert!(gallery.1 >= 22);
    insta::assert_snapshot!("csv", gallery.0);
}

fn record_batch(columns: &[(&str, ArrayRef)]) -> RecordBatch {
    RecordBatch::try_from_iter(columns.iter().map(|(name, array)| (*name, array.clone()))).unwrap()
}

fn read_batch(columns: &[(&str, ArrayRef)], specs: &[ColumnSpec]) -> Result<usize> {
    let batch = record_batch(columns);
    let mut gathered = Gathered::default();
    ArrowReader::new(&batch.schema(), specs, ReadOptions::default())?.read(&batch, &mut gathered, 1)?;
    Ok(gathered.rows)
}

#[test]
fn arrow_tables() {
    let mut gallery = Gallery::new();
    let mut show = |title: &str, array: ArrayRef, kind: Kind| {
        gallery.show(title, read_batch(&[("x", array)], &[spec("x", kind)]));
    };
    show("a column of booleans as scores", Arc::new(BooleanArray::from(vec![true])), Kind::Number);
    show("a column of dates as scores", Arc::new(Date32Array::from(vec![1])), Kind::Number);
    show("a column of bytes as labels", Arc::new(BinaryArray::from_vec(vec![b"1"])), Kind::Category);
    show("a column of times of day as dates", Arc::new(Time32SecondArray::from(vec![1])), Kind::Time);
    show("texts that are not numbers", Arc::new(StringArray::from(vec!["0.5", "low", "high"])), Kind::Number);
    show("texts that are not dates", Arc::new(StringArray::from(vec!["2026-01-01", "today"])), Kind::Time);
    show("integers that are not years", Arc::new(Int64Array::from(vec![1_767_225_600])), Kind::Time);
    show("a timestamp of the wrong unit", Arc::new(TimestampSecondArray::from(vec![i64::MAX])), Kind::Time);
    show("a timestamp too far away for a text", Arc::new(TimestampSecondArray::from(vec![1 << 50])), Kind::Category);
    let ones: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let absent = read_batch(&[("lable", ones.clone()), ("y", ones)], &[spec("label", Kind::Category)]);
    gallery.show("a column that is missing", absent);
    insta::assert_snapshot!("arrow", gallery.0);
}

fn parquet_bytes() -> Vec<u8> {
    let values: ArrayRef = Arc::new(StringArray::from_iter_values((0..500).map(|row| format!("value {row}"))));
    let mut bytes = Vec::new();
    let batch = record_batch(&[("label", values)]);
    let mut writer = ::parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn stream_bytes() -> Vec<u8> {
    let batch = record_batch(&[("label", Arc::new(Int64Array::from(vec![1, 0, 1])))]);
    let mut writer = arrow_ipc::writer::StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn binary_files() {
    let mut gallery = Gallery::new();
    let label = [spec("label", Kind::Category)];
    let mut show_parquet = |title: &str, bytes: Vec<u8>| {
        let mut gathered = Gathered::default();
        let result = parquet::read(Bytes::from(bytes), &label, ReadOptions::default(), &mut gathered);
        gallery.show(title, result.map(|()| gathered.rows));
    };
    let good = parquet_bytes();
    let length = good.len();
    show_parquet("Parquet: empty", Vec::new());
    show_parquet("Parquet: a CSV file", b"label,score\n1,0.5\n".to_vec());
    show_parquet("Parquet: cut off in the middle", good[..length / 2].to_vec());
    show_parquet("Parquet: its middle is missing", [&good[..20], &good[length - 300..]].concat());
    show_parquet("Parquet: a footer longer than the file", [&good[..length - 8], b"\xff\xff\xff\x7fPAR1"].concat());
    show_parquet("Parquet: a footer of zeros", [&good[..length - 108], &[0; 100], b"\x64\0\0\0PAR1"].concat());
    show_parquet("Parquet: encrypted", [&good[..length - 4], b"PARE"].concat());
    let mut overwritten = good.clone();
    overwritten[4..200].fill(0xff);
    show_parquet("Parquet: pages overwritten", overwritten);
    let mut show_arrow = |title: &str, bytes: Vec<u8>| {
        let mut gathered = Gathered::default();
        let result = ipc::read(Cursor::new(bytes), &label, ReadOptions::default(), &mut gathered);
        gallery.show(title, result.map(|()| gathered.rows));
    };
    let good = stream_bytes();
    show_arrow("Arrow: a CSV file", b"label,score\n1,0.5\n".to_vec());
    show_arrow("Arrow: a stream that is cut off", good[..good.len() - 40].to_vec());
    show_arrow("Arrow: a file without its end", [&b"ARROW1\0\0"[..], &good].concat());
    show_arrow("Arrow: a schema of zeros", [&b"\xff\xff\xff\xff\x20\0\0\0"[..], &[0; 64]].concat());
    for (name, bytes) in [
        ("predictions.csv.gz", &b"\x1f\x8b\x08\0"[..]),
        ("predictions.xlsx", b"PK\x03\x04"),
        ("archive.zip", b"PK\x03\x04"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("model.pkl", b"\x80\x04\x95"),
        ("predictions.json", b"{\"label\": [1]}"),
        ("predictions.parquet", b"label,score\n"),
    ] {
        gallery.show(&format!("the file {name}"), Format::sniff(bytes, name));
    }
    insta::assert_snapshot!("binary", gallery.0);
}
