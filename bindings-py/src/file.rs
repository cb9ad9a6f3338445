//! Tables in files: measured and hashed, in constant memory.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::sync::Mutex;

use modelassay::audit::Intake;
use modelassay::error::{Code, Error, Problem, Result};
use modelassay::findings::v1::SourceRecord;
use modelassay::plan::SampledColumn;
use modelassay::table::csv::{self, CsvReader};
use modelassay::table::parquet::{self, FileSource, ParquetReader};
use modelassay::table::{Format, ReadOptions, ipc};
use pyo3::prelude::*;
use sha2::{Digest, Sha256};

use crate::error::misuse;
use crate::feed::{Stop, Watch, Watched, Worker, feed, stopped};
use crate::stream::merged;

/// Bytes read at once.
const CHUNK: usize = 1 << 20;
/// Bytes that show the format.
const START: u64 = 1 << 10;

/// A file and where it lies, for messages.
struct Opened<'p> {
    file: File,
    path: &'p Path,
    format: Format,
}

/// Size and hash of what was read.
#[derive(Default)]
struct Tally {
    hash: Sha256,
    bytes: u64,
}

impl Tally {
    fn add(&mut self, chunk: &[u8]) {
        self.hash.update(chunk);
        self.bytes += chunk.len() as u64;
    }
}

/// Measures a file; returns what was measured and how the file came in.
pub(crate) fn measure(
    path: &Path,
    role: &str,
    intake: &Intake,
    options: &ReadOptions,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> std::result::Result<(Intake, SourceRecord), Stop> {
    let opened = open(path)?;
    let format = opened.format;
    let (measured, tally) = match format {
        Format::Csv => text(opened, intake, options, progress)?,
        Format::Parquet => row_groups(opened, intake, options, threads, progress)?,
        Format::ArrowIpc => batches(opened, intake, options, threads, progress)?,
    };
    let record = SourceRecord {
        role: role.to_owned(),
        name: name(path),
        format: match format {
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::ArrowIpc => "arrow ipc",
        }
        .to_owned(),
        bytes: Some(tally.bytes),
        sha256: Some(tally.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
    };
    Ok((measured, record))
}

/// The columns of a file and some of their values.
pub(crate) fn sample(path: &Path) -> Result<Vec<SampledColumn>> {
    let mut opened = open(path)?;
    let columns = match opened.format {
        Format::Csv => {
            let chunk = opened.chunk()?;
            csv::header_and_sample(&chunk, chunk.len() < CHUNK)?
        }
        Format::Parquet => parquet::header_and_sample(FileSource::new(opened.file)?)?,
        Format::ArrowIpc => ipc::header_and_sample(opened.file)?,
    };
    Ok(columns.into_iter().map(|(name, values)| SampledColumn { name, values }).collect())
}

impl Worker for (CsvReader, Watched<'_>) {}

/// CSV: this thread reads and hashes, another one measures.
fn text(
    mut opened: Opened<'_>,
    intake: &Intake,
    options: &ReadOptions,
    progress: Option<Py<PyAny>>,
) -> std::result::Result<(Intake, Tally), Stop> {
    let watch = Watch::new(progress, opened.size(), "bytes");
    let mut tally = Tally::default();
    let mut measured = feed(
        &watch,
        vec![(CsvReader::new(&intake.columns(), options.clone()), Watched::new(intake, &watch, false))],
        |(reader, sink), chunk: Vec<u8>| {
            reader.push(&chunk, sink)?;
            watch.add(chunk.len() as u64);
            Ok(())
        },
        |give| {
            loop {
                let chunk = opened.chunk()?;
                tally.add(&chunk);
                if chunk.is_empty() || !give(chunk)? {
                    return Ok(());
                }
            }
        },
    )?;
    let Some((mut reader, mut sink)) = measured.pop() else {
        return Err(Stop::Input(misuse("no thread measured the file")));
    };
    reader.finish(&mut sink)?;
    watch.finish()?;
    Ok((sink.intake, tally))
}

/// What a thread does with a file that is not read front to back.
enum Work {
    Hash,
    /// The whole table, or one row group of it.
    Read(usize),
}

/// Parquet: threads take a row group each; one of them also hashes the file.
fn row_groups(
    opened: Opened<'_>,
    intake: &Intake,
    options: &ReadOptions,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> std::result::Result<(Intake, Tally), Stop> {
    let reader = ParquetReader::open(FileSource::new(opened.again()?)?, &intake.columns(), options.clone())?;
    let watch = Watch::new(progress, Some(reader.rows()), "rows");
    let groups = reader.row_groups();
    share(opened, intake, &watch, groups, threads, |group, sink| reader.read_group(group, sink))
}

/// Arrow IPC: one thread measures, another one hashes.
fn batches(
    opened: Opened<'_>,
    intake: &Intake,
    options: &ReadOptions,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> std::result::Result<(Intake, Tally), Stop> {
    let watch = Watch::new(progress, None, "rows");
    let file = Mutex::new(Some(opened.again()?));
    share(opened, intake, &watch, 1, threads, |_, sink| {
        let file = file.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        let file = file.ok_or_else(|| misuse("a file was read twice"))?;
        ipc::read(file, &intake.columns(), options.clone(), sink)
    })
}

/// Shares the parts of a file out among threads.
fn share(
    opened: Opened<'_>,
    intake: &Intake,
    watch: &Watch,
    parts: usize,
    threads: usize,
    read: impl Fn(usize, &mut Watched<'_>) -> Result<()> + Sync,
) -> std::result::Result<(Intake, Tally), Stop> {
    let tally = Mutex::new((Tally::default(), opened));
    let workers = (0..threads).map(|_| Watched::new(intake, watch, true)).collect();
    let measured = feed(
        watch,
        workers,
        |sink: &mut Watched<'_>, work| match work {
            Work::Read(part) => read(part, sink),
            Work::Hash => {
                let mut tally = tally.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let (tally, opened) = &mut *tally;
                loop {
                    let chunk = opened.chunk()?;
                    if chunk.is_empty() {
                        return Ok(());
                    }
                    if watch.is_stopped() {
                        return Err(stopped());
                    }
                    tally.add(&chunk);
                }
            }
        },
        |give| {
            for work in std::iter::once(Work::Hash).chain((0..parts).map(Work::Read)) {
                if !give(work)? {
                    break;
                }
            }
            Ok(())
        },
    )?;
    watch.finish()?;
    let (tally, _) = tally.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    Ok((merged(measured.into_iter().map(|sink| sink.intake), intake), tally))
}

impl Opened<'_> {
    /// The next bytes; none at the end.
    fn chunk(&mut self) -> Result<Vec<u8>> {
        let mut chunk = Vec::with_capacity(CHUNK);
        let read = (&mut self.file).take(CHUNK as u64).read_to_end(&mut chunk);
        read.map_err(|error| unreadable(self.path, &error))?;
        Ok(chunk)
    }

    /// The same file with a position of its own.
    fn again(&self) -> Result<File> {
        File::open(self.path).map_err(|error| unreadable(self.path, &error))
    }

    fn size(&self) -> Option<u64> {
        self.file.metadata().ok().map(|metadata| metadata.len())
    }
}

fn open(path: &Path) -> Result<Opened<'_>> {
    let unread = |error: io::Error| unreadable(path, &error);
    let mut file = File::open(path).map_err(unread)?;
    let mut start = Vec::new();
    (&mut file).take(START).read_to_end(&mut start).map_err(unread)?;
    file.rewind().map_err(unread)?;
    let format = Format::sniff(&start, &name(path))?;
    Ok(Opened { file, path, format })
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    let (why, hint) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("there is no such file".to_owned(), "check the path, and the folder it starts from")
        }
        io::ErrorKind::PermissionDenied => ("reading it is not permitted".to_owned(), "check its permissions"),
        io::ErrorKind::IsADirectory => ("it is a folder".to_owned(), "name one file inside it"),
        io::ErrorKind::NotSeekable => {
            ("it is a pipe, which can be read only once".to_owned(), "write the table to a file first")
        }
        _ => (error.to_string(), "check the path, the permissions and the disk"),
    };
    Problem::new(Code::FileUnreadable, format!("'{}' cannot be read: {why}", path.display())).hint(hint).into()
}
