//! The one error type, as JavaScript sees it.

use std::fmt::Display;

use modelassay::error::{Code, Error, Problem};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What a developer sees when the engine has a bug.
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    pub(crate) fn log(text: &str);
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What every function here throws: `problems` is the JSON that every surface of modelassay gives (type `Problem`). */
export interface ModelassayError extends Error {
  name: "ModelassayError";
  problems: {
    code: string;
    message: string;
    hint?: string;
    location: { source?: string; line?: number; column?: number; row?: number; field?: string };
  }[];
}
"#;

/// The problems as a JavaScript `Error`: its message for a person, `problems` for a program.
pub(crate) fn raise(error: Error) -> JsValue {
    let thrown = js_sys::Error::new(&error.to_string());
    thrown.set_name("ModelassayError");
    let problems = js_sys::JSON::parse(&error.to_json())
        .and_then(|value| js_sys::Reflect::get(&value, &JsValue::from_str("problems")))
        .unwrap_or_else(|_| js_sys::Array::new().into());
    // Setting a property of a fresh object cannot fail.
    let _ = js_sys::Reflect::set(&thrown, &JsValue::from_str("problems"), &problems);
    thrown.into()
}

/// A call that does not fit: a mistake of the page, not of its user.
pub(crate) fn misuse(message: impl Into<String>) -> Error {
    Problem::new(Code::Internal, message).into()
}

/// A value that is not what the function takes.
pub(crate) fn invalid(error: impl Display) -> Error {
    misuse(format!("a value handed to modelassay is not what it takes: {error}"))
}
