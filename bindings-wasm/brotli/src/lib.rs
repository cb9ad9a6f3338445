//! Stands for the crate `brotli` in this workspace (see `.cargo/config.toml`) without its encoder.
//!
//! Parquet's codec refers to the encoder, so no linker can drop it, and nothing here ever compresses: its tables and
//! code are 300 kB of the 1,300 kB that the larger wasm module may weigh.

use std::io::{Error, ErrorKind, Result, Write};

pub use brotli_decompressor::Decompressor;

/// Refuses to compress.
#[derive(Debug)]
pub struct CompressorWriter<W>(W);

impl<W: Write> CompressorWriter<W> {
    /// As in the crate `brotli`.
    pub fn new(writer: W, _buffer_size: usize, _quality: u32, _window: u32) -> Self {
        Self(writer)
    }
}

impl<W: Write> Write for CompressorWriter<W> {
    fn write(&mut self, _bytes: &[u8]) -> Result<usize> {
        Err(Error::new(ErrorKind::Unsupported, "this build reads Brotli and does not write it"))
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}
