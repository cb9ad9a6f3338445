//! Is the model audited as often as it should be, by people who are independent, and does it help?

pub(super) mod auditors;
pub(crate) mod exceptions;
pub(super) mod follow_up;
pub(super) mod full_audit;
pub(super) mod light_audit;
pub(super) mod rotation;
