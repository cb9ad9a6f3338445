//! Bytes changed at random: every reader answers in time, with a table or an error, and never with a panic.

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Once;
use std::sync::mpsc::channel;
use std::time::Duration;

use bytes::Bytes;
use modelassay::table::{ColumnSpec, Format, Kind, ReadOptions, csv, ipc, parquet};
use proptest::prelude::*;

use crate::support::{Gathered, read_csv, spec};

/// Far above what a case takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// One change of a file.
#[derive(Clone, Debug)]
enum Change {
    Set(usize, u8),
    Flip(usize, u8),
    Cut(usize),
    Remove(usize, usize),
    Repeat(usize, usize),
    Insert(usize, Vec<u8>),
    Integer(usize, u64, usize),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let at = |position: usize, bytes: &Vec<u8>| position % bytes.len().max(1);
        if bytes.is_empty() {
            return;
        }
        match self {
            Self::Set(position, byte) => {
                let position = at(*position, bytes);
                bytes[position] = *byte;
            }
            Self::Flip(position, bit) => {
                let position = at(*position, bytes);
                bytes[position] ^= 1 << (bit % 8);
            }
            Self::Cut(position) => bytes.truncate(at(*position, bytes)),
            Self::Remove(position, length) => {
                let start = at(*position, bytes);
                bytes.drain(start..bytes.len().min(start + length));
            }
            Self::Repeat(position, length) => {
                let start = at(*position, bytes);
                let piece = bytes[start..bytes.len().min(start + length)].to_vec();
                bytes.splice(start..start, piece);
            }
            Self::Insert(position, piece) => {
                let start = at(*position, bytes);
                bytes.splice(start..start, piece.iter().copied());
            }
            Self::Integer(position, value, width) => {
                let start = at(*position, bytes);
                let end = bytes.len().min(start + width);
                bytes[start..end].copy_from_slice(&value.to_le_bytes()[..end - start]);
            }
        }
    }
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let position = 0..100_000_usize;
    let change = prop_oneof![
        4 => (position.clone(), any::<u8>()).prop_map(|(position, byte)| Change::Set(position, byte)),
        4 => (position.clone(), any::<u8>()).prop_map(|(position, bit)| Change::Flip(position, bit)),
        1 => position.clone().prop_map(Change::Cut),
        1 => (position.clone(), 1..64_usize).prop_map(|(position, length)| Change::Remove(position, length)),
        1 => (position.clone(), 1..64_usize).prop_map(|(position, length)| Change::Repeat(position, length)),
        1 => (position.clone(), proptest::collection::vec(any::<u8>(), 1..9)).prop_map(|(p, piece)| Change::Insert(p, piece)),
        2 => (
            position,
            prop_oneof![Just(u64::MAX), Just(i64::MAX as u64), Just(i32::MAX as u64), Just(1 << 31), Just(0), any::<u64>()],
            prop_oneof![Just(4_usize), Just(8)],
        ).prop_map(|(position, value, width)| Change::Integer(position, value, width)),
    ];
    proptest::collection::vec(change, 1..6)
}

/// Panics inside the decoders are caught by the readers; only ours are worth printing.
fn hide_foreign_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let is_ours = info
                .location()
                .is_none_or(|place| place.file().contains("core/") && !place.file().contains("registry"));
            if is_ours {
                usual(info);
            }
        }));
    });
}

/// Runs a case in a thread of its own and waits only so long.
fn in_time(case: impl FnOnce() + Send + 'static) -> Result<(), TestCaseError> {
    hide_foreign_panics();
    let (done, wait) = channel();
    let thread = std::thread::spawn(move || {
        case();
        let _ = done.send(());
    });
    match wait.recv_timeout(PATIENCE) {
        Err(std::sync::mpsc::RecvTimeoutError::Timeout) => Err(TestCaseError::fail("the reader hangs")),
        _ => thread.join().map_err(|_| TestCaseError::fail("the reader panicked")),
    }
}

fn specs() -> Vec<ColumnSpec> {
    let optional = |name: &str, kind| ColumnSpec { optional: true, ..spec(name, kind) };
    vec![
        optional("id", Kind::Key),
        optional("label", Kind::Category),
        optional("score", Kind::Number),
        optional("group", Kind::Category),
        optional("group", Kind::Presence),
        optional("at", Kind::Time),
        optional("day", Kind::Presence),
    ]
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/table").join(name)).unwrap()
}

fn changed(name: &str, changes: &[Change]) -> Vec<u8> {
    let mut bytes = fixture(name);
    for change in changes {
        change.apply(&mut bytes);
    }
    bytes
}

fn read(bytes: Vec<u8>) {
    let mut gathered = Gathered::default();
    let _ = Format::sniff(&bytes, "");
    let _ = csv::header_and_sample(&bytes, true);
    if bytes.starts_with(b"PAR1") {
        let _ = parquet::header_and_sample(Bytes::from(bytes.clone()));
        let _ = parquet::read(Bytes::from(bytes), &specs(), ReadOptions::default(), &mut gathered);
    } else {
        let _ = ipc::header_and_sample(Cursor::new(&bytes));
        let _ = ipc::read(Cursor::new(&bytes), &specs(), ReadOptions::default(), &mut gathered);
    }
}

/// PROPTEST_CASES asks for a longer campaign.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases.max(400), ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn csv_files(changes in changes(), cuts in proptest::collection::vec(0..1000_usize, 0..4)) {
        let bytes = changed("pandas.csv", &changes);
        in_time(move || {
            let options = || ReadOptions { max_record_bytes: 1000, ..ReadOptions::default() };
            let whole = read_csv(&bytes, &[], &specs(), options()).map(|gathered| gathered.columns);
            let pieces = read_csv(&bytes, &cuts, &specs(), options()).map(|gathered| gathered.columns);
            assert_eq!(whole, pieces);
        })?;
    }

    #[test]
    fn parquet_files(
        file in prop_oneof![
            Just("pyarrow-none.parquet"), Just("pyarrow-snappy.parquet"), Just("pyarrow-gzip.parquet"),
            Just("pyarrow-brotli.parquet"), Just("pyarrow-lz4.parquet"), Just("polars-default.parquet"),
            Just("pyarrow-v2.parquet"),
        ],
        changes in changes(),
    ) {
        let bytes = changed(file, &changes);
        in_time(move || read(bytes))?;
    }

    #[test]
    fn arrow_files(
        file in prop_oneof![
            Just("pyarrow-stream.arrows"), Just("pyarrow-lz4.feather"), Just("pyarrow-zstd.feather"),
            Just("polars-default.arrow"), Just("polars-categorical.arrow"),
        ],
        changes in changes(),
    ) {
        let bytes = changed(file, &changes);
        in_time(move || read(bytes))?;
    }

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300), start in 0..3_usize) {
        let bytes = [[&b""[..], b"PAR1", b"\xff\xff\xff\xff"][start], &bytes].concat();
        in_time(move || {
            let _ = read_csv(&bytes, &[], &specs(), ReadOptions::default());
            read(bytes);
        })?;
    }
}
