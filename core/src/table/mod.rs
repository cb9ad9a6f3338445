//! Tables: readers turn bytes or Arrow data into typed [`Batch`]es; the rest of the core never sees a file format.

mod batch;

pub use batch::{Batch, Codes, Column, ColumnSpec, Kind, MISSING_CODE, MISSING_TIME, Numbers};

use crate::error::Result;

/// Receives the batches of a table in any chunking; the result never depends on it.
pub trait Sink {
    /// Takes rows; `first_row` is the number (from 1) of the first, for error messages only.
    fn batch(&mut self, batch: &Batch<'_>, first_row: u64) -> Result<()>;
}
