//! Equal values give equal content, whatever format they come in.

use std::fs::File;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::{Int8Type, Int32Type, UInt16Type};
use arrow_array::{
    ArrayRef, BooleanArray, Decimal128Array, DictionaryArray, Float16Array, Float32Array, Float64Array, Int64Array,
    LargeStringArray, ListArray, NullArray, RecordBatch, StringArray, StringViewArray, TimestampMicrosecondArray,
    TimestampNanosecondArray, UInt8Array,
};
use bytes::Bytes;
use modelassay::error::Result;
use modelassay::table::arrow::ArrowReader;
use modelassay::table::parquet::{FileSource, ParquetReader};
use modelassay::table::{ColumnSpec, Format, Kind, ReadOptions, ipc, parquet};
use proptest::prelude::*;

use crate::support::{Cell, Gathered, Values, read_csv, spec};

const NAMES: [&str; 7] = ["id", "label", "decision", "score", "group", "day", "at"];

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/table").join(name)
}

/// Reads bytes of any format.
pub(crate) fn read_any(bytes: &[u8], name: &str, specs: &[ColumnSpec]) -> Result<Gathered> {
    let mut gathered = Gathered::default();
    match Format::sniff(bytes, name)? {
        Format::Csv => return read_csv(bytes, &[], specs, ReadOptions::default()),
        Format::Parquet => {
            parquet::read(Bytes::copy_from_slice(bytes), specs, ReadOptions::default(), &mut gathered)?;
        }
        Format::ArrowIpc => ipc::read(Cursor::new(bytes), specs, ReadOptions::default(), &mut gathered)?,
    }
    Ok(gathered)
}

fn every_kind() -> Vec<ColumnSpec> {
    let mut specs: Vec<ColumnSpec> = NAMES.iter().map(|name| spec(name, Kind::Presence)).collect();
    specs.extend(["id", "label", "decision", "score", "group"].map(|name| spec(name, Kind::Category)));
    specs.extend(["id", "label", "score"].map(|name| spec(name, Kind::Number)));
    specs.extend(["id", "label", "score", "group"].map(|name| spec(name, Kind::Key)));
    specs.extend(["day", "at"].map(|name| spec(name, Kind::Time)));
    specs
}

fn files() -> Vec<String> {
    let mut files: Vec<String> = std::fs::read_dir(fixture(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".py"))
        .collect();
    files.sort();
    files
}

#[test]
fn all_writers_and_codecs_agree() {
    let expected = read_any(&std::fs::read(fixture("pandas.csv")).unwrap(), "pandas.csv", &every_kind()).unwrap();
    assert_eq!(expected.rows, 8);
    assert_eq!(expected.columns[1], Values::Presence(1));
    let files = files();
    assert!(files.len() >= 14, "{files:?}");
    for file in files {
        let bytes = std::fs::read(fixture(&file)).unwrap();
        let gathered = read_any(&bytes, &file, &every_kind()).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(gathered.columns, expected.columns, "{file}");
        // Asked for alone, texts of Parquet come as its dictionaries.
        let alone = read_any(&bytes, &file, &[spec("group", Kind::Category)]).unwrap();
        assert_eq!(alone.columns[0], expected.columns[11], "{file}");
    }
}

#[test]
fn row_groups_can_be_read_from_a_shared_file() {
    let source = FileSource::new(File::open(fixture("pyarrow-v2.parquet")).unwrap()).unwrap();
    let specs = [spec("id", Kind::Category)];
    let reader = ParquetReader::open(source, &specs, ReadOptions::default()).unwrap();
    assert_eq!((reader.row_groups(), reader.rows()), (3, 8));
    std::thread::scope(|scope| {
        for group in 0..3 {
            let reader = &reader;
            scope.spawn(move || {
                struct Rows(u64, usize);
                impl modelassay::table::Sink for Rows {
                    fn batch(&mut self, batch: &modelassay::table::Batch<'_>, first_row: u64) -> Result<()> {
                        assert_eq!(first_row, self.0);
                        self.1 += batch.rows;
                        Ok(())
                    }
                }
                let mut rows = Rows(group as u64 * 3 + 1, 0);
                reader.read_group(group, &mut rows).unwrap();
                assert_eq!(rows.1, [3, 3, 2][group]);
            });
        }
    });
}

#[test]
fn samples_of_all_formats_name_the_same_columns() {
    for file in files() {
        let bytes = std::fs::read(fixture(&file)).unwrap();
        let columns = match Format::sniff(&bytes, &file).unwrap() {
            Format::Csv => modelassay::table::csv::header_and_sample(&bytes, true),
            Format::Parquet => parquet::header_and_sample(Bytes::from(bytes)),
            Format::ArrowIpc => ipc::header_and_sample(Cursor::new(bytes)),
        }
        .unwrap();
        assert_eq!(columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), NAMES, "{file}");
        assert_eq!(columns[4].1, ["a", "b", "Weiß", "", "a", "a", "hispanic or latino", "b"], "{file}");
    }
}

fn arrow(name: &str, array: ArrayRef, kind: Kind, options: ReadOptions) -> Result<Vec<Cell>> {
    let batch = RecordBatch::try_from_iter_with_nullable([(name, array, true)]).unwrap();
    let mut gathered = Gathered::default();
    ArrowReader::new(&batch.schema(), &[spec(name, kind)], options)?.read(&batch, &mut gathered, 1)?;
    match gathered.columns.into_iter().next() {
        Some(Values::Cells(cells)) => Ok(cells),
        Some(Values::Presence(missing)) => Ok(vec![Cell::Time(missing as i64)]),
        _ => Ok(Vec::new()),
    }
}

fn texts(values: &[Option<&str>]) -> Vec<Cell> {
    values.iter().map(|value| value.map_or(Cell::Missing, |text| Cell::Text(text.to_owned()))).collect()
}

#[test]
fn categories_of_every_type() {
    let category = |array: ArrayRef| arrow("x", array, Kind::Category, ReadOptions::default()).unwrap();
    let floats = [Some(1.0), Some(-0.0), Some(f64::NAN), None, Some(1e21), Some(f64::INFINITY)];
    assert_eq!(
        category(Arc::new(Float64Array::from(floats.to_vec()))),
        texts(&[Some("1"), Some("0"), None, None, Some("1e+21"), Some("inf")])
    );
    assert_eq!(
        category(Arc::new(Float32Array::from(vec![0.1, 0.5]))),
        texts(&[Some("0.10000000149011612"), Some("0.5")])
    );
    assert_eq!(
        category(Arc::new(Float16Array::from_iter_values([0.5, 2.0].map(half)))),
        texts(&[Some("0.5"), Some("2")])
    );
    assert_eq!(category(Arc::new(BooleanArray::from(vec![Some(true), None]))), texts(&[Some("true"), None]));
    assert_eq!(category(Arc::new(UInt8Array::from(vec![255]))), texts(&[Some("255")]));
    assert_eq!(category(Arc::new(NullArray::new(2))), texts(&[None, None]));
    let decimals = Decimal128Array::from(vec![Some(150), None, Some(-7)]).with_precision_and_scale(10, 2).unwrap();
    assert_eq!(category(Arc::new(decimals)), texts(&[Some("1.5"), None, Some("-0.07")]));
    let times = TimestampMicrosecondArray::from(vec![Some(0), Some(1_500_000), None]);
    assert_eq!(
        category(Arc::new(times.clone().with_timezone("Europe/Berlin"))),
        texts(&[Some("1970-01-01T00:00:00Z"), Some("1970-01-01T00:00:01.5Z"), None])
    );
    assert_eq!(category(Arc::new(times))[0], Cell::Text("1970-01-01T00:00:00".to_owned()));
}

fn half(value: f32) -> <arrow_array::types::Float16Type as arrow_array::ArrowPrimitiveType>::Native {
    use arrow_array::types::Float16Type;
    type Half = <Float16Type as arrow_array::ArrowPrimitiveType>::Native;
    Half::from_f32(value)
}

#[test]
fn times_of_every_type() {
    let time = |array: ArrayRef| arrow("x", array, Kind::Time, ReadOptions::default()).unwrap();
    assert_eq!(time(Arc::new(TimestampNanosecondArray::from(vec![1999, -1]))), [Cell::Time(1), Cell::Time(-1)]);
    assert_eq!(
        time(Arc::new(Int64Array::from(vec![Some(1971), None]))),
        [Cell::Time(365 * 86_400_000_000), Cell::Missing]
    );
    assert_eq!(time(Arc::new(Float64Array::from(vec![1970.0, f64::NAN]))), [Cell::Time(0), Cell::Missing]);
    assert_eq!(
        time(Arc::new(StringViewArray::from(vec!["1970-01-01T00:00:01Z", ""]))),
        [Cell::Time(1_000_000), Cell::Missing]
    );
}

#[test]
fn a_dictionary_may_repeat_values_hold_nulls_and_bad_values_that_no_row_uses() {
    let values: ArrayRef =
        Arc::new(StringArray::from(vec![Some("1"), Some("x"), None, Some("1"), Some("2.5"), Some("")]));
    let keys = UInt8Array::from(vec![Some(0), Some(3), None, Some(2), Some(4), Some(5)]);
    let array: ArrayRef = Arc::new(DictionaryArray::new(keys, values));
    let options = ReadOptions::default;
    let expected = texts(&[Some("1"), Some("1"), None, None, Some("2.5"), None]);
    assert_eq!(arrow("x", array.clone(), Kind::Category, options()).unwrap(), expected);
    let numbers: Vec<Cell> = [Some(1.0_f64), Some(1.0), None, None, Some(2.5), None]
        .iter()
        .map(|value| value.map_or(Cell::Missing, |value| Cell::Number(value.to_bits())))
        .collect();
    assert_eq!(arrow("x", array.clone(), Kind::Number, options()).unwrap(), numbers);
    assert_eq!(arrow("x", array, Kind::Presence, options()).unwrap(), [Cell::Time(3)]);
}

#[test]
fn a_dictionary_far_larger_than_the_rows_reads_the_same() {
    let values: ArrayRef = Arc::new(StringArray::from_iter_values((0..1000).map(|value| format!("v{value}"))));
    let array: ArrayRef = Arc::new(DictionaryArray::new(Int64Array::from(vec![Some(999), None, Some(7)]), values));
    let plain: ArrayRef = Arc::new(StringArray::from(vec![Some("v999"), None, Some("v7")]));
    for kind in [Kind::Category, Kind::Key, Kind::Presence] {
        let of = |array: &ArrayRef| arrow("x", array.clone(), kind, ReadOptions::default());
        assert_eq!(of(&array), of(&plain));
    }
}

#[test]
fn listed_numbers_are_missing_in_every_type() {
    let options = || ReadOptions::with_missing_values(&["-9".to_owned()]);
    let arrays: [ArrayRef; 4] = [
        Arc::new(Int64Array::from(vec![-9, 1])),
        Arc::new(Float64Array::from(vec![-9.0, 1.0])),
        Arc::new(StringArray::from(vec!["-9.0", "1"])),
        Arc::new(DictionaryArray::<Int8Type>::from_iter(["-9", "1"])),
    ];
    for array in arrays {
        for kind in [Kind::Category, Kind::Number, Kind::Key] {
            let cells = arrow("x", array.clone(), kind, options()).unwrap();
            assert_eq!(cells[0], Cell::Missing, "{array:?}");
            assert_ne!(cells[1], Cell::Missing, "{array:?}");
        }
        assert_eq!(arrow("x", array.clone(), Kind::Presence, options()).unwrap(), [Cell::Time(1)], "{array:?}");
    }
}

/// The same texts in every layout that Arrow has for them.
fn layouts(values: &[Option<String>]) -> Vec<ArrayRef> {
    let values = || values.iter().map(Option::as_deref);
    let mut small = StringDictionaryBuilder::<Int32Type>::new();
    let mut unsigned = StringDictionaryBuilder::<UInt16Type>::new();
    for value in values() {
        small.append_option(value);
        unsigned.append_option(value);
    }
    vec![
        Arc::new(StringArray::from_iter(values())),
        Arc::new(LargeStringArray::from_iter(values())),
        Arc::new(StringViewArray::from_iter(values())),
        Arc::new(small.finish()),
        Arc::new(unsigned.finish()),
    ]
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn as_parquet(batch: &RecordBatch) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = ::parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn as_ipc_file(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = arrow_ipc::writer::FileWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

fn as_ipc_stream(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = arrow_ipc::writer::StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn equal_values_give_equal_content(
        rows in proptest::collection::vec((
            proptest::option::of(prop_oneof!["[ab]{0,2}", "[0-9]{1,3}", "a{11,18}", "[a\"\n,é]{0,16}", "-?[0-9]\\.[0-9]0"]),
            proptest::option::of(prop_oneof![any::<i64>().prop_map(|v| v as f64), -10.0..10.0, Just(f64::NAN)]),
            proptest::option::of(any::<i64>()),
        ), 1..80),
        offset in 0..10_usize,
        batch_rows in 1..40_usize,
    ) {
        let group: Vec<Option<String>> = rows.iter().map(|row| row.0.clone()).collect();
        let mut text = "g,s,i\n".to_owned();
        let mut buffer = ryu_js::Buffer::new();
        for (group, score, id) in &rows {
            let score = score.filter(|score| !score.is_nan()).map(|score| buffer.format(score).to_owned());
            text += &group.as_deref().map(quoted).unwrap_or_default();
            text += &format!(",{},{}\n", score.unwrap_or_default(), id.map(|id| id.to_string()).unwrap_or_default());
        }
        let specs = [
            spec("g", Kind::Category), spec("g", Kind::Key), spec("g", Kind::Presence),
            spec("s", Kind::Number), spec("s", Kind::Category), spec("s", Kind::Key), spec("s", Kind::Presence),
            spec("i", Kind::Number), spec("i", Kind::Category), spec("i", Kind::Key),
        ];
        let options = || ReadOptions { batch_rows, ..ReadOptions::default() };
        let expected = read_csv(text.as_bytes(), &[7, 50], &specs, options()).unwrap();
        for array in layouts(&group) {
            let batch = RecordBatch::try_from_iter_with_nullable([
                ("g", array, true),
                ("s", Arc::new(Float64Array::from_iter(rows.iter().map(|row| row.1))) as ArrayRef, true),
                ("i", Arc::new(Int64Array::from_iter(rows.iter().map(|row| row.2))) as ArrayRef, true),
            ]).unwrap();
            let reader = ArrowReader::new(&batch.schema(), &specs, options()).unwrap();
            let mut gathered = Gathered::default();
            reader.read(&batch, &mut gathered, 1).unwrap();
            prop_assert_eq!(&gathered.columns, &expected.columns);

            // A slice of a longer array.
            let offset = offset.min(rows.len() - 1);
            let mut sliced = Gathered::default();
            reader.read(&batch.slice(offset, rows.len() - offset), &mut sliced, 1).unwrap();
            if let (Values::Cells(part), Values::Cells(whole)) = (&sliced.columns[0], &expected.columns[0]) {
                prop_assert_eq!(&part[..], &whole[offset..]);
            }

            for bytes in [as_parquet(&batch), as_ipc_file(&batch), as_ipc_stream(&batch)] {
                prop_assert_eq!(&read_any(&bytes, "", &specs).unwrap().columns, &expected.columns);
                let alone = read_any(&bytes, "", &specs[..1]).unwrap();
                prop_assert_eq!(&alone.columns[0], &expected.columns[0]);
            }
        }
    }
}

#[test]
fn presence_counts_nulls_of_nested_types_too() {
    let lists = [Some(vec![Some(1)]), None, Some(vec![None])];
    let array: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(lists));
    assert_eq!(arrow("x", array.clone(), Kind::Presence, ReadOptions::default()).unwrap(), [Cell::Time(1)]);
    assert!(arrow("x", array, Kind::Category, ReadOptions::default()).is_err());
}
