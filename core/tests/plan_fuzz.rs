//! Hostile texts: whatever the bytes are, the parser answers, in time, with words.

use modelassay::error::Code;
use modelassay::plan::{CRITERION_KEYS, PLAN_KEYS, Plan, SampledColumn, guess, init_plan};
use proptest::prelude::*;

const PLAN: &str = r#"model: {name: Scorecard, version: "2026.1"}
label: repaid
prediction: decision
decisions:
  approve: positive
  deny: negative
score: score
threshold: 0.8
protected: [race, sex, [race, sex]]
reference_groups: {race: white, sex: male}
max_label_delay: 60 days
time: scored_at
label_time: repaid_at
criteria:
  - roc_auc >= 0.70
  - measure: selection_rate_ratio
    attribute: [race, sex]
    comparator: ">="
    threshold: 0.8
"#;

/// Every answer is a plan with a digest, or problems with words.
fn answers(text: &str) {
    for result in [
        Plan::parse(text, "plan"),
        Plan::from_keywords(text),
        Plan::parse_with_keywords(PLAN, "plan", text),
        Plan::parse_with_keywords(text, "plan", r#"{"level": 0.9}"#),
    ] {
        match result {
            Ok((plan, _)) => {
                assert_eq!(plan.digest().len(), 64);
                for criterion in &plan.criteria {
                    assert!(!criterion.sentence_in(&plan).is_empty());
                }
            }
            Err(error) => {
                assert!(!error.problems.is_empty());
                for problem in &error.problems {
                    assert_ne!(problem.code, Code::Internal, "{text:?}");
                    assert!(!problem.message.is_empty() && problem.message.len() < 4_000);
                    assert!(!problem.to_string().chars().any(char::is_control), "{problem:?}");
                }
            }
        }
    }
}

/// A change of a text: a piece removed, doubled, moved or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\t".to_owned()),
        Just("\n".to_owned()),
        Just(": ".to_owned()),
        Just("- ".to_owned()),
        Just("[".to_owned()),
        Just("}".to_owned()),
        Just("\"".to_owned()),
        Just("&a ".to_owned()),
        Just("*a".to_owned()),
        Just("!!x ".to_owned()),
        Just("? ".to_owned()),
        Just("|\n".to_owned()),
        Just("---\n".to_owned()),
        Just("null".to_owned()),
        Just("-1e999".to_owned()),
        Just("\\ud83d\\ude00".to_owned()),
        any::<char>().prop_map(String::from),
        "[a-z_]{1,12}",
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, piece), 1..6).prop_map(|changes| {
        let mut text: Vec<char> = PLAN.chars().collect();
        for (index, removed, piece) in changes {
            let at = index.index(text.len() + 1);
            let end = (at + removed).min(text.len());
            text.splice(at..end, piece.chars());
        }
        text.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_plans(text in mutated()) {
        answers(&text);
    }

    #[test]
    fn any_text(text in any::<String>()) {
        answers(&text);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        answers(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn punctuation(text in "[\\[\\]{}:,\\-?|>&*!#%@`'\"\\\\ \n\ta1~]{0,80}") {
        answers(&text);
    }

    #[test]
    fn any_criterion(text in "[a-z_&<>=%. 0-9]{0,40}") {
        answers(&format!("label: y\nprediction: d\nprotected: [a, b, [a, b]]\ncriteria: [\"{text}\"]\n"));
    }

    #[test]
    fn unknown_keys_are_answered_with_known_ones(key in "[a-z_]{1,20}") {
        prop_assume!(PLAN_KEYS.iter().all(|known| known.name != key));
        let error = Plan::parse(&format!("label: y\n{key}: 1\n"), "plan").expect_err("an unknown key");
        prop_assert_eq!(error.problems.len(), 1);
        prop_assert_eq!(error.problems[0].code, Code::PlanUnknownKey);
        prop_assert_eq!((error.problems[0].location.line, error.problems[0].location.column), (Some(2), Some(1)));
        let hint = error.problems[0].hint.clone().unwrap_or_default();
        prop_assert!(
            PLAN_KEYS.iter().chain(CRITERION_KEYS).any(|known| hint.contains(&format!("`{}`", known.name)))
                || hint.contains("`model`"),
            "{}", hint
        );
    }

    /// One letter wrong in a key of some length: the key is named.
    #[test]
    fn typing_errors_are_understood(index in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), letter in "[a-z]") {
        let known = PLAN_KEYS[index.index(PLAN_KEYS.len())].name;
        prop_assume!(known.len() >= 5);
        let mut key = known.to_owned();
        let at = at.index(key.len());
        key.replace_range(at..=at, &letter);
        prop_assume!(PLAN_KEYS.iter().all(|other| other.name != key));
        let error = Plan::parse(&format!("\"{key}\": 1\n"), "plan").expect_err("an unknown key");
        let hint = error.problems[0].hint.clone().unwrap_or_default();
        prop_assert!(hint.contains("did you mean"), "{} -> {}", key, hint);
    }

    /// Whatever the header and the values, the written plan can be read.
    #[test]
    fn init_of_any_table(columns in prop::collection::vec((any::<String>(), prop::collection::vec(any::<String>(), 0..4)), 1..6)) {
        let columns: Vec<_> = columns.into_iter().map(|(name, values)| SampledColumn { name, values }).collect();
        prop_assume!(columns.iter().any(|column| !column.name.is_empty()));
        let text = init_plan(&guess(&columns), &columns[0].name);
        if let Err(error) = Plan::parse(&text, "plan") {
            prop_assert!(columns[0].name.is_empty(), "{}\n{}", error, text);
        }
    }

    /// Names that roles are guessed from, in any mixture.
    #[test]
    fn init_of_telling_names(
        names in prop::collection::btree_set("(id|label|score|decision|weight|race|sex|at|time|y|pred|true|date|_| ){1,3}", 1..8),
        values in prop::collection::vec("(1|0|yes|no|approve|deny|2026-01-15|0\\.5|)", 1..4),
    ) {
        let columns: Vec<_> = names.into_iter().map(|name| SampledColumn { name, values: values.clone() }).collect();
        let text = init_plan(&guess(&columns), "data.csv");
        if let Err(error) = Plan::parse(&text, "plan") {
            prop_assert!(false, "{}\n{}", error, text);
        }
    }
}
