//! Renderers over [`findings::v1`](crate::findings::v1): they see nothing else, and compute no number
//! beyond rounding, counting list entries and placing marks.

mod html;
mod notebook;
mod svg;
mod terminal;
mod text;
mod view;
mod words;

pub use html::html;
pub use notebook::notebook;
pub use terminal::terminal;
