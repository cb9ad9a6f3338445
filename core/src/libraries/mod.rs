//! How other libraries compute a measure, which number they give on these data, and why they differ.
//!
//! The knowledge is one table: [`functions`] says which function of which library is meant for a measure, [`patterns`] what
//! such functions have in common: formula, rule for empty denominators, what sets them apart, known defects. The numbers
//! come from our own conventions; a defect is described and not computed. Read from the sources of fairlearn 0.15.0,
//! aif360 0.6.1, aequitas 1.1.0, veritastool 2.2.1, holisticai 1.0.14, AI Verify's fairness metrics toolbox 2.2.1 and
//! aedt-audit 0.3.0.

mod functions;
mod markdown;
mod patterns;
mod values;

use serde::Serialize;

use crate::checks::{Judge, registry};
use crate::findings::catalogue::{self, Entry};
use crate::findings::v1::{Interval, Reason, TableName};
use crate::judge::Facts;
use crate::measure::{Group, Measurements};
use crate::plan::Plan;
use functions::{FUNCTIONS, Function};
use patterns::Pattern;

/// One function of a library that computes a measure.
#[derive(Clone, Debug, Serialize)]
pub struct Definition {
    /// Our name of the measure.
    pub measure: &'static str,
    /// The library.
    pub library: &'static str,
    /// Its function or entry.
    pub function: &'static str,
    /// What it computes; `u` is a group, `p` the one it is compared with.
    pub formula: String,
    /// Our convention that computes the same, where there is one.
    pub convention: Option<&'static str>,
    /// What sets it apart from the others.
    pub differs: &'static str,
    /// What it does where a denominator is empty.
    pub empty: &'static str,
    /// What it is known to compute wrongly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defect: Option<&'static str>,
    #[serde(skip)]
    pattern: &'static Pattern,
}

/// A measure as every library computes it, perhaps on given data.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// Our name of the measure.
    pub measure: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The functions, ours first.
    pub definitions: Vec<Definition>,
    /// Their values by attribute; empty without data.
    pub attributes: Vec<AttributeValues>,
}

/// What every function gives between the groups of an attribute.
#[derive(Clone, Debug, Serialize)]
pub struct AttributeValues {
    /// The attribute, or the attributes of an intersection.
    pub attribute: Vec<String>,
    /// The values of each definition, in the order of [`Comparison::definitions`]; none where a function is only described.
    pub values: Vec<Vec<Value>>,
}

/// One value of a function.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Value {
    /// The group it is about; empty when it is about all of them.
    pub group: Group,
    /// The group it is compared with; empty when it is not one group.
    pub reference: Group,
    /// The value; `null` with `undefined` saying why.
    pub value: Option<f64>,
    /// Why there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undefined: Option<Reason>,
    /// Its interval; only our own functions have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
}

/// How libraries compute a measure, or the measures of a check; empty where nothing is known of it.
pub fn compare(name: &str) -> Vec<Comparison> {
    measures(name).into_iter().map(comparison).collect()
}

/// The same on the data that were measured under a plan, worked out on up to so many threads.
pub fn compare_on(plan: &Plan, measurements: &Measurements, name: &str, threads: usize) -> Vec<Comparison> {
    let facts = Facts::new(plan, TableName::Predictions, measurements, threads);
    let on = |entry| {
        let comparison = comparison(entry);
        let attributes = values::values(plan, &facts, entry, &comparison.definitions);
        Comparison { attributes, ..comparison }
    };
    measures(name).into_iter().map(on).collect()
}

/// The measures that a name stands for and that libraries are known to compute.
fn measures(name: &str) -> Vec<&'static Entry> {
    let names: Vec<&str> = match registry::find(name).map(|check| &check.judge) {
        Some(Judge::Measures(names)) => names.to_vec(),
        Some(_) => Vec::new(),
        None => vec![name],
    };
    let known = |entry: &&Entry| FUNCTIONS.iter().any(|function| function.measure == entry.name);
    names.into_iter().filter_map(catalogue::find).filter(known).collect()
}

fn comparison(entry: &'static Entry) -> Comparison {
    let of_measure = FUNCTIONS.iter().filter(|function| function.measure == entry.name);
    Comparison {
        measure: entry.name,
        title: entry.title,
        definitions: of_measure.map(Function::definition).collect(),
        attributes: Vec::new(),
    }
}
