//! Acceptance criteria: one measure, one comparison, one subject each.

use std::collections::{BTreeMap, BTreeSet};

use super::SEVERITY;
use super::reader::{Field, Fields, Reader, parse_number};
use super::settings::{Defaults, RULES, min_n};
use crate::error::{Code, Problem};
use crate::findings::catalogue::{self, Entry as Measure, MEASURES, Need, Shape};
use crate::plan::keys::CRITERION_KEYS;
use crate::plan::literal::canonical_value;
use crate::plan::model::{Comparator, Criterion, CriterionSubject, MissingGroup, Rule, Severity};
use crate::plan::tree::{Entry, Node, Place, Value};
use crate::plan::words::{list, nearest, quote, suggest};

/// Most criteria of a plan.
const MAX_CRITERIA: usize = 1_000;
/// Largest threshold of a ratio: what is above it is a percentage.
const MAX_RATIO: f64 = 10.0;
/// Conventions under which every group is compared with one declared group.
const AGAINST_REFERENCE: [&str; 2] = ["reference_group", "pooled_reference"];
/// Conventions of libraries that give no interval.
const WITHOUT_INTERVAL: [&str; 2] = ["fairlearn", "fairlearn_to_overall"];
/// The short form, for hints.
const SHORT: &str = "write it as \"roc_auc >= 0.70\" or \"selection_rate_ratio by race >= 0.8\"";

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

#[derive(Clone, Copy, PartialEq)]
enum SubjectWord {
    Overall,
    EachGroup,
    Group,
    Gap,
}

const SUBJECTS: &[(&str, SubjectWord)] = &[
    ("overall", SubjectWord::Overall),
    ("each_group", SubjectWord::EachGroup),
    ("group", SubjectWord::Group),
    ("gap", SubjectWord::Gap),
];

/// What criteria refer to.
pub(super) struct Context<'a> {
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
    let known: BTreeSet<&str> = MEASURES.iter().flat_map(|entry| entry.conventions.iter().copied()).collect();
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
            "{} {:?} {:?} {:?} {} {:?} {:?}",
            criterion.measure,
            criterion.comparator,
            criterion.threshold,
            criterion.subject,
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
        crate::plan::tree::Origin::Text => format!(" (line {})", place.line),
        crate::plan::tree::Origin::Keywords => String::new(),
    }
}

fn one(reader: &mut Reader, item: &Field<'_>, context: &Context<'_>) -> Option<Criterion> {
    match &item.node.value {
        Value::Scalar { text, .. } if !item.node.is_null() => {
            let entries = split_short(reader, item, text)?;
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

/// `measure [by attribute [& attribute]] comparator number` as the entries of a mapping.
fn split_short(reader: &mut Reader, item: &Field<'_>, text: &str) -> Option<Vec<Entry>> {
    let split = [">=", "<=", "≥", "≤", ">", "<"]
        .into_iter()
        .find_map(|word| text.rsplit_once(word).map(|(left, right)| (left.trim(), word, right.trim())));
    let Some((left, comparator, right)) = split else {
        let message = format!("{} has no comparison", quote(text));
        reader.wrong(item, Problem::new(Code::PlanInvalidValue, message).hint(SHORT));
        return None;
    };
    let (measure, attributes) = match left.split_once(" by ") {
        Some((measure, attributes)) => (measure.trim(), Some(attributes)),
        None => (left, None),
    };
    if measure.is_empty()
        || right.is_empty()
        || attributes.is_some_and(|names| names.split('&').any(|name| name.trim().is_empty()))
    {
        let message = format!("{} is not a complete criterion", quote(text));
        reader.wrong(item, Problem::new(Code::PlanInvalidValue, message).hint(SHORT));
        return None;
    }
    let place = item.node.place;
    let scalar = |text: &str, quoted: bool| Node { place, value: Value::Scalar { text: text.to_owned(), quoted } };
    let entry = |key: &str, value: Node| Entry { key: key.to_owned(), place, value };
    let mut entries = vec![
        entry("measure", scalar(measure, true)),
        entry("comparator", scalar(comparator, true)),
        entry("threshold", scalar(right, false)),
    ];
    if parse_number(right).is_none() {
        let hint = match right.strip_suffix('%').and_then(|text| parse_number(text.trim_end())) {
            Some(percent) => format!("write {} for {percent} %", percent / 100.0),
            None => SHORT.to_owned(),
        };
        let message = format!("{} is not a number to compare with", quote(right));
        reader.wrong(item, Problem::new(Code::PlanWrongType, message).hint(hint));
        entries.pop();
        entries.push(entry("threshold", scalar("", false)));
    }
    if let Some(names) = attributes {
        let names = names.split('&').map(|name| scalar(name.trim(), true)).collect();
        entries.push(entry("attribute", Node { place, value: Value::List(names) }));
    }
    Some(entries)
}

fn from_fields(reader: &mut Reader, fields: &Fields<'_>, context: &Context<'_>) -> Option<Criterion> {
    let measure = required(reader, fields, "measure").and_then(|field| measure(reader, &field, context));
    let comparator = required(reader, fields, "comparator").and_then(|field| reader.choice(&field, COMPARATORS));
    let threshold = required(reader, fields, "threshold").and_then(|field| reader.number(&field));
    let attribute = attribute(reader, fields, context);
    let group = group(reader, fields, attribute.as_ref());
    let subject_word = optional(fields.get("subject"), |field| reader.choice(field, SUBJECTS));
    let convention_given = optional(fields.get("convention"), |field| convention(reader, field, measure?));
    let level = optional(fields.get("level"), |field| reader.level(field));
    let rule = optional(fields.get("rule"), |field| reader.choice(field, RULES));
    let min_n = optional(fields.get("min_n"), |field| min_n(reader, field));
    let severity = optional(fields.get("severity"), |field| reader.choice(field, SEVERITIES));
    let set_at = optional(fields.get("set_at"), |field| date(reader, field));
    let mut text = |key: &str| fields.get(key).and_then(|field| reader.text(&field));
    let (family, source, set_by) = (text("family"), text("source"), text("set_by"));

    let measure = measure?;
    let (attribute, group, subject_word) = (attribute?, group?, subject_word?);
    let subject = subject(reader, fields, context, measure, attribute.as_ref(), group, subject_word);
    let convention = match convention_given? {
        Some(convention) => convention,
        None => default_convention(measure, attribute.as_ref(), context)?,
    };
    let subject = subject.filter(|subject| reference(reader, fields, context, measure, subject, convention));
    let rule = rule?.unwrap_or(context.defaults.rule);
    if rule == Rule::Interval && WITHOUT_INTERVAL.contains(&convention) {
        let field = fields.get("convention").or_else(|| fields.get("measure"))?;
        let message = format!("`{convention}` has no interval, so the rule `interval` can never decide the criterion");
        let hint = format!("write `rule: point`, or use the convention `{}`", measure.conventions[0]);
        reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
    }
    let (comparator, threshold) = (comparator?, threshold?);
    if !in_range(reader, fields, measure, convention, comparator, threshold) {
        return None;
    }
    Some(Criterion {
        measure: measure.name.to_owned(),
        comparator,
        threshold,
        subject: subject?,
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
            "comparator" => "say how it compares: `comparator: \">=\"` (with quotes)",
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
        let all = || MEASURES.iter().flat_map(|entry| std::iter::once(entry.name).chain(entry.aliases.iter().copied()));
        let hint = match nearest(given, all()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the measures are {}", list(MEASURES.iter().map(|entry| entry.name))),
        };
        let message = format!("there is no measure {}", quote(given));
        reader.wrong(field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
        return None;
    };
    for need in measure.needs {
        let (missing, what, hint) = match need {
            Need::Labels => (!context.plan.has("label"), "labels", "name the column of the outcome: `label: <column>`"),
            Need::Decisions => (
                !(context.plan.has("prediction") || context.plan.has("score") && context.plan.has("threshold")),
                "decisions",
                "name the column of decisions, `prediction: <column>`, or `score` and `threshold`",
            ),
            Need::Scores => {
                (!context.plan.has("score"), "scores", "name the column of the model's scores: `score: <column>`")
            }
            Need::Ids => (!context.plan.has("id"), "identifiers", "name the column: `id: <column>`"),
            Need::LabelTimes => (
                !context.plan.has("time") || !context.plan.has("label_time"),
                "times",
                "name the columns: `time: <column>` and `label_time: <column>`",
            ),
            // `attribute` says more about it.
            Need::Groups => (false, "", ""),
        };
        if missing {
            let message = format!("{} needs {what}, and the plan has none", quote(given));
            reader.wrong(field, Problem::new(Code::PlanContradiction, message).hint(hint));
        }
    }
    Some(measure)
}

fn convention(reader: &mut Reader, field: &Field<'_>, measure: &Measure) -> Option<&'static str> {
    let given = reader.raw(field, "the name of a convention", "such as `reference_group`")?;
    let found = measure.conventions.iter().find(|name| **name == given);
    if found.is_none() {
        let message = format!("`{}` has no convention {}", measure.name, quote(given));
        let hint = suggest(given, measure.conventions.iter().copied(), "it has");
        reader.wrong(field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
    }
    found.copied()
}

fn date(reader: &mut Reader, field: &Field<'_>) -> Option<String> {
    let hint = "write year-month-day, such as 2026-01-15";
    let text = reader.raw(field, "a date", hint)?;
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if shaped && text.parse::<jiff::civil::Date>().is_ok() {
        return Some(text.to_owned());
    }
    let message = format!("`set_at` must be a date of the calendar, not {}", quote(text));
    reader.wrong(field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
    None
}

/// The attribute in the order of `protected`, and for each of its parts the position the criterion gave it.
struct Attribute {
    names: Vec<String>,
    given_at: Vec<usize>,
}

#[expect(clippy::option_option, reason = "absent and unreadable are two things")]
fn attribute(reader: &mut Reader, fields: &Fields<'_>, context: &Context<'_>) -> Option<Option<Attribute>> {
    let Some(field) = fields.get("attribute") else { return Some(None) };
    let parts = field.items();
    if parts.is_empty() {
        reader.wrong_type(&field, "a protected attribute", "name it, or remove the key");
        return None;
    }
    let names: Vec<Option<String>> = parts.iter().map(|part| reader.column(part)).collect();
    let names: Vec<String> = names.into_iter().collect::<Option<_>>()?;
    let protected = context.protected?;
    let wanted: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let entry = protected.iter().find(|entry| {
        entry.len() == names.len() && entry.iter().map(String::as_str).collect::<BTreeSet<_>>() == wanted
    });
    if let Some(entry) = entry {
        let given_at = entry.iter().filter_map(|name| names.iter().position(|other| other == name)).collect();
        return Some(Some(Attribute { names: entry.clone(), given_at }));
    }
    let shown = list(names.iter().map(String::as_str));
    let plan = context.plan;
    let (message, hint) = if !plan.has("protected") {
        (
            format!("the criterion is about {shown}, but the plan has no `protected`"),
            format!("add `protected: [{}]`", names.join(", ")),
        )
    } else {
        let declared = || protected.iter().flatten().map(String::as_str);
        let unknown = names.iter().find(|name| !declared().any(|other| other == name.as_str()));
        let hint = match unknown {
            Some(name) => match nearest(name, declared()) {
                Some(near) => format!("did you mean {}?", quote(near)),
                None => format!("add {} to `protected`", quote(name)),
            },
            None if names.len() == 1 => {
                format!("it is only part of an intersection: add {shown} as an entry of its own")
            }
            None => format!("add the intersection as a nested list: `- [{}]`", names.join(", ")),
        };
        let what = if names.len() == 1 { shown } else { format!("the intersection of {shown}") };
        (format!("the criterion is about {what}, which {} does not list", plan.mention("protected")), hint)
    };
    reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
    None
}

type Group = Vec<Option<String>>;

#[expect(clippy::option_option, reason = "absent and unreadable are two things")]
fn group(reader: &mut Reader, fields: &Fields<'_>, attribute: Option<&Option<Attribute>>) -> Option<Option<Group>> {
    let Some(field) = fields.get_or_null("group") else { return Some(None) };
    let parts = field.items();
    let mut values: Group = Vec::new();
    for part in &parts {
        if part.node.is_null() {
            values.push(None);
        } else {
            let hint = "write the value as it stands in the table; null is the group where it is missing";
            values.push(Some(canonical_value(reader.raw(part, "a value of the attribute", hint)?).into_owned()));
        }
    }
    match attribute? {
        None => {
            let problem = Problem::new(Code::PlanContradiction, "`group` names a group of no attribute")
                .hint("say of which: `attribute: race`");
            reader.wrong(&field, problem);
            None
        }
        Some(attribute) if values.len() == attribute.names.len() => {
            Some(Some(attribute.given_at.iter().map(|&index| values[index].clone()).collect()))
        }
        Some(attribute) => {
            let message = format!(
                "`group` has {} value{} for {} attribute{}",
                values.len(),
                if values.len() == 1 { "" } else { "s" },
                attribute.names.len(),
                if attribute.names.len() == 1 { "" } else { "s" },
            );
            let hint = "give one value for each, in the order of `attribute`";
            reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
            None
        }
    }
}

fn subject(
    reader: &mut Reader,
    fields: &Fields<'_>,
    context: &Context<'_>,
    measure: &Measure,
    attribute: Option<&Attribute>,
    group: Option<Group>,
    word: Option<SubjectWord>,
) -> Option<CriterionSubject> {
    let names = attribute.map(|attribute| attribute.names.clone());
    let mut contradiction = |key: &str, message: String, hint: String| {
        let place = fields.get_or_null(key).map_or(fields.place, |field| field.node.place);
        let path = fields.get_or_null(key).map_or_else(|| fields.path.clone(), |field| field.path);
        reader.report(place, &path, Problem::new(Code::PlanContradiction, message).hint(hint));
        None
    };
    if let Some(of) = measure.of {
        if matches!(word, Some(word) if word != SubjectWord::Gap) {
            let message = format!("`{}` compares groups, so its subject is `gap`", measure.name);
            return contradiction("subject", message, format!("remove `subject`, or use the measure `{of}`"));
        }
        let Some(attribute) = names else {
            let message = format!("`{}` compares groups, but the criterion has no `attribute`", measure.name);
            let known = context.protected.and_then(|entries| entries.first()).map(|entry| entry.join(" & "));
            let example = known.unwrap_or_else(|| "race".to_owned());
            return contradiction("measure", message, format!("say whose groups: `attribute: {example}`"));
        };
        return Some(CriterionSubject::Gap { attribute, group: group.unwrap_or_default() });
    }
    match (word, names, group) {
        (Some(SubjectWord::Gap), ..) => {
            let gaps: Vec<_> =
                MEASURES.iter().filter(|entry| entry.of == Some(measure.name)).map(|entry| entry.name).collect();
            let hint = if gaps.is_empty() {
                "remove `subject`; gaps are measured for rates only".to_owned()
            } else {
                format!("use the measure {}", gaps.join(" or "))
            };
            contradiction("subject", format!("`{}` is no gap between groups", measure.name), hint)
        }
        (Some(SubjectWord::Overall), Some(_), _) => contradiction(
            "subject",
            "the subject is `overall`, but the criterion names an `attribute`".to_owned(),
            "remove one of the two".to_owned(),
        ),
        (Some(SubjectWord::EachGroup), _, Some(_)) => contradiction(
            "subject",
            "the subject is `each_group`, but the criterion names one `group`".to_owned(),
            "remove one of the two".to_owned(),
        ),
        (Some(SubjectWord::EachGroup | SubjectWord::Group), None, _) => contradiction(
            "subject",
            "the subject is a group, but the criterion names no `attribute`".to_owned(),
            "say whose groups: `attribute: race`".to_owned(),
        ),
        (Some(SubjectWord::Group), Some(_), None) => contradiction(
            "subject",
            "the subject is one group, but the criterion does not say which".to_owned(),
            "add `group: <value>`, or use `subject: each_group`".to_owned(),
        ),
        (_, Some(attribute), Some(group)) => Some(CriterionSubject::Group { attribute, group }),
        (_, Some(attribute), None) => Some(CriterionSubject::EachGroup { attribute }),
        (_, None, _) => Some(CriterionSubject::Overall),
    }
}

/// Gaps are measured against the declared reference where there is one.
fn default_convention(measure: &Measure, attribute: Option<&Attribute>, context: &Context<'_>) -> Option<&'static str> {
    if measure.of.is_some()
        && let Some(attribute) = attribute
    {
        let groups = context.reference_groups?;
        if attribute.names.iter().all(|name| groups.contains_key(name)) {
            return measure.conventions.iter().copied().find(|name| *name == "reference_group");
        }
    }
    measure.conventions.first().copied()
}

/// Whether a gap and its reference groups agree.
fn reference(
    reader: &mut Reader,
    fields: &Fields<'_>,
    context: &Context<'_>,
    measure: &Measure,
    subject: &CriterionSubject,
    convention: &str,
) -> bool {
    let (CriterionSubject::Gap { attribute, group }, Some(groups)) = (subject, context.reference_groups) else {
        return measure.of.is_none();
    };
    let mut contradiction = |key: &str, message: String, hint: String| {
        let place = fields.get_or_null(key).map_or(fields.place, |field| field.node.place);
        let path = fields.get_or_null(key).map_or_else(|| fields.path.clone(), |field| field.path);
        reader.report(place, &path, Problem::new(Code::PlanContradiction, message).hint(hint));
        false
    };
    if AGAINST_REFERENCE.contains(&convention) {
        let without: Vec<&str> =
            attribute.iter().map(String::as_str).filter(|name| !groups.contains_key(*name)).collect();
        if !without.is_empty() {
            let place = if context.plan.has("reference_groups") {
                format!("{} has none for", context.plan.mention("reference_groups"))
            } else {
                "the plan has no `reference_groups` for".to_owned()
            };
            let message =
                format!("`{convention}` compares with a declared group, and {place} {}", list(without.iter().copied()));
            let example = without.iter().map(|name| format!("{name}: <value>")).collect::<Vec<_>>().join(", ");
            let hint = format!(
                "declare it, `reference_groups: {{{example}}}`, or use the convention `{}`",
                measure.conventions[0]
            );
            return contradiction("convention", message, hint);
        }
    }
    if group.is_empty() {
        return true;
    }
    if convention != "reference_group" {
        let message = format!("`{convention}` is one number over all groups, but the criterion names one `group`");
        let hint = if attribute.iter().all(|name| groups.contains_key(name)) {
            "remove `group`, or use the convention `reference_group`"
        } else {
            "remove `group`, or declare `reference_groups` to compare it with"
        };
        return contradiction("group", message, hint.to_owned());
    }
    if context.missing_group == MissingGroup::LeftOut && group.iter().any(Option::is_none) {
        let message =
            format!("`group` is a missing group, which {} leaves out of gaps", context.plan.mention("missing_group"));
        return contradiction("group", message, "name another group, or write `missing_group: as_group`".to_owned());
    }
    let is_reference =
        attribute.iter().zip(group).all(|(name, value)| value.is_some() && groups.get(name) == value.as_ref());
    if is_reference {
        let message =
            format!("`group` is the very group that {} compares with", context.plan.mention("reference_groups"));
        return contradiction("group", message, "name another group".to_owned());
    }
    true
}

/// The values that a measure can take.
fn range(measure: &Measure, convention: &str) -> (f64, f64) {
    let one_sided = !AGAINST_REFERENCE.contains(&convention);
    match measure.shape {
        Shape::Rate | Shape::Index => (0.0, 1.0),
        Shape::Loss if measure.name == "brier" => (0.0, 1.0),
        Shape::Loss | Shape::Count => (0.0, f64::INFINITY),
        Shape::Difference => (if one_sided { 0.0 } else { -1.0 }, 1.0),
        Shape::Ratio => (0.0, if one_sided { 1.0 } else { f64::INFINITY }),
    }
}

fn in_range(
    reader: &mut Reader,
    fields: &Fields<'_>,
    measure: &Measure,
    convention: &str,
    comparator: Comparator,
    threshold: f64,
) -> bool {
    let Some(field) = fields.get("threshold") else { return false };
    let (low, high) = range(measure, convention);
    let limit = if measure.shape == Shape::Ratio { high.min(MAX_RATIO) } else { high };
    let under = if measure.of.is_some() { format!(" with the convention `{convention}`") } else { String::new() };
    if threshold < low || threshold > limit {
        let values = if high.is_finite() { format!("between {low} and {high}") } else { format!("at least {low}") };
        let message = match high.is_finite() || threshold < low {
            true => format!("`{}` is {values}{under}, so it cannot be compared with {threshold}", measure.name),
            false => format!("a ratio of {threshold} cannot be meant"),
        };
        let hint = if measure.shape == Shape::Ratio && threshold > limit && threshold <= MAX_RATIO {
            format!(
                "`{convention}` divides the lower by the higher; to compare with one group, in either direction, \
                 declare it in `reference_groups`"
            )
        } else if threshold > limit && threshold <= 100.0 && measure.shape != Shape::Count {
            format!("write {} for {threshold} %", threshold / 100.0)
        } else if measure.shape == Shape::Difference && threshold < low && threshold >= -1.0 {
            format!("write `<= {}`, or use the convention `reference_group`, whose differences have a sign", -threshold)
        } else if threshold < 0.0 {
            "write a number that is not negative".to_owned()
        } else {
            format!("write a number {values}")
        };
        reader.wrong(&field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
        return false;
    }
    let impossible = match comparator {
        Comparator::MoreThan => threshold >= high,
        Comparator::LessThan => threshold <= low,
        _ => false,
    };
    if impossible {
        let word = if comparator == Comparator::MoreThan { "more" } else { "less" };
        let message =
            format!("`{}` is never {word} than {threshold}{under}: nothing could meet the criterion", measure.name);
        let hint = if comparator == Comparator::MoreThan {
            "use `>=`, or a lower threshold"
        } else {
            "use `<=`, or a higher threshold"
        };
        reader.wrong(&field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
        return false;
    }
    true
}
