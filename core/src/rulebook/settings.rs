//! What a plan may set of a rulebook, and what it set.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::plan::Key;

/// One setting of a rulebook.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its key in the plan.
    pub key: Key,
    /// Which values it takes.
    pub kind: Kind,
}

/// The values that a setting takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A number between two others, both included.
    Number {
        /// The smallest.
        low: f64,
        /// The largest.
        high: f64,
        /// What holds where the plan says nothing; `None` leaves the rule out.
        default: Option<f64>,
    },
    /// One or several names.
    Names {
        /// The names there are.
        known: &'static [&'static str],
        /// Those that hold where the plan says nothing.
        default: &'static [&'static str],
        /// Whether there may be several.
        several: bool,
    },
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Given {
    /// A number.
    Number(f64),
    /// Names, in the order of the rulebook.
    Names(Vec<&'static str>),
}

/// The settings of one rulebook, defaults filled in; a rule that the plan leaves out is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Settings(BTreeMap<&'static str, Given>);

impl Settings {
    /// The defaults of a list of settings.
    pub fn defaults(settings: &'static [Setting]) -> Self {
        let default = |setting: &Setting| {
            let given = match setting.kind {
                Kind::Number { default, .. } => Given::Number(default?),
                Kind::Names { default, .. } => Given::Names(default.to_vec()),
            };
            Some((setting.key.name, given))
        };
        Self(settings.iter().filter_map(default).collect())
    }

    /// Replaces a default.
    pub fn set(&mut self, name: &'static str, given: Given) {
        self.0.insert(name, given);
    }

    /// A number, where there is one.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match self.0.get(name) {
            Some(Given::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Names.
    pub(super) fn names(&self, name: &str) -> &[&'static str] {
        match self.0.get(name) {
            Some(Given::Names(names)) => names,
            _ => &[],
        }
    }
}
