//! Dates and times: text to microseconds since 1970 and back.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

use crate::error::{Code, Problem};
use crate::plan::canonical_value;
use crate::table::problems::shown;

/// Microseconds since 1970-01-01T00:00:00 of an ISO 8601 date or time.
///
/// Without an offset it counts as UTC; a date is its midnight; a year of four digits is its first of January;
/// what is finer than a microsecond is cut off. A zone name without offset is refused, because its meaning depends
/// on a time zone database.
pub(crate) fn parse_time(raw: &str) -> Option<i64> {
    let text = canonical_value(raw);
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return microseconds(Date::new(text.parse().ok()?, 1, 1).ok()?.at(0, 0, 0, 0), Offset::UTC);
    }
    let pieces = Pieces::parse(text.as_ref()).ok()?;
    if pieces.time_zone_annotation().is_some() && pieces.offset().is_none() {
        return None;
    }
    let civil = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
    microseconds(civil, pieces.to_numeric_offset().unwrap_or(Offset::UTC))
}

fn microseconds(civil: DateTime, offset: Offset) -> Option<i64> {
    let timestamp = offset.to_timestamp(civil).ok()?;
    i64::try_from(timestamp.as_nanosecond().div_euclid(1000)).ok()
}

/// ISO 8601 text of a day counted from 1970-01-01; `None` outside the years -9999 to 9999.
#[cfg(feature = "arrow")]
pub(super) fn date_text(days: i64) -> Option<String> {
    let span = jiff::Span::new().try_days(days).ok()?;
    Some(jiff::civil::date(1970, 1, 1).checked_add(span).ok()?.to_string())
}

/// ISO 8601 text of an instant in nanoseconds, with `Z` if it is an instant and not a naive time.
#[cfg(feature = "arrow")]
pub(super) fn time_text(nanoseconds: i128, utc: bool) -> Option<String> {
    let civil = Offset::UTC.to_datetime(jiff::Timestamp::from_nanosecond(nanoseconds).ok()?);
    Some(if utc { format!("{civil}Z") } else { civil.to_string() })
}

/// The problem of a text that is not a time.
pub(super) fn not_a_time(text: &str, column: &str) -> Problem {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let hint = if digits {
        "a number is read as a year of four digits only: write the date as 2026-01-31 or 2026-01-31T09:30:00Z"
    } else if text.contains('[') {
        "time zone names are not read: write the offset instead, as in 2026-01-31T09:30:00+01:00"
    } else if text.contains('/') || text.matches('.').count() == 2 {
        "write dates in the order year-month-day, as in 2026-01-31"
    } else {
        "write it as an ISO 8601 date or time, as in 2026-01-31 or 2026-01-31T09:30:00Z"
    };
    Problem::new(Code::ValueNotTime, format!("{} is not a date or time", shown(text))).hint(hint).field(column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_times() {
        let day = 86_400_000_000_i64;
        for (text, microseconds) in [
            ("1970-01-01", 0),
            ("1970-01-02", day),
            ("1969-12-31", -day),
            ("1970", 0),
            ("1971", 365 * day),
            ("1971.0", 365 * day),
            ("19700102", day),
            ("1970-01-01T00:00:01", 1_000_000),
            ("1970-01-01 00:00:01", 1_000_000),
            ("1970-01-01T00:00", 0),
            ("1970-01-01T00:00:01Z", 1_000_000),
            ("1970-01-01T01:00:00+01:00", 0),
            ("1970-01-01 00:00:00-05:00", 5 * 3_600_000_000),
            ("1970-01-01T00:00:00.123456789", 123_456),
            ("1969-12-31T23:59:59.9999999", -1),
            ("1970-01-01T01:00:00+01:00[Europe/Paris]", 0),
        ] {
            assert_eq!(parse_time(text), Some(microseconds), "{text}");
        }
        for text in [
            "",
            "19",
            "197",
            "01/02/2016",
            "31.12.2016",
            "1451606400",
            "1451606400000",
            "2016-13-01",
            "2016-02-30",
            "now",
            "2016-01-01T00:00:00[Europe/Paris]",
            "2016-01",
            "12:30",
            " 2016-01-01",
            "20160102030405",
            "2016.5",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[cfg(feature = "arrow")]
    #[test]
    fn text_of_a_time_reads_back() {
        assert_eq!(date_text(0).as_deref(), Some("1970-01-01"));
        assert_eq!(date_text(i64::MAX), None);
        assert_eq!(time_text(0, false).as_deref(), Some("1970-01-01T00:00:00"));
        assert_eq!(time_text(1_500_000_000, true).as_deref(), Some("1970-01-01T00:00:01.5Z"));
        assert_eq!(time_text(i128::MAX, true), None);
    }
}
