//! Every key a plan may have: what suggestions, `init` and the documentation's test read.

use crate::error::Code;
use crate::yaml::words::{nearest, suggest};
use crate::yaml::{Codes, Document, Key};

/// A plan, as messages call it.
pub(super) static PLAN: Document = Document {
    name: "plan",
    example: "label: repaid",
    empty: "a plan names at least the columns of the predictions: \
            `label: <column>`, `prediction: <column>`, `score: <column>`",
    depth: 4,
    codes: Codes {
        syntax: Code::PlanSyntax,
        unknown_key: Code::PlanUnknownKey,
        duplicate_key: Code::PlanDuplicateKey,
        missing_key: Code::PlanMissingKey,
        wrong_type: Code::PlanWrongType,
        invalid_value: Code::PlanInvalidValue,
    },
    unknown_key,
};

const fn key(name: &'static str, example: &'static str, about: &'static str) -> Key {
    Key::new(name, example, about)
}

const fn known_as(key: Key, words: &'static [&'static str]) -> Key {
    Key { words, ..key }
}

/// Keys of the plan itself, in the order in which `init` writes them.
pub const PLAN_KEYS: &[Key] = &[
    key("schema_version", "1", "version of the plan format"),
    key("model", "{name: Credit scorecard, version: \"2026.1\"}", "who the model is: name, version, owner, artefact"),
    known_as(
        key("task", "binary", "what the model predicts: `binary`, `multiclass` or `regression`"),
        &["type", "problem"],
    ),
    known_as(
        key("data", "predictions.csv", "table of predictions, relative to this plan"),
        &["predictions", "current", "dataset", "path", "file"],
    ),
    known_as(
        key("labels", "labels.csv", "table of labels that became known later, joined by `id`"),
        &["labels_table", "label_table"],
    ),
    known_as(
        key("reference", "reference.csv", "table to compare with, usually the training rows"),
        &["train", "training"],
    ),
    known_as(
        key("dossier", "dossier.yaml", "governance evidence kept beside the model, relative to this plan"),
        &["governance", "evidence"],
    ),
    known_as(key("id", "application_id", "column that identifies a row"), &["row_id", "index", "identifier", "key"]),
    known_as(
        key("time", "scored_at", "column with the time of the prediction"),
        &["timestamp", "date", "prediction_time", "datetime"],
    ),
    known_as(
        key("label", "repaid", "column with the outcome that came true"),
        &["target", "y_true", "y", "outcome", "ground_truth", "actual", "label_column"],
    ),
    known_as(
        key("positive", "\"yes\"", "the label value that is the positive class, when it is not 1 or true"),
        &["pos_label", "positive_class", "positive_label", "positive_value"],
    ),
    known_as(
        key("label_time", "repaid_at", "column with the time at which the label became known"),
        &["label_date", "outcome_time"],
    ),
    known_as(
        key("max_label_delay", "60 days", "a label that took longer than this is reported as late"),
        &["label_delay", "delay", "max_delay"],
    ),
    known_as(
        key("prediction", "decision", "column with the decision that was taken"),
        &["y_pred", "decision", "predicted", "pred", "output", "prediction_column"],
    ),
    known_as(
        key(
            "decisions",
            "{approve: positive, deny: negative, refer: excluded}",
            "what each value of `prediction` means, when they are not 0/1 or the label's values",
        ),
        &["decision_map", "mapping", "values"],
    ),
    known_as(
        key("score", "score", "column with the model's score of the positive class"),
        &["y_prob", "y_score", "probability", "proba", "y_proba", "score_column"],
    ),
    known_as(
        key("scores", "{a: score_a, b: score_b}", "column of the score of each class of a multiclass model"),
        &["class_scores", "probabilities", "probas"],
    ),
    known_as(
        key("quantiles", "{0.1: low, 0.9: high}", "column of each predicted quantile of a regression model"),
        &["quantile_columns", "prediction_interval", "prediction_intervals"],
    ),
    known_as(
        key("threshold", "0.5", "a score at or above it is a positive decision"),
        &["cutoff", "cut_off", "decision_threshold"],
    ),
    known_as(
        key(
            "favourable",
            "positive",
            "the decision a person hopes for: `positive`, `negative` or a value of `decisions`",
        ),
        &["favorable", "favourable_outcome", "favorable_outcome", "favorable_label", "favourable_label"],
    ),
    known_as(
        key("weight", "weight", "column with the weight of a row"),
        &["sample_weight", "weights", "sample_weights"],
    ),
    known_as(
        key("cluster", "customer_id", "column of the subject of a row, where subjects have several rows"),
        &["subject", "subject_id", "group_id", "clusters"],
    ),
    known_as(
        key(
            "baseline",
            "{prediction: old_decision, name: \"2025.4\"}",
            "the model or version that this one is compared with: its columns in the same table",
        ),
        &["champion", "old_model", "baseline_model", "compared_model", "incumbent"],
    ),
    known_as(
        key("protected", "[race, sex, [race, sex]]", "attributes to compare; a nested list is an intersection"),
        &["sensitive", "sensitive_features", "protected_attributes", "protected_attribute", "groups", "attributes"],
    ),
    known_as(
        key("reference_groups", "{race: white}", "the group that the others of an attribute are compared with"),
        &["privileged", "privileged_groups", "reference_group", "baseline_groups"],
    ),
    known_as(
        key(
            "missing_group",
            "as_group",
            "whether gaps compare the rows whose group is missing: `as_group` or `left_out`",
        ),
        &["missing_groups", "missing"],
    ),
    known_as(
        key("intersections", "pairs", "`pairs` compares every two of the single attributes of `protected` crossed"),
        &["intersection", "cross"],
    ),
    known_as(
        key(
            "bins",
            "{age: [25, 45], income: 4}",
            "how numbers become groups: edges, or a number of equally large groups",
        ),
        &["bands", "cuts", "buckets"],
    ),
    known_as(
        key("small_groups", "suppress", "groups with fewer than `min_n` rows: `suppress`, or `pool` them into one"),
        &["pool", "pooling"],
    ),
    known_as(
        key("strata", "[department]", "columns within whose values selection is compared again"),
        &["stratum", "stratify", "control_features", "conditional"],
    ),
    known_as(
        key("population", "{race: {white: 0.6, black: 0.13}}", "shares of the groups in the population"),
        &["population_shares", "benchmark", "census"],
    ),
    known_as(
        key(
            "memberships",
            "{race: {white: p_white, black: p_black}}",
            "attributes known as probabilities: the column of each group",
        ),
        &["protected_probabilities", "group_probabilities", "proxies", "bisg"],
    ),
    known_as(
        key(
            "consistency",
            "{features: [income, debt], neighbours: 5}",
            "numbers that make people alike, and how many of the most alike each person is compared with",
        ),
        &["knn", "nearest_neighbours", "individual_fairness"],
    ),
    known_as(
        key("proxies", "true", "measure how well each of `features` tells the group of a person"),
        &["proxy", "proxy_detection"],
    ),
    known_as(
        key("features", "[income, debt]", "columns that the model reads"),
        &["inputs", "columns", "predictors", "covariates"],
    ),
    known_as(
        key("missing_values", "[\"NA\", \"?\"]", "texts that mean \"missing\" besides the empty field"),
        &["na_values", "null_values", "na"],
    ),
    known_as(
        key("level", "0.95", "confidence level of every interval, two-sided"),
        &["confidence", "confidence_level", "ci", "alpha"],
    ),
    known_as(
        key("rule", "interval", "what decides a criterion: the whole `interval`, or the `point` value alone"),
        &["decision_rule"],
    ),
    known_as(
        key("conventions", "[pooled_reference]", "named definitions to report besides the defaults"),
        &["convention", "definitions"],
    ),
    known_as(
        key(
            "rulebooks",
            "[eeoc, aequitas]",
            "readings by the rules of a regulator, an industry or a library, beside the criteria",
        ),
        &["rulebook", "regulations", "regimes", "standards"],
    ),
    known_as(key("min_n", "10", "fewest rows with which a criterion is judged"), &["minimum_n", "min_size"]),
    known_as(
        key("min_n_shown", "5", "groups with fewer rows are counted, but their numbers are not shown"),
        &["suppress_below", "min_cell"],
    ),
    key("precision", "{max_keys: 1048576}", "how many distinct scores are kept exactly"),
    known_as(key("seed", "0", "number behind whatever is drawn at random"), &["random_state", "random_seed"]),
    known_as(
        key(
            "family",
            "fairness",
            "name under which criteria share one correction for many tests, unless they name one",
        ),
        &["families"],
    ),
    known_as(
        key("criteria", "[\"roc_auc >= 0.70\"]", "what must hold; a short text or a mapping each"),
        &["criterion", "metrics", "measures", "thresholds", "checks", "slas", "requirements"],
    ),
];

/// Keys of `model`.
pub const MODEL_KEYS: &[Key] = &[
    known_as(key("name", "Credit scorecard", "name of the model"), &["id", "title"]),
    known_as(key("version", "\"2026.1\"", "version of the deployed model"), &["release", "tag"]),
    known_as(key("owner", "Credit analytics", "person or team that answers for it"), &["team", "contact", "author"]),
    known_as(
        key("artefact", "\"sha256:9f86…\"", "digest of the deployed artefact, as its registry writes it"),
        &["artifact", "digest", "hash", "sha256"],
    ),
];

/// Keys of `baseline`.
pub const BASELINE_KEYS: &[Key] = &[
    known_as(key("name", "\"2025.4\"", "what the baseline model is called"), &["version", "model", "title"]),
    known_as(
        key("prediction", "old_decision", "column with its decisions or numbers"),
        &["decision", "y_pred", "pred"],
    ),
    known_as(key("score", "old_score", "column with its score of the positive class"), &["y_prob", "y_score", "proba"]),
    known_as(
        key("threshold", "0.5", "its score at or above it is a positive decision, where it has no column of decisions"),
        &["cutoff", "cut_off"],
    ),
];

/// Keys of `precision`.
pub const PRECISION_KEYS: &[Key] = &[known_as(
    key("max_keys", "1048576", "distinct scores kept exactly; above it measures carry bounds"),
    &["keys", "max"],
)];

/// Keys of `consistency`.
pub const CONSISTENCY_KEYS: &[Key] = &[
    known_as(
        key("features", "[income, debt]", "numeric columns, each scaled to a standard deviation of 1"),
        &["columns"],
    ),
    known_as(key("neighbours", "5", "neighbours of each row"), &["neighbors", "k", "n_neighbors"]),
];

/// Keys of one entry of `criteria`.
pub const CRITERION_KEYS: &[Key] = &[
    known_as(key("measure", "roc_auc", "name of the measure"), &["metric", "name", "statistic"]),
    known_as(
        key("comparator", "\">=\"", "how the measure must compare with the threshold: >=, >, <= or <"),
        &["operator", "op", "comparison", "direction"],
    ),
    known_as(
        key("threshold", "0.70", "the value it is compared with"),
        &["value", "limit", "target", "minimum", "maximum", "min", "max", "bound"],
    ),
    known_as(
        key("within", "[-0.05, 0.05]", "two values between which it must lie, instead of `comparator` and `threshold`"),
        &["between", "range", "bounds", "equivalent"],
    ),
    known_as(
        key("attribute", "race", "protected attribute, or list of attributes of an intersection"),
        &["by", "attributes", "protected", "groupby", "sensitive_feature"],
    ),
    known_as(
        key(
            "group",
            "black",
            "one group only: a value, or a list of values for an intersection; null is the missing group",
        ),
        &["value_of_group", "groups"],
    ),
    known_as(
        key(
            "subject",
            "each_group",
            "what it is about: `overall`, `each_group`, `group` or `gap`; usually follows from the rest",
        ),
        &["scope"],
    ),
    known_as(
        key("class", "Gentoo", "one class against the rest, of a model of several; without it the model as a whole"),
        &["of_class", "label_class", "pos_label"],
    ),
    known_as(
        key("convention", "reference_group", "named definition, where a measure has several"),
        &["definition", "method", "variant"],
    ),
    key("level", "0.95", "confidence level, instead of the plan's"),
    key("rule", "interval", "`interval` or `point`, instead of the plan's"),
    key("min_n", "30", "fewest rows with which it is judged, instead of the plan's"),
    known_as(
        key("severity", "high", "how bad it is when not met: `info`, `low`, `medium`, `high` or `critical`"),
        &["priority", "importance"],
    ),
    key("family", "fairness", "criteria of one family share one correction for many tests"),
    known_as(key("source", "Credit policy 2.1", "the document it comes from"), &["reference", "policy", "origin"]),
    known_as(key("set_at", "2026-01-15", "the day it was set"), &["date", "set_on"]),
    known_as(key("set_by", "Credit Committee", "who set it"), &["approved_by", "author", "owner"]),
];

/// The key that another word stands for.
pub(super) fn by_other_word(keys: &[Key], given: &str) -> Option<&'static str> {
    let given = given.trim().to_lowercase().replace([' ', '-'], "_");
    keys.iter().find(|key| key.name == given || key.words.contains(&given.as_str())).map(|key| key.name)
}

fn unknown_key(given: &str, keys: &[Key]) -> String {
    let names = keys.iter().map(|key| key.name);
    let is_plan = keys.len() == PLAN_KEYS.len();
    let elsewhere = |other: &[Key]| other.iter().any(|key| key.name == given);
    if let Some(name) = by_other_word(keys, given) {
        format!("did you mean `{name}`?")
    } else if is_plan && elsewhere(MODEL_KEYS) {
        format!("it belongs under `model`: `model: {{{given}: …}}`")
    } else if is_plan && elsewhere(CRITERION_KEYS) {
        "it belongs to an entry of `criteria`".to_owned()
    } else if !is_plan && nearest(given, names.clone()).is_none() && elsewhere(PLAN_KEYS) {
        "it is a key of the plan itself: move it to the first column".to_owned()
    } else {
        suggest(given, names, "the keys are")
    }
}
