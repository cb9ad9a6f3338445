//! Tables: readers turn bytes or Arrow data into typed [`Batch`]es; the rest of the core never sees a file format.

mod batch;
#[cfg(any(feature = "parquet", feature = "ipc"))]
mod damage;
mod format;
mod interner;
mod key;
mod number;
mod options;
mod problems;
mod select;
mod time;

#[cfg(feature = "arrow")]
pub mod arrow;
pub mod csv;
#[cfg(feature = "ipc")]
pub mod ipc;
#[cfg(feature = "parquet")]
pub mod parquet;

pub use batch::{Batch, Codes, Column, ColumnSpec, Kind, MISSING_CODE, MISSING_TIME, Numbers};
pub use format::Format;
pub use key::{MISSING_KEY, integer_key, number_key, row_key};
pub use options::ReadOptions;
pub(crate) use time::{day_of, moment_text, parse_day, parse_time};

use crate::error::{Code, Error, Problem, Result};

/// Receives the batches of a table in any chunking; the result never depends on it.
pub trait Sink {
    /// Takes rows; `first_row` is the number (from 1) of the first, for error messages only.
    fn batch(&mut self, batch: &Batch<'_>, first_row: u64) -> Result<()>;
}

/// The error of a file that the system does not give us.
fn unreadable(error: &std::io::Error) -> Error {
    Problem::new(Code::FileUnreadable, format!("the file cannot be read: {error}"))
        .hint("check the path, the permissions and the disk")
        .into()
}
