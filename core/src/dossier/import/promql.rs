//! What an alerting expression compares: the metric, the bound and the range, read from its tokens.
//!
//! Not a parser of PromQL: an expression is one comparison with a number, or it is told to be something else. Tokens as in
//! "Querying basics" and "Operators" of the Prometheus documentation, release 3.

use crate::yaml::reader::parse_number;

/// What an expression says.
#[derive(Debug, PartialEq)]
pub(super) struct Condition<'e> {
    /// Metrics it reads, each once.
    pub(super) metrics: Vec<&'e str>,
    /// The first range of time it looks back, such as `7d`.
    pub(super) range: Option<&'e str>,
    /// The comparison that holds while all is well, and its bound.
    pub(super) good: Result<(&'static str, f64), &'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'e> {
    Word(&'e str),
    Number(&'e str),
    Range(&'e str),
    Sign(&'e str),
    /// A text, or the matchers of labels.
    Other,
}

/// Words that stand between metrics.
const KEYWORDS: [&str; 15] = [
    "and",
    "or",
    "unless",
    "by",
    "without",
    "on",
    "ignoring",
    "group_left",
    "group_right",
    "bool",
    "offset",
    "start",
    "end",
    "inf",
    "nan",
];
/// Before a list of labels.
const LABELS: [&str; 6] = ["by", "without", "on", "ignoring", "group_left", "group_right"];
/// Operators that may have `by` between their name and what they take.
const AGGREGATIONS: [&str; 14] = [
    "sum",
    "avg",
    "min",
    "max",
    "count",
    "stddev",
    "stdvar",
    "group",
    "topk",
    "bottomk",
    "quantile",
    "count_values",
    "limitk",
    "limit_ratio",
];
/// A comparison that alerts, the one that holds otherwise, and that with its sides changed.
const COMPARISONS: [(&str, &str, &str); 4] = [("<", ">=", "<="), ("<=", ">", "<"), (">", "<=", ">="), (">=", "<", ">")];

pub(super) fn condition(expression: &str) -> Condition<'_> {
    let tokens = tokens(expression);
    let range = tokens.iter().find_map(|token| match token {
        Token::Range(range) => Some(range.split(':').next().unwrap_or(range).trim()),
        _ => None,
    });
    Condition { metrics: metrics(&tokens), range, good: good(&tokens) }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            _ if first.is_whitespace() => (None, first.len_utf8()),
            '#' => (None, rest.find('\n').unwrap_or(rest.len())),
            '"' | '\'' | '`' => (Some(Token::Other), string(rest, first)),
            '{' => (Some(Token::Other), enclosed(rest, '}')),
            '[' => {
                let length = enclosed(rest, ']');
                (Some(Token::Range(rest[..length].trim_matches(['[', ']']))), length)
            }
            _ if first.is_ascii_alphabetic() || matches!(first, '_' | ':') => {
                let length = run(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':'));
                (Some(Token::Word(&rest[..length])), length)
            }
            _ if first.is_ascii_digit() || first == '.' => {
                let mut length = run(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'));
                // The sign of an exponent.
                if rest[..length].ends_with(['e', 'E']) && rest[length..].starts_with(['+', '-']) {
                    length += 1 + run(&rest[length + 1..], |c| c.is_ascii_digit());
                }
                (Some(Token::Number(&rest[..length])), length)
            }
            _ => {
                let two = ["<=", ">=", "==", "!=", "=~", "!~"].iter().any(|sign| rest.starts_with(sign));
                let length = if two { 2 } else { first.len_utf8() };
                (Some(Token::Sign(&rest[..length])), length)
            }
        };
        tokens.extend(token);
        rest = &rest[length..];
    }
    tokens
}

fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.find(|c| !of(c)).unwrap_or(text.len())
}

/// Length of a text in quotes, the quotes included.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' && quote != '`' {
            escaped = true;
        } else if character == quote {
            return at + 1;
        }
    }
    text.len()
}

/// Length of what stands in brackets, which hold no other brackets of their kind outside of quotes.
fn enclosed(text: &str, end: char) -> usize {
    let mut at = 1;
    while let Some(character) = text[at..].chars().next() {
        at += match character {
            '"' | '\'' | '`' => string(&text[at..], character),
            _ => character.len_utf8(),
        };
        if character == end {
            break;
        }
    }
    at
}

fn metrics<'e>(tokens: &[Token<'e>]) -> Vec<&'e str> {
    let mut metrics = Vec::new();
    let mut labels = false;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        match token {
            Token::Word(word) if LABELS.contains(word) => labels = next == Some(&Token::Sign("(")),
            Token::Sign(")") => labels = false,
            Token::Word(word) if !labels => {
                let calls = next == Some(&Token::Sign("("));
                let gathers = AGGREGATIONS.contains(word) && matches!(next, Some(Token::Word("by" | "without")));
                let keyword = KEYWORDS.contains(&word.to_ascii_lowercase().as_str());
                if !calls && !gathers && !keyword && !metrics.contains(word) {
                    metrics.push(*word);
                }
            }
            _ => {}
        }
        // More are never told apart from none or one.
        if metrics.len() > 8 {
            break;
        }
    }
    metrics
}

fn good(tokens: &[Token<'_>]) -> Result<(&'static str, f64), &'static str> {
    let tokens = unwrapped(tokens);
    let mut depth = 0_usize;
    let mut found = None;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Sign("(") => depth += 1,
            Token::Sign(")") => depth = depth.saturating_sub(1),
            Token::Word("and" | "or" | "unless") if depth == 0 => return Err("an expression of several conditions"),
            Token::Sign("==" | "!=") if depth == 0 => return Err("a comparison for equality has no better side"),
            Token::Sign(sign @ ("<" | "<=" | ">" | ">=")) if depth == 0 => match found {
                None => found = Some((at, *sign)),
                Some(_) => return Err("an expression of several comparisons"),
            },
            _ => {}
        }
    }
    let Some((at, sign)) = found else { return Err("an expression without a comparison") };
    let right = &tokens[at + 1..];
    let right = right.strip_prefix(&[Token::Word("bool")]).unwrap_or(right);
    let Some((_, good, turned)) = COMPARISONS.iter().find(|(alert, ..)| *alert == sign) else {
        return Err("an expression without a comparison");
    };
    match (number(&tokens[..at]), number(right)) {
        (None, Some(bound)) => Ok((good, bound)),
        (Some(bound), None) => Ok((turned, bound)),
        _ => Err("a comparison with something other than a number"),
    }
}

/// Without the brackets around the whole.
fn unwrapped<'t, 'e>(mut tokens: &'t [Token<'e>]) -> &'t [Token<'e>] {
    while let [Token::Sign("("), inner @ .., Token::Sign(")")] = tokens {
        let mut depth = 0_i64;
        let whole = inner.iter().all(|token| {
            depth += match token {
                Token::Sign("(") => 1,
                Token::Sign(")") => -1,
                _ => 0,
            };
            depth >= 0
        });
        if !whole {
            break;
        }
        tokens = inner;
    }
    tokens
}

fn number(tokens: &[Token<'_>]) -> Option<f64> {
    match unwrapped(tokens) {
        [Token::Number(text)] | [Token::Sign("+"), Token::Number(text)] => parse_number(text),
        [Token::Sign("-"), Token::Number(text)] => parse_number(text).map(|number| -number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_read_from_the_side_of_what_is_good() {
        let good = |text: &'static str| condition(text).good;
        assert_eq!(good("model_auc < 0.76"), Ok((">=", 0.76)));
        assert_eq!(good("0.76 >= model_auc"), Ok((">", 0.76)));
        assert_eq!(good("((a{x=\"<\"} > bool (-1e-3)))"), Ok(("<=", -1e-3)));
        assert_eq!(good("a > 1 and b < 2"), Err("an expression of several conditions"));
        assert_eq!(good("absent(a)"), Err("an expression without a comparison"));
        assert_eq!(good("a > b"), Err("a comparison with something other than a number"));
        assert_eq!(good("up == 0"), Err("a comparison for equality has no better side"));
        assert_eq!(good("(a) > (1"), Err("a comparison with something other than a number"));
    }

    #[test]
    fn metrics_are_words_that_are_neither_functions_nor_labels() {
        let read = condition(
            "sum by (model, le) (rate(hits_total{job=~\"a|b\"}[5m:1m])) / on(model) group_left all:n > 0.1 # c",
        );
        assert_eq!((read.metrics, read.range), (vec!["hits_total", "all:n"], Some("5m")));
        assert_eq!(condition("\"\\\"x < 1").metrics, Vec::<&str>::new());
    }
}
