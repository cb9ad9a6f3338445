//! How rows are sorted into groups: bins of numbers, strata, memberships by probability, pooling, and shares declared.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Code, Problem};
use crate::plan::literal::canonical_value;
use crate::plan::model::{Bins, SmallGroups};
use crate::yaml::reader::{Field, Fields, Reader};
use crate::yaml::tree::Value;
use crate::yaml::words::{list, nearest, quote};

const SMALL_GROUPS: &[(&str, SmallGroups)] = &[("suppress", SmallGroups::Suppress), ("pool", SmallGroups::Pool)];
const PAIRS: &[(&str, ())] = &[("pairs", ())];
/// Most groups that a number is cut into.
const MAX_BINS: usize = 100;
/// Most strata: they multiply with the groups.
const MAX_STRATA: usize = 4;
/// How far the shares of a population may exceed 1, as they are written with few digits.
const SHARES_SLACK: f64 = 0.005;

/// Adds the intersections of every two single attributes, where the plan asks for them.
pub(super) fn intersections(reader: &mut Reader, fields: &Fields<'_>, protected: &mut Vec<Vec<String>>) {
    let Some(field) = fields.get("intersections") else { return };
    if reader.choice(&field, PAIRS).is_none() {
        return;
    }
    let single: Vec<String> = protected.iter().filter(|entry| entry.len() == 1).flatten().cloned().collect();
    for (place, first) in single.iter().enumerate() {
        for second in &single[place + 1..] {
            let crosses = |entry: &Vec<String>| entry.len() == 2 && entry.contains(first) && entry.contains(second);
            if !protected.iter().any(crosses) {
                protected.push(vec![first.clone(), second.clone()]);
            }
        }
    }
}

/// What becomes of small groups.
pub(super) fn small_groups(reader: &mut Reader, fields: &Fields<'_>) -> SmallGroups {
    fields.get("small_groups").and_then(|field| reader.choice(&field, SMALL_GROUPS)).unwrap_or(SmallGroups::Suppress)
}

/// The columns within whose values selection is compared.
pub(super) fn strata(reader: &mut Reader, fields: &Fields<'_>) -> Vec<String> {
    let Some(field) = fields.get("strata") else { return Vec::new() };
    let items = reader.columns_of(&field, "write `strata: [department]`").unwrap_or_default();
    if items.len() > MAX_STRATA {
        let message = format!("`strata` crosses at most {MAX_STRATA} columns, not {}", items.len());
        let hint = "name the columns that may explain a difference and are allowed to";
        reader.wrong(&field, Problem::new(Code::BudgetExceeded, message).hint(hint));
        return Vec::new();
    }
    let mut strata: Vec<String> = Vec::new();
    for item in &items {
        let Some(column) = reader.column(item) else { continue };
        if strata.contains(&column) {
            let message = format!("`strata` lists {} twice", quote(&column));
            reader.wrong(item, Problem::new(Code::PlanInvalidValue, message).hint("remove one of them"));
        } else {
            strata.push(column);
        }
    }
    strata
}

/// How numbers are cut into groups, by attribute or stratum.
pub(super) fn bins(
    reader: &mut Reader,
    fields: &Fields<'_>,
    protected: Option<&[Vec<String>]>,
    strata: &[String],
) -> BTreeMap<String, Bins> {
    let Some(field) = fields.get("bins") else { return BTreeMap::new() };
    let hint = "write `bins: {age: [25, 45]}`, or a number of groups: `bins: {age: 4}`";
    let mut bins = BTreeMap::new();
    for (entry, item) in reader.members(&field, "a mapping from attributes to edges", hint).unwrap_or_default() {
        let known: BTreeSet<&str> =
            protected.into_iter().flatten().flatten().chain(strata).map(String::as_str).collect();
        if protected.is_some() && !known.contains(entry.key.as_str()) {
            unknown_attribute(reader, &item, &entry.key, "`bins` cuts", known.iter().copied());
        }
        if let Some(cut) = one_bins(reader, &item, hint) {
            bins.insert(entry.key.clone(), cut);
        }
    }
    bins
}

fn one_bins(reader: &mut Reader, item: &Field<'_>, hint: &str) -> Option<Bins> {
    match &item.node.value {
        Value::Scalar { .. } => Some(Bins::Quantiles(reader.integer(item, 2, MAX_BINS as u64)? as u32)),
        Value::List(_) => {
            let items = item.items();
            let edges: Vec<f64> = items.iter().map(|edge| reader.number(edge)).collect::<Option<_>>()?;
            let rising = edges.windows(2).all(|pair| pair[0] < pair[1]);
            if edges.is_empty() || edges.len() >= MAX_BINS || !rising {
                let message = format!("the edges of bins are 1 to {} rising numbers", MAX_BINS - 1);
                reader.wrong(item, Problem::new(Code::PlanInvalidValue, message).hint(hint));
                return None;
            }
            Some(Bins::Edges(edges))
        }
        Value::Map(_) => {
            reader.wrong_type(item, "a list of edges or a number of groups", hint);
            None
        }
    }
}

/// Declared shares of the groups of an attribute.
pub(super) fn population(
    reader: &mut Reader,
    fields: &Fields<'_>,
    attributes: Option<&[Vec<String>]>,
) -> BTreeMap<String, BTreeMap<String, f64>> {
    let Some(field) = fields.get("population") else { return BTreeMap::new() };
    let hint = "write `population: {race: {white: 0.6, black: 0.13}}`";
    let mut population = BTreeMap::new();
    for (entry, item) in reader.members(&field, "a mapping from attributes to shares", hint).unwrap_or_default() {
        let single = || attributes.into_iter().flatten().filter(|names| names.len() == 1).flatten();
        if attributes.is_some() && !single().any(|name| *name == entry.key) {
            unknown_attribute(reader, &item, &entry.key, "`population` describes", single().map(String::as_str));
        }
        let mut shares = BTreeMap::new();
        for (group, share) in reader.members(&item, "a mapping from groups to shares", hint).unwrap_or_default() {
            let Some(number) = reader.number(&share) else { continue };
            if number > 0.0 && number <= 1.0 {
                shares.insert(canonical_value(&group.key).into_owned(), number);
            } else {
                let message = format!("the share of {} is not above 0 and at most 1", quote(&group.key));
                let hint = "write 0.13 for 13 %; leave out a group that has no share";
                reader.wrong(&share, Problem::new(Code::PlanInvalidValue, message).hint(hint));
            }
        }
        let total: f64 = shares.values().sum();
        if total > 1.0 + SHARES_SLACK {
            let message = format!("the shares of {} add up to {total:.3}", quote(&entry.key));
            reader
                .wrong(&item, Problem::new(Code::PlanContradiction, message).hint("shares of one whole are at most 1"));
        }
        population.insert(entry.key.clone(), shares);
    }
    population
}

/// Attributes of which only the probability of each group is known.
pub(super) fn memberships(
    reader: &mut Reader,
    fields: &Fields<'_>,
    protected: Option<&[Vec<String>]>,
) -> BTreeMap<String, BTreeMap<String, String>> {
    let Some(field) = fields.get("memberships") else { return BTreeMap::new() };
    if fields.has("cluster") {
        let message =
            format!("{} is not supported together with {}", fields.mention("memberships"), fields.mention("cluster"));
        let hint = "audit a table with one row for each subject, or leave the groups out";
        reader.wrong(&field, Problem::new(Code::NotSupported, message).hint(hint));
    }
    let hint = "write `memberships: {race: {white: p_white, black: p_black}}`";
    let mut memberships = BTreeMap::new();
    for (entry, item) in reader.members(&field, "a mapping from attributes to groups", hint).unwrap_or_default() {
        if protected.into_iter().flatten().flatten().any(|name| *name == entry.key) {
            let message = format!("{} is both known and known as a probability", quote(&entry.key));
            let hint = "give the attribute of `memberships` a name of its own, or take it out of `protected`";
            reader.wrong(&item, Problem::new(Code::PlanContradiction, message).hint(hint));
        }
        let mut groups = BTreeMap::new();
        for (group, column) in reader.members(&item, "a mapping from groups to columns", hint).unwrap_or_default() {
            if let Some(column) = reader.column(&column) {
                groups.insert(canonical_value(&group.key).into_owned(), column);
            }
        }
        if groups.len() < 2 {
            let message = format!("{} has fewer than two groups", quote(&entry.key));
            reader.wrong(&item, Problem::new(Code::PlanContradiction, message).hint(hint));
        }
        memberships.insert(entry.key.clone(), groups);
    }
    memberships
}

fn unknown_attribute<'n>(
    reader: &mut Reader,
    item: &Field<'_>,
    name: &str,
    what: &str,
    known: impl Iterator<Item = &'n str> + Clone,
) {
    let message = format!("{what} {}, which the plan does not compare", quote(name));
    let hint = match nearest(name, known.clone()) {
        Some(near) => format!("did you mean {}?", quote(near)),
        None if known.clone().next().is_none() => "name the attributes in `protected`".to_owned(),
        None => format!("the attributes are {}", list(known)),
    };
    reader.report(item.key, &item.path, Problem::new(Code::PlanContradiction, message).hint(hint));
}
