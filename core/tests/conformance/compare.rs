//! Looks an entry up in the reports of its case.

use std::collections::BTreeMap;

use modelassay::findings::v1::{Measure, Report, Subject};

use crate::account::Account;
use crate::case::{Case, Entry, Expected};
use crate::mapping::{AuditKind, Field, Mapping, Row, SubjectKind};

/// How an entry fared.
pub(crate) enum Fate {
    Matched,
    /// In exactly the way that the mapping states.
    Different,
    Mismatched(String),
}

/// Puts every entry of a case to account.
pub(crate) fn case(case: &Case, mapping: &Mapping, account: &mut Account) {
    let mut reports: BTreeMap<&str, Report> = BTreeMap::new();
    for entry in &case.entries {
        let row = mapping.row(case.task(), entry);
        let Some((place, row, audit)) = row else {
            account.unmapped(&case.name, entry, mapping.later(case.task(), entry));
            continue;
        };
        let report = reports.entry(audit.name.as_str()).or_insert_with(|| {
            case.audit(audit).unwrap_or_else(|error| panic!("{} {}: {error}", case.name, audit.name))
        });
        account.mapped(mapping, &case.name, place, entry, fate(case, mapping, row, audit, entry, report));
    }
}

/// Of a two-sided interval of 95 %.
const NORMAL_95: f64 = 1.959_963_984_540_054;

fn fate(case: &Case, mapping: &Mapping, row: &Row, audit: &AuditKind, entry: &Entry, report: &Report) -> Fate {
    match row.field {
        Field::Rows => number(entry, report.inputs.predictions.rows),
        Field::Missing => {
            let name = entry.attribute.as_ref().map(|attribute| attribute.names());
            let mut columns = report.inputs.predictions.columns.iter();
            let column = columns.find(|column| Some(std::slice::from_ref(&column.name)) == name);
            match column.and_then(|column| column.missing) {
                Some(missing) => number(entry, missing),
                None => Fate::Mismatched("the report lists no such column".to_owned()),
            }
        }
        Field::ConfusionRow => confusion_row(row, audit, entry, report),
        Field::Value | Field::Interval | Field::Variance | Field::N => {
            let Some(measure) = find(row, audit, entry, report) else {
                return Fate::Mismatched(format!("the report has no {} [{}]", row.measure, row.convention));
            };
            if let Some(wrong) = checked(case, row, entry, measure, report) {
                return Fate::Mismatched(wrong);
            }
            if let Some(different) = mapping.different(row)
                && matches!(entry.value, Some(Expected::One(value)) if different.explains(value, measure.value, measure.undefined))
            {
                return Fate::Different;
            }
            judge(row.field, entry, measure)
        }
    }
}

/// The class that an entry is about.
fn class<'e>(row: &Row, entry: &'e Entry) -> Option<&'e str> {
    row.class.as_ref().and_then(|param| entry.params.get(param)).and_then(|class| class.as_str())
}

fn confusion_row(row: &Row, audit: &AuditKind, entry: &Entry, report: &Report) -> Fate {
    let attribute = entry.attribute.as_ref().map_or(&[][..], |attribute| attribute.names());
    let found = report.confusion.iter().find(|matrix| {
        matrix.table == audit.table && matrix.subject.attribute == attribute && matrix.subject.group == entry.group()
    });
    let Some(matrix) = found else { return Fate::Mismatched("the report has no such matrix".to_owned()) };
    if entry.params["pred_classes"] != serde_json::json!(matrix.classes) {
        return Fate::Mismatched(format!("the classes are {:?}", matrix.classes));
    }
    let place = matrix.classes.iter().position(|name| Some(name.as_str()) == class(row, entry));
    let ours: Vec<f64> = place.map_or(Vec::new(), |place| matrix.rows[place].iter().map(|&rows| rows as f64).collect());
    match &entry.value {
        Some(Expected::Several(theirs))
            if theirs.len() == ours.len()
                && theirs.iter().zip(&ours).all(|(a, b)| a.is_some_and(|a| entry.tolerance.allows(a, *b))) =>
        {
            Fate::Matched
        }
        theirs => Fate::Mismatched(format!("expected {theirs:?}, got {ours:?}")),
    }
}

fn find<'r>(row: &Row, audit: &AuditKind, entry: &Entry, report: &'r Report) -> Option<&'r Measure> {
    let attribute = entry.attribute.as_ref().map_or(&[][..], |attribute| attribute.names());
    let group = entry.group();
    report.measures.iter().find(|measure| {
        let Subject { attribute: ours, group: our_group, .. } = &measure.subject;
        measure.name == row.measure
            && measure.convention == row.convention
            && measure.table == audit.table
            && ours == attribute
            && *our_group == group
            && measure.subject.class.as_deref() == class(row, entry)
            && (entry.may_be(SubjectKind::Gap) || measure.subject.reference.is_empty())
    })
}

/// What is wrong with the params that the report itself can confirm.
fn checked(case: &Case, row: &Row, entry: &Entry, measure: &Measure, report: &Report) -> Option<String> {
    row.checked.iter().find_map(|name| {
        let asked = &entry.params[name];
        let confirmed = match name.as_str() {
            "n" => asked.as_u64() == measure.n,
            "privileged" => {
                let reference = case.reference_group(entry.attribute.as_ref());
                let compared = &measure.subject.reference;
                // What is said of all groups together has no reference.
                asked.as_str() == reference && (compared.is_empty() || *compared == [reference.map(str::to_owned)])
            }
            "dof" => asked.as_u64() == groups_of(report, measure).checked_sub(1),
            _ => false,
        };
        (!confirmed).then(|| format!("{name} is {asked} there; here n {:?}, {:?}", measure.n, measure.subject))
    })
}

fn number(entry: &Entry, ours: u64) -> Fate {
    match entry.value {
        Some(Expected::One(value)) if entry.tolerance.allows(value, ours as f64) => Fate::Matched,
        _ => Fate::Mismatched(format!("expected {:?}, got {ours}", entry.value)),
    }
}

fn judge(field: Field, entry: &Entry, measure: &Measure) -> Fate {
    let ours: Vec<Option<f64>> = match field {
        Field::N => vec![measure.n.map(|n| n as f64)],
        Field::Interval => {
            measure.interval.as_ref().map(|interval| vec![interval.lower, interval.upper]).unwrap_or_default()
        }
        Field::Variance => {
            let limits = measure.interval.as_ref().and_then(|interval| interval.lower.zip(interval.upper));
            let error = limits.map(|(lower, upper)| (upper - lower) / (2.0 * NORMAL_95));
            vec![error.map(|error| error * error)]
        }
        Field::Value => vec![measure.value],
        Field::Rows | Field::Missing | Field::ConfusionRow => unreachable!("no measures"),
    };
    let agree = |theirs: &[Option<f64>]| {
        theirs.len() == ours.len()
            && theirs.iter().zip(&ours).all(|pair| match pair {
                (Some(expected), Some(got)) => entry.tolerance.allows(*expected, *got),
                (expected, got) => expected.is_none() && got.is_none(),
            })
    };
    let agrees = match &entry.value {
        None => measure.value.is_none() && measure.undefined.is_some(),
        Some(Expected::One(value)) => agree(&[Some(*value)]),
        Some(Expected::Several(values)) => agree(values),
    };
    if agrees {
        return Fate::Matched;
    }
    let reason = measure.undefined.map_or(String::new(), |reason| format!(" ({reason:?})"));
    Fate::Mismatched(format!("expected {:?} by {}, got {ours:?}{reason} as {}", entry.value, entry.peer, measure.id))
}

/// Groups of the attribute of a measure whose selection rate exists.
fn groups_of(report: &Report, measure: &Measure) -> u64 {
    let of_attribute = |other: &&Measure| {
        other.name == "selection_rate"
            && other.table == measure.table
            && other.subject.attribute == measure.subject.attribute
            && other.value.is_some()
            && (report.plan.canonical["missing_group"] != "left_out" || other.subject.group.iter().all(Option::is_some))
    };
    report.measures.iter().filter(of_attribute).count() as u64
}
