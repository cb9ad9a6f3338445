//! Plans that are read: one meaning from YAML, JSON and keyword arguments, no surprises of YAML's typing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use modelassay::error::{Code, Error};
use modelassay::plan::{
    BASELINE_KEYS, CRITERION_KEYS, Comparator, CriterionSubject, Decision, Guess, MODEL_KEYS, MissingGroup, PLAN_KEYS,
    PRECISION_KEYS, Plan, PlanTable, Role, Rule, SampledColumn, Severity, Side, Task, guess, init_plan,
};
use modelassay::table::Kind;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn plan(text: &str) -> Plan {
    match Plan::parse(text, "plan.yaml") {
        Ok((plan, _)) => plan,
        Err(error) => panic!("{error}"),
    }
}

fn refused(text: &str) -> Error {
    Plan::parse(text, "plan.yaml").expect_err("a broken plan")
}

fn codes(error: &Error) -> Vec<Code> {
    error.problems.iter().map(|problem| problem.code).collect()
}

fn table(plan: &Plan, table: PlanTable, joined: bool) -> Vec<(Role, Kind, String, bool)> {
    plan.columns(table, joined)
        .into_iter()
        .map(|column| (column.role, column.spec.kind, column.spec.name, column.spec.optional))
        .collect()
}

const FULL: &str = r#"
schema_version: 1
model: {name: Scorecard, version: 1.10, owner: Credit, artefact: "sha256:00"}
task: binary
data: predictions.csv
labels: labels.csv
reference: reference.csv
id: application
time: scored_at
label: repaid
positive: 1.0
label_time: repaid_at
max_label_delay: 60 days
prediction: decision
decisions: {approve: positive, deny: negative, refer: refer, 7.0: excluded}
score: p
threshold: 0.5
favourable: deny
weight: w
protected: [race, sex, [race, sex]]
reference_groups: {race: white, sex: 1.0}
missing_group: left_out
features: [income, "01"]
missing_values: [NA, "?"]
level: 0.9
rule: point
conventions: [pooled_reference]
min_n: 30
min_n_shown: 11
precision: {max_keys: 4096}
seed: 7
family: all
criteria:
  - roc_auc >= 0.70
  - selection_rate_ratio by race & sex >= 0.8
  - {measure: tpr, comparator: at_least, threshold: 0.6, attribute: race, group: black, level: 0.99, rule: interval,
     min_n: 100, severity: critical, family: own, source: Policy, set_at: 2026-01-15, set_by: Board}
"#;

const FULL_JSON: &str = r#"{
	"criteria": ["roc_auc >= 0.70", "selection_rate_ratio by race & sex >= 0.8",
		{"measure": "recall", "comparator": ">=", "threshold": 6e-1, "attribute": ["race"], "group": ["black"],
		 "level": 0.99, "rule": "interval", "min_n": 100, "severity": "critical", "family": "own",
		 "source": "Policy", "set_at": "2026-01-15", "set_by": "Board", "subject": "group"}],
	"schema_version":1,"model":{"name":"Scorecard","version":"1.10","owner":"Credit","artefact":"sha256:00"},
	"task": "binary", "id": "application", "time": "scored_at", "label": "repaid", "positive": 1,
	"label_time": "repaid_at", "max_label_delay": 60, "prediction": "decision",
	"decisions": {"approve": "positive", "deny": "negative", "refer": "excluded", "7": "abstain"},
	"score": "p", "threshold": 5e-1, "favourable": "negative", "weight": "w",
	"protected": ["race", ["sex"], ["race", "sex"]], "reference_groups": {"race": "white", "sex": 1},
	"missing_group": "left_out", "features": ["income", "01"], "missing_values": ["?", "NA", ""],
	"level": 0.90, "rule": "point", "conventions": "pooled_reference", "min_n": 30, "min_n_shown": 11,
	"precision": {"max_keys": 4096}, "seed": 7, "family": "all", "cluster": null
}"#;

#[test]
fn every_key_reaches_the_plan() {
    let (plan, sources) = Plan::parse(FULL, "plan.yaml").expect("a plan");
    assert_eq!(plan.model.version.as_deref(), Some("1.10"));
    assert_eq!(sources.labels.as_deref(), Some("labels.csv"));
    assert_eq!(plan.positive.as_deref(), Some("1"));
    assert_eq!(plan.decisions["7"], Decision::Excluded);
    assert_eq!(plan.decisions["refer"], Decision::Excluded);
    assert_eq!(plan.favourable, Side::Negative);
    assert_eq!(plan.reference_groups["sex"], "1");
    assert_eq!(plan.missing_group, MissingGroup::LeftOut);
    assert_eq!(plan.max_label_delay, Some(60 * 86_400_000_000));
    assert_eq!((plan.level, plan.min_n, plan.min_n_shown, plan.precision.max_keys, plan.seed), (0.9, 30, 11, 4096, 7));
    assert_eq!(plan.attributes(), ["race", "sex"]);
    let [auc, gap, recall] = plan.criteria.as_slice() else { panic!("three criteria") };
    assert_eq!((auc.rule, auc.min_n, auc.level, auc.family.as_deref()), (Rule::Point, 30, 0.9, Some("all")));
    assert_eq!(gap.convention, "reference_group");
    assert_eq!(gap.subject, CriterionSubject::Gap { attribute: vec!["race".into(), "sex".into()], group: Vec::new() });
    assert_eq!((recall.measure.as_str(), recall.comparator), ("recall", Comparator::AtLeast));
    assert_eq!(
        recall.subject,
        CriterionSubject::Group { attribute: vec!["race".into()], group: vec![Some("black".into())] }
    );
    assert_eq!((recall.severity, recall.set_at.as_deref()), (Severity::Critical, Some("2026-01-15")));
}

#[test]
fn yaml_json_and_keywords_have_one_digest() {
    let yaml = plan(FULL);
    assert_eq!(yaml.digest(), plan(FULL_JSON).digest());
    let (keywords, sources) = Plan::from_keywords(FULL_JSON).expect("a plan");
    assert_eq!(yaml, keywords);
    assert_eq!(yaml.digest(), keywords.digest());
    assert_eq!(sources.data, None);
    // Paths are no part of it, everything else is.
    assert_eq!(yaml.digest(), plan(&FULL.replace("predictions.csv", "other.csv")).digest());
    assert_ne!(yaml.digest(), plan(&FULL.replace("seed: 7", "seed: 8")).digest());
    assert_eq!(yaml.digest().len(), 64);
}

#[test]
fn defaults_are_filled_in() {
    let plan = plan("label: y\nprediction: d\ncriteria: accuracy >= 0.5\n");
    assert_eq!(
        (plan.level, plan.min_n, plan.min_n_shown, plan.precision.max_keys, plan.seed),
        (0.95, 10, 5, 1 << 20, 0)
    );
    assert_eq!((plan.favourable, plan.missing_group), (Side::Positive, MissingGroup::AsGroup));
    let criterion = &plan.criteria[0];
    assert_eq!((criterion.rule, criterion.severity, criterion.min_n), (Rule::Interval, Severity::Medium, 10));
    assert_eq!((criterion.convention.as_str(), &criterion.family), ("standard", &None));
}

#[test]
fn keywords_win_key_by_key() {
    let text = "label: y\nscore: s\nlevel: 0.9\nprotected: [a, b]\nmodel: {name: A, version: 1}\n";
    let json = r#"{"level": 0.99, "protected": "c", "model": {"name": "B"}, "score": null, "seed": 3}"#;
    let (merged, _) = Plan::parse_with_keywords(text, "plan.yaml", json).expect("a plan");
    assert_eq!((merged.level, merged.seed, merged.attributes()), (0.99, 3, vec!["c"]));
    assert_eq!((merged.model.name.as_deref(), merged.model.version.as_deref()), (Some("B"), None));
    assert_eq!(merged.roles.score.as_deref(), Some("s"));
    // Errors of both at once, each with the place that means something.
    let error = Plan::parse_with_keywords("label: y\nscroe: s\n", "plan.yaml", r#"{"level": 95, "thresold": 1}"#)
        .expect_err("three problems");
    insta::assert_snapshot!(error.to_string(), @r"
    plan.yaml, line 2, column 1, scroe: a plan has no key `scroe` (did you mean `score`?) [plan_unknown_key]
    keyword arguments, level: `level` must be at least 0.5 and below 1, not 95 (write 0.95 for 95 %) [plan_invalid_value]
    keyword arguments, thresold: a plan has no key `thresold` (did you mean `threshold`?) [plan_unknown_key]
    ");
    assert!(Plan::parse_with_keywords("label: y\n", "plan.yaml", "[]").is_err());
    assert!(Plan::parse_with_keywords("- label\n", "plan.yaml", "{}").is_err());
    assert!(Plan::from_keywords("{}").is_err());
}

#[test]
fn yaml_types_nothing() {
    // Norway, octal-looking, float-looking, boolean-looking, null-looking: all stay what was written.
    let plan = plan(
        "label: no\nprediction: 01\nscore: 1.0\nid: 0x1F\ntime: 2026-01-15\nweight: \"null\"\n\
         positive: yes\nprotected: [on, 1e3, .5]\nreference_groups: {on: NO, 1e3: 007, .5: True}\n",
    );
    assert_eq!(plan.roles.label.as_deref(), Some("no"));
    assert_eq!(plan.roles.prediction.as_deref(), Some("01"));
    assert_eq!(plan.roles.score.as_deref(), Some("1.0"));
    assert_eq!(plan.roles.id.as_deref(), Some("0x1F"));
    assert_eq!(plan.roles.time.as_deref(), Some("2026-01-15"));
    assert_eq!(plan.roles.weight.as_deref(), Some("null"));
    assert_eq!(plan.positive.as_deref(), Some("yes"));
    assert_eq!(plan.attributes(), ["on", "1e3", ".5"]);
    let groups: Vec<_> = plan.reference_groups.values().map(String::as_str).collect();
    assert_eq!(groups, ["true", "007", "NO"]);
}

#[test]
fn json_of_every_printer() {
    let names = |text: &str| plan(text).roles.features;
    // Tabs, no white space at all, a byte order mark, Windows line ends.
    assert_eq!(names("{\"features\":[\"a\",\"b\"]}"), ["a", "b"]);
    assert_eq!(names("\u{feff}{\r\n\t\"features\" : [\r\n\t\t\"a\",\r\n\t\t\"b\"\r\n\t]\r\n}\r\n"), ["a", "b"]);
    // Escapes, among them characters beyond U+FFFF as two of them, and what only looks like them.
    assert_eq!(
        names(r#"{"features":["\u00e9\/\"","\ud83d\ude00x\ud83d\ude01","\\ud83d\\ude00","a\\\ud83d\ude00"]}"#),
        ["é/\"", "😀x😁", "\\ud83d\\ude00", "a\\😀"]
    );
    assert!(Plan::parse(r#"{"features":["\ud83d"]}"#, "plan.json").is_err());
    // Longer than YAML's limit for keys, as a value.
    let long = "x".repeat(5000);
    assert_eq!(names(&format!("{{\"features\":[\"{long}\"],\"seed\":1}}")), [long]);
    // Numbers of JSON, also where JSON's readers would round.
    assert_eq!(plan(r#"{"score":"s","threshold":0.1000000000000000055511151231257827}"#).threshold, Some(0.1));
    assert_eq!(plan(r#"{"score":"s","threshold":-1E-2}"#).threshold, Some(-0.01));
}

#[test]
fn null_is_absence_except_for_a_group() {
    let plan = plan(
        "label:\nprediction: d\nscore: ~\nmodel: null\ncriteria:\n\
         - {measure: selection_rate, comparator: '>=', threshold: 0.1, attribute: race, group: null}\n\
         - {measure: selection_rate, comparator: '>=', threshold: 0.1, attribute: [sex, race], group: [null, 'null']}\n\
         protected: [race, [race, sex]]\n",
    );
    assert_eq!(plan.roles.label, None);
    let groups: Vec<_> = plan
        .criteria
        .iter()
        .map(|criterion| match &criterion.subject {
            CriterionSubject::Group { attribute, group } => (attribute.clone(), group.clone()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(groups[0], (vec!["race".into()], vec![None]));
    // In the order of `protected`, whatever the criterion's.
    assert_eq!(groups[1], (vec!["race".into(), "sex".into()], vec![Some("null".into()), None]));
}

#[test]
fn subjects_and_conventions_follow_from_the_rest() {
    let plan = plan(
        "prediction: d\nlabel: y\nprotected: [a, b, [b, a]]\nreference_groups: {a: x}\ncriteria:\n\
         - recall >= 0.5\n- recall by a >= 0.5\n- recall_ratio by a >= 0.5\n- recall_ratio by b >= 0.5\n\
         - recall_ratio by a & b >= 0.5\n- disparate_impact by a ≥ 0.8\n",
    );
    let seen: Vec<_> = plan
        .criteria
        .iter()
        .map(|criterion| {
            let kind = match &criterion.subject {
                CriterionSubject::Overall => "overall".to_owned(),
                CriterionSubject::EachGroup { attribute } => format!("each {}", attribute.join("&")),
                CriterionSubject::Group { .. } => "group".to_owned(),
                CriterionSubject::Gap { attribute, .. } => format!("gap {}", attribute.join("&")),
            };
            (kind, criterion.convention.clone())
        })
        .collect();
    let expected = [
        ("overall", "standard"),
        ("each a", "standard"),
        ("gap a", "reference_group"),
        ("gap b", "min_max"),
        ("gap b&a", "min_max"),
        ("gap a", "reference_group"),
    ];
    assert_eq!(seen, expected.map(|(kind, convention)| (kind.to_owned(), convention.to_owned())));
}

#[test]
fn columns_of_each_table() {
    let plan = plan(FULL);
    let required = |role, kind, name: &str| (role, kind, name.to_owned(), false);
    let joined = table(&plan, PlanTable::Predictions, true);
    assert_eq!(
        joined,
        [
            required(Role::Id, Kind::Key, "application"),
            required(Role::Time, Kind::Time, "scored_at"),
            required(Role::Prediction, Kind::Category, "decision"),
            required(Role::Score, Kind::Number, "p"),
            required(Role::Weight, Kind::Number, "w"),
            required(Role::Protected(0), Kind::Category, "race"),
            required(Role::Protected(1), Kind::Category, "sex"),
            required(Role::Feature(0), Kind::Presence, "income"),
            required(Role::Feature(1), Kind::Presence, "01"),
        ]
    );
    assert_eq!(
        table(&plan, PlanTable::Labels, true),
        [
            required(Role::Id, Kind::Key, "application"),
            required(Role::Label, Kind::Category, "repaid"),
            required(Role::LabelTime, Kind::Time, "repaid_at"),
        ]
    );
    let inline = table(&plan, PlanTable::Predictions, false);
    assert_eq!(inline.len(), joined.len() + 2);
    let reference = table(&plan, PlanTable::Reference, true);
    assert_eq!(reference.len(), inline.len());
    assert!(reference.iter().all(|(.., optional)| *optional));
}

#[test]
fn a_join_needs_id_and_label() {
    assert!(plan(FULL).check_labels_join().is_ok());
    let error = plan("score: s\n").check_labels_join().expect_err("neither");
    assert_eq!(codes(&error), [Code::PlanMissingKey, Code::PlanMissingKey]);
}

#[test]
fn criteria_read_as_sentences() {
    let plan = plan(
        "prediction: d\nlabel: y\nscore: s\nprotected: [race, sex, [race, sex], age]\n\
         reference_groups: {race: white, sex: male}\ncriteria:\n\
         - auc >= 0.70\n- ppv > 0.9\n- brier <= 0.1\n- tpr by race >= 0.6\n- f1 < 1\n\
         - selection_rate_ratio by race >= 0.8\n- selection_rate_ratio by race & sex >= 0.8\n\
         - selection_rate_ratio by age >= 0.8\n- selection_rate_difference by age <= 0.1\n\
         - recall_difference by sex >= -0.05\n\
         - {measure: recall, comparator: '>=', threshold: 0.6, attribute: race, group: null}\n\
         - {measure: recall_ratio, comparator: '>=', threshold: 0.8, attribute: [sex, race], group: [female, black]}\n\
         - {measure: recall_ratio, comparator: '>=', threshold: 0.8, attribute: race, convention: pooled_reference}\n\
         - {measure: recall_ratio, comparator: '>=', threshold: 0.8, attribute: race, convention: fairlearn, rule: point}\n\
         - {measure: recall_ratio, comparator: '>=', threshold: 0.8, attribute: race, convention: fairlearn_to_overall, rule: point}\n",
    );
    let sentences: Vec<_> = plan.criteria.iter().map(|criterion| criterion.sentence_in(&plan)).collect();
    insta::assert_snapshot!(sentences.join("\n"), @r"
    ROC AUC is at least 0.70
    precision is more than 0.90
    Brier score is at most 0.10
    recall of every group of race is at least 0.60
    F1 is less than 1
    selection rate of every group of race is at least 0.80 times that of white
    selection rate of every group of race and sex is at least 0.80 times that of race white and sex male
    lowest selection rate of a group of age is at least 0.80 times the highest
    highest selection rate of a group of age minus the lowest is at most 0.10
    recall of every group of sex minus that of male is at least −0.05
    recall of race missing is at least 0.60
    recall of race black and sex female is at least 0.80 times that of race white and sex male
    recall of all other groups of race together is at least 0.80 times that of white
    lowest recall of a group of race is at least 0.80 times the highest (as fairlearn counts it) (by the estimate alone)
    lowest ratio between recall of a group of race and of all rows is at least 0.80 (as fairlearn counts it) (by the estimate alone)
    ");
    assert_eq!(
        plan.criteria[5].sentence(),
        "selection rate of every group of race is at least 0.80 times that of the reference group"
    );
}

#[test]
fn the_example_is_a_plan() {
    let text = fs::read_to_string(root("examples/mortgage/plan.yaml")).expect("the example");
    let (plan, sources) = Plan::parse(&text, "plan.yaml").expect("a plan");
    assert_eq!(sources.data.as_deref(), Some("predictions.csv"));
    assert_eq!(plan.favourable, Side::Positive);
    assert_eq!(plan.criteria.len(), 10);
}

#[test]
fn many_problems_are_cut_short() {
    let text: String = (0..500).map(|index| format!("key{index}: 1\n")).collect();
    let error = refused(&text);
    assert_eq!(error.problems.len(), 101);
    assert_eq!(error.problems[100].message, "400 more problems are not shown");
}

#[test]
fn budgets_are_kept() {
    let deep = format!("protected: {}{}", "[".repeat(65), "]".repeat(65));
    assert_eq!(codes(&refused(&deep)), [Code::BudgetExceeded]);
    assert_eq!(codes(&refused(&"[".repeat(1 << 20))), [Code::BudgetExceeded]);
    assert_eq!(codes(&refused(&" ".repeat((4 << 20) + 1))), [Code::BudgetExceeded]);
    assert_eq!(codes(&refused(&"- a\n".repeat(100_001))), [Code::BudgetExceeded]);
    let laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    assert!(codes(&refused(laughs)).iter().all(|code| *code == Code::PlanSyntax));
}

#[test]
fn init_writes_a_plan_that_parses() {
    let column = |name: &str, values: &[&str]| SampledColumn {
        name: name.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let columns = [
        column("Application ID", &["1", "2", "3"]),
        column("scored_at", &["2026-01-01", "2026-01-02", ""]),
        column("decision", &["approve", "deny", "refer"]),
        column("score", &["0.1", "0.2", "1e-3"]),
        column("y_true", &["yes", "no", ""]),
        column("race & sex: \"#1\"\n", &["a", "b", "b"]),
        column("null", &["1", "2", "3"]),
        column("no", &["1", "1", "1"]),
        column("- {odd} \u{85}\u{2028}\u{7}\u{feff}名", &["1", "2", "3"]),
        column("", &["1", "2", "3"]),
        column("score", &["duplicate", "", ""]),
    ];
    let guess = guess(&columns);
    let text = init_plan(&guess, "my data.csv");
    let (plan, sources) = Plan::parse(&text, "plan.yaml").unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(sources.data.as_deref(), Some("my data.csv"));
    assert_eq!(plan.roles.id.as_deref(), Some("Application ID"));
    assert_eq!(plan.roles.prediction.as_deref(), Some("decision"));
    assert_eq!(plan.decisions["refer"], Decision::Excluded);
    assert_eq!(plan.positive.as_deref(), Some("yes"));
    assert_eq!(plan.attributes(), ["race & sex: \"#1\"\n"]);
    assert_eq!(plan.roles.features, ["null", "no", "- {odd} \u{85}\u{2028}\u{7}\u{feff}名"]);
    for key in PLAN_KEYS.iter().filter(|key| !["scores", "quantiles"].contains(&key.name)) {
        assert!(text.contains(&format!("{}:", key.name)) && text.contains(key.about), "{}", key.name);
    }
    // Nothing guessed: still a text that says what is missing, and no crash.
    assert!(Plan::parse(&init_plan(&Guess::default(), "d.csv"), "plan.yaml").is_err());
}

#[test]
fn init_writes_a_plan_of_several_classes() {
    let column = |name: &str, values: &[&str]| SampledColumn {
        name: name.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let columns = [
        column("y_true", &["cat", "dog", "1.0 bird"]),
        column("y_pred", &["cat", "dog", "dog"]),
        column("p_cat", &["0.7", "0.1", "0.6"]),
        column("p_dog", &["0.1", "0.8", "0.1"]),
        column("sex", &["f", "m", "f"]),
    ];
    let text = init_plan(&guess(&columns), "data.csv");
    let (plan, _) = Plan::parse(&text, "plan.yaml").unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(plan.task, Task::Multiclass);
    assert_eq!(plan.roles.scores["dog"], "p_dog");
    assert!(!text.contains("favourable") && text.contains("accuracy_ratio by sex >= 0.80"), "{text}");
}

/// What a criterion of a model of several classes may say, in the short form and the long one.
#[test]
fn criteria_of_several_classes() {
    let plan = |criterion: &str| {
        format!("{{task: multiclass, label: y, prediction: d, protected: [g], criteria: [{criterion}]}}")
    };
    let criterion = |text: &str| {
        let (plan, _) = Plan::parse(&plan(text), "plan").unwrap_or_else(|error| panic!("{text}: {error}"));
        plan.criteria[0].clone()
    };
    let short = criterion("\"recall of big cat by g >= 0.5\"");
    assert_eq!((short.measure.as_str(), short.class.as_deref()), ("recall", Some("big cat")));
    assert_eq!(
        (short.convention.as_str(), &short.subject),
        ("standard", &CriterionSubject::EachGroup { attribute: vec!["g".to_owned()] })
    );
    assert_eq!(criterion("recall of 1.0 >= 0.5").class.as_deref(), Some("1"));
    assert_eq!(
        criterion("{measure: recall, class: 1.0, comparator: at_least, threshold: 0.5}").class.as_deref(),
        Some("1")
    );
    assert_eq!(criterion("recall >= 0.5").convention, "macro_average");
    assert_eq!(criterion("accuracy_difference by g <= 0.5").convention, "max_min");
    for (text, said) in [
        ("specificity >= 0.5", "a number of one class"),
        ("top_k_accuracy of a >= 0.5", "a model as a whole"),
        ("theil_index <= 0.5", "no measure of a multiclass model"),
        ("{measure: recall, convention: standard, comparator: at_least, threshold: 0.5}", "no convention"),
        ("{measure: recall, convention: macro_zero_division_0, comparator: at_least, threshold: 0.5}", "no interval"),
    ] {
        let error = Plan::parse(&plan(text), "plan").unwrap_err().to_string();
        assert!(error.contains(said), "{text}: {error}");
    }
    let binary = refused("{label: y, prediction: d, criteria: [recall of a >= 0.5]}").to_string();
    assert!(binary.contains("names a class"), "{binary}");
    assert!(
        refused("{label: y, prediction: d, criteria: [top_k_accuracy >= 0.5]}").to_string().contains("binary model")
    );
}

#[test]
fn a_column_of_a_class_score_has_no_other_role() {
    for (other, role) in
        [("label: p", "`label`"), ("label: y, features: [p]", "`features`"), ("label: y, protected: p", "`protected`")]
    {
        let error = refused(&format!("{{task: multiclass, {other}, scores: {{a: p, b: q}}}}")).to_string();
        assert!(error.contains(&format!("the column `p` is both {role}")) && error.contains("and `scores`"), "{error}");
    }
    let error = refused("{task: multiclass, label: y, scores: {a: p, b: p}}").to_string();
    assert!(error.contains("for two classes"), "{error}");
}

/// Each example of the key tables, uncommented in the written plan, is accepted as a value.
#[test]
fn the_examples_of_the_keys_are_plans() {
    let together: BTreeMap<&str, &str> = BTreeMap::from([
        ("labels", "id: i\nlabel: y\n"),
        ("positive", "label: y\n"),
        ("scores", "task: multiclass\nlabel: y\n"),
        ("label_time", "label: y\n"),
        ("max_label_delay", "label: y\ntime: t\nlabel_time: u\n"),
        ("decisions", "prediction: d\n"),
        ("threshold", "score: s\n"),
        ("baseline", "prediction: d\n"),
        ("reference_groups", "protected: race\n"),
        ("rulebooks", "prediction: d\nprotected: race\n"),
        ("criteria", "score: s\nlabel: y\n"),
        ("scores", "task: multiclass\nlabel: y\n"),
        ("quantiles", "task: regression\nlabel: y\nprediction: p\n"),
        ("bins", "protected: [age, income]\n"),
        ("population", "protected: race\n"),
        ("proxies", "protected: race\nfeatures: zip\n"),
    ]);
    for key in PLAN_KEYS {
        let with = together.get(key.name).copied().unwrap_or("weight_of_nothing: 1\n");
        let with = if with.starts_with("weight_of") { "features: other\n" } else { with };
        let with = if key.name == "features" { "" } else { with };
        let text = format!("{with}{}: {}\n", key.name, key.example);
        assert!(Plan::parse(&text, "plan.yaml").is_ok(), "{text}{}", refused(&text));
    }
}

#[test]
fn the_documentation_knows_every_key() {
    let text = fs::read_to_string(root("docs/plan.md")).expect("docs/plan.md");
    for key in PLAN_KEYS {
        assert!(text.contains(&format!("### `{}`", key.name)), "docs/plan.md has no section on `{}`", key.name);
    }
    for key in MODEL_KEYS.iter().chain(BASELINE_KEYS).chain(PRECISION_KEYS).chain(CRITERION_KEYS) {
        assert!(text.contains(&format!("| `{}` |", key.name)), "docs/plan.md has no row on `{}`", key.name);
    }
    // And it is true: every YAML block is a plan.
    let mut blocks = 0;
    for block in text.replace("```json", "```yaml").split("```yaml\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        assert!(Plan::parse(block, "docs/plan.md").is_ok(), "{block}\n{}", refused(block));
        blocks += 1;
    }
    assert!(blocks >= 4);
}

#[test]
fn two_bounds_in_both_forms() {
    let plan = |criterion: &str| {
        let text = format!("prediction: d\nprotected: [g]\nreference_groups: {{g: a}}\ncriteria:\n  - {criterion}\n");
        Plan::parse(&text, "plan").map(|(plan, _)| plan)
    };
    let short = plan("selection_rate_ratio by g within [0.8, 1.25]").expect("the short form");
    let long = plan("{measure: selection_rate_ratio, attribute: g, within: [0.8, 1.25]}").expect("the long form");
    assert_eq!(short.digest(), long.digest());
    let criterion = &short.criteria[0];
    assert_eq!(criterion.bounds(), (Some(0.8), Some(1.25)));
    assert_eq!(
        criterion.sentence_in(&short),
        "selection rate of every group of g is between 0.80 and 1.25 times that of a"
    );
    for (wrong, word) in [
        ("selection_rate_ratio by g within [1.25, 0.8]", "nothing lies between 1.25 and 0.8"),
        ("selection_rate_ratio by g within [0.8]", "a list of two numbers"),
        ("selection_rate_ratio by g within 0.8 to 1.25", "must be a number"),
        ("{measure: selection_rate_ratio, attribute: g, within: [0.8, 1.25], threshold: 0.8}", "both `within` and"),
        (
            "{measure: selection_rate_ratio, attribute: g, convention: min_max, within: [0.8, 1.25]}",
            "cannot be compared",
        ),
        (
            "{measure: selection_rate_difference, attribute: g, convention: max_min, within: [-0.1, 0.1]}",
            "cannot be compared",
        ),
        ("{measure: selection_rate_ratio, attribute: g}", "has no `comparator`"),
    ] {
        let refused = plan(wrong).expect_err(wrong).to_string();
        assert!(refused.contains(word), "{wrong}: {refused}");
    }
}

#[test]
fn interval_methods_are_conventions() {
    let (plan, _) = Plan::parse(
        "prediction: d\nlabel: y\nprotected: [g]\nreference_groups: {g: a}\ncriteria:\n\
         - {measure: recall, comparator: '>=', threshold: 0.5, convention: clopper_pearson}\n\
         - {measure: recall_difference, attribute: g, group: b, comparator: '>=', threshold: -0.1, convention: agresti_caffo}\n",
        "plan",
    )
    .expect("a plan");
    assert_eq!(plan.criteria[1].sentence_in(&plan), "recall of g b minus that of a is at least −0.10");
}
