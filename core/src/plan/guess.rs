//! Which column plays which role, guessed from names and a few values: a start that people correct.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::table::parse_day;

use Table::{Labels, Predictions};

use super::literal::{canonical_value, is_json_number};
use super::model::{Decision, Task};
use super::quantile;

/// A column and some of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampledColumn {
    /// Name in the header.
    pub name: String,
    /// Values of the first rows as texts, in the order of the rows; the empty text is a missing value.
    pub values: Vec<String>,
}

/// A guessed column, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Guessed {
    /// Name of the column.
    pub column: String,
    /// What speaks for it, in a few words.
    pub why: String,
}

/// What each column may be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Guess {
    /// What the model predicts.
    pub task: Task,
    /// Identifier of a row.
    pub id: Option<Guessed>,
    /// When the prediction was made.
    pub time: Option<Guessed>,
    /// The outcome that came true.
    pub label: Option<Guessed>,
    /// The label value that is the positive class, where labels are neither 0/1 nor true/false.
    pub positive: Option<String>,
    /// When the label became known.
    pub label_time: Option<Guessed>,
    /// The decision that was taken.
    pub prediction: Option<Guessed>,
    /// What each value of the prediction means, where its words say so.
    pub decisions: BTreeMap<String, Decision>,
    /// Values of the prediction whose meaning only people know: `decisions` must say it.
    pub unexplained: Vec<String>,
    /// The model's score of the positive class.
    pub score: Option<Guessed>,
    /// The model's score of each class, by class, where there are several.
    pub scores: BTreeMap<String, Guessed>,
    /// The predicted quantiles of a number, by level as a plan writes it, such as `0.05`: rising.
    pub quantiles: BTreeMap<String, Guessed>,
    /// Weight of a row.
    pub weight: Option<Guessed>,
    /// Protected attributes.
    pub protected: Vec<Guessed>,
    /// All other columns.
    pub features: Vec<String>,
}

const ID: &[&str] = &["id", "uuid", "guid", "key", "identifier", "row_id"];
const LABEL: &[&str] = &[
    "label",
    "labels",
    "target",
    "y_true",
    "ytrue",
    "y",
    "outcome",
    "actual",
    "truth",
    "ground_truth",
    "repaid",
    "default",
    "defaulted",
    "approved",
    "hired",
    "churned",
    "churn",
    "fraud",
    "is_fraud",
    "recidivism",
    "two_year_recid",
    "readmitted",
];
const PREDICTION: &[&str] = &[
    "prediction",
    "predictions",
    "predicted",
    "pred",
    "preds",
    "y_pred",
    "ypred",
    "y_hat",
    "yhat",
    "decision",
    "decided",
    "model_decision",
    "predicted_label",
    "predicted_class",
    "recommendation",
];
const SCORE: &[&str] = &[
    "score",
    "scores",
    "probability",
    "proba",
    "prob",
    "y_prob",
    "y_proba",
    "y_score",
    "yprob",
    "risk_score",
    "p",
    "pd",
    "propensity",
    "confidence",
    "predicted_probability",
    "model_score",
];
const WEIGHT: &[&str] = &["weight", "weights", "sample_weight", "wt", "survey_weight", "row_weight"];
const TIME_WORDS: &[&str] = &["time", "timestamp", "date", "datetime", "at", "ts", "day", "on"];
const LABEL_TIME_WORDS: &[&str] = &[
    "label", "labelled", "labeled", "outcome", "observed", "known", "decided", "resolved", "closed", "repaid",
    "matured",
];
const PROTECTED: &[&str] = &[
    "race",
    "ethnicity",
    "ethnic",
    "sex",
    "gender",
    "age",
    "agegroup",
    "religion",
    "disability",
    "disabled",
    "nationality",
    "citizenship",
    "marital",
    "married",
    "pregnancy",
    "pregnant",
    "veteran",
    "orientation",
    "hispanic",
    "colour",
    "color",
];
const POSITIVE: &[&str] = &[
    "approve", "approved", "accept", "accepted", "grant", "granted", "yes", "y", "true", "1", "positive", "pos",
    "pass", "passed", "hire", "hired", "admit", "admitted", "offer", "allow", "selected", "good", "paid", "repaid",
];
const NEGATIVE: &[&str] = &[
    "deny",
    "denied",
    "reject",
    "rejected",
    "refuse",
    "refused",
    "decline",
    "declined",
    "no",
    "n",
    "false",
    "0",
    "-1",
    "negative",
    "neg",
    "fail",
    "failed",
    "block",
    "blocked",
    "bad",
    "unpaid",
    "defaulted",
];
const EXCLUDED: &[&str] = &[
    "refer",
    "referred",
    "review",
    "manual_review",
    "abstain",
    "abstained",
    "override",
    "overridden",
    "pending",
    "escalate",
];
/// Most classes of a guessed label.
const MAX_CLASSES: usize = 20;
/// Most groups of a guessed attribute.
const MAX_GROUPS: usize = 30;

/// Guesses the roles of a table's columns; every column gets one role at most, and the rest are features.
pub fn guess(columns: &[SampledColumn]) -> Guess {
    guess_with_labels(columns, columns)
}

/// The same where what came true stands in a table of its own: the label and its time are looked for there, and all
/// else among the predictions.
pub fn guess_with_labels(predictions: &[SampledColumn], labels: &[SampledColumn]) -> Guess {
    let mut free: Vec<Facts<'_>> = Vec::new();
    let mut names = BTreeSet::new();
    let has = |table: &[SampledColumn], name: &str| table.iter().any(|column| column.name == name);
    for column in predictions.iter().chain(labels) {
        // The reader refuses a plan that names one of two columns of the same name, and columns without a name.
        if !column.name.is_empty() && names.insert(column.name.as_str()) {
            let tables = (has(predictions, &column.name), has(labels, &column.name));
            free.push(Facts::new(column, tables));
        }
    }
    // Labels of many different numbers are no classes; a label of two values is surer.
    let labelled = |fits: fn(&Facts<'_>) -> Option<(u32, String)>| {
        free.iter().any(|facts| facts.is_in(Labels) && fits(facts).is_some())
    };
    let classes = labelled(|facts| facts.label());
    let numbers = labelled(|facts| facts.named(LABEL, facts.is_graded(), "")) && !classes;
    let task = if numbers { Task::Regression } else { Task::Binary };
    // One alone may be anything, such as the first of some parameters.
    let several_quantiles = free.iter().filter(|facts| facts.quantile(&BTreeMap::new()).is_some()).count() > 1;
    let mut guess = Guess { task, ..Guess::default() };
    let mut take = |table: Table, fits: &dyn Fn(&Facts<'_>) -> Option<(u32, String)>| {
        let mut best: Option<(u32, usize, String)> = None;
        for (index, facts) in free.iter().enumerate().filter(|(_, facts)| facts.is_in(table)) {
            if let Some((points, why)) = fits(facts)
                && best.as_ref().is_none_or(|(other, ..)| points > *other)
            {
                best = Some((points, index, why));
            }
        }
        let (_, index, why) = best?;
        let facts = free.remove(index);
        let distinct: Vec<String> = facts.distinct.iter().map(|value| (*value).to_owned()).collect();
        Some((Guessed { column: facts.name.to_owned(), why }, distinct))
    };
    // The surest first: a name that says it beats values that allow it.
    if guess.task == Task::Regression {
        let numbers = |list| move |facts: &Facts<'_>| facts.named(list, facts.is_graded(), "numbers of many values");
        guess.prediction = take(Predictions, &numbers(PREDICTION)).map(|(guessed, _)| guessed);
        guess.label = take(Labels, &numbers(LABEL)).map(|(guessed, _)| guessed);
        while several_quantiles
            && let Some((guessed, _)) = take(Predictions, &|facts| facts.quantile(&guess.quantiles))
            && let Some(level) = quantile::level(&guessed.column)
        {
            guess.quantiles.insert(level, guessed);
        }
    } else {
        guess.prediction = take(Predictions, &|facts| facts.named(PREDICTION, facts.may_be_classes(), "few values"))
            .map(|(guessed, values)| {
                guess.decisions = decisions(&values);
                if guess.decisions.is_empty() && !values.iter().all(is_plain) {
                    guess.unexplained = values;
                }
                guessed
            });
        guess.label = take(Labels, &|facts| facts.label()).map(|(guessed, values)| {
            if values.len() > 2 {
                guess.task = Task::Multiclass;
                (guess.decisions, guess.unexplained) = (BTreeMap::new(), Vec::new());
                for class in &values {
                    if let Some((score, _)) = take(Predictions, &|facts| facts.score_of(class)) {
                        guess.scores.insert(canonical_value(class).into_owned(), score);
                    }
                }
            } else {
                guess.positive = positive(&values);
            }
            guessed
        });
        // The score of one class only, or one more, says nothing of several.
        if guess.scores.len() == 1 {
            guess.features.extend(std::mem::take(&mut guess.scores).into_values().map(|score| score.column));
        }
        if guess.task == Task::Binary {
            guess.score =
                take(Predictions, &|facts| facts.named(SCORE, facts.numeric, "numbers")).map(|(guessed, _)| guessed);
        }
    }
    guess.weight =
        take(Predictions, &|facts| facts.named(WEIGHT, facts.numeric, "numbers")).map(|(guessed, _)| guessed);
    guess.label_time = take(Labels, &|facts| {
        let said = facts.words.iter().any(|word| LABEL_TIME_WORDS.contains(&word.as_str()));
        (said && facts.looks_like_time()).then(|| (1, "its name and its dates".to_owned()))
    })
    .map(|(guessed, _)| guessed);
    guess.time = take(Predictions, &|facts| facts.looks_like_time().then(|| (1, "its name and its dates".to_owned())))
        .map(|(guessed, _)| guessed);
    guess.id = take(Predictions, &|facts| {
        let last = facts.words.last().is_some_and(|word| ID.contains(&word.as_str()));
        let unique = facts.distinct.len() == facts.rows && facts.rows > 0;
        (last && (unique || facts.rows == 0)).then(|| (1, "its name, and no value twice".to_owned()))
    })
    .map(|(guessed, _)| guessed);
    for facts in free.iter().filter(|facts| facts.is_in(Predictions)) {
        let sensitive = facts.words.iter().find(|word| PROTECTED.contains(&word.as_str()));
        match sensitive {
            Some(word) if facts.distinct.len() <= MAX_GROUPS && !facts.is_graded() => guess.protected.push(Guessed {
                column: facts.name.to_owned(),
                why: format!("the word \"{word}\" in its name, and few values"),
            }),
            _ => guess.features.push(facts.name.to_owned()),
        }
    }
    guess
}

/// Where a role's column stands.
#[derive(Clone, Copy)]
enum Table {
    Predictions,
    Labels,
}

/// What is known of a column.
struct Facts<'c> {
    name: &'c str,
    /// The words of the name in lower case.
    words: Vec<String>,
    distinct: BTreeSet<&'c str>,
    /// Values that are not missing.
    rows: usize,
    numeric: bool,
    dates: bool,
    /// Whether it is in the table of predictions, and in that of labels.
    tables: (bool, bool),
}

impl<'c> Facts<'c> {
    fn new(column: &'c SampledColumn, tables: (bool, bool)) -> Self {
        let present: Vec<&str> = column.values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
        Self {
            name: &column.name,
            words: words(&column.name),
            rows: present.len(),
            numeric: present.iter().all(|value| is_json_number(value)),
            dates: !present.is_empty() && present.iter().all(|value| is_date(value)),
            distinct: present.into_iter().collect(),
            tables,
        }
    }

    fn is_in(&self, table: Table) -> bool {
        match table {
            Predictions => self.tables.0,
            Labels => self.tables.1,
        }
    }

    /// Points for a name of the list: the whole name counts more than its last word, and that more than any.
    fn named(&self, list: &[&str], values_fit: bool, values: &str) -> Option<(u32, String)> {
        if !values_fit || self.dates {
            return None;
        }
        let whole = self.words.join("_");
        let place = |name: &str| list.iter().position(|word| *word == name);
        let points = if let Some(place) = place(&whole) {
            1_000 - u32::try_from(place).unwrap_or(999).min(999)
        } else if self.words.len() > 1 && self.words.iter().any(|word| word.len() > 2 && place(word).is_some()) {
            1
        } else {
            return None;
        };
        Some((points, format!("its name, and {values}")))
    }

    /// Points as a label: a name of the list with two values, or the whole name with a few that may be classes.
    fn label(&self) -> Option<(u32, String)> {
        if self.distinct.len() <= 2 {
            return self.named(LABEL, true, "two values");
        }
        let found = self.named(LABEL, self.may_be_classes(), "few values");
        found.filter(|(points, _)| *points > 1)
    }

    /// Points as the score of a class: numbers, under the name of the class and a word for a score.
    fn score_of(&self, class: &str) -> Option<(u32, String)> {
        let class = words(class);
        let after = |first: &str| SCORE.contains(&first) || ["p", "proba", "prob"].contains(&first);
        let fits = match self.words.as_slice() {
            [first, rest @ ..] if after(first) && rest == class => true,
            [rest @ .., last] => after(last) && rest == class,
            [] => false,
        };
        (fits && self.numeric && !class.is_empty()).then(|| (1, "its name, and numbers".to_owned()))
    }

    /// Points as a predicted quantile: numbers, under a name with a level that no other column has.
    fn quantile(&self, taken: &BTreeMap<String, Guessed>) -> Option<(u32, String)> {
        let free = quantile::level(self.name).is_some_and(|level| !taken.contains_key(&level));
        (self.numeric && free).then(|| (1, "its name, and numbers".to_owned()))
    }

    /// Few values, which are no measurements.
    fn may_be_classes(&self) -> bool {
        let whole = |value: &&str| !value.contains(['.', 'e', 'E']) || value.ends_with(".0");
        let few = self.distinct.len() <= if self.numeric { 12 } else { MAX_CLASSES };
        few && (!self.numeric || self.distinct.iter().all(whole))
    }

    /// Numbers of many values, such as a score or an age in years.
    fn is_graded(&self) -> bool {
        self.numeric && self.distinct.len() > 12
    }

    fn looks_like_time(&self) -> bool {
        self.dates && self.words.iter().any(|word| TIME_WORDS.contains(&word.as_str()))
    }
}

/// `scoredAt`, `scored-at` and `scored_at` are the words "scored" and "at".
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for character in name.chars() {
        let splits = !character.is_alphanumeric() || (character.is_uppercase() && was_lower);
        if splits && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| character.is_alphanumeric()) {
            word.extend(character.to_lowercase());
        }
        was_lower = character.is_lowercase() || character.is_ascii_digit();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// `2026-01-15`, alone or before a time.
fn is_date(value: &str) -> bool {
    value.get(..10).is_some_and(|day| parse_day(day).is_some())
        && value.as_bytes().get(10).is_none_or(|byte| matches!(byte, b'T' | b' '))
}

fn meaning(value: &str) -> Option<Decision> {
    let value = canonical_value(value).to_lowercase();
    let value = value.as_str();
    if POSITIVE.contains(&value) {
        Some(Decision::Positive)
    } else if NEGATIVE.contains(&value) {
        Some(Decision::Negative)
    } else if EXCLUDED.contains(&value) {
        Some(Decision::Excluded)
    } else {
        None
    }
}

/// Values that need no explanation.
#[expect(clippy::ptr_arg, reason = "an element of a slice of strings")]
fn is_plain(value: &String) -> bool {
    matches!(canonical_value(value).as_ref(), "0" | "1" | "true" | "false")
}

/// The meaning of each decision value, if all are known and both sides occur; 0/1 and true/false need none.
fn decisions(values: &[String]) -> BTreeMap<String, Decision> {
    if values.iter().all(is_plain) {
        return BTreeMap::new();
    }
    let known: Option<BTreeMap<String, Decision>> = values
        .iter()
        .map(|value| meaning(value).map(|meaning| (canonical_value(value).into_owned(), meaning)))
        .collect();
    let both = |map: &BTreeMap<String, Decision>| {
        [Decision::Positive, Decision::Negative].iter().all(|side| map.values().any(|meaning| meaning == side))
    };
    known.filter(both).unwrap_or_default()
}

/// The positive one of two label values that are words.
fn positive(values: &[String]) -> Option<String> {
    if values.iter().all(is_plain) {
        return None;
    }
    let positive: Vec<&String> = values.iter().filter(|value| meaning(value) == Some(Decision::Positive)).collect();
    match positive.as_slice() {
        [one] => Some(canonical_value(one).into_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, values: &[&str]) -> SampledColumn {
        SampledColumn { name: name.to_owned(), values: values.iter().map(|value| (*value).to_owned()).collect() }
    }

    #[test]
    fn names_split_into_words() {
        assert_eq!(words("scoredAt"), ["scored", "at"]);
        assert_eq!(words("Age-Group "), ["age", "group"]);
        assert_eq!(words("y_true"), ["y", "true"]);
        assert_eq!(words("__"), Vec::<String>::new());
    }

    #[test]
    fn the_columns_of_the_example() {
        let guess = guess(&[
            column("application_id", &["A1", "A2", "A3"]),
            column("scored_at", &["2026-07-01", "2026-07-02", "2026-07-02"]),
            column("decision", &["approve", "deny", "approve"]),
            column("score", &["0.9", "0.2", "0.95"]),
            column("race", &["white", "black", ""]),
            column("sex", &["male", "", "female"]),
            column("debt_ratio", &["31", "30", "22.5"]),
            column("approved", &["1", "0", "1"]),
            column("decided_at", &["2026-08-01", "2026-08-02", ""]),
        ]);
        let name = |guessed: &Option<Guessed>| guessed.as_ref().map(|guessed| guessed.column.clone());
        assert_eq!(name(&guess.id).as_deref(), Some("application_id"));
        assert_eq!(name(&guess.time).as_deref(), Some("scored_at"));
        assert_eq!(name(&guess.prediction).as_deref(), Some("decision"));
        assert_eq!(name(&guess.score).as_deref(), Some("score"));
        assert_eq!(name(&guess.label).as_deref(), Some("approved"));
        assert_eq!(name(&guess.label_time).as_deref(), Some("decided_at"));
        assert_eq!(guess.positive, None);
        assert_eq!(guess.decisions["deny"], Decision::Negative);
        assert_eq!(guess.protected.iter().map(|guessed| guessed.column.as_str()).collect::<Vec<_>>(), ["race", "sex"]);
        assert_eq!(guess.features, ["debt_ratio"]);
    }

    #[test]
    fn labels_of_many_numbers_are_no_classes() {
        let many: Vec<String> = (0..30).map(|value| format!("{}.5", value * 7)).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let regression = guess(&[column("y_true", &many), column("y_pred", &many), column("score", &["1", "2"])]);
        assert_eq!(regression.task, Task::Regression);
        assert_eq!(regression.label.map(|label| label.column).as_deref(), Some("y_true"));
        assert_eq!(regression.prediction.map(|prediction| prediction.column).as_deref(), Some("y_pred"));
        assert_eq!((regression.score, regression.features), (None, vec!["score".to_owned()]));
        let quantiles = guess(&[
            column("y_true", &many),
            column("q90", &many),
            column("y_q0.1", &many),
            column("p10", &many),
            column("pct", &many),
            column("p50", &["low", "high"]),
        ]);
        let found: Vec<_> =
            quantiles.quantiles.iter().map(|(level, one)| (level.as_str(), one.column.as_str())).collect();
        assert_eq!(found, [("0.1", "y_q0.1"), ("0.9", "q90")]);
        assert_eq!(quantiles.features, ["p10", "pct", "p50"]);
        let alone = guess(&[column("y_true", &many), column("p1", &many)]);
        assert_eq!((alone.quantiles.len(), alone.features), (0, vec!["p1".to_owned()]));
        // A label of two values is surer.
        let binary = guess(&[column("outcome", &many), column("defaulted", &["0", "1"])]);
        assert_eq!((binary.task, binary.label.map(|label| label.column).as_deref()), (Task::Binary, Some("defaulted")));
    }

    #[test]
    fn words_of_labels_and_unknown_decisions() {
        let guess = guess(&[
            column("y_true", &["yes", "no"]),
            column("y_pred", &["A", "B"]),
            column("y_prob", &["0.1", "0.9"]),
            column(
                "age",
                &(18..40).map(|age| age.to_string()).collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>(),
            ),
        ]);
        assert_eq!(guess.positive.as_deref(), Some("yes"));
        assert!(guess.decisions.is_empty());
        assert_eq!(guess.unexplained, ["A", "B"]);
        assert_eq!(guess.features, ["age"]);
    }

    #[test]
    fn a_label_of_several_values_is_one_of_classes() {
        let guess = guess(&[
            column("species", &["Adelie", "Gentoo", "Chinstrap"]),
            column("y_true", &["Adelie", "Gentoo", "Chinstrap"]),
            column("y_pred", &["Adelie", "Gentoo", "Adelie"]),
            column("score_Adelie", &["0.7", "0.1", "0.6"]),
            column("p_gentoo", &["0.1", "0.8", "0.1"]),
            column("chinstrap_probability", &["0.2", "0.1", "0.3"]),
            column("mass", &["3750", "4200", "3800"]),
        ]);
        assert_eq!(guess.task, Task::Multiclass);
        assert_eq!(guess.label.map(|guessed| guessed.column).as_deref(), Some("y_true"));
        assert_eq!(guess.prediction.map(|guessed| guessed.column).as_deref(), Some("y_pred"));
        let scores: Vec<_> =
            guess.scores.iter().map(|(class, guessed)| (class.as_str(), guessed.column.as_str())).collect();
        assert_eq!(
            scores,
            [("Adelie", "score_Adelie"), ("Chinstrap", "chinstrap_probability"), ("Gentoo", "p_gentoo")]
        );
        assert_eq!((guess.score, guess.unexplained), (None, Vec::new()));
        assert_eq!(guess.features, ["species", "mass"]);
    }

    #[test]
    fn a_table_of_labels_says_what_came_true() {
        let many: Vec<String> = (0..30).map(|value| format!("{value}.5")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let predictions = [
            column("id", &many),
            column("y_pred", &many),
            column("q10", &many),
            column("q90", &many),
            column("target", &["a"]),
        ];
        let labels = [
            column("id", &many),
            column("outcome", &many),
            column("outcome_date", &["2026-01-01"]),
            column("sex", &[]),
        ];
        let guess = guess_with_labels(&predictions, &labels);
        let name = |guessed: &Option<Guessed>| guessed.as_ref().map(|guessed| guessed.column.clone());
        assert_eq!((guess.task, name(&guess.label).as_deref()), (Task::Regression, Some("outcome")));
        assert_eq!(name(&guess.prediction).as_deref(), Some("y_pred"));
        assert_eq!(
            (name(&guess.id).as_deref(), name(&guess.label_time).as_deref()),
            (Some("id"), Some("outcome_date"))
        );
        assert_eq!(guess.quantiles.len(), 2);
        // What stands only with the labels is no input and no attribute.
        assert_eq!((guess.features, guess.protected), (vec!["target".to_owned()], Vec::new()));
    }

    #[test]
    fn the_score_of_one_class_is_a_feature() {
        let guess = guess(&[column("y_true", &["a", "b", "c"]), column("p_a", &["0.7", "0.1", "0.6"])]);
        assert_eq!((guess.scores.len(), guess.features), (0, vec!["p_a".to_owned()]));
    }

    #[test]
    fn measurements_are_no_classes() {
        let guess = guess(&[column("y_true", &["1.5", "2.25", "3.5"]), column("y_pred", &["1.4", "2.5", "3.0"])]);
        assert_eq!((guess.task, guess.label), (Task::Binary, None));
    }
}
