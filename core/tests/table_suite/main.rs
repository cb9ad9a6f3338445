//! The table readers: properties, equality across formats, the gallery of broken tables, mutated bytes.

mod csv;
#[cfg(all(feature = "ipc", feature = "zstd"))]
mod formats;
#[cfg(all(feature = "ipc", feature = "zstd"))]
mod gallery;
#[cfg(all(feature = "ipc", feature = "zstd"))]
mod mutated;
mod support;
