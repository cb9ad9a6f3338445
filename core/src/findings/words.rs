//! Numbers and names in sentences.

use super::v1::{Reason, Subject};

/// A number for prose: three significant digits, thousands separated, a true minus sign, never "0.00" for a small one.
pub fn number(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let magnitude = libm::floor(libm::log10(value.abs())) as i32;
    if magnitude >= 15 || magnitude < -6 {
        return format!("{value:.2e}");
    }
    let decimals = (2 - magnitude).max(0) as usize;
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
    let whole = separate(digits);
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A count with its thousands separated.
pub fn count(value: u64) -> String {
    separate(&value.to_string())
}

fn separate(digits: &str) -> String {
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1 row", "2 rows".
pub fn rows(value: u64) -> String {
    format!("{} row{}", count(value), if value == 1 { "" } else { "s" })
}

/// A time span given in microseconds, in days or hours.
pub fn duration(microseconds: i64) -> String {
    const DAY: f64 = 86_400e6;
    let days = microseconds as f64 / DAY;
    let (value, unit) = if days.abs() >= 1.0 { (days, "day") } else { (days * 24.0, "hour") };
    format!("{} {unit}{}", number(value), if value == 1.0 { "" } else { "s" })
}

/// A group in a sentence: `black`, `black, female`, `(missing)`.
pub fn group(values: &[Option<String>]) -> String {
    let values: Vec<&str> = values.iter().map(|value| value.as_deref().unwrap_or("(missing)")).collect();
    values.join(", ")
}

/// What a subject is, after a measure's name: empty for the whole table, else ` of race black`.
pub fn of_subject(subject: &Subject) -> String {
    if subject.attribute.is_empty() {
        String::new()
    } else if subject.group.is_empty() {
        format!(" between groups of {}", subject.attribute.join(" and "))
    } else {
        format!(" of {} {}", subject.attribute.join(" and "), group(&subject.group))
    }
}

/// Why there is no number, as the end of a sentence that starts "was not computed:".
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoRows => "no row has the values it needs",
        Reason::NoPositives => "no positive labels among its rows",
        Reason::NoNegatives => "no negative labels among its rows",
        Reason::NoPositiveDecisions => "no positive decisions among its rows",
        Reason::NoNegativeDecisions => "no negative decisions among its rows",
        Reason::ZeroDenominator => "its denominator is zero",
        Reason::Infinite => "the rate it is compared with is zero",
        Reason::NBelowMinimum => "fewer rows than the plan asks for",
        Reason::Suppressed => "fewer rows than the plan shows, or the complement of such a group",
        Reason::NoLabels => "the plan names no label column",
        Reason::NoDecisions => "the plan names neither a prediction column nor a threshold",
        Reason::NoScores => "the plan names no score column",
        Reason::NoProtectedAttributes => "the plan names no protected attribute",
        Reason::NoReferenceGroup => "the plan names no reference group for the attribute",
        Reason::GroupAbsent => "the group has no rows",
        Reason::SingleGroup => "only one group can be compared",
        Reason::NoCriterion => "the plan states no criterion for it",
        Reason::ColumnMissing => "the table lacks the column",
        Reason::NoIds => "the plan names no id column",
        Reason::NoTimes => "the plan names no time of the prediction, or none of the label",
        Reason::AsOfMissing => "the audit has no as_of date",
        Reason::ScoresOutOfRange => "scores lie outside 0 to 1",
        Reason::WeightsNotSupported => "this measure does not take sample weights yet",
        Reason::IntervalDegenerate => "it has no interval that could decide",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_three_digits() {
        for (value, text) in [
            (0.0, "0"),
            (0.8, "0.8"),
            (0.712_34, "0.712"),
            (0.000_123_4, "0.000123"),
            (1_681.0, "1,681"),
            (12_345.678, "12,346"),
            (-0.05, "−0.05"),
            (99.96, "100"),
            (1e-9, "1.00e-9"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
