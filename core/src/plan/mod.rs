//! What the user declares: text -> spanned tree -> checked [`Plan`], all problems at once.

mod bounds;
mod canonical;
mod check;
mod columns;
mod guess;
mod init;
mod keys;
mod literal;
mod model;
mod quantile;
mod sentence;

pub use crate::yaml::Key;
pub(crate) use bounds::Place;
pub use columns::{PlanTable, Role, RoleColumn};
pub use guess::{Guess, Guessed, SampledColumn, guess, guess_with_labels};
pub use init::init_plan;
pub use keys::{BASELINE_KEYS, CONSISTENCY_KEYS, CRITERION_KEYS, MODEL_KEYS, PLAN_KEYS, PRECISION_KEYS};
pub use literal::{canonical_value, is_json_number};
pub use model::{
    Baseline, Bins, Comparator, Consistency, Criterion, CriterionSubject, Decision, MissingGroup, ModelIdentity, Plan,
    Precision, Quantile, Roles, Rule, SCHEMA_VERSION, Severity, Side, SmallGroups, Sources, Task,
};
