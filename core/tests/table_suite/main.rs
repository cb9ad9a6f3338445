//! The table readers: properties, equality across formats, the gallery of broken tables, mutated bytes.
#![expect(clippy::unwrap_used, reason = "what goes wrong here is a failing test")]

mod csv;
#[cfg(all(feature = "ipc", feature = "zstd"))]
mod formats;
#[cfg(all(feature = "ipc", feature = "zstd"))]
mod gallery;
#[cfg(all(feature = "ipc", feature = "zstd"))]
mod mutated;
mod support;
