//! Who can touch the model, and how is it protected?

pub(super) mod accounts;
pub(super) mod review;
pub(super) mod safeguards;
pub(super) mod security_tests;
pub(super) mod separation_of_duties;
