//! What a criterion is about, and that its measure, attribute, group and convention agree.

use std::collections::BTreeSet;

use super::Context;
use crate::error::{Code, Problem};
use crate::findings::catalogue::{self, Aspect, Entry as Measure, MEASURES, Scope};
use crate::plan::literal::canonical_value;
use crate::plan::model::{CriterionSubject, MissingGroup, Task};
use crate::yaml::reader::{Fields, Reader};
use crate::yaml::words::{bare, list, nearest, quote};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum SubjectWord {
    Overall,
    EachGroup,
    Group,
    Gap,
}

pub(super) const SUBJECTS: &[(&str, SubjectWord)] = &[
    ("overall", SubjectWord::Overall),
    ("each_group", SubjectWord::EachGroup),
    ("group", SubjectWord::Group),
    ("gap", SubjectWord::Gap),
];

/// The attribute in the order of `protected`, and for each of its parts the position the criterion gave it.
pub(super) struct Attribute {
    names: Vec<String>,
    given_at: Vec<usize>,
}

#[expect(clippy::option_option, reason = "absent and unreadable are two things")]
pub(super) fn attribute(reader: &mut Reader, fields: &Fields<'_>, context: &Context<'_>) -> Option<Option<Attribute>> {
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
            format!("add `protected: [{}]`", joined(&names, ", ")),
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
            None => format!("add the intersection as a nested list: `- [{}]`", joined(&names, ", ")),
        };
        let what = if names.len() == 1 { shown } else { format!("the intersection of {shown}") };
        (format!("the criterion is about {what}, which {} does not list", plan.mention("protected")), hint)
    };
    reader.wrong(&field, Problem::new(Code::PlanContradiction, message).hint(hint));
    None
}

/// A model of several classes as a whole.
const SEVERAL: Aspect = Aspect::Model(Task::Multiclass);

pub(super) type Group = Vec<Option<String>>;

#[expect(clippy::option_option, reason = "absent and unreadable are two things")]
pub(super) fn group(
    reader: &mut Reader,
    fields: &Fields<'_>,
    attribute: Option<&Option<Attribute>>,
) -> Option<Option<Group>> {
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

pub(super) fn subject(
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
        contradict(reader, fields, key, message, hint);
        None
    };
    if measure.compares_groups() {
        if matches!(word, Some(word) if word != SubjectWord::Gap) {
            let message = format!("`{}` compares groups, so its subject is `gap`", measure.name);
            let hint = match measure.of {
                Some(of) => format!("remove `subject`, or use the measure `{of}`"),
                None => "remove `subject`".to_owned(),
            };
            return contradiction("subject", message, hint);
        }
        let Some(attribute) = names else {
            let message = format!("`{}` compares groups, but the criterion has no `attribute`", measure.name);
            let known = context.protected.and_then(|entries| entries.first()).map(|entry| joined(entry, " & "));
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
        (_, Some(_), _) if measure.scope == Scope::Whole => contradiction(
            "attribute",
            format!("`{}` is measured over all rows only, but the criterion names an `attribute`", measure.name),
            "remove `attribute`, or ask for another measure of the groups".to_owned(),
        ),
        (_, Some(attribute), Some(group)) => Some(CriterionSubject::Group { attribute, group }),
        (_, Some(attribute), None) => Some(CriterionSubject::EachGroup { attribute }),
        (_, None, _) => Some(CriterionSubject::Overall),
    }
}

/// Whether such a model, or a class of it, has the measure.
pub(super) fn is_of(reader: &mut Reader, fields: &Fields<'_>, measure: &Measure, aspect: Aspect) -> bool {
    if measure.default_convention(aspect).is_some() {
        return true;
    }
    let (message, hint) = match aspect {
        Aspect::Class => (
            format!("`{}` is a number of a model as a whole, not of one class", measure.name),
            "remove the class".to_owned(),
        ),
        Aspect::Model(_) if measure.default_convention(Aspect::Class).is_some() && aspect == SEVERAL => (
            format!("`{}` is a number of one class, not of a model of several as a whole", measure.name),
            format!("say which class: `class: <class>`, or \"{} of <class> >= …\"", measure.name),
        ),
        Aspect::Model(task) => (
            format!("`{}` is no measure of a {} model", measure.name, task.name()),
            format!("use another measure, or write `task: {}`", measure.tasks.first().map_or("", |task| task.name())),
        ),
    };
    contradict(reader, fields, "measure", message, hint);
    false
}

/// Gaps are measured against the declared reference where there is one.
pub(super) fn default_convention(
    measure: &Measure,
    aspect: Aspect,
    attribute: Option<&Attribute>,
    context: &Context<'_>,
) -> Option<&'static str> {
    if measure.compares_groups()
        && let Some(attribute) = attribute
    {
        let groups = context.reference_groups?;
        if attribute.names.iter().all(|name| groups.contains_key(name)) {
            let against = measure.conventions_of(aspect).into_iter().find(|name| *name == "reference_group");
            return against.or(measure.default_convention(aspect));
        }
    }
    measure.default_convention(aspect)
}

/// Whether a gap and its reference groups agree.
pub(super) fn reference(
    reader: &mut Reader,
    fields: &Fields<'_>,
    context: &Context<'_>,
    measure: &Measure,
    subject: &CriterionSubject,
    convention: &str,
) -> bool {
    if catalogue::needs_groups(convention) && *subject == CriterionSubject::Overall {
        let message = format!("`{convention}` is a definition for groups, but the criterion names no `attribute`");
        contradict(reader, fields, "convention", message, "say whose groups: `attribute: race`".to_owned());
        return false;
    }
    let (CriterionSubject::Gap { attribute, group }, Some(groups)) = (subject, context.reference_groups) else {
        return !measure.compares_groups();
    };
    let mut contradiction = |key: &str, message: String, hint: String| {
        contradict(reader, fields, key, message, hint);
        false
    };
    if catalogue::needs_reference(convention) {
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
            let example = without.iter().map(|name| format!("{}: <value>", bare(name))).collect::<Vec<_>>().join(", ");
            let declare = format!("declare it, `reference_groups: {{{example}}}`");
            let hint = match measure.conventions.iter().find(|name| !catalogue::needs_reference(name)) {
                Some(other) => format!("{declare}, or use the convention `{other}`"),
                None => declare,
            };
            return contradiction("convention", message, hint);
        }
    }
    if group.is_empty() {
        return true;
    }
    if !catalogue::gives_each_group(convention) {
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
    let is_reference = catalogue::needs_reference(convention)
        && attribute.iter().zip(group).all(|(name, value)| value.is_some() && groups.get(name) == value.as_ref());
    if is_reference {
        let message =
            format!("`group` is the very group that {} compares with", context.plan.mention("reference_groups"));
        return contradiction("group", message, "name another group".to_owned());
    }
    true
}

/// Notes a contradiction at a key of the criterion, or at the criterion where it lacks the key.
fn contradict(reader: &mut Reader, fields: &Fields<'_>, key: &str, message: String, hint: String) {
    let problem = Problem::new(Code::PlanContradiction, message).hint(hint);
    match fields.get_or_null(key) {
        Some(field) => reader.wrong(&field, problem),
        None => reader.report(fields.place, &fields.path, problem),
    }
}

fn joined(names: &[String], with: &str) -> String {
    names.iter().map(|name| bare(name)).collect::<Vec<_>>().join(with)
}
