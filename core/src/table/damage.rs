//! Turns what the readers of binary formats report about a damaged file into our error.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Code, Error, Problem, Result};

/// Runs a decoder of a foreign crate on bytes that may be anything.
///
/// What can be checked beforehand is: lengths, offsets, codecs. The decoders still index and unwrap deep inside pages
/// and messages; such a panic becomes an error here. Two things remain. Where panics abort (wasm) the module stops and
/// the page must say that the file is damaged. And a size that lies within the bounds we check but beyond the memory
/// there is stops the process.
pub(super) fn guarded<T>(format: &str, decode: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(decode))
        .unwrap_or_else(|_| Err(damaged(format, "its contents contradict each other")))
}

/// The error of a damaged file.
pub(super) fn damaged(format: &str, what: impl std::fmt::Display) -> Error {
    Problem::new(Code::FileDamaged, format!("the {format} file is damaged: {what}"))
        .hint("write or copy the file again")
        .into()
}

/// The error of a file that ends too early.
pub(super) fn cut_off(format: &str) -> Problem {
    Problem::new(Code::FileDamaged, format!("the {format} file ends early"))
        .hint("copy or download it again to its end")
}
