//! WebAssembly bindings of modelassay: convert, call, map the error; no logic of their own.
//!
//! Three modules are built from this crate (`cargo xtask wasm`), so that a page fetches what it needs when it needs it:
//! `core` audits CSV tables; `full` is the same and also reads dossiers, Parquet and Arrow IPC; `report` renders what either
//! of them found, and has the documentation of the checks. They load in a page, in a worker, and in Node when `init`
//! is handed the bytes.
//!
//! Text and numbers cross as JavaScript values. The report crosses as the text of one JSON document, so that the
//! bytes a user downloads here are the bytes every other surface writes.

#[cfg(feature = "audit")]
pub mod audit;
#[cfg(feature = "audit")]
pub mod catalogue;
mod error;
#[cfg(feature = "audit")]
pub mod plan;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "audit")]
mod source;

use wasm_bindgen::prelude::*;

/// Runs once when the module is loaded: a bug then says where it is before it stops the module.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|bug| error::log(&format!("modelassay has a bug, please report it: {bug}"))));
}

/// Version of the engine.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// A value as JSON would have it: plain objects, and `null` for what is absent.
#[cfg(feature = "audit")]
fn value(value: &impl serde::Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|error| error::raise(error::invalid(error)))
}
