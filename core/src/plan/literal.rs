//! Canonical text of a value, so that `1`, `1.0` and "1" from different readers agree.

use std::borrow::Cow;

/// The canonical text of one raw value: numbers of the JSON grammar in their shortest form,
/// the usual spellings of booleans as `true` and `false`, everything else as it stands.
/// Leading zeros are not JSON numbers: `01` stays text.
pub fn canonical_value(raw: &str) -> Cow<'_, str> {
    match raw {
        "True" | "TRUE" => Cow::Borrowed("true"),
        "False" | "FALSE" => Cow::Borrowed("false"),
        _ if is_json_number(raw) => canonical_number(raw),
        _ => Cow::Borrowed(raw),
    }
}

/// Whether a text is a number by the grammar of JSON.
pub fn is_json_number(text: &str) -> bool {
    let mut bytes = text.bytes().peekable();
    if bytes.peek() == Some(&b'-') {
        bytes.next();
    }
    match bytes.next() {
        Some(b'0') => {}
        Some(b'1'..=b'9') => while bytes.next_if(u8::is_ascii_digit).is_some() {},
        _ => return false,
    }
    if bytes.next_if_eq(&b'.').is_some() {
        if !bytes.next().is_some_and(|byte| byte.is_ascii_digit()) {
            return false;
        }
        while bytes.next_if(u8::is_ascii_digit).is_some() {}
    }
    if bytes.next_if(|byte| matches!(byte, b'e' | b'E')).is_some() {
        bytes.next_if(|byte| matches!(byte, b'+' | b'-'));
        if !bytes.next().is_some_and(|byte| byte.is_ascii_digit()) {
            return false;
        }
        while bytes.next_if(u8::is_ascii_digit).is_some() {}
    }
    bytes.next().is_none()
}

/// Plain integers stay digit for digit (identifiers may exceed 2^53); other numbers take their shortest form.
fn canonical_number(raw: &str) -> Cow<'_, str> {
    if raw != "-0" && raw.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return Cow::Borrowed(raw);
    }
    match raw.parse::<f64>() {
        Ok(value) if value.is_finite() => Cow::Owned(ryu_js::Buffer::new().format(value).to_owned()),
        _ => Cow::Borrowed(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_value_agree() {
        for (raw, canonical) in [
            ("1", "1"),
            ("1.0", "1"),
            ("1e0", "1"),
            ("-0", "0"),
            ("0.50", "0.5"),
            ("01", "01"),
            ("+1", "+1"),
            (".5", ".5"),
            ("1.", "1."),
            ("True", "true"),
            ("FALSE", "false"),
            ("9007199254740993", "9007199254740993"),
            ("NaN", "NaN"),
            ("", ""),
            ("Weiß", "Weiß"),
        ] {
            assert_eq!(canonical_value(raw), canonical, "{raw}");
        }
    }
}
