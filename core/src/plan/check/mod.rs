//! Tree -> [`Plan`]: every key is read and every problem noted before anything is refused.

mod baseline;
mod criteria;
mod grouping;
mod groups;
mod likeness;
mod outcome;
mod roles;
mod rulebooks;
mod settings;
mod task;
mod values;

pub(super) use task::has_meaning;

use super::keys::{PLAN, PLAN_KEYS};
use super::model::{Plan, Roles, SCHEMA_VERSION, Severity, Sources};
use crate::error::Result;
use crate::yaml::reader::{Fields, Reader};
use crate::yaml::tree::{self, Node, Origin};

/// Confidence level of a plan that names none.
pub(super) const LEVEL: f64 = 0.95;
/// Fewest rows with which a criterion is judged, in a plan that names none.
pub(super) const MIN_N: u64 = 10;
/// Fewest rows of a group whose numbers are shown, in a plan that names none.
pub(super) const MIN_N_SHOWN: u64 = 5;
/// Distinct scores kept exactly, in a plan that names none.
pub(super) const MAX_KEYS: u64 = 1 << 20;
/// Seed of a plan that names none.
pub(super) const SEED: u64 = 0;
/// Severity of a criterion that names none.
pub(super) const SEVERITY: Severity = Severity::Medium;

impl Plan {
    /// Reads and checks a plan in YAML or JSON. `source` names the text in errors, such as `plan.yaml`.
    ///
    /// # Errors
    /// Every problem of the text at once, each with line, column and what to do.
    pub fn parse(text: &str, source: &str) -> Result<(Self, Sources)> {
        let mut reader = Reader::new(&PLAN, source);
        let tree = reader.tree(text, Origin::Text);
        from_tree(tree, reader)
    }

    /// Reads and checks a plan given as keyword arguments: a JSON object whose keys are the keywords. A keyword
    /// that is null was not given. Errors name the keyword and have no line.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn from_keywords(json: &str) -> Result<(Self, Sources)> {
        let mut reader = Reader::new(&PLAN, "");
        let tree = reader.tree(json, Origin::Keywords);
        from_tree(tree, reader)
    }

    /// Reads and checks a plan of which some keys are overridden by keyword arguments (see [`Plan::from_keywords`]).
    /// A keyword replaces the whole key, lists and mappings included.
    ///
    /// # Errors
    /// Every problem of both at once.
    pub fn parse_with_keywords(text: &str, source: &str, json: &str) -> Result<(Self, Sources)> {
        let mut reader = Reader::new(&PLAN, source);
        let plan = reader.tree(text, Origin::Text);
        let keywords = reader.tree(json, Origin::Keywords);
        let tree = match (plan, keywords) {
            (Some(plan), Some(keywords)) => Some(tree::merge(plan, keywords)),
            _ => None,
        };
        from_tree(tree, reader)
    }
}

fn from_tree(tree: Option<Node>, mut reader: Reader) -> Result<(Plan, Sources)> {
    let read = tree.as_ref().and_then(|tree| {
        let fields = reader.fields_of(tree, "", PLAN_KEYS, "a plan")?;
        read(&mut reader, &fields)
    });
    reader.finish(read)
}

/// Everything is read before anything is given up, so that all problems are found.
fn read(reader: &mut Reader, fields: &Fields<'_>) -> Option<(Plan, Sources)> {
    settings::schema_version(reader, fields);
    let model = settings::model(reader, fields);
    let task = task::read(reader, fields);
    let sources = settings::sources(reader, fields);
    let mut protected = groups::protected(reader, fields);
    if let Some(protected) = &mut protected {
        grouping::intersections(reader, fields, protected);
    }
    let strata = grouping::strata(reader, fields);
    let bins = grouping::bins(reader, fields, protected.as_deref(), &strata);
    let memberships = grouping::memberships(reader, fields, protected.as_deref());
    // Whatever can be compared: attributes that are known, and those known as probabilities.
    let compared = protected.as_ref().map(|protected| {
        protected.iter().cloned().chain(memberships.keys().map(|name| vec![name.clone()])).collect::<Vec<_>>()
    });
    let population = grouping::population(reader, fields, compared.as_deref());
    let reference_groups = groups::reference_groups(reader, fields, compared.as_deref());
    let missing_group = groups::missing_group(reader, fields);
    let roles: Roles = roles::read(reader, fields, protected.as_deref());
    let positive = outcome::positive(reader, fields);
    let decisions = outcome::decisions(reader, fields);
    let threshold = outcome::threshold(reader, fields);
    let baseline = baseline::read(reader, fields, task);
    let favourable = outcome::favourable(reader, fields, decisions.as_ref(), positive.as_deref());
    let max_label_delay = settings::max_label_delay(reader, fields);
    let defaults = settings::defaults(reader, fields);
    let context = criteria::Context {
        task,
        plan: fields,
        defaults: &defaults,
        protected: compared.as_deref(),
        reference_groups: reference_groups.as_ref(),
        missing_group,
    };
    let criteria = criteria::read(reader, &context);
    let conventions = criteria::conventions(reader, fields);
    let rulebooks = rulebooks::read(reader, fields, protected.as_deref());
    let plan = Plan {
        schema_version: SCHEMA_VERSION,
        model,
        task,
        roles,
        positive,
        decisions: decisions?,
        threshold,
        baseline,
        favourable: favourable?,
        protected: protected?,
        reference_groups: reference_groups?,
        missing_group,
        bins,
        small_groups: grouping::small_groups(reader, fields),
        strata,
        population,
        memberships,
        consistency: likeness::consistency(reader, fields),
        proxies: likeness::proxies(reader, fields),
        conventions,
        rulebooks,
        criteria,
        level: defaults.level,
        min_n: defaults.min_n,
        min_n_shown: settings::min_n_shown(reader, fields),
        precision: settings::precision(reader, fields),
        missing_values: settings::missing_values(reader, fields),
        max_label_delay,
        seed: settings::seed(reader, fields),
    };
    Some((plan, sources))
}
