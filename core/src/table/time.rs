//! Dates and times: text to microseconds since 1970 and back.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use crate::error::{Code, Problem};
use crate::plan::canonical_value;
use crate::table::problems::shown;

/// Microseconds since 1970-01-01T00:00:00 of an ISO 8601 date or time.
///
/// Without an offset it counts as UTC; a date is its midnight; a year of four digits is its first of January;
/// what is finer than a microsecond is cut off. A zone name without offset is refused, because its meaning depends
/// on a time zone database.
///
/// Read here and not by jiff, whose parser brings the words of every error it knows: a twentieth of the wasm module.
pub(crate) fn parse_time(raw: &str) -> Option<i64> {
    let text = canonical_value(raw);
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return microseconds(Date::new(text.parse().ok()?, 1, 1).ok()?.at(0, 0, 0, 0), Offset::UTC);
    }
    let (text, annotations) = text.split_at(text.find('[').unwrap_or(text.len()));
    let (date, rest) = date(text.as_bytes())?;
    let Some((b'T' | b't' | b' ', rest)) = rest.split_first() else {
        return if rest.is_empty() && !names_a_zone(annotations)? {
            microseconds(date.at(0, 0, 0, 0), Offset::UTC)
        } else {
            None
        };
    };
    let (time, rest) = time(rest)?;
    let offset = if rest.is_empty() { None } else { Some(offset(rest)?) };
    if names_a_zone(annotations)? && offset.is_none() {
        return None;
    }
    microseconds(date.to_datetime(time), offset.unwrap_or(Offset::UTC))
}

/// A day of the calendar, `2026-01-31`.
pub(crate) fn parse_day(text: &str) -> Option<Date> {
    let (day, rest) = date(text.as_bytes())?;
    (rest.is_empty() && text.len() == 10).then_some(day)
}

/// A number of so many digits, and what follows.
fn digits(text: &[u8], count: usize) -> Option<(i64, &[u8])> {
    let (head, rest) = text.split_at_checked(count)?;
    head.iter()
        .all(u8::is_ascii_digit)
        .then(|| (head.iter().fold(0, |sum, digit| 10 * sum + i64::from(digit - b'0')), rest))
}

/// `2026-01-31` or `20260131`.
fn date(text: &[u8]) -> Option<(Date, &[u8])> {
    let (year, rest) = digits(text, 4)?;
    let dashed = rest.first() == Some(&b'-');
    let (month, rest) = digits(&rest[usize::from(dashed)..], 2)?;
    let rest = if dashed { rest.strip_prefix(b"-")? } else { rest };
    let (day, rest) = digits(rest, 2)?;
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((date, rest))
}

/// Up to three numbers of two digits, with colons between all of them or none; what is left out is 0.
fn sexagesimal(text: &[u8]) -> Option<([i64; 3], usize, &[u8])> {
    let (first, mut rest) = digits(text, 2)?;
    let mut parts = [first, 0, 0];
    let mut count = 1;
    let colons = rest.first() == Some(&b':');
    while count < 3 {
        let next = if colons {
            rest.strip_prefix(b":")
        } else {
            rest.first().filter(|byte| byte.is_ascii_digit()).map(|_| rest)
        };
        let Some(next) = next else { break };
        (parts[count], rest) = digits(next, 2)?;
        count += 1;
    }
    Some((parts, count, rest))
}

/// `09`, `09:30` or `09:30:00.5`, with or without colons. The leap second counts as the one before.
fn time(text: &[u8]) -> Option<(Time, &[u8])> {
    let ([hour, minute, second], count, mut rest) = sexagesimal(text)?;
    let mut nanoseconds = 0;
    if let Some((b'.' | b',', fraction)) = rest.split_first().filter(|_| count == 3) {
        let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=9).contains(&length) {
            return None;
        }
        (nanoseconds, rest) = digits(fraction, length)?;
        nanoseconds *= 10_i64.pow(9 - u32::try_from(length).ok()?);
    }
    let small = |number: i64| i8::try_from(number).ok();
    let second = if second == 60 { 59 } else { second };
    let time = Time::new(small(hour)?, small(minute)?, small(second)?, i32::try_from(nanoseconds).ok()?).ok()?;
    Some((time, rest))
}

/// `Z`, `+01`, `+01:00` or `+0100`.
fn offset(text: &[u8]) -> Option<Offset> {
    let (sign, text) = match text.split_first()? {
        (b'Z' | b'z', []) => return Some(Offset::UTC),
        (b'+', rest) => (1, rest),
        (b'-', rest) => (-1, rest),
        _ => return None,
    };
    let ([hours, minutes, seconds], _, rest) = sexagesimal(text)?;
    if !rest.is_empty() || minutes > 59 || seconds > 59 {
        return None;
    }
    Offset::from_seconds(i32::try_from(sign * (3600 * hours + 60 * minutes + seconds)).ok()?).ok()
}

/// Whether annotations such as `[Europe/Paris][u-ca=iso8601]` name a zone; `None` where they are none.
fn names_a_zone(mut text: &str) -> Option<bool> {
    let mut named = false;
    while !text.is_empty() {
        let (annotation, rest) = text.strip_prefix('[')?.split_once(']')?;
        named |= !annotation.is_empty() && !annotation.contains('=');
        text = rest;
    }
    Some(named)
}

fn microseconds(civil: DateTime, offset: Offset) -> Option<i64> {
    let timestamp = offset.to_timestamp(civil).ok()?;
    i64::try_from(timestamp.as_nanosecond().div_euclid(1000)).ok()
}

/// ISO 8601 text of a moment in UTC, without the time of day where it is midnight.
pub(crate) fn moment_text(microseconds: i64) -> String {
    let moment = jiff::Timestamp::from_microsecond(microseconds).unwrap_or_default();
    let civil = Offset::UTC.to_datetime(moment);
    if civil.time() == Time::midnight() { civil.date().to_string() } else { format!("{civil}Z") }
}

/// The day of a moment in UTC.
pub(crate) fn day_of(microseconds: i64) -> jiff::civil::Date {
    Offset::UTC.to_datetime(jiff::Timestamp::from_microsecond(microseconds).unwrap_or_default()).date()
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

    /// What jiff reads; zone names aside, which it looks at more closely.
    fn by_jiff(text: &str) -> Option<i64> {
        let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
        let civil = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
        microseconds(civil, pieces.to_numeric_offset().unwrap_or(Offset::UTC))
    }

    proptest::proptest! {
        #[test]
        fn times_are_read_as_jiff_reads_them(
            date in "(1[89]|20)[0-9]{2}-[01][0-9]-[0-3][0-9]|(19|20)[0-9]{2}[01][0-9][0-3][0-9]",
            time in "([Tt ]([0-2][0-9](:[0-6][0-9](:[0-6][0-9]([.,][0-9]{1,9})?)?)?|[0-2][0-9][0-5][0-9]([0-6][0-9](\\.[0-9]{1,9})?)?))?",
            offset in "(Z|z|[+-][0-2][0-9](:[0-6][0-9])?|[+-][0-2][0-9][0-5][0-9])?",
        ) {
            let offset = if time.is_empty() { String::new() } else { offset };
            let text = format!("{date}{time}{offset}");
            proptest::prop_assert_eq!(parse_time(&text), by_jiff(&text), "{}", text);
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
