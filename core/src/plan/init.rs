//! A first plan, written from a guess: every key explained, the unused ones commented out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::check::has_meaning;
use super::guess::{Guess, Guessed};
use super::keys::{CRITERION_KEYS, PLAN_KEYS};
use super::model::{Decision, SCHEMA_VERSION, Task};
use crate::yaml::Key;

/// Sections of the written plan: a heading and the key it starts with.
const SECTIONS: &[(&str, &str)] = &[
    ("model", "The model"),
    ("data", "The files, relative to this plan"),
    ("id", "What each column is"),
    ("missing_values", "How to read and how to answer"),
    ("criteria", "Acceptance criteria: what must hold"),
];

/// Where explanations start.
const COMMENT_AT: usize = 32;

/// A commented plan for a table. It parses, and it states no criteria: thresholds are for people to set.
pub fn init_plan(guess: &Guess, data_name: &str) -> String {
    let mut out = String::from(
        "# A first plan, guessed from the columns of the table: check every line.\n\
         # A key behind `# ` is an example: remove the `# ` to use it.\n\
         # Every key is also a keyword argument of modelassay.audit().\n\n",
    );
    for key in PLAN_KEYS {
        if let Some((_, heading)) = SECTIONS.iter().find(|(first, _)| *first == key.name) {
            let _ = writeln!(out, "\n# --- {heading} ---");
        }
        write_key(&mut out, key, guess, data_name);
    }
    out
}

fn write_key(out: &mut String, key: &Key, guess: &Guess, data_name: &str) {
    // What has no meaning for the task is not offered.
    if !has_meaning(key.name, guess.task) {
        return;
    }
    match key.name {
        "schema_version" => line(out, key, &SCHEMA_VERSION.to_string(), None),
        "task" => line(out, key, guess.task.name(), None),
        "data" => line(out, key, &yaml_text(data_name), None),
        "id" => role(out, key, guess.id.as_ref()),
        "time" => role(out, key, guess.time.as_ref()),
        "label" => role(out, key, guess.label.as_ref()),
        "label_time" if guess.label.is_some() => role(out, key, guess.label_time.as_ref()),
        "prediction" => role(out, key, guess.prediction.as_ref()),
        "score" => role(out, key, guess.score.as_ref()),
        "scores" => columns(out, key, &guess.scores, yaml_text),
        "quantiles" => columns(out, key, &guess.quantiles, str::to_owned),
        "weight" => role(out, key, guess.weight.as_ref()),
        "positive" => match &guess.positive {
            Some(value) => line(out, key, &yaml_text(value), None),
            None => example(out, key),
        },
        "decisions" if guess.decisions.is_empty() && guess.unexplained.is_empty() => example(out, key),
        "decisions" if guess.decisions.is_empty() => {
            let values: Vec<String> =
                guess.unexplained.iter().map(|value| format!("{}: …", yaml_text(value))).collect();
            commented(out, key, &format!("{{{}}}", values.join(", ")));
        }
        "decisions" => {
            open(out, key);
            for (value, meaning) in &guess.decisions {
                let meaning = match meaning {
                    Decision::Positive => "positive",
                    Decision::Negative => "negative",
                    Decision::Excluded => "excluded",
                };
                let _ = writeln!(out, "  {}: {meaning}", yaml_text(value));
            }
        }
        "protected" if guess.protected.is_empty() => example(out, key),
        "protected" => {
            open(out, key);
            for guessed in &guess.protected {
                let _ = writeln!(out, "  - {}  # guessed from {}", yaml_text(&guessed.column), guessed.why);
            }
        }
        "reference_groups" => match guess.protected.first() {
            Some(guessed) => commented(out, key, &format!("{{{}: …}}", yaml_text(&guessed.column))),
            None => example(out, key),
        },
        "features" if guess.features.is_empty() => example(out, key),
        "features" => {
            open(out, key);
            for column in &guess.features {
                let _ = writeln!(out, "  - {}", yaml_text(column));
            }
        }
        "criteria" => criteria(out, key, guess),
        _ => example(out, key),
    }
}

/// `key: value  # what it is`, with the explanations in one column where they fit.
fn entry(out: &mut String, lead: &str, key: &Key, value: &str, why: Option<&str>) {
    let colon = if value.is_empty() { ":" } else { ": " };
    let text = format!("{lead}{}{colon}{value}", key.name);
    let why = why.map(|why| format!(" (guessed from {why})")).unwrap_or_default();
    let _ = writeln!(out, "{text:<COMMENT_AT$}  # {}{why}", key.about);
}

fn line(out: &mut String, key: &Key, value: &str, why: Option<&str>) {
    entry(out, "", key, value, why);
}

/// A key whose value follows on the next lines.
fn open(out: &mut String, key: &Key) {
    entry(out, "", key, "", None);
}

fn role(out: &mut String, key: &Key, guessed: Option<&Guessed>) {
    match guessed {
        Some(guessed) => line(out, key, &yaml_text(&guessed.column), Some(&guessed.why)),
        None => example(out, key),
    }
}

/// A mapping to columns, such as that from classes to their scores.
fn columns(out: &mut String, key: &Key, guessed: &BTreeMap<String, Guessed>, written: fn(&str) -> String) {
    if guessed.is_empty() {
        return example(out, key);
    }
    open(out, key);
    for (of, Guessed { column, why }) in guessed {
        let _ = writeln!(out, "  {}: {}  # guessed from {why}", written(of), yaml_text(column));
    }
}

fn example(out: &mut String, key: &Key) {
    commented(out, key, key.example);
}

fn commented(out: &mut String, key: &Key, value: &str) {
    entry(out, "# ", key, value, None);
}

/// Suggestions that fit the columns, commented out.
fn criteria(out: &mut String, key: &Key, guess: &Guess) {
    let _ = writeln!(
        out,
        "# {}: {}. Without any the verdict is `incomplete`: decide what this\n\
         # model must achieve. For example:\n# criteria:",
        key.name, key.about
    );
    let numbers = guess.task == Task::Regression;
    let usual = if numbers { "r2" } else { "roc_auc" };
    let mut texts: Vec<String> = Vec::new();
    let labels = guess.label.is_some();
    let decisions = guess.prediction.is_some() || !guess.scores.is_empty();
    let scored = guess.score.is_some() || !guess.scores.is_empty();
    if labels && (scored || (numbers && decisions)) {
        texts.push(format!("{usual} >= 0.70"));
    }
    if labels && decisions && !numbers {
        texts.push("recall >= 0.60".to_owned());
    }
    if decisions && let Some(attribute) = guess.protected.first() {
        // Of several classes as a whole there is no favourable one.
        let gap = match guess.task {
            Task::Binary => "selection_rate_ratio",
            Task::Multiclass => "accuracy_ratio",
            Task::Regression => "mean_absolute_error_ratio",
        };
        let text = format!("{gap} by {} >= 0.80", attribute.column);
        let plain = yaml_text(&attribute.column) == attribute.column;
        texts.push(if plain { text } else { yaml_text(&text) });
    }
    if texts.is_empty() {
        texts.push(format!("{usual} >= 0.70"));
    }
    for text in texts {
        let _ = writeln!(out, "#   - {text}");
    }
    out.push_str(
        "# The long form of one criterion (`measure`, `comparator` and `threshold` are enough):\n# criteria:\n",
    );
    for (index, key) in CRITERION_KEYS.iter().enumerate() {
        let example = if key.name == "measure" { usual } else { key.example };
        entry(out, if index == 0 { "#   - " } else { "#     " }, key, example, None);
    }
}

/// A text as YAML: plain where nothing can be misread, else in double quotes.
fn yaml_text(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'/'))
        && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str());
    if plain {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            ' ' => out.push(' '),
            _ if character.is_control() || character.is_whitespace() || character == '\u{feff}' => {
                let _ = write!(out, "\\U{:08X}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}
