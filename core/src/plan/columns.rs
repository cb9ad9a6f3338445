//! Which columns each table of an audit must hold, and how they are read.

use super::model::{Plan, Task};
use crate::error::{Code, Problem, Result};
use crate::table::{ColumnSpec, Kind};

/// One table of an audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanTable {
    /// What the model said, row by row.
    Predictions,
    /// Labels that arrived later, joined to the predictions by id.
    Labels,
    /// What the predictions are compared with, usually the training rows.
    Reference,
}

/// What a column is in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Identifier of a row.
    Id,
    /// When the prediction was made.
    Time,
    /// The outcome that came true.
    Label,
    /// When the label became known.
    LabelTime,
    /// The decision that was taken.
    Prediction,
    /// The model's score of the positive class.
    Score,
    /// The model's score of a class: its place among [`Roles::scores`](super::Roles::scores).
    ClassScore(usize),
    /// A predicted quantile: index into [`Roles::quantiles`](super::Roles::quantiles).
    Quantile(usize),
    /// The decision of the baseline model.
    BaselinePrediction,
    /// The score of the baseline model.
    BaselineScore,
    /// Sample weight.
    Weight,
    /// Repeated subject.
    Cluster,
    /// A protected attribute: index into [`Plan::attributes`].
    Protected(usize),
    /// A stratum: index into [`Plan::attributes`].
    Stratum(usize),
    /// The probability that a row belongs to a group: its place among [`Plan::membership_columns`].
    Membership(usize),
    /// What makes people alike: index into the plan's `consistency.features`.
    Similarity(usize),
    /// An input of the model: index into [`Roles::features`](super::Roles::features).
    Feature(usize),
}

/// A column to read and the role it plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleColumn {
    /// Its role.
    pub role: Role,
    /// What a reader is asked for.
    pub spec: ColumnSpec,
}

impl Plan {
    /// The distinct protected columns and then the strata, in the order in which the plan first names them.
    pub fn attributes(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.protected.iter().flatten().chain(&self.strata) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// Attribute, group and column of every probability of membership, in the order of the plan's canonical form.
    pub fn membership_columns(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.memberships.iter().flat_map(|(attribute, groups)| {
            groups.iter().map(move |(group, column)| (attribute.as_str(), group.as_str(), column.as_str()))
        })
    }

    /// The columns to read from a table, in the order of [`Role`].
    ///
    /// A column that the plan names must be in the predictions, except the label and its time when they are joined
    /// from a labels table. The labels table must hold the id, the label and its time where the plan names one. A
    /// reference table may lack any column: what it lacks is not compared. The baseline model is one of the predictions.
    pub fn columns(&self, table: PlanTable, labels_joined: bool) -> Vec<RoleColumn> {
        let roles = &self.roles;
        let label_here = table != PlanTable::Predictions || !labels_joined;
        let rest_here = table != PlanTable::Labels;
        let optional = table == PlanTable::Reference;
        let compared_here = table == PlanTable::Predictions;
        let baseline = self.baseline.clone().unwrap_or_default();
        let mut columns = Vec::new();
        let mut add = |role: Role, kind: Kind, name: &str| {
            columns.push(RoleColumn { role, spec: ColumnSpec { name: name.to_owned(), kind, optional } });
        };
        let outcome = if self.task == Task::Regression { Kind::Number } else { Kind::Category };
        let scores = roles.scores.values().enumerate().map(|(place, name)| (Role::ClassScore(place), name));
        let quantiles =
            roles.quantiles.iter().enumerate().map(|(place, quantile)| (Role::Quantile(place), &quantile.column));
        let single = [
            (Role::Id, Kind::Key, &roles.id, true),
            (Role::Time, Kind::Time, &roles.time, rest_here),
            (Role::Label, outcome, &roles.label, label_here),
            (Role::LabelTime, Kind::Time, &roles.label_time, label_here),
            (Role::Prediction, outcome, &roles.prediction, rest_here),
            (Role::Score, Kind::Number, &roles.score, rest_here),
            (Role::BaselinePrediction, outcome, &baseline.prediction, compared_here),
            (Role::BaselineScore, Kind::Number, &baseline.score, compared_here),
            (Role::Weight, Kind::Number, &roles.weight, rest_here),
            (Role::Cluster, Kind::Key, &roles.cluster, rest_here),
        ];
        for (role, kind, name, here) in single {
            if let (Some(name), true) = (name, here) {
                add(role, kind, name);
            }
        }
        if rest_here {
            for (role, name) in scores.chain(quantiles) {
                add(role, Kind::Number, name);
            }
        }
        if rest_here {
            for (index, name) in self.attributes().into_iter().enumerate() {
                let protected = self.protected.iter().flatten().any(|other| other == name);
                let role = if protected { Role::Protected(index) } else { Role::Stratum(index) };
                add(role, Kind::Category, name);
            }
            for (place, (_, _, column)) in self.membership_columns().enumerate() {
                add(Role::Membership(place), Kind::Number, column);
            }
            for (place, column) in self.consistency.iter().flat_map(|consistency| &consistency.features).enumerate() {
                add(Role::Similarity(place), Kind::Number, column);
            }
            let kind = if self.proxies { Kind::Category } else { Kind::Presence };
            for (place, name) in roles.features.iter().enumerate() {
                add(Role::Feature(place), kind, name);
            }
        }
        columns
    }

    /// Whether a labels table can be joined: it takes the roles `label` and `id`.
    pub fn check_labels_join(&self) -> Result<()> {
        let mut problems = Vec::new();
        for (key, column) in [("id", &self.roles.id), ("label", &self.roles.label)] {
            if column.is_none() {
                problems.push(
                    Problem::new(
                        Code::PlanMissingKey,
                        format!("labels from another table need the key `{key}`, which the plan does not have"),
                    )
                    .hint(match key {
                        "id" => "name the column that identifies a row in both tables: `id: <column>`",
                        _ => "name the column of the labels table that holds the outcome: `label: <column>`",
                    })
                    .source("plan")
                    .field(key),
                );
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(crate::error::Error { problems }) }
    }
}
