//! A file as a source of Parquet that several threads may read at the same time.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use ::parquet::errors::{ParquetError, Result};
use ::parquet::file::reader::{ChunkReader, Length};
use bytes::Bytes;

/// An open file. Clones share it; each read takes its turn, because a file has one position.
#[derive(Clone, Debug)]
pub struct FileSource {
    file: Arc<Mutex<File>>,
    length: u64,
}

impl FileSource {
    /// Takes an open file.
    pub fn new(file: File) -> crate::error::Result<Self> {
        let length = file.metadata().map_err(|error| crate::table::unreadable(&error))?.len();
        Ok(Self { file: Arc::new(Mutex::new(file)), length })
    }

    fn read_at(&self, position: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(position))?;
        file.read(buffer)
    }
}

impl Length for FileSource {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for FileSource {
    type T = BufReader<FileRange>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(BufReader::new(FileRange { source: self.clone(), position: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.length) {
            return Err(ParquetError::EOF(format!("{length} bytes at {start} lie beyond the end of the file")));
        }
        let mut buffer = vec![0; length];
        FileRange { source: self.clone(), position: start }.read_exact(&mut buffer)?;
        Ok(buffer.into())
    }
}

/// The file from some position on.
#[derive(Debug)]
pub struct FileRange {
    source: FileSource,
    position: u64,
}

impl Read for FileRange {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.source.read_at(self.position, buffer)?;
        self.position += length as u64;
        Ok(length)
    }
}
