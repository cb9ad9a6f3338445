//! What the user declares: text -> spanned tree -> checked [`Plan`], all problems at once.

mod literal;
mod model;

pub use literal::canonical_value;
pub use model::{
    Comparator, Criterion, CriterionSubject, Decision, ModelIdentity, Plan, Precision, Roles, Rule, SCHEMA_VERSION,
    Severity, Side, Sources, Task,
};
