//! Keys of rows: a 128-bit hash of a value's canonical text, equal for equal values of any format.

use xxhash_rust::xxh3::xxh3_128;

use crate::plan::canonical_value;

/// The key of a missing identifier.
pub const MISSING_KEY: u128 = 0;

/// The key of a text: `1`, `1.0` and `1e0` have the same one. Never [`MISSING_KEY`].
pub fn row_key(text: &str) -> u128 {
    hash(canonical_value(text).as_bytes())
}

/// The key of a number: that of its text. NaN is missing.
pub fn number_key(value: f64) -> u128 {
    if value.is_nan() {
        return MISSING_KEY;
    }
    hash(number_text(value, &mut ryu_js::Buffer::new()).as_bytes())
}

/// The key of an integer: that of its digits, exact beyond 2^53.
pub fn integer_key(value: impl Into<i128>) -> u128 {
    let value: i128 = value.into();
    let mut digits = [0_u8; 40];
    let mut position = digits.len();
    match u64::try_from(value.unsigned_abs()) {
        Ok(mut rest) => loop {
            position -= 1;
            digits[position] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        },
        Err(_) => return hash(value.to_string().as_bytes()),
    }
    if value < 0 {
        position -= 1;
        digits[position] = b'-';
    }
    hash(&digits[position..])
}

/// The text of a number in a category or key: as RFC 8785 prints it; infinities as CSV files spell them.
pub(super) fn number_text(value: f64, buffer: &mut ryu_js::Buffer) -> &str {
    if value == f64::INFINITY {
        "inf"
    } else if value == f64::NEG_INFINITY {
        "-inf"
    } else {
        buffer.format(value)
    }
}

fn hash(text: &[u8]) -> u128 {
    xxh3_128(text).max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_values_have_equal_keys() {
        assert_eq!(row_key("1"), row_key("1.0"));
        assert_eq!(row_key("1"), integer_key(1));
        assert_eq!(row_key("1"), number_key(1.0));
        assert_eq!(row_key("-0"), number_key(-0.0));
        assert_eq!(row_key("inf"), number_key(f64::INFINITY));
        assert_eq!(row_key("18446744073709551615"), integer_key(u64::MAX));
        assert_eq!(row_key("-9223372036854775808"), integer_key(i64::MIN));
        assert_eq!(number_key(f64::NAN), MISSING_KEY);
        assert_ne!(row_key("01"), row_key("1"));
    }

    proptest! {
        #[test]
        fn keys_of_numbers_are_those_of_their_text(float: f64, integer: i64) {
            prop_assert_eq!(integer_key(integer), row_key(&integer.to_string()));
            if float.is_finite() {
                prop_assert_eq!(number_key(float), row_key(&format!("{float:e}")));
            }
        }
    }
}
