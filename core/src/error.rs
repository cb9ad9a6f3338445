//! The one error type: everything that can be wrong with what the user gave us, all at once.
//!
//! Every surface shows the same JSON: `{"problems": [{"code", "message", "hint", "location"}]}`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What kind of problem it is; stable across releases, so scripts may match on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Code {
    /// The plan is not well-formed YAML or JSON.
    PlanSyntax,
    /// A key the plan does not know.
    PlanUnknownKey,
    /// A key that appears twice.
    PlanDuplicateKey,
    /// A required key is absent.
    PlanMissingKey,
    /// A value of the wrong type.
    PlanWrongType,
    /// A value outside its allowed set or range.
    PlanInvalidValue,
    /// Two parts of the plan contradict each other.
    PlanContradiction,
    /// The dossier is not well-formed YAML or JSON.
    DossierSyntax,
    /// A key the dossier does not know.
    DossierUnknownKey,
    /// A key of the dossier that appears twice.
    DossierDuplicateKey,
    /// A key that a record of the dossier must have is absent.
    DossierMissingKey,
    /// A value of the dossier has the wrong type.
    DossierWrongType,
    /// A value of the dossier is outside its allowed set or range.
    DossierInvalidValue,
    /// A feature of a later release was asked for.
    NotSupported,
    /// A file cannot be read.
    FileUnreadable,
    /// The format of a file or object is not one we read.
    FormatUnknown,
    /// A file is damaged or ends early.
    FileDamaged,
    /// A table has no header or no columns.
    TableEmpty,
    /// Two columns share a name that the plan refers to.
    ColumnDuplicate,
    /// A column the plan names is absent.
    ColumnMissing,
    /// A column has a type its role cannot use.
    ColumnType,
    /// A row has more or fewer fields than the header.
    RowLength,
    /// Bytes that are not UTF-8.
    TextEncoding,
    /// A field of a numeric role is not a number.
    ValueNotNumber,
    /// A field of a time role is not a date or time.
    ValueNotTime,
    /// A label or decision outside the declared values.
    ValueUnknown,
    /// A weight that is negative or not finite.
    WeightInvalid,
    /// Columns of unequal length.
    LengthMismatch,
    /// A declared budget (bytes, rows, depth) was exceeded.
    BudgetExceeded,
    /// The user stopped the run.
    Interrupted,
    /// A bug in modelassay; please report it.
    Internal,
}

impl Code {
    /// The stable spelling used on every surface.
    pub fn as_str(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(text)) => text,
            _ => "internal".to_owned(),
        }
    }
}

/// Where a problem sits; every field that is known is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Location {
    /// Which input: `plan`, `predictions`, `labels` or `reference`, or a file name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Line of the text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Column within that line in characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// Data row of a table, from 1, header not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    /// Path inside the plan (`criteria[0].measure`) or the name of a table's column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(source) = &self.source {
            parts.push(source.clone());
        }
        if let Some(line) = self.line {
            parts.push(match self.column {
                Some(column) => format!("line {line}, column {column}"),
                None => format!("line {line}"),
            });
        }
        if let Some(row) = self.row {
            parts.push(format!("row {row}"));
        }
        if let Some(field) = &self.field {
            parts.push(field.clone());
        }
        f.write_str(&parts.join(", "))
    }
}

/// One thing that is wrong, where, and how to put it right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Stable code.
    pub code: Code,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Where it is.
    #[serde(default)]
    pub location: Location,
}

impl Problem {
    /// A problem without hint or place yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, location: Location::default() }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the input it is in.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.location.source = Some(source.into());
        self
    }

    /// Adds the position in a text, both from 1.
    #[must_use]
    pub fn at(mut self, line: u64, column: u64) -> Self {
        self.location.line = Some(line);
        self.location.column = Some(column);
        self
    }

    /// Adds the data row, from 1.
    #[must_use]
    pub fn row(mut self, row: u64) -> Self {
        self.location.row = Some(row);
        self
    }

    /// Adds the plan path or the column name.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.location.field = Some(field.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.location != Location::default() {
            write!(f, "{}: ", self.location)?;
        }
        f.write_str(&self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " ({hint})")?;
        }
        write!(f, " [{}]", self.code.as_str())
    }
}

/// Bad input: at least one problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Error {
    /// Every problem found, in the order of the input.
    pub problems: Vec<Problem>,
}

impl Error {
    /// The same JSON on every surface.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| r#"{"problems":[]}"#.to_owned())
    }

    /// Names the input of every problem that does not name one yet.
    #[must_use]
    pub fn in_source(mut self, source: &str) -> Self {
        for problem in &mut self.problems {
            problem.location.source.get_or_insert_with(|| source.to_owned());
        }
        self
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// The result of everything that reads the user's input.
pub type Result<T> = std::result::Result<T, Error>;
