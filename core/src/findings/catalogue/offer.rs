//! The catalogue as a surface offers it to a person who sets a criterion.

use serde::Serialize;

use super::{Aspect, Entry, MEASURES, Need, conventions};
use crate::plan::Task;

/// What a person can choose.
#[derive(Debug, Serialize)]
pub struct Offer {
    /// Every measure that a criterion may name, in the order of reports.
    pub measures: Vec<OfferedMeasure>,
    /// Every convention of these, and what it is in words.
    pub conventions: Vec<(&'static str, &'static str)>,
}

/// A measure that a criterion may name.
#[derive(Debug, Serialize)]
pub struct OfferedMeasure {
    /// The name used in plans.
    pub name: &'static str,
    /// Other names that a plan may use.
    pub aliases: &'static [&'static str],
    /// For people.
    pub title: &'static str,
    /// What it needs.
    pub needs: &'static [Need],
    /// Whether it compares groups.
    pub compares: bool,
    /// Whether it may be asked of each group.
    pub of_groups: bool,
    /// Its conventions for a binary model, the default first; empty where it is no measure of one, as below.
    pub binary: Vec<&'static str>,
    /// Those for a model of several classes as a whole.
    pub multiclass: Vec<&'static str>,
    /// Those for one class of such a model.
    pub class: Vec<&'static str>,
    /// Those for a model that predicts a number.
    pub regression: Vec<&'static str>,
    /// Those that have no interval, so that the point value must decide.
    pub points: Vec<&'static str>,
}

/// What can be chosen.
pub fn offer() -> Offer {
    let measures: Vec<OfferedMeasure> =
        MEASURES.iter().filter(|entry| entry.may_be_criterion()).map(OfferedMeasure::of).collect();
    let mut names: Vec<&'static str> = MEASURES.iter().flat_map(Entry::all_conventions).collect();
    names.sort_unstable();
    names.dedup();
    Offer { measures, conventions: names.into_iter().map(|name| (name, conventions::in_words(name))).collect() }
}

impl OfferedMeasure {
    fn of(entry: &'static Entry) -> Self {
        Self {
            name: entry.name,
            aliases: entry.aliases,
            title: entry.title,
            needs: entry.needs,
            compares: entry.compares_groups(),
            of_groups: entry.is_of_groups(),
            binary: entry.conventions_of(Aspect::Model(Task::Binary)),
            multiclass: entry.conventions_of(Aspect::Model(Task::Multiclass)),
            class: entry.conventions_of(Aspect::Class),
            regression: entry.conventions_of(Aspect::Model(Task::Regression)),
            points: entry.all_conventions().filter(|convention| !entry.has_interval(convention)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_convention_has_words_of_its_own() {
        let offer = offer();
        let mut words: Vec<_> = offer.conventions.iter().map(|(_, words)| *words).collect();
        for (name, words) in &offer.conventions {
            assert!(!words.is_empty(), "{name}");
        }
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), offer.conventions.len());
    }

    #[test]
    fn every_measure_is_of_some_model() {
        for measure in offer().measures {
            let all = [&measure.binary, &measure.multiclass, &measure.class, &measure.regression];
            assert!(all.iter().any(|conventions| !conventions.is_empty()), "{}", measure.name);
        }
    }
}
