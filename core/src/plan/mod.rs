//! What the user declares: text -> spanned tree -> checked [`Plan`], all problems at once.

mod columns;
mod literal;
mod model;

pub use columns::{PlanTable, Role, RoleColumn};
pub use literal::{canonical_value, is_json_number};
pub use model::{
    Comparator, Criterion, CriterionSubject, Decision, ModelIdentity, Plan, Precision, Roles, Rule, SCHEMA_VERSION,
    Severity, Side, Sources, Task,
};
