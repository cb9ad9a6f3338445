//! Are the people concerned told, and told why?

pub(super) mod explanation;
pub(super) mod notice;
