//! Numbers for people: rounding and separators.

/// What stands where there is no number.
pub(crate) const NONE: &str = "–";

/// A number with so many significant digits; integers keep all of theirs, and a small number never reads as 0.
pub(crate) fn significant(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits = digits.max(1);
    let scientific = format!("{:.*e}", digits - 1, value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if value < 0.0 { "−" } else { "" };
    if !(-5..15).contains(&exponent) {
        return format!("{sign}{mantissa} × 10{}", superscript(exponent));
    }
    let whole = value.abs() < 1e15 && value.trunc() == value;
    let decimals = if whole { 0 } else { (digits as i32 - 1 - exponent).max(0) as usize };
    format!("{sign}{}", grouped(&format!("{:.*}", decimals, value.abs())))
}

/// A threshold as the plan states it, with two decimals at least where it has any.
pub(crate) fn threshold(value: f64) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let value = value.abs();
    if value != 0.0 && !(1e-5..1e15).contains(&value) {
        return format!("{sign}{}", significant(value, 3));
    }
    let mut text = format!("{value}");
    if let Some((_, fraction)) = text.split_once('.')
        && fraction.len() == 1
    {
        text.push('0');
    }
    format!("{sign}{}", grouped(&text))
}

/// A level such as 0.95 as `95 %`.
pub(crate) fn level(value: f64) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    let text = format!("{:.3}", value * 100.0);
    format!("{}\u{a0}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A number of rows.
pub(crate) fn count(value: u64) -> String {
    grouped(&value.to_string())
}

fn grouped(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn superscript(exponent: i32) -> String {
    exponent
        .to_string()
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            _ => char::from_u32(0x2070 + c.to_digit(10).unwrap_or(0)).unwrap_or(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_significant_digits() {
        for (value, digits, text) in [
            (0.713_84, 3, "0.714"),
            (0.713_84, 4, "0.7138"),
            (0.8, 4, "0.8000"),
            (1.0, 4, "1"),
            (0.999_96, 4, "1.000"),
            (0.0, 3, "0"),
            (-0.0, 3, "0"),
            (-0.051_2, 3, "−0.0512"),
            (0.000_012_3, 3, "0.0000123"),
            (1.234e-7, 3, "1.23 × 10⁻⁷"),
            (12_345.6, 4, "12,346"),
            (1_234_567.0, 3, "1,234,567"),
            (9.999, 3, "10.0"),
            (1e300, 3, "1.00 × 10³⁰⁰"),
            (f64::NAN, 3, "–"),
            (f64::INFINITY, 3, "–"),
        ] {
            assert_eq!(significant(value, digits), text, "{value}");
        }
    }

    #[test]
    fn thresholds_stand_as_the_plan_states_them() {
        for (value, text) in [
            (0.8, "0.80"),
            (0.05, "0.05"),
            (-0.05, "−0.05"),
            (1.25, "1.25"),
            (100.0, "100"),
            (0.0, "0"),
            (0.125, "0.125"),
        ] {
            assert_eq!(threshold(value), text);
        }
        assert_eq!(level(0.95), "95\u{a0}%");
        assert_eq!(level(0.999), "99.9\u{a0}%");
    }
}
