//! A case of the reference data: its table, its roles, and what independent libraries computed on it.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use modelassay::audit::{Audit, Intake};
use modelassay::error::Result;
use modelassay::findings::v1::{Provenance, Report, Task};
use modelassay::plan::{Plan, PlanTable};
use modelassay::table::{Batch, Codes, Column, MISSING_CODE, Numbers, ReadOptions, Sink, csv};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::mapping::{AuditKind, Rows, SubjectKind};

pub(crate) type Params = BTreeMap<String, Value>;

/// Named definitions that the audits report besides the defaults.
const CONVENTIONS: [&str; 24] = [
    "aif360",
    "alpha_0_1",
    "alpha_0_9",
    "delong_plain",
    "equal_count",
    "equal_count_left_closed",
    "equal_width_left_closed",
    "fairlearn",
    "fairlearn_mean",
    "fairlearn_to_overall",
    "fairlearn_to_overall_mean",
    "joint",
    "labelled",
    "macro_average",
    "macro_zero_division_0",
    "micro_average",
    "ovo_macro",
    "ovo_weighted",
    "ovr_macro",
    "ovr_weighted",
    "pooled_reference",
    "present_classes",
    "weighted_average",
    "weighted_zero_division_0",
];

/// `case.toml`, as far as this release reads it.
#[derive(Debug, Deserialize)]
struct CaseFile {
    task: Task,
    label: String,
    prediction: String,
    score: Option<String>,
    scores: Option<BTreeMap<String, String>>,
    favourable: Option<i64>,
    protected: Vec<Attribute>,
    time: Option<String>,
    id: Option<String>,
    reference_table: Option<String>,
    #[serde(default)]
    reference_group: BTreeMap<String, String>,
}

/// A column, or the columns of an intersection.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Attribute {
    One(String),
    Several(Vec<String>),
}

impl Attribute {
    pub(crate) fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum GroupName {
    One(String),
    Several(BTreeMap<String, String>),
}

/// One value that a peer computed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) metric: String,
    pub(crate) attribute: Option<Attribute>,
    group: Option<GroupName>,
    pub(crate) params: Params,
    pub(crate) value: Option<Expected>,
    #[expect(dead_code, reason = "why a peer has no value is for people")]
    undefined: Option<String>,
    pub(crate) peer: String,
    pub(crate) tolerance: Tolerance,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Expected {
    One(f64),
    Several(Vec<Option<f64>>),
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tolerance {
    abs: Option<f64>,
    rel: Option<f64>,
}

impl Tolerance {
    /// Either tolerance suffices.
    pub(crate) fn allows(self, expected: f64, got: f64) -> bool {
        let distance = (expected - got).abs();
        self.abs.is_some_and(|abs| distance <= abs) || self.rel.is_some_and(|rel| distance <= rel * expected.abs())
    }
}

impl Entry {
    pub(crate) fn may_be(&self, kind: SubjectKind) -> bool {
        kind == match (&self.attribute, &self.group) {
            (None, _) => SubjectKind::Overall,
            (Some(_), Some(_)) => SubjectKind::Group,
            (Some(_), None) if kind == SubjectKind::Gap => SubjectKind::Gap,
            (Some(_), None) => SubjectKind::Column,
        }
    }

    /// The group in the order of the attribute; the label of the missing group stands for its absence.
    pub(crate) fn group(&self) -> Vec<Option<String>> {
        let missing = self.params.get("missing_label").and_then(Value::as_str);
        let value = |value: &String| (missing != Some(value)).then(|| value.clone());
        match (&self.group, &self.attribute) {
            (Some(GroupName::One(name)), _) => vec![value(name)],
            (Some(GroupName::Several(values)), Some(attribute)) => {
                attribute.names().iter().map(|name| value(&values[name])).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let attribute = self.attribute.as_ref().map_or("overall".to_owned(), |attribute| attribute.names().join("&"));
        let group: Vec<String> = self.group().into_iter().map(|value| value.unwrap_or("∅".to_owned())).collect();
        let equals = if group.is_empty() { "" } else { "=" };
        let params = Value::from_iter(self.params.clone());
        write!(f, "{} {attribute}{equals}{} {params}", self.metric, group.join("&"))
    }
}

/// A case and its files.
pub(crate) struct Case {
    pub(crate) name: String,
    file: CaseFile,
    folder: PathBuf,
    predictions: String,
    pub(crate) entries: Vec<Entry>,
}

impl Case {
    pub(crate) fn read(folder: &Path) -> Self {
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self {
            name: folder.file_name().expect("a name").to_string_lossy().into_owned(),
            file: toml::from_str(&read("case.toml")).expect("a readable case"),
            predictions: read("predictions.csv"),
            entries: serde_json::from_str(&read("expected.json")).expect("readable entries"),
            folder: folder.to_owned(),
        }
    }

    pub(crate) fn task(&self) -> Task {
        self.file.task
    }

    /// The declared reference group of an attribute that is no intersection.
    pub(crate) fn reference_group(&self, attribute: Option<&Attribute>) -> Option<&str> {
        let Some(Attribute::One(name)) = attribute else { return None };
        self.file.reference_group.get(name).map(String::as_str)
    }

    /// The plan of an audit; the columns without another role are features, so that their missing values are counted.
    pub(crate) fn plan(&self, kind: &AuditKind) -> Result<Plan> {
        let file = &self.file;
        let mut plan = json!({
            "task": file.task,
            "label": file.label,
            "prediction": file.prediction,
            "score": file.score,
            "scores": file.scores,
            "time": file.time,
            "id": file.id,
            "favourable": file.favourable,
            "weight": kind.plan.weight,
            "consistency": kind.plan.consistency,
            "protected": file.protected.iter().map(Attribute::names).collect::<Vec<_>>(),
            "reference_groups": file.reference_group,
            "missing_group": kind.plan.missing_group,
            "conventions": CONVENTIONS,
            "min_n_shown": 1,
        });
        let taken = |column: &str| {
            [&file.score, &file.time, &file.id, &kind.plan.weight]
                .into_iter()
                .any(|role| role.as_deref() == Some(column))
                || file.label == column
                || file.prediction == column
                || file.scores.iter().flat_map(BTreeMap::values).any(|score| score == column)
                || file.protected.iter().any(|attribute| attribute.names() == [column])
        };
        let header = self.predictions.lines().next().unwrap_or_default();
        plan["features"] = header.split(',').filter(|column| !taken(column)).collect();
        let fields = plan.as_object_mut().expect("a mapping");
        fields.retain(|_, value| !value.is_null() && !value.as_object().is_some_and(serde_json::Map::is_empty));
        Ok(Plan::parse(&plan.to_string(), "plan.json")?.0)
    }

    /// Audits the case's table (and its reference table, where it has one).
    pub(crate) fn audit(&self, kind: &AuditKind) -> Result<Report> {
        let mut audit = Audit::new(self.plan(kind)?);
        let reference = self.file.reference_table.as_ref().map(|name| fs::read_to_string(self.folder.join(name)));
        let reference = reference.transpose().expect("the reference table");
        let tables = [(PlanTable::Predictions, Some(&self.predictions)), (PlanTable::Reference, reference.as_ref())];
        for (table, text) in tables {
            let Some(text) = text else { continue };
            let mut intake = audit.intake(table)?;
            let columns = intake.columns();
            if kind.rows == Some(Rows::LabelledAndDecided) {
                let needed = [&self.file.label, &self.file.prediction];
                let needed =
                    needed.map(|name| columns.iter().position(|column| column.name == *name).expect("a column"));
                let mut sink = Complete { sink: &mut intake, needed };
                csv::read(text.as_bytes(), &columns, ReadOptions::default(), &mut sink)?;
            } else {
                csv::read(text.as_bytes(), &columns, ReadOptions::default(), &mut intake)?;
            }
            audit.accept(intake)?;
        }
        audit.finish(None, Provenance::default())
    }
}

/// Hands on only the rows that have a value in the needed columns.
struct Complete<'s> {
    sink: &'s mut Intake,
    needed: [usize; 2],
}

impl Sink for Complete<'_> {
    fn batch(&mut self, batch: &Batch<'_>, first_row: u64) -> Result<()> {
        let has = |column: usize, row: usize| match &batch.columns[column] {
            Some(Column::Category(codes)) => codes.codes[row] != MISSING_CODE,
            _ => panic!("labels and decisions are categories"),
        };
        let rows: Vec<usize> =
            (0..batch.rows).filter(|&row| self.needed.iter().all(|&column| has(column, row))).collect();
        let columns = batch.columns.iter().map(|column| column.as_ref().map(|column| pick(column, &rows))).collect();
        self.sink.batch(&Batch { rows: rows.len(), columns }, first_row)
    }
}

fn pick<'a>(column: &'a Column<'_>, rows: &[usize]) -> Column<'a> {
    match column {
        Column::Category(codes) => Column::Category(Codes {
            codes: rows.iter().map(|&row| codes.codes[row]).collect(),
            dictionary: codes.dictionary.iter().map(|text| text.as_ref().into()).collect(),
        }),
        Column::Number(numbers) => Column::Number(Numbers {
            values: rows.iter().map(|&row| numbers.values[row]).collect(),
            missing: numbers.missing.as_ref().map(|missing| rows.iter().map(|&row| missing[row]).collect()),
        }),
        Column::Key(keys) => Column::Key(rows.iter().map(|&row| keys[row]).collect()),
        Column::Time(times) => Column::Time(rows.iter().map(|&row| times[row]).collect()),
        // Only their missing values are counted, over all rows; no entry on picked rows asks for them.
        Column::Presence { missing } => Column::Presence { missing: *missing },
    }
}
