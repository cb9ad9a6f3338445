//! Which quantile the name of a column speaks of.

/// Words before the number.
const MARKS: [&str; 7] = ["quantile", "percentile", "perc", "pctl", "pct", "q", "p"];

/// The level in a name such as `q10`, `forecast_p90`, `y_q0.05` or `quantile_0_975`, as a plan writes it: `0.1`.
///
/// Whole numbers of one or two digits are hundredths; of three, thousandths, if the last one is not 0.
pub(super) fn level(name: &str) -> Option<String> {
    let name = name.trim().to_lowercase();
    let number = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let before = name[..name.len() - number.len()].trim_end_matches(['_', '-', ' ', '.']);
    let mark = MARKS.into_iter().find(|mark| before.ends_with(mark))?;
    let first = before.len() == mark.len() || !before[..before.len() - mark.len()].ends_with(char::is_alphanumeric);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let decimals = match number.split_once(['.', '_', ',']) {
        Some(("0", decimals)) if digits(decimals) => decimals.to_owned(),
        Some((percent, decimals)) if digits(percent) && percent.len() <= 2 && digits(decimals) => {
            format!("{percent:0>2}{decimals}")
        }
        None if digits(number) && (number.len() <= 2 || number.len() == 3 && !number.ends_with('0')) => {
            format!("{number:0>2}")
        }
        _ => return None,
    };
    let decimals = decimals.trim_end_matches('0');
    (first && !decimals.is_empty()).then(|| format!("0.{decimals}"))
}

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    fn names_say_their_level() {
        for (name, expected) in [
            ("q10", "0.1"),
            ("P90", "0.9"),
            ("q5", "0.05"),
            ("q05", "0.05"),
            ("q025", "0.025"),
            ("q975", "0.975"),
            ("y_q0.05", "0.05"),
            ("forecast-p50", "0.5"),
            ("quantile_0.95", "0.95"),
            ("pred_quantile_0_975", "0.975"),
            ("percentile 99.5", "0.995"),
            ("p2.5", "0.025"),
        ] {
            assert_eq!(level(name).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn other_names_say_none() {
        for name in
            ["q", "q0", "q00", "q0.0", "q100", "p1000", "q1.", "q1.5.2", "seq10", "zip12", "10", "q10_low", "", "é10"]
        {
            assert_eq!(level(name), None, "{name}");
        }
    }
}
