//! Acceptance criteria: one measure, one comparison, one subject each.

mod short;
mod subject;
mod threshold;

use std::collections::{BTreeMap, BTreeSet};

use super::SEVERITY;
use super::settings::{Defaults, RULES, min_n};
use crate::error::{Code, Problem};
use crate::findings::catalogue::{self, Aspect, Entry as Measure, Need};
use crate::plan::keys::CRITERION_KEYS;
use crate::plan::literal::canonical_value;
use crate::plan::model::{Comparator, Criterion, MissingGroup, Rule, Severity, Task};
use crate::yaml::reader::{Field, Fields, Reader};
use crate::yaml::tree::{Place, Value};
use crate::yaml::words::{list, nearest, quote, suggest};

/// Most criteria of a plan.
const MAX_CRITERIA: usize = 1_000;
/// The short form, for hints.
const SHORT: &str = "write it as \"roc_auc >= 0.70\" or \"selection_rate_ratio by race >= 0.8\"";
/// Two bounds, for hints.
const WITHIN: &str = "write the lower and the upper bound: `within: [-0.05, 0.05]`";

const COMPARATORS: &[(&str, Comparator)] = &[
    (">=", Comparator::AtLeast),
    (">", Comparator::MoreThan),
    ("<=", Comparator::AtMost),
    ("<", Comparator::LessThan),
    ("≥", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    ("at_least", Comparator::AtLeast),
    ("more_than", Comparator::MoreThan),
    ("at_most", Comparator::AtMost),
    ("less_than", Comparator::LessThan),
];

const SEVERITIES: &[(&str, Severity)] = &[
    ("info", Severity::Info),
    ("low", Severity::Low),
    ("medium", Severity::Medium),
    ("high", Severity::High),
    ("critical", Severity::Critical),
];

/// What criteria refer to.
pub(super) struct Context<'a> {
    pub(super) task: Task,
    pub(super) plan: &'a Fields<'a>,
    pub(super) defaults: &'a Defaults,
    /// `None` when it could not be read: what refers to it is then not checked.
    pub(super) protected: Option<&'a [Vec<String>]>,
    pub(super) reference_groups: Option<&'a BTreeMap<String, String>>,
    pub(super) missing_group: MissingGroup,
}

/// Conventions to report besides the defaults.
pub(super) fn conventions(reader: &mut Reader, fields: &Fields<'_>) -> Vec<String> {
    let Some(field) = fields.get("conventions") else { return Vec::new() };
    let known: BTreeSet<&str> = catalogue::MEASURES.iter().flat_map(Measure::all_conventions).collect();
    let mut names = BTreeSet::new();
    for item in field.items() {
        let Some(given) = reader.raw(&item, "the name of a convention", "such as `pooled_reference`") else { continue };
        if known.contains(given) {
            names.insert(given.to_owned());
        } else {
            let message = format!("no measure has the convention {}", quote(given));
            let hint = suggest(given, known.iter().copied(), "the conventions are");
            reader.wrong(&item, Problem::new(Code::PlanInvalidValue, message).hint(hint));
        }
    }
    names.into_iter().collect()
}

pub(super) fn read(reader: &mut Reader, context: &Context<'_>) -> Vec<Criterion> {
    let Some(field) = context.plan.get("criteria") else { return Vec::new() };
    let items = match &field.node.value {
        // A single mapping has no position in a list, so it needs a dash.
        Value::Map(_) => {
            let hint = "start each criterion with a dash: `- measure: roc_auc`";
            reader.wrong_type(&field, "a list of criteria", hint);
            return Vec::new();
        }
        _ => field.items(),
    };
    if items.len() > MAX_CRITERIA {
        let message = format!("a plan holds at most {MAX_CRITERIA} criteria, not {}", items.len());
        let problem = Problem::new(Code::BudgetExceeded, message);
        reader.wrong(&field, problem.hint("a criterion with `attribute` already asks every group"));
        return Vec::new();
    }
    let mut criteria = Vec::new();
    let mut seen: BTreeMap<String, Field<'_>> = BTreeMap::new();
    for item in items {
        let Some(criterion) = one(reader, &item, context) else { continue };
        let same = format!(
            "{} {:?} {:?} {:?} {:?} {:?} {} {:?} {:?}",
            criterion.measure,
            criterion.comparator,
            criterion.threshold,
            criterion.threshold_upper,
            criterion.subject,
            criterion.class,
            criterion.convention,
            criterion.level,
            criterion.rule
        );
        if let Some(first) = seen.get(&same) {
            let message = format!("this criterion asks the same as `{}`{}", first.path, line(first.node.place));
            reader.wrong(&item, Problem::new(Code::PlanContradiction, message).hint("remove one of them"));
        } else {
            seen.insert(same, item);
        }
        criteria.push(criterion);
    }
    criteria
}

fn line(place: Place) -> String {
    match place.origin {
        crate::yaml::tree::Origin::Text => format!(" (line {})", place.line),
        crate::yaml::tree::Origin::Keywords => String::new(),
    }
}

fn one(reader: &mut Reader, item: &Field<'_>, context: &Context<'_>) -> Option<Criterion> {
    match &item.node.value {
        Value::Scalar { text, .. } if !item.node.is_null() => {
            let entries = short::split(reader, item, text)?;
            let fields = Fields::short(&entries, item.node.place, &item.path);
            from_fields(reader, &fields, context)
        }
        Value::Map(_) => {
            let fields = reader.fields(item, CRITERION_KEYS, "a criterion")?;
            from_fields(reader, &fields, context)
        }
        _ => {
            reader.wrong_type(item, "a criterion", SHORT);
            None
        }
    }
}

fn from_fields(reader: &mut Reader, fields: &Fields<'_>, context: &Context<'_>) -> Option<Criterion> {
    let measure = required(reader, fields, "measure").and_then(|field| measure(reader, &field, context));
    let requirement = requirement(reader, fields);
    let class = optional(fields.get("class"), |field| class(reader, field, context));
    let aspect = if matches!(class, Some(Some(_))) { Aspect::Class } else { Aspect::Model(context.task) };
    let attribute = subject::attribute(reader, fields, context);
    let group = subject::group(reader, fields, attribute.as_ref());
    let subject_word = optional(fields.get("subject"), |field| reader.choice(field, subject::SUBJECTS));
    let convention_given = optional(fields.get("convention"), |field| convention(reader, field, measure?, aspect));
    let level = optional(fields.get("level"), |field| reader.level(field));
    let rule = optional(fields.get("rule"), |field| reader.choice(field, RULES));
    let min_n = optional(fields.get("min_n"), |field| min_n(reader, field));
    let severity = optional(fields.get("severity"), |field| reader.choice(field, SEVERITIES));
    let set_at = optional(fields.get("set_at"), |field| reader.day(field).map(|day| day.to_string()));
    let mut text = |key: &str| fields.get(key).and_then(|field| reader.text(&field));
    let (family, source, set_by) = (text("family"), text("source"), text("set_by"));

    let measure = measure?;
    let class = class?;
    if !subject::is_of(reader, fields, measure, aspect) {
        return None;
    }
    let (attribute, group, subject_word) = (attribute?, group?, subject_word?);
    let subject = subject::subject(reader, fields, context, measure, attribute.as_ref(), group, subject_word);
    let convention = match convention_given? {
        Some(convention) => convention,
        None => subject::default_convention(measure, aspect, attribute.as_ref(), context)?,
    };
    let subject = subject.filter(|subject| subject::reference(reader, fields, context, measure, subject, convention));
    let rule = rule?.unwrap_or(context.defaults.rule);
    if rule == Rule::Interval && !measure.has_interval(convention) {
        let field = fields.get("convention").or_else(|| fields.get("measure"))?;
        let other = measure.conventions_of(aspect).into_iter().find(|name| measure.has_interval(name));
        let what = if other.is_some() { convention } else { measure.name };
        let message = format!("`{what}` has no interval, so the rule `interval` can never decide the criterion");
        let hint = match other {
            Some(other) => format!("write `rule: point`, or use the convention `{other}`"),
            None => "write `rule: point`".to_owned(),
        };
        reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
    }
    let requirement = requirement?;
    if !threshold::in_range(reader, fields, (measure, aspect, convention), requirement) {
        return None;
    }
    let Requirement { comparator, threshold, threshold_upper } = requirement;
    Some(Criterion {
        measure: measure.name.to_owned(),
        comparator,
        threshold,
        threshold_upper,
        subject: subject?,
        class,
        convention: convention.to_owned(),
        level: level?.unwrap_or(context.defaults.level),
        rule,
        min_n: min_n?.unwrap_or(context.defaults.min_n),
        severity: severity?.unwrap_or(SEVERITY),
        family: family.or_else(|| context.defaults.family.clone()),
        source,
        set_at: set_at?,
        set_by,
    })
}

/// How a measure must compare, and with what.
#[derive(Clone, Copy)]
struct Requirement {
    comparator: Comparator,
    threshold: f64,
    threshold_upper: Option<f64>,
}

/// A comparison with one threshold, or two bounds.
fn requirement(reader: &mut Reader, fields: &Fields<'_>) -> Option<Requirement> {
    let Some(field) = fields.get("within") else {
        let comparator = required(reader, fields, "comparator").and_then(|field| reader.choice(&field, COMPARATORS));
        let threshold = required(reader, fields, "threshold").and_then(|field| reader.number(&field));
        return Some(Requirement { comparator: comparator?, threshold: threshold?, threshold_upper: None });
    };
    for key in ["comparator", "threshold"] {
        if let Some(other) = fields.get(key) {
            let message = format!("the criterion has both `within` and `{key}`");
            reader.wrong(&other, Problem::new(Code::PlanContradiction, message).hint("remove one of the two"));
        }
    }
    let items = field.items();
    let bounds: Vec<f64> = items.iter().filter_map(|item| reader.number(item)).collect();
    if bounds.len() < items.len() {
        return None;
    }
    let [lower, upper] = bounds[..] else {
        reader.wrong_type(&field, "a list of two numbers", WITHIN);
        return None;
    };
    if lower >= upper {
        let message = format!("nothing lies between {lower} and {upper}");
        reader.wrong(&field, Problem::new(Code::PlanInvalidValue, message).hint(WITHIN));
        return None;
    }
    Some(Requirement { comparator: Comparator::Within, threshold: lower, threshold_upper: Some(upper) })
}

/// The outer `None` means that a value is there and cannot be read.
#[expect(clippy::option_option, reason = "absent and unreadable are two things")]
fn optional<'t, T>(field: Option<Field<'t>>, read: impl FnOnce(&Field<'t>) -> Option<T>) -> Option<Option<T>> {
    match field {
        Some(field) => read(&field).map(Some),
        None => Some(None),
    }
}

fn required<'t>(reader: &mut Reader, fields: &Fields<'t>, key: &str) -> Option<Field<'t>> {
    if let Some(field) = fields.get(key) {
        return Some(field);
    }
    // The short form has said already what it lacks.
    if fields.get_or_null(key).is_none() || !fields.is_short() {
        let hint = match key {
            "measure" => "name what is measured: `measure: roc_auc`",
            "comparator" => "say how it compares: `comparator: \">=\"` (with quotes), or give two bounds with `within`",
            _ => "say what it is compared with: `threshold: 0.8`",
        };
        let problem = Problem::new(Code::PlanMissingKey, format!("the criterion has no `{key}`")).hint(hint);
        reader.report(fields.place, &fields.path, problem);
    }
    None
}

fn measure(reader: &mut Reader, field: &Field<'_>, context: &Context<'_>) -> Option<&'static Measure> {
    let given = reader.raw(field, "the name of a measure", "such as `roc_auc`")?;
    let Some(measure) = catalogue::find(given) else {
        let fitting = || catalogue::of_task(context.task);
        let all = || fitting().flat_map(|entry| std::iter::once(entry.name).chain(entry.aliases.iter().copied()));
        let hint = match nearest(given, all()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the measures are {}", list(fitting().map(|entry| entry.name))),
        };
        let message = format!("there is no measure {}", quote(given));
        reader.wrong(field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
        return None;
    };
    if !measure.fits(context.task) {
        let message = format!("{} is no measure of a {} model", quote(given), context.task.name());
        let hint = format!("the measures are {}", list(catalogue::of_task(context.task).map(|entry| entry.name)));
        reader.wrong(field, Problem::new(Code::PlanContradiction, message).hint(hint));
        return None;
    }
    for need in measure.needs {
        let (missing, what, hint) = match need {
            Need::Labels => (!context.plan.has("label"), "labels", "name the column of the outcome: `label: <column>`"),
            Need::Decisions => (
                !(context.plan.has("prediction")
                    || context.plan.has("scores")
                    || context.plan.has("score") && context.plan.has("threshold")),
                "decisions",
                "name the column of decisions, `prediction: <column>`, or `score` and `threshold`",
            ),
            Need::Scores => {
                let has = context.plan.has("score") || context.plan.has("scores");
                (!has, "scores", "name the column of the model's scores: `score: <column>`")
            }
            Need::Strata => (
                !context.plan.has("strata"),
                "strata",
                "name the columns within which groups are compared: `strata: [department]`",
            ),
            Need::Similarity => (
                !context.plan.has("consistency"),
                "something that makes people alike",
                "name numeric columns: `consistency: {features: [income, debt]}`",
            ),
            Need::Proxies => {
                (!context.plan.has("proxies"), "the question what features tell", "ask it: `proxies: true`")
            }
            Need::Predictions => (
                !context.plan.has("prediction"),
                "predictions",
                "name the column of the model's numbers: `prediction: <column>`",
            ),
            Need::Quantiles => (
                !context.plan.has("quantiles"),
                "quantiles",
                "name their columns: `quantiles: {0.1: <column>, 0.9: <column>}`",
            ),
            Need::Weights => {
                (!context.plan.has("weight"), "weights", "name the column of the weights: `weight: <column>`")
            }
            Need::Baseline | Need::BaselineDecisions | Need::BaselineScores => (
                !context.plan.has("baseline"),
                "a baseline model",
                "name its columns: `baseline: {prediction: <column>, score: <column>}`",
            ),
            Need::Ids => (!context.plan.has("id"), "identifiers", "name the column: `id: <column>`"),
            Need::LabelTimes => (
                !context.plan.has("time") || !context.plan.has("label_time"),
                "times",
                "name the columns: `time: <column>` and `label_time: <column>`",
            ),
            // `attribute` says more about it; no measure needs a dossier.
            Need::Groups | Need::Dossier => (false, "", ""),
        };
        if missing {
            let message = format!("{} needs {what}, and the plan has none", quote(given));
            reader.wrong(field, Problem::new(Code::PlanContradiction, message).hint(hint));
        }
    }
    Some(measure)
}

/// A class of a model of several.
fn class(reader: &mut Reader, field: &Field<'_>, context: &Context<'_>) -> Option<String> {
    let given = reader.raw(field, "the name of a class", "write it as it stands in the label")?;
    if context.task == Task::Multiclass {
        return Some(canonical_value(given).into_owned());
    }
    let message = format!("the criterion names a class, but a {} model has no several classes", context.task.name());
    let hint = "remove the class, or write `task: multiclass`";
    reader.wrong(field, Problem::new(Code::PlanContradiction, message).hint(hint));
    None
}

fn convention(reader: &mut Reader, field: &Field<'_>, measure: &Measure, aspect: Aspect) -> Option<&'static str> {
    let given = reader.raw(field, "the name of a convention", "such as `reference_group`")?;
    let known = measure.conventions_of(aspect);
    let found = known.iter().copied().find(|name| *name == given);
    if found.is_none() {
        let message = format!("`{}` has no convention {}", measure.name, quote(given));
        let hint = suggest(given, known, "it has");
        reader.wrong(field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
    }
    found
}
