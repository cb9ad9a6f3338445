//! Days of the calendar.

use jiff::Span;
use jiff::civil::Date;

/// The day so many months later: the last day of a month that is too short. `None` beyond the calendar.
pub(crate) fn months_after(day: Date, months: u64) -> Option<Date> {
    let span = Span::new().try_months(i64::try_from(months).ok()?).ok()?;
    day.checked_add(span).ok()
}

/// What is wrong with the day of something that is done anew every so many months, if anything.
pub(crate) fn stale(at: Date, months: u64, day: Date) -> Option<String> {
    if at > day {
        return Some(format!("is dated {at}, after the day of this audit"));
    }
    let due = months_after(at, months)?;
    (due < day).then(|| format!("is of {at} and was due again on {due}"))
}

/// The day so many days later, or earlier. `None` beyond the calendar.
pub(crate) fn days_after(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}
