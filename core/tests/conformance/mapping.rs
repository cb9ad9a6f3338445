//! The committed table: which of our numbers answers which entry.

use std::collections::{BTreeMap, BTreeSet};

use modelassay::findings::catalogue;
use modelassay::findings::v1::{Reason, TableName, Task};
use modelassay::plan::MissingGroup;
use serde::Deserialize;

use crate::case::{Entry, Params};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
    pub(crate) floor: usize,
    pub(crate) audit: Vec<AuditKind>,
    pub(crate) row: Vec<Row>,
    pub(crate) different: Vec<Different>,
    later: Vec<Later>,
}

/// Which rows, weights and tables the params of an entry ask for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuditKind {
    pub(crate) name: String,
    params: Params,
    #[serde(default)]
    pub(crate) plan: PlanChanges,
    #[serde(default = "predictions")]
    pub(crate) table: TableName,
    pub(crate) rows: Option<Rows>,
    /// Only for rows that name it: its params are those of another audit.
    #[serde(default)]
    only_by_name: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanChanges {
    pub(crate) weight: Option<String>,
    pub(crate) missing_group: Option<MissingGroup>,
    pub(crate) consistency: Option<serde_json::Value>,
}

/// Rows that are handed to the audit, where not all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Rows {
    #[serde(rename = "labelled and decided")]
    LabelledAndDecided,
}

fn predictions() -> TableName {
    TableName::Predictions
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SubjectKind {
    Overall,
    Group,
    /// All groups of an attribute.
    Gap,
    /// A column of the table; entries spell it like a gap.
    Column,
}

/// The number of ours that answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Field {
    /// Of the measure: its value.
    #[default]
    Value,
    /// Of the measure: both limits.
    Interval,
    /// Of the measure: the variance behind a symmetric 95 % interval.
    Variance,
    /// Of the measure: its denominator.
    N,
    /// Of a confusion matrix: the row of the class.
    ConfusionRow,
    /// Of the inputs: rows read.
    Rows,
    /// Of the inputs: missing values of a column.
    Missing,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    metric: String,
    subjects: Vec<SubjectKind>,
    #[serde(default)]
    params: Params,
    /// Params whose value is compared with the report: `n`, `privileged`, `dof`, `pred_classes`.
    #[serde(default)]
    pub(crate) checked: Vec<String>,
    /// The param that names the class which the number is about.
    pub(crate) class: Option<String>,
    /// Empty: models of all kinds.
    #[serde(default)]
    tasks: Vec<Task>,
    /// Empty: all that hand over every row.
    #[serde(default)]
    audits: Vec<String>,
    #[serde(default)]
    pub(crate) measure: String,
    #[serde(default = "standard")]
    pub(crate) convention: String,
    #[serde(default)]
    pub(crate) field: Field,
    pub(crate) differs: Option<String>,
}

fn standard() -> String {
    "standard".to_owned()
}

/// A deliberate difference between our default and a peer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Different {
    pub(crate) id: String,
    pub(crate) peer: String,
    pub(crate) ours: String,
    pub(crate) theirs: String,
    pub(crate) why: String,
    /// The named definition under which the entries are compared.
    pub(crate) compared_under: Option<String>,
    /// Otherwise: the reason, or the value, that we give where the peer gives `theirs_value`.
    pub(crate) undefined: Option<Reason>,
    pub(crate) ours_value: Option<f64>,
    pub(crate) theirs_value: Option<f64>,
}

/// Entries that no measure answers yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Later {
    pub(crate) issue: u32,
    pub(crate) what: String,
    param: Option<String>,
    #[serde(default)]
    metrics: Vec<String>,
    #[serde(default)]
    subjects: Vec<SubjectKind>,
    #[serde(default)]
    tasks: Vec<Task>,
}

impl Mapping {
    pub(crate) fn parse(text: &str) -> Self {
        toml::from_str(text).expect("a readable mapping")
    }

    /// The one row that answers an entry, its place, and the audit it looks in.
    pub(crate) fn row(&self, task: Task, entry: &Entry) -> Option<(usize, &Row, &AuditKind)> {
        let mut found = self.row.iter().enumerate().flat_map(|(place, row)| {
            let audits = self.audit.iter().filter(|audit| row.takes(audit) && row.answers(audit, task, entry));
            audits.map(move |audit| (place, row, audit))
        });
        let first = found.next()?;
        assert!(found.next().is_none(), "two rows answer {entry}");
        Some(first)
    }

    pub(crate) fn different(&self, row: &Row) -> Option<&Different> {
        let id = row.differs.as_ref()?;
        self.different.iter().find(|different| different.id == *id)
    }

    pub(crate) fn later(&self, task: Task, entry: &Entry) -> Option<&Later> {
        self.later.iter().find(|later| {
            later.param.as_ref().is_none_or(|param| entry.params.contains_key(param))
                && (later.metrics.is_empty() || later.metrics.contains(&entry.metric))
                && (later.subjects.is_empty() || later.subjects.iter().any(|kind| entry.may_be(*kind)))
                && (later.tasks.is_empty() || later.tasks.contains(&task))
        })
    }

    /// Every name in the table is a name of the catalogue or of the table itself.
    pub(crate) fn check(&self) {
        for row in &self.row {
            let (metric, measure) = (&row.metric, &row.measure);
            match row.field {
                Field::Rows | Field::Missing | Field::ConfusionRow => {
                    assert!(measure.is_empty(), "{metric}: it is no measure");
                }
                Field::Value | Field::Interval | Field::Variance | Field::N => {
                    let entry = catalogue::MEASURES.iter().find(|entry| entry.name == *measure);
                    let entry = entry.unwrap_or_else(|| panic!("{metric}: {measure} is not in the catalogue"));
                    assert!(
                        entry.all_conventions().any(|convention| convention == row.convention),
                        "{metric}: {measure} has no convention {}",
                        row.convention
                    );
                }
            }
            for name in &row.audits {
                assert!(self.audit.iter().any(|audit| audit.name == *name), "{metric}: no audit {name}");
            }
            assert_eq!(row.differs.is_some(), self.different(row).is_some(), "{metric}: {:?}", row.differs);
        }
        let used: BTreeSet<_> = self.row.iter().filter_map(|row| row.differs.as_ref()).collect();
        for different in &self.different {
            assert!(used.contains(&different.id), "no row differs by {}", different.id);
            let differs = different.undefined.is_some() != different.ours_value.is_some();
            assert_eq!(differs, different.theirs_value.is_some(), "{}", different.id);
            assert_ne!(differs, different.compared_under.is_some(), "{}", different.id);
        }
    }
}

impl Different {
    /// Whether a pair of answers differs in the stated way.
    pub(crate) fn explains(&self, theirs: f64, ours: Option<f64>, undefined: Option<Reason>) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9;
        let stated = match self.ours_value {
            Some(value) => ours.is_some_and(|ours| near(ours, value)),
            None => self.undefined.is_some() && self.undefined == undefined,
        };
        stated && self.theirs_value.is_some_and(|value| near(value, theirs))
    }
}

impl Row {
    fn takes(&self, audit: &AuditKind) -> bool {
        if self.audits.is_empty() {
            audit.rows.is_none() && !audit.only_by_name
        } else {
            self.audits.contains(&audit.name)
        }
    }

    /// Whether the params of the row and the audit are those of the entry, no more and no fewer.
    fn answers(&self, audit: &AuditKind, task: Task, entry: &Entry) -> bool {
        let own = |name: &String| self.checked.contains(name) || self.class.as_ref() == Some(name);
        let asked: BTreeMap<_, _> = entry.params.iter().filter(|(name, _)| !own(name)).collect();
        let given: BTreeMap<_, _> = self.params.iter().chain(&audit.params).collect();
        self.metric == entry.metric
            && self.subjects.iter().any(|kind| entry.may_be(*kind))
            && (self.tasks.is_empty() || self.tasks.contains(&task))
            && self.checked.iter().chain(&self.class).all(|name| entry.params.contains_key(name))
            && asked == given
    }

    pub(crate) fn describe(&self) -> String {
        format!("{} {:?} {:?} in {:?}", self.metric, self.subjects, self.params, self.audits)
    }
}
