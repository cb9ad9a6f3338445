//! Was what must hold set in time, by the right people, and is it what this audit judges?

pub(super) mod agreement;
pub(super) mod approval;
pub(super) mod set_before_test;
