//! A borrowed, typed piece of a table: what readers produce and `measure` consumes.

use std::borrow::Cow;

/// The code of a missing value in [`Codes`].
pub const MISSING_CODE: u32 = u32::MAX;
/// The value of a missing time in [`Column::Times`].
pub const MISSING_TIME: i64 = i64::MIN;

/// How a column is read; its role in the plan decides, never a guess from the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Labels, decisions, protected attributes: raw text, dictionary-encoded.
    Category,
    /// Scores and weights: 64-bit floats; float32 widens exactly.
    Number,
    /// Identifiers: a 128-bit hash of the canonical text.
    Key,
    /// Dates and times: microseconds since 1970-01-01T00:00:00 (UTC where no offset is given).
    Time,
    /// Features of which only the missingness is measured.
    Presence,
}

/// One column that `measure` asks a reader for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ColumnSpec {
    /// Name in the table's header.
    pub name: String,
    /// How to read it. The same name may be asked for under several kinds.
    pub kind: Kind,
    /// Whether the table may lack it.
    pub optional: bool,
}

/// Rows of a table, one [`Column`] for each [`ColumnSpec`] asked for, in that order.
#[derive(Clone, Debug)]
pub struct Batch<'a> {
    /// Number of rows; every column has as many.
    pub rows: usize,
    /// `None` where an optional column is absent from the table.
    pub columns: Vec<Option<Column<'a>>>,
}

/// Values of one column of a batch.
#[derive(Clone, Debug)]
pub enum Column<'a> {
    /// [`Kind::Category`].
    Category(Codes<'a>),
    /// [`Kind::Number`].
    Number(Numbers<'a>),
    /// [`Kind::Key`]: 0 is missing.
    Key(Vec<u128>),
    /// [`Kind::Time`]: [`MISSING_TIME`] is missing.
    Time(Cow<'a, [i64]>),
    /// [`Kind::Presence`]: number of missing values in this batch.
    Presence {
        /// Rows without a value.
        missing: u64,
    },
}

/// Dictionary-encoded text.
#[derive(Clone, Debug)]
pub struct Codes<'a> {
    /// Index into `dictionary` per row, or [`MISSING_CODE`].
    pub codes: Cow<'a, [u32]>,
    /// Distinct raw texts of this batch; an entry may be unused, none appears twice.
    pub dictionary: Vec<Cow<'a, str>>,
}

/// Floats with an optional mask.
#[derive(Clone, Debug)]
pub struct Numbers<'a> {
    /// Values; where `missing` is set, the value means nothing.
    /// NaN counts as missing, infinities do not.
    pub values: Cow<'a, [f64]>,
    /// `true` where the value is missing; `None` when none is, NaN apart.
    pub missing: Option<Vec<bool>>,
}

impl Numbers<'_> {
    /// The value of a row, or `None` where it is missing or NaN.
    #[inline]
    pub fn get(&self, row: usize) -> Option<f64> {
        let value = self.values[row];
        if value.is_nan() || self.missing.as_ref().is_some_and(|mask| mask[row]) { None } else { Some(value) }
    }
}
