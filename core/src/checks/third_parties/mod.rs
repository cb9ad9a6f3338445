//! Can those on whom the model depends be held to something?

pub(super) mod assurance;
pub(super) mod contracts;
