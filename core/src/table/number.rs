//! Text to number, by one rule for every format.

use crate::error::{Code, Problem};
use crate::table::problems::shown;

/// Powers of ten that a 64-bit float holds exactly.
const EXACT_TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// The nearest float to a decimal text; spaces around it are ignored.
///
/// Accepted are the numbers of JSON and their unambiguous relatives (`+1`, `01`, `.5`, `5.`), the spellings of
/// infinity that pandas and polars write (`inf`, `-inf`), and `nan` and `NaN`, which give NaN. `None` for all else.
pub(super) fn parse_number(text: &[u8]) -> Option<f64> {
    let text = text.trim_ascii();
    let (negative, digits) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, text),
    };
    // Long ones are past the shortcut below: the standard library reads them, and accepts no more than we do.
    if digits.len() > 17 && matches!(digits[0], b'0'..=b'9' | b'.') {
        return std::str::from_utf8(text).ok()?.parse().ok();
    }
    let mut mantissa = 0_u64;
    let mut seen = 0_usize;
    let mut fraction = 0_usize;
    let mut position = 0;
    while let Some(digit) = digits.get(position).filter(|byte| byte.is_ascii_digit()) {
        mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        position += 1;
    }
    seen += position;
    if digits.get(position) == Some(&b'.') {
        position += 1;
        let start = position;
        while let Some(digit) = digits.get(position).filter(|byte| byte.is_ascii_digit()) {
            mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            position += 1;
        }
        fraction = position - start;
        seen += fraction;
    }
    if seen == 0 {
        return match digits {
            b"inf" => Some(if negative { f64::NEG_INFINITY } else { f64::INFINITY }),
            b"nan" | b"NaN" if digits.len() == text.len() => Some(f64::NAN),
            _ => None,
        };
    }
    // Both operands are exact, so one division gives the nearest float.
    if position == digits.len() && seen <= 15 {
        let value = mantissa as f64 / EXACT_TENS[fraction];
        return Some(if negative { -value } else { value });
    }
    if position < digits.len() && !is_exponent(&digits[position..]) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

fn is_exponent(text: &[u8]) -> bool {
    let Some((b'e' | b'E', rest)) = text.split_first() else { return false };
    let digits = match rest.split_first() {
        Some((b'+' | b'-', digits)) => digits,
        _ => rest,
    };
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

/// The problem of a text that is not a number, with the likeliest remedy.
pub(super) fn not_a_number(text: &str, column: &str) -> Problem {
    let trimmed = text.trim();
    let hint = match trimmed {
        "NA" | "N/A" | "n/a" | "na" | "NULL" | "Null" | "null" | "None" | "NONE" | "none" | "NAN" | "Nan" | "<NA>"
        | "-" | "--" | "." | "?" | "missing" | "#N/A" => {
            format!("only the empty field is missing; if {} means missing, add it to missing_values", shown(trimmed))
        }
        "true" | "false" | "True" | "False" | "TRUE" | "FALSE" => {
            "this role needs numbers, not true and false: write 1 and 0, or choose another column".to_owned()
        }
        _ => match repaired(trimmed) {
            Some(repaired) => format!("write it as {repaired}"),
            None => "correct the value, leave the field empty if it is missing, or choose another column".to_owned(),
        },
    };
    Problem::new(Code::ValueNotNumber, format!("{} is not a number", shown(text))).hint(hint).field(column)
}

/// The number that a text with a decimal comma, thousands separators, a percent or a currency sign stands for.
fn repaired(text: &str) -> Option<String> {
    let is_number = |text: &str| !text.contains(|c: char| c.is_alphabetic()) && parse_number(text.as_bytes()).is_some();
    if let Some(percentage) = text.strip_suffix('%').map(str::trim_end) {
        return is_number(percentage).then(|| "a fraction between 0 and 1, without the percent sign".to_owned());
    }
    let plain = text.trim_matches(['$', '€', '£']).trim();
    if plain != text && is_number(plain) {
        return Some(format!("{plain}, without the currency sign"));
    }
    let commas = plain.matches(',').count();
    let points = plain.matches('.').count();
    if commas == 1 && points == 0 {
        let pointed = plain.replace(',', ".");
        return is_number(&pointed).then(|| format!("{pointed}: decimals need a point, not a comma"));
    }
    let (separator, decimal) = if plain.rfind(',') > plain.rfind('.') { ('.', ',') } else { (',', '.') };
    let pointed = plain.replace([separator, ' ', '\u{a0}', '\u{202f}'], "").replace(decimal, ".");
    (pointed != plain && is_number(&pointed)).then(|| format!("{pointed}, without thousands separators"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accepted_spellings() {
        for (text, value) in [
            ("0", 0.0),
            (" 1.5 ", 1.5),
            ("+1", 1.0),
            ("01", 1.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("-2e3", -2000.0),
            ("1E-2", 0.01),
            ("inf", f64::INFINITY),
            ("-inf", f64::NEG_INFINITY),
            ("9007199254740993", 9007199254740992.0),
            ("0.1", 0.1),
            ("123456789012345", 123456789012345.0),
        ] {
            assert_eq!(parse_number(text.as_bytes()), Some(value), "{text}");
        }
        assert!(parse_number(b"nan").is_some_and(f64::is_nan));
        assert!(parse_number(b"-0").is_some_and(|zero| zero == 0.0 && zero.is_sign_negative()));
        for text in
            ["", " ", ".", "-", "+", "e5", "1e", "1e+", "1 2", "infinity", "Inf", "-nan", "0x10", "1_000", "1,5"]
        {
            assert_eq!(parse_number(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn hints_name_the_likeliest_remedy() {
        for (text, part) in [
            ("0,5", "write it as 0.5: decimals need a point"),
            ("1.234,5", "write it as 1234.5, without thousands"),
            ("1,234.5", "write it as 1234.5, without thousands"),
            ("1 234", "write it as 1234, without thousands"),
            ("45 %", "a fraction between 0 and 1"),
            ("$12", "write it as 12, without the currency"),
            ("NA", "add it to missing_values"),
            ("True", "write 1 and 0"),
            ("high", "correct the value"),
        ] {
            let hint = not_a_number(text, "score").hint.unwrap_or_default();
            assert!(hint.contains(part), "{text}: {hint}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(value: f64) {
            for text in [format!("{value}"), format!("{value:e}"), format!("{value:.6}")] {
                let expected = text.parse::<f64>().unwrap();
                let parsed = parse_number(text.as_bytes());
                if value.is_nan() {
                    prop_assert!(parsed.is_some_and(f64::is_nan));
                } else {
                    prop_assert_eq!(parsed.map(f64::to_bits), Some(expected.to_bits()));
                }
            }
        }

        #[test]
        fn accepts_no_more_than_the_standard_library(text in "[-+]?[0-9.eE ]{0,12}") {
            let expected = text.trim().parse::<f64>().ok();
            prop_assert_eq!(parse_number(text.as_bytes()).map(f64::to_bits), expected.map(f64::to_bits));
        }
    }
}
