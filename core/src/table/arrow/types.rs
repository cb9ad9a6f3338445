//! Which Arrow types can be read as which kind.

use arrow_schema::DataType;

use crate::error::{Code, Problem};
use crate::table::{ColumnSpec, Kind};

/// Whether a column of this type can be read as asked.
pub(super) fn is_readable(data_type: &DataType, kind: Kind) -> bool {
    let data_type = match data_type {
        DataType::Dictionary(_, values) => values,
        data_type => data_type,
    };
    match kind {
        Kind::Presence => true,
        Kind::Category | Kind::Key => {
            is_text(data_type)
                || is_number(data_type)
                || is_time(data_type)
                || matches!(data_type, DataType::Null | DataType::Boolean)
        }
        Kind::Number => is_text(data_type) || is_number(data_type) || *data_type == DataType::Null,
        Kind::Time => {
            is_text(data_type)
                || is_time(data_type)
                || *data_type == DataType::Null
                || (is_number(data_type) && !is_decimal(data_type))
        }
    }
}

/// The problem of a type that cannot.
pub(super) fn unreadable(data_type: &DataType, spec: &ColumnSpec) -> Problem {
    let needed = match spec.kind {
        Kind::Category => "values with a text: texts, numbers, booleans or dates",
        Kind::Number => "numbers",
        Kind::Key => "identifiers: texts, numbers or dates",
        Kind::Time => "dates or times",
        Kind::Presence => "any values",
    };
    let hint = match (data_type, spec.kind) {
        (DataType::Boolean, Kind::Number) => "convert true and false to 1 and 0, or choose another column",
        (DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_), _) => {
            "convert the bytes to text, or choose another column"
        }
        (DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) | DataType::Struct(_), _) => {
            "put each part into a column of its own, or choose another column"
        }
        _ => "convert the column, or choose another one",
    };
    Problem::new(Code::ColumnType, format!("the column holds {}; its role needs {needed}", words(data_type)))
        .hint(hint)
        .field(&spec.name)
}

pub(super) fn is_text(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

fn is_number(data_type: &DataType) -> bool {
    data_type.is_integer() || data_type.is_floating() || is_decimal(data_type)
}

pub(super) fn is_decimal(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) | DataType::Decimal256(..)
    )
}

fn is_time(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..))
}

fn words(data_type: &DataType) -> String {
    let plain = match data_type {
        DataType::Dictionary(_, values) => return words(values),
        DataType::Boolean => "true and false",
        data_type if is_text(data_type) => "texts",
        data_type if is_number(data_type) => "numbers",
        data_type if is_time(data_type) => "dates or times",
        DataType::Time32(_) | DataType::Time64(_) => "times of day",
        DataType::Duration(_) | DataType::Interval(_) => "durations",
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => "bytes",
        DataType::Struct(_) => "structures",
        DataType::Map(..) => "maps",
        DataType::Union(..) => "values of several types",
        DataType::RunEndEncoded(..) => "run-end encoded values",
        data_type if data_type.is_nested() => "lists",
        _ => return format!("values of the type {data_type}"),
    };
    format!("{plain} (Arrow type {data_type})")
}
