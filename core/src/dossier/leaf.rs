//! The types of single values.

use jiff::civil::Date as Day;
use serde_json::Value;

use super::record::{Kind, Shape, Target};
use super::stated::Stated;
use crate::table::{day_of, moment_text, parse_time};
use crate::yaml::reader::{Field, MAX_INTEGER, Reader};
use crate::yaml::words::quote;

/// The value of a field.
pub(crate) trait Leaf: Sized {
    /// What the field takes.
    const SHAPE: Shape;
    /// Reads it, noting what is wrong.
    fn read(reader: &mut Reader, field: &Field<'_>) -> Option<Self>;
    /// Its canonical JSON.
    fn canonical(&self) -> Value;
    /// Its texts, for those that refer to something.
    fn texts(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// A text for people.
pub type Text = Stated<String>;
/// Several texts, or one.
pub type Texts = Stated<Vec<String>>;
/// A number.
pub type Number = Stated<f64>;
/// A whole number of at least 0.
pub type Count = Stated<u64>;
/// Yes or no.
pub type Flag = Stated<bool>;
/// A day.
pub type Date = Stated<Day>;
/// A moment; a day is its midnight, and without an offset it is UTC.
pub type Moment = Stated<Instant>;
/// The SHA-256 of a file.
pub type Sha256 = Stated<Digest>;
/// Where something lies.
pub type Url = Stated<String>;
/// The id of a person.
pub type Person = Stated<PersonId>;
/// The ids of people.
pub type Persons = Stated<Vec<PersonId>>;
/// The ids of data sets.
pub type Datasets = Stated<Vec<DatasetId>>;
/// The ids of criteria.
pub type Criteria = Stated<Vec<CriterionId>>;
/// The ids of monitors.
pub type Monitors = Stated<Vec<MonitorId>>;
/// The ids of risks.
pub type Risks = Stated<Vec<RiskId>>;

impl Leaf for String {
    const SHAPE: Shape = Shape::Leaf(Kind::Text);

    fn read(reader: &mut Reader, field: &Field<'_>) -> Option<Self> {
        reader.text(field)
    }

    fn canonical(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl Leaf for f64 {
    const SHAPE: Shape = Shape::Leaf(Kind::Number);

    fn read(reader: &mut Reader, field: &Field<'_>) -> Option<Self> {
        reader.number(field)
    }

    fn canonical(&self) -> Value {
        Value::from(*self)
    }
}

impl Leaf for u64 {
    const SHAPE: Shape = Shape::Leaf(Kind::Count);

    fn read(reader: &mut Reader, field: &Field<'_>) -> Option<Self> {
        reader.integer(field, 0, MAX_INTEGER)
    }

    fn canonical(&self) -> Value {
        Value::from(*self)
    }
}

impl Leaf for bool {
    const SHAPE: Shape = Shape::Leaf(Kind::Flag);

    fn read(reader: &mut Reader, field: &Field<'_>) -> Option<Self> {
        reader.choice(field, &[("true", true), ("false", false), ("yes", true), ("no", false)])
    }

    fn canonical(&self) -> Value {
        Value::from(*self)
    }
}

impl Leaf for Day {
    const SHAPE: Shape = Shape::Leaf(Kind::Date);

    fn read(reader: &mut Reader, field: &Field<'_>) -> Option<Self> {
        reader.day(field)
    }

    fn canonical(&self) -> Value {
        Value::from(self.to_string())
    }
}

/// A moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant {
    /// Microseconds since 1970-01-01T00:00:00Z.
    pub microseconds: i64,
}

impl Instant {
    /// Its day in UTC.
    pub fn day(self) -> Day {
        day_of(self.microseconds)
    }
}

impl Leaf for Instant {
    const SHAPE: Shape = Shape::Leaf(Kind::Moment);

    fn read(reader: &mut Reader, field: &Field<'_>) -> Option<Self> {
        const HINT: &str = "write it as 2026-01-31 or 2026-01-31T09:30:00Z";
        let text = reader.raw(field, "a date or time", HINT)?;
        if let Some(microseconds) = parse_time(text) {
            return Some(Self { microseconds });
        }
        reader.invalid(field, format!("{} is not a date or time", quote(text)), HINT);
        None
    }

    fn canonical(&self) -> Value {
        Value::from(moment_text(self.microseconds))
    }
}

impl PersonId {
    /// Whether one of several is the same.
    pub(crate) fn is_among(&self, others: &Persons) -> bool {
        others.items().contains(self)
    }
}

/// The SHA-256 of a file, in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest(String);

impl Digest {
    /// Its 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Leaf for Digest {
    const SHAPE: Shape = Shape::Leaf(Kind::Sha256);

    fn read(reader: &mut Reader, field: &Field<'_>) -> Option<Self> {
        const HINT: &str = "write the 64 digits that `sha256sum FILE` prints";
        let text = reader.raw(field, "a SHA-256", HINT)?;
        let digits = text.strip_prefix("sha256:").unwrap_or(text);
        if digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some(Self(digits.to_ascii_lowercase()));
        }
        reader.invalid(field, format!("{} is not a SHA-256 in hexadecimal", quote(text)), HINT);
        None
    }

    fn canonical(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl<T: Leaf> Leaf for Vec<T> {
    const SHAPE: Shape = match T::SHAPE {
        Shape::Leaf(kind) => Shape::Leaves(kind),
        other => other,
    };

    fn read(reader: &mut Reader, field: &Field<'_>) -> Option<Self> {
        field.items().iter().map(|item| T::read(reader, item)).collect()
    }

    fn canonical(&self) -> Value {
        self.iter().map(Leaf::canonical).collect()
    }

    fn texts(&self) -> Vec<&str> {
        self.iter().flat_map(Leaf::texts).collect()
    }
}

/// Declares the id of a record of some kind.
macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
            pub struct $name(String);

            impl $name {
                /// The id.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl Leaf for $name {
                const SHAPE: Shape = Shape::Leaf(Kind::Reference(Target::$name));

                fn read(reader: &mut Reader, field: &Field<'_>) -> Option<Self> {
                    reader.text(field).map(Self)
                }

                fn canonical(&self) -> Value {
                    Value::from(self.as_str())
                }

                fn texts(&self) -> Vec<&str> {
                    vec![self.as_str()]
                }
            }
        )+
    };
}

ids! {
    /// The id of a person.
    PersonId;
    /// The id of a data set.
    DatasetId;
    /// The id of a criterion.
    CriterionId;
    /// The id of a monitor.
    MonitorId;
    /// The id of a risk.
    RiskId;
}

/// Declares a set of words, of which a field takes one.
macro_rules! choice {
    ($(#[doc = $doc:literal])+ $name:ident as $stated:ident { $($(#[doc = $about:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[doc = $about])+ $variant,)+
        }

        $(#[doc = $doc])+
        pub type $stated = $crate::dossier::stated::Stated<$name>;

        impl $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            const WORDS: &'static [&'static str] = &[$($word),+];

            /// The one that a word stands for.
            pub fn find(word: &str) -> Option<Self> {
                Self::WORDS.iter().position(|known| *known == word).map(|place| Self::ALL[place])
            }

            /// The word for it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl $crate::dossier::leaf::Leaf for $name {
            const SHAPE: $crate::dossier::record::Shape =
                $crate::dossier::record::Shape::Leaf($crate::dossier::record::Kind::Choice(Self::WORDS));

            fn read(
                reader: &mut $crate::yaml::reader::Reader,
                field: &$crate::yaml::reader::Field<'_>,
            ) -> Option<Self> {
                reader.word(field, Self::WORDS, Self::WORDS).map(|place| Self::ALL[place])
            }

            fn canonical(&self) -> serde_json::Value {
                self.word().into()
            }
        }
    };
}
pub(crate) use choice;

choice! {
    /// How strong a piece of evidence is.
    EvidenceClass as Strength {
        /// Computed from the data.
        Test = "test",
        /// A dated document, hash or export.
        Record = "record",
        /// A named person says so.
        Attestation = "attestation",
    }
}
