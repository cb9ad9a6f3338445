//! The checked plan: what is audited and against which criteria. Every default is filled in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::rulebook::Settings;

/// Version of the plan's schema that this release reads.
pub const SCHEMA_VERSION: u32 = 1;

/// A plan that has passed every check: [`Plan::parse`](super::Plan::parse) is the only way to make one.
///
/// Serialised, it is the canonical plan that enters the report's digest. Paths of input files are not part of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// Always [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The model under audit.
    pub model: ModelIdentity,
    /// What the model predicts.
    pub task: Task,
    /// Which columns play which role.
    pub roles: Roles,
    /// The label value that is the positive class, as canonical text; `None` means 1 or true.
    pub positive: Option<String>,
    /// How each further value of the prediction column counts, by canonical text; empty means 0/1 or the label's values.
    pub decisions: BTreeMap<String, Decision>,
    /// Scores at or above it are positive decisions.
    pub threshold: Option<f64>,
    /// Another model, or another version, that answered the same rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// Which decision is good for the person concerned; selection rates count it.
    pub favourable: Side,
    /// Protected attributes: one name, or several for an intersection; in the order of the plan.
    pub protected: Vec<Vec<String>>,
    /// The declared reference group of an attribute, as canonical text.
    pub reference_groups: BTreeMap<String, String>,
    /// Whether rows with a missing group are compared with the others (key `missing_group`, default `as_group`).
    pub missing_group: MissingGroup,
    /// How numeric attributes and strata are cut into groups (key `bins`).
    pub bins: BTreeMap<String, Bins>,
    /// What becomes of groups with fewer than `min_n` rows (key `small_groups`, default `suppress`).
    pub small_groups: SmallGroups,
    /// Columns within whose values selection is compared again (key `strata`).
    pub strata: Vec<String>,
    /// Declared shares of the groups of an attribute, by canonical text (key `population`).
    pub population: BTreeMap<String, BTreeMap<String, f64>>,
    /// Attributes known as probabilities: for each group, its column (key `memberships`).
    pub memberships: BTreeMap<String, BTreeMap<String, String>>,
    /// What makes people alike, and with how many of them each is compared (key `consistency`).
    pub consistency: Option<Consistency>,
    /// Whether it is measured how well features tell the group (key `proxies`).
    pub proxies: bool,
    /// Named conventions to report besides the defaults (key `conventions`, a list of names of the catalogue).
    pub conventions: Vec<String>,
    /// Rulebooks to read the numbers by, each with its settings (key `rulebooks`).
    pub rulebooks: BTreeMap<&'static str, Settings>,
    /// What must hold.
    pub criteria: Vec<Criterion>,
    /// Two-sided confidence level of every interval that no criterion overrides.
    pub level: f64,
    /// Smallest n at which a criterion is judged, unless it says otherwise.
    pub min_n: u64,
    /// Groups with fewer rows are suppressed in everything shareable.
    pub min_n_shown: u64,
    /// How exact distributions are kept.
    pub precision: Precision,
    /// Texts that count as missing besides the empty field.
    pub missing_values: Vec<String>,
    /// Labels that arrive later than this many microseconds after the prediction are late.
    pub max_label_delay: Option<i64>,
    /// Seed of everything random.
    pub seed: u64,
}

/// Who the model is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModelIdentity {
    /// Name of the model.
    pub name: Option<String>,
    /// Version of the deployed model.
    pub version: Option<String>,
    /// Person or team that answers for it.
    pub owner: Option<String>,
    /// Digest of the deployed artefact, as its registry writes it.
    pub artefact: Option<String>,
}

/// What the model predicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Task {
    /// One of two classes.
    #[default]
    Binary,
    /// One of several classes.
    Multiclass,
    /// A number.
    Regression,
}

impl Task {
    /// The word that plans use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Binary => "binary",
            Self::Multiclass => "multiclass",
            Self::Regression => "regression",
        }
    }
}

/// Which column plays which role.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Roles {
    /// The outcome that came true.
    pub label: Option<String>,
    /// The decision that was taken.
    pub prediction: Option<String>,
    /// The model's score of the positive class.
    pub score: Option<String>,
    /// One score column a class, by the class as canonical text.
    pub scores: BTreeMap<String, String>,
    /// Predicted quantiles of a number, by rising level.
    pub quantiles: Vec<Quantile>,
    /// Sample weight.
    pub weight: Option<String>,
    /// Repeated subject.
    pub cluster: Option<String>,
    /// Identifier of a row.
    pub id: Option<String>,
    /// When the prediction was made.
    pub time: Option<String>,
    /// When the label became known.
    pub label_time: Option<String>,
    /// Inputs of the model.
    pub features: Vec<String>,
}

/// The model that the audited one is compared with, row by row: its columns stand in the same table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Baseline {
    /// What it is called, such as its version.
    pub name: Option<String>,
    /// The decision that it took; read like that of the model under audit.
    pub prediction: Option<String>,
    /// Its score of the positive class.
    pub score: Option<String>,
    /// Its scores at or above it are positive decisions.
    pub threshold: Option<f64>,
}

impl Baseline {
    /// Whether its decisions are known: in a column, or from its scores.
    pub fn has_decisions(&self) -> bool {
        self.prediction.is_some() || (self.score.is_some() && self.threshold.is_some())
    }
}

/// A column of predicted quantiles.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quantile {
    /// The share of outcomes that should lie below it, strictly between 0 and 1.
    pub level: f64,
    /// The column.
    pub column: String,
}

/// How a value of the prediction column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Decision {
    /// The positive class.
    Positive,
    /// The negative class.
    Negative,
    /// Not a decision of the model (referred, abstained, overridden): counted, and left out of every rate.
    Excluded,
}

/// How rows whose group is missing take part in gaps; their own rates are always shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MissingGroup {
    /// As a group like the others.
    AsGroup,
    /// Not at all.
    LeftOut,
}

/// How a number is cut into groups; each holds the values from its lower edge up to, and without, its upper one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bins {
    /// At these values, rising.
    Edges(Vec<f64>),
    /// Into so many groups of about equally many rows.
    Quantiles(u32),
}

/// How consistency is measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Consistency {
    /// Numeric columns, each scaled to a standard deviation of 1.
    pub features: Vec<String>,
    /// Neighbours of each row.
    pub neighbours: u64,
}

/// What becomes of groups with fewer rows than the plan judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SmallGroups {
    /// They stay groups of their own, and those below `min_n_shown` are hidden.
    Suppress,
    /// They are taken together as one group.
    Pool,
}

/// One of the two classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Side {
    /// The positive class.
    Positive,
    /// The negative class.
    Negative,
}

/// Limits on what is kept exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Precision {
    /// Distinct scores kept exactly; above it the scores are coarsened and measures carry bounds.
    pub max_keys: u64,
}

/// One thing that must hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Criterion {
    /// Name of a measure of the [catalogue](crate::findings::catalogue).
    pub measure: String,
    /// How the measure compares with the threshold when the criterion is met.
    pub comparator: Comparator,
    /// The value it is compared with; with `within` the lower one of two.
    pub threshold: f64,
    /// The upper one, with `within` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold_upper: Option<f64>,
    /// What it is about.
    pub subject: CriterionSubject,
    /// The class that is set against the rest, where a model has several; `None` is the model as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Named definition of the measure, where it has several.
    pub convention: String,
    /// Two-sided confidence level.
    pub level: f64,
    /// Whether the interval or the point value decides.
    pub rule: Rule,
    /// Smallest n at which it is judged.
    pub min_n: u64,
    /// How bad it is when not met.
    pub severity: Severity,
    /// Criteria of one family share the Holm adjustment; each criterion is its own family unless it names one.
    pub family: Option<String>,
    /// The document it comes from.
    pub source: Option<String>,
    /// When it was set (ISO 8601 date).
    pub set_at: Option<String>,
    /// Who set it.
    pub set_by: Option<String>,
}

/// What a criterion is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum CriterionSubject {
    /// The whole table.
    Overall,
    /// Every group of an attribute or intersection, one by one.
    EachGroup {
        /// The attribute, or the attributes of an intersection.
        attribute: Vec<String>,
    },
    /// One named group.
    Group {
        /// The attribute, or the attributes of an intersection.
        attribute: Vec<String>,
        /// Its value for each, as canonical text; `None` is the group of rows where it is missing.
        group: Vec<Option<String>>,
    },
    /// The gap between groups; with the convention `reference_group` every group against the reference.
    Gap {
        /// The attribute, or the attributes of an intersection.
        attribute: Vec<String>,
        /// One group only; empty means all of them.
        group: Vec<Option<String>>,
    },
}

/// How a measure must compare with its threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Comparator {
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// More than.
    #[serde(rename = ">")]
    MoreThan,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
    /// Less than.
    #[serde(rename = "<")]
    LessThan,
    /// Between two values, both included: equivalence.
    #[serde(rename = "within")]
    Within,
}

/// What decides a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Rule {
    /// The whole confidence interval must lie on one side.
    Interval,
    /// The point value, as some regulators read it.
    Point,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Severity {
    /// For information.
    Info,
    /// Small.
    Low,
    /// Worth planning for.
    Medium,
    /// Needs action.
    High,
    /// Stops a release.
    Critical,
}

/// Where the tables of a plan lie; outside the canonical plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sources {
    /// Predictions.
    pub data: Option<String>,
    /// Labels that arrived later.
    pub labels: Option<String>,
    /// The reference table.
    pub reference: Option<String>,
    /// The governance evidence.
    pub dossier: Option<String>,
}
