//! The wire schema of a report, version 1: the only thing renderers and bindings see.
//!
//! It grows by optional fields and new enum values only. NaN and infinities never appear:
//! a number that does not exist is `null`, with a reason beside it.

use serde::{Deserialize, Serialize};

pub use crate::plan::{Criterion, ModelIdentity, Rule, Severity, Task};

/// Version of this schema.
pub const SCHEMA_VERSION: &str = "1.0";

/// A whole audit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub schema_version: String,
    /// What computed it.
    pub engine: Engine,
    /// The model under audit.
    pub model: ModelIdentity,
    /// What the model predicts.
    pub task: Task,
    /// The day the audit speaks for (ISO 8601 date); `null` when none was given.
    pub as_of: Option<String>,
    /// The plan, canonical, with its digest.
    pub plan: PlanRecord,
    /// What was read.
    pub inputs: Inputs,
    /// The answer, with its denominators.
    pub verdict: Verdict,
    /// At most five sentences, worst first.
    pub headlines: Vec<Headline>,
    /// Every answer, criteria first, in the order of the registry.
    pub findings: Vec<Finding>,
    /// What the dossier lacks and checks wait for, the record that most of them wait for first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacking: Vec<Lacking>,
    /// Every number, flat.
    pub measures: Vec<Measure>,
    /// Curves behind the charts.
    pub curves: Vec<Curve>,
    /// Labels by decisions of a model of several classes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confusion: Vec<ConfusionMatrix>,
    /// SHA-256 of the RFC 8785 form of this report without `digest` and `provenance`, in hexadecimal.
    pub digest: String,
    /// How the bytes came in; outside the digest.
    pub provenance: Provenance,
}

/// Name and version of the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Engine {
    /// `modelassay`.
    pub name: String,
    /// Semantic version.
    pub version: String,
}

/// The plan as the engine understood it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanRecord {
    /// SHA-256 of the RFC 8785 form of `canonical`, in hexadecimal.
    pub digest: String,
    /// Every setting, defaults filled in.
    pub canonical: serde_json::Value,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Inputs {
    /// The predictions.
    pub predictions: TableSummary,
    /// The reference table.
    pub reference: Option<TableSummary>,
    /// Labels that arrived in another table.
    pub labels: Option<LabelsSummary>,
    /// The governance evidence that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<DossierSummary>,
}

/// The governance evidence that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DossierSummary {
    /// Digest of what it states: free of format, order of keys and comments.
    pub digest: String,
    /// Sections of which it says something.
    pub sections: u64,
}

/// One measured table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableSummary {
    /// Digest of the canonical measurements: free of row order, chunking and file format.
    pub digest: String,
    /// Rows read.
    pub rows: u64,
    /// First and last time of a prediction (ISO 8601), where the plan names a time column.
    pub period: Option<Period>,
    /// Every column that has a role.
    pub columns: Vec<ColumnSummary>,
    /// Bits of the score that were dropped to stay within `precision.max_keys`; 0 is exact.
    pub score_bits_dropped: u32,
}

/// From and to, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Period {
    /// First moment.
    pub from: String,
    /// Last moment.
    pub to: String,
}

/// A column and how many of its values are missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnSummary {
    /// Its name.
    pub name: String,
    /// Its role: `label`, `prediction`, `score`, `weight`, `id`, `time`, `protected`, `feature`…
    pub role: String,
    /// Rows without a value; `null` where the table lacks the column.
    pub missing: Option<u64>,
}

/// The table of labels and how it fits the predictions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LabelsSummary {
    /// Rows read.
    pub rows: u64,
    /// Identifiers that occur more than once with the same label; each counts once.
    pub duplicates: u64,
    /// Identifiers that occur with different labels; none of them is used.
    pub conflicting: u64,
    /// Rows without an identifier.
    pub without_id: u64,
    /// Identifiers of labels for which no prediction was read.
    pub unmatched: u64,
    /// Predictions for which no label has arrived.
    pub predictions_without_label: u64,
    /// Labels that arrived later than the plan's `max_label_delay`; `null` where that cannot be told.
    pub late: Option<u64>,
}

/// The answer to the whole audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum VerdictOutcome {
    /// Some finding without an exception is not met.
    Fail,
    /// Some criterion is undecided, not assessed or in error, or none was declared.
    Incomplete,
    /// What is not met is covered by valid exceptions.
    Conditional,
    /// Every criterion is met.
    Pass,
}

/// The verdict with its denominators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Verdict {
    /// The word.
    pub outcome: VerdictOutcome,
    /// Outcomes of the declared criteria; a criterion over many groups counts once, by its worst group.
    pub criteria: Tally,
    /// Outcomes of all findings.
    pub findings: Tally,
    /// Why, in one sentence.
    pub reason: String,
}

/// Counts by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tally {
    /// All of them.
    pub total: u64,
    /// Met.
    pub met: u64,
    /// Not met.
    pub not_met: u64,
    /// Undecided.
    pub undecided: u64,
    /// Not assessed.
    pub not_assessed: u64,
    /// Not applicable.
    pub not_applicable: u64,
    /// Error.
    pub error: u64,
}

/// One sentence of "what matters".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Headline {
    /// The finding it is about.
    pub finding: String,
    /// The sentence.
    pub text: String,
}

/// What a check answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Outcome {
    /// The whole interval (or, by the rule `point`, the value) is on the bad side.
    NotMet,
    /// The check itself failed.
    Error,
    /// The evidence cannot tell.
    Undecided,
    /// It could not be asked, for the stated reason.
    NotAssessed,
    /// It does not concern this model.
    NotApplicable,
    /// The whole interval (or the value) is on the good side.
    Met,
}

/// The part of an audit a check belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Dimension {
    /// How well the model predicts.
    Performance,
    /// Whether groups are treated alike.
    Fairness,
    /// Whether the data are sound.
    Data,
    /// Whether the predictions keep their contract.
    Predictions,
    /// Whether what is written about the model is there, current and true.
    Documentation,
    /// Whether what must hold was set in time and by the right people.
    Acceptance,
    /// Whether the data behind the model are accounted for.
    DataGovernance,
    /// Whether what can go wrong is known and owned.
    Risks,
    /// Whether the people concerned are told, and told why.
    Transparency,
    /// Whether somebody would notice if it went wrong.
    Monitoring,
    /// Who can touch the model.
    Access,
    /// Whether what goes wrong is handled.
    Incidents,
    /// Whether people watch over the decisions.
    Oversight,
    /// Whether those on whom it depends can be held to something.
    ThirdParties,
    /// Whether it is audited as often as it should be, and by whom.
    AuditProgramme,
}

impl Dimension {
    /// Whether its checks read the dossier, and not the rows of a table.
    pub fn reads_dossier(self) -> bool {
        !matches!(self, Self::Performance | Self::Fairness | Self::Data | Self::Predictions)
    }
}

/// How strong the evidence behind a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EvidenceClass {
    /// Computed here.
    Test,
    /// A dated document, hash or export that was checked.
    Record,
    /// A named person says so.
    Attestation,
}

/// Why something was not assessed, or a number does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Reason {
    /// No row has the roles this needs.
    NoRows,
    /// No positive label.
    NoPositives,
    /// No negative label.
    NoNegatives,
    /// No positive decision.
    NoPositiveDecisions,
    /// No negative decision.
    NoNegativeDecisions,
    /// Its denominator is zero.
    ZeroDenominator,
    /// The ratio has no finite value.
    Infinite,
    /// A value is negative, so that a ratio of it says nothing.
    Negative,
    /// Fewer rows than the criterion's `min_n`.
    NBelowMinimum,
    /// Fewer rows than `min_n_shown`, or the complement of such a group.
    Suppressed,
    /// The plan names no label column.
    NoLabels,
    /// The plan names neither a prediction column nor a threshold.
    NoDecisions,
    /// The plan names no score column.
    NoScores,
    /// The plan names no column of predicted numbers.
    NoPredictions,
    /// The plan names no quantile columns, or one only.
    NoQuantiles,
    /// The plan names no protected attribute.
    NoProtectedAttributes,
    /// The plan names no reference group for the attribute.
    NoReferenceGroup,
    /// The reference group, or the named group, has no rows.
    GroupAbsent,
    /// Only one group has rows.
    SingleGroup,
    /// The plan states no criterion for it.
    NoCriterion,
    /// The table lacks the column.
    ColumnMissing,
    /// No id column.
    NoIds,
    /// No time column, or no label time.
    NoTimes,
    /// The audit has no `as_of` date.
    AsOfMissing,
    /// No dossier was given.
    DossierMissing,
    /// The dossier says nothing of it.
    NotStated,
    /// The dossier says that it is not known.
    StatedUnknown,
    /// The dossier says that there can be none.
    StatedNotApplicable,
    /// A record disagrees with a test or with another record.
    Contradicted,
    /// The dossier counts too few to tell.
    FewRecords,
    /// Scores lie outside the range this measure needs.
    ScoresOutOfRange,
    /// Rows are not weighted.
    NoWeights,
    /// A model had to be fitted, and the fit did not succeed.
    FitFailed,
    /// All rows are alike, so nothing varies.
    ZeroVariance,
    /// This measure does not take sample weights yet.
    WeightsNotSupported,
    /// The error of this measure is not known yet where subjects have several rows.
    ClustersNotSupported,
    /// The groups compared have subjects in common, so their errors are not independent.
    GroupsShareSubjects,
    /// All rows are of one subject, so nothing tells how subjects vary.
    SingleSubject,
    /// The plan names no baseline model with such a column.
    NoBaseline,
    /// The interval has no width, so it cannot decide.
    IntervalDegenerate,
    /// The plan names no strata.
    NoStrata,
    /// The plan declares no share of the group in the population.
    NoPopulationShare,
    /// The plan does not say what makes people alike.
    NoSimilarity,
    /// The plan does not ask what features tell of the group.
    NoProxies,
    /// The column has too many different texts to be a category.
    TooManyValues,
    /// Only the probability is known that a row belongs to the group.
    GroupUncertain,
    /// More rows than this exact test takes.
    TooManyRows,
    /// Fewer than three groups, which say nothing of how groups differ.
    FewGroups,
    /// A score is infinite.
    ScoresInfinite,
    /// The rulebook states numbers and sets no mark to pass.
    NoPassMark,
    /// Too few people, by the rule that reads them: one selection more or less would turn the answer.
    SmallNumbers,
    /// The tests or thresholds that are read together point to different answers.
    ReadingsDiffer,
    /// More distinct scores than the plan keeps exactly.
    ScoresCoarsened,
    /// No row has the class.
    ClassAbsent,
    /// The model has no more classes than the measure looks at.
    TooFewClasses,
}

/// What a number or finding is about; all empty is the whole table.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Subject {
    /// Protected attribute, or the attributes of an intersection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attribute: Vec<String>,
    /// Its value for each attribute; `null` is the group of rows where it is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<Option<String>>,
    /// The group it is compared with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reference: Vec<Option<String>>,
    /// Class of a multiclass model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Window of time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<String>,
    /// Column of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
}

/// Which table a number speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TableName {
    /// The predictions under audit.
    Predictions,
    /// The reference table.
    Reference,
}

/// One number with its uncertainty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Measure {
    /// Unique within the report: `name[convention]:attribute=group`, prefixed `reference/` for the reference table.
    pub id: String,
    /// Name in the catalogue.
    pub name: String,
    /// Named definition.
    pub convention: String,
    /// The table it was measured on.
    pub table: TableName,
    /// What it is about.
    pub subject: Subject,
    /// The value; `null` with `undefined` saying why.
    pub value: Option<f64>,
    /// Why there is no value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undefined: Option<Reason>,
    /// Confidence interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// Where the exact value lies when scores were coarsened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Bounds>,
    /// Rows it rests on (its denominator); `null` when suppressed.
    pub n: Option<u64>,
    /// Effective n, where rows are weighted (Kish) or subjects have several rows (design effect).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n_effective: Option<f64>,
    /// Subjects that these rows are of, where the plan names a `cluster`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subjects: Option<u64>,
    /// Why a value has no interval, where that is not the nature of the measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_interval: Option<Reason>,
    /// Which rows count, in words of the vocabulary (`labelled`, `decided`, `labelled and decided`, `scored and labelled`…).
    pub population: String,
}

/// A confidence interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// Lower limit; `null` is unbounded.
    pub lower: Option<f64>,
    /// Upper limit; `null` is unbounded.
    pub upper: Option<f64>,
    /// Two-sided confidence level.
    pub level: f64,
    /// Method, by its stable name (docs/statistics.md).
    pub method: String,
}

/// Certain bounds of a value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bounds {
    /// Not below.
    pub lower: f64,
    /// Not above.
    pub upper: f64,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// Unique within the report, usable as an anchor: `fairness/selection-rate-ratio:race=black#2`.
    pub id: String,
    /// The check that answered: `fairness/selection-rate-ratio`.
    pub check: String,
    /// Title of the check.
    pub title: String,
    /// Its dimension.
    pub dimension: Dimension,
    /// The answer.
    pub outcome: Outcome,
    /// Why there is no answer, or what made it so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// How much it matters.
    pub severity: Severity,
    /// How strong the evidence is.
    pub evidence_class: EvidenceClass,
    /// What it is about.
    pub subject: Subject,
    /// The criterion it judges: index into the plan's `criteria`, and its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<CriterionRecord>,
    /// The measure that decided: id of an entry of `measures`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// How the decision was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionRecord>,
    /// The rulebook that was read, and the numbers it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rulebook: Option<RulebookRecord>,
    /// The answer in plain words: the thing, the number, its uncertainty, how many people.
    pub summary: String,
    /// What to do about it; empty when met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// How many rows (people, where a row is a person) it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concerned: Option<u64>,
    /// What in the dossier is not as it should be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// The exception of the dossier that allows it for a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exception: Option<ExceptionRecord>,
}

/// An exception of the dossier that is approved, reasoned, compensated, and still running on the day of the audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExceptionRecord {
    /// Where: `exceptions[0]`.
    pub path: String,
    /// The day it ends (ISO 8601 date).
    pub expires: String,
}

/// A record that the dossier does not state, and what waits for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lacking {
    /// Where it belongs: `acceptance.criteria`.
    pub path: String,
    /// What it is.
    pub about: String,
    /// An example in YAML's short form.
    pub example: String,
    /// Ids of the checks that wait for it, in the order of the registry.
    pub checks: Vec<String>,
}

/// Something in the dossier that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fault {
    /// Where: `documents[2].updated_at`.
    pub path: String,
    /// What is wrong, in words.
    pub text: String,
    /// Who answers for it: the owner that the record names, else whoever is accountable for the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Until when, where the record says so (ISO 8601 date).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

/// A criterion beside its sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CriterionRecord {
    /// Index into the plan's `criteria`.
    pub index: u64,
    /// The criterion in words.
    pub text: String,
    /// The criterion itself.
    pub criterion: Criterion,
}

/// How a criterion was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionRecord {
    /// `interval`, `point`, or `holm` when the adjustment over groups kept a not_met from standing.
    pub decided_by: String,
    /// One-sided p-value of "not met", unadjusted; between two bounds the smaller of two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_value: Option<f64>,
    /// The same after Holm's adjustment within the family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_adjusted: Option<f64>,
    /// The same after Benjamini and Hochberg's adjustment: shown beside Holm's, which decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_adjusted_bh: Option<f64>,
    /// Between two bounds: the p-value of equivalence, the larger of the two one-sided tests (TOST).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_equivalence: Option<f64>,
    /// Rows needed to decide with 80 % power if the estimate persists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n_needed: Option<u64>,
    /// Why `n_needed` does not exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n_needed_reason: Option<String>,
    /// The smallest distance from the threshold these rows could have shown with 80 % power.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smallest_detectable: Option<f64>,
}

/// A reading by a rulebook: a regulator's, an industry's or a library's conventions and rule of decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RulebookRecord {
    /// Its name in a plan: `eeoc`, `ll144`…
    pub name: String,
    /// Where its rules are written.
    pub source: String,
    /// The numbers it was read from, in the order of its sentence.
    pub figures: Vec<Figure>,
}

/// A number that a rulebook reads, by the rulebook's own name for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Figure {
    /// `selection_rate`, `impact_ratio`, `z`…
    pub name: String,
    /// The group it is about, where the finding is about several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<Option<String>>,
    /// The value; `null` with `undefined` saying why.
    pub value: Option<f64>,
    /// Why there is no value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undefined: Option<Reason>,
    /// Confidence interval, where one belongs to this definition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// Rows it rests on; `null` when suppressed.
    pub n: Option<u64>,
}

/// How often each class was decided on rows of each class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfusionMatrix {
    /// The table it was counted on.
    pub table: TableName,
    /// What it is about.
    pub subject: Subject,
    /// The classes, in the order of rows and columns.
    pub classes: Vec<String>,
    /// Rows by label, then decision.
    pub rows: Vec<Vec<u64>>,
    /// Their weights in the same order, where rows are weighted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<Vec<f64>>>,
}

/// Points of a curve, for charts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Curve {
    /// `roc`, `calibration`, or what every threshold would do: `threshold_selection_rate`, `threshold_recall`,
    /// `threshold_false_positive_rate`; of numbers `observed`, `errors`, `quantiles`.
    pub name: String,
    /// The table it was measured on.
    pub table: TableName,
    /// What it is about.
    pub subject: Subject,
    /// Meaning of x.
    pub x_label: String,
    /// Meaning of y.
    pub y_label: String,
    /// Points in drawing order.
    pub points: Vec<CurvePoint>,
}

/// A point with an optional band.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CurvePoint {
    /// Abscissa.
    pub x: f64,
    /// Ordinate.
    pub y: f64,
    /// Lower limit of y.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<f64>,
    /// Upper limit of y.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
    /// Rows behind the point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
}

/// How the bytes came in. Outside the digest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Provenance {
    /// `rust`, `python`, `command line`, `node` or `browser`.
    pub surface: String,
    /// The inputs as they were given.
    pub sources: Vec<SourceRecord>,
    /// Wall time of measuring and judging, in milliseconds, where the surface knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elapsed_ms: Option<f64>,
}

/// One input as it was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceRecord {
    /// `predictions`, `labels`, `reference` or `plan`.
    pub role: String,
    /// File name, without its folder, or the type of the object.
    pub name: String,
    /// `csv`, `parquet`, `arrow ipc`, `arrow`, `arrays`…
    pub format: String,
    /// Size of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// SHA-256 of the file, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}
