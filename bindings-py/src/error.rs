//! The one error type, as Python sees it: an exception of `modelassay.errors`.

use modelassay::error::{Code, Error, Problem};
use pyo3::prelude::*;

/// The problems as the exception that carries them.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    let exception =
        py.import("modelassay._errors").and_then(|module| module.call_method1("from_json", (error.to_json(),)));
    match exception {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// A call that does not fit: a bug of the Python face, not of its user.
pub(crate) fn misuse(message: impl Into<String>) -> Error {
    Problem::new(Code::Internal, message).into()
}
