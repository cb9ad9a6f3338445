//! One audit from tables to report: what every surface calls.
//!
//! ```text
//! Plan::parse -> Audit::new -> intake(Labels) -> accept -> intake(Predictions) -> accept -> finish -> Report
//! ```
//! Labels that arrived in another table are read first; predictions and the reference table follow in any order.

use std::sync::Arc;

use crate::dossier::Dossier;
use crate::error::{Code, Error, Problem, Result};
use crate::findings::v1::{Provenance, Report};
use crate::judge;
use crate::libraries::{self, Comparison};
use crate::measure::{LabelIndex, LabelIntake, Measurements, TableIntake};
use crate::plan::{Plan, PlanTable, RoleColumn};
use crate::table::{Batch, ColumnSpec, Sink};

/// An audit in progress.
#[derive(Debug)]
pub struct Audit {
    plan: Plan,
    labels: Option<Arc<LabelIndex>>,
    predictions: Option<Measurements>,
    reference: Option<Measurements>,
    dossier: Option<Dossier>,
    threads: usize,
}

/// Takes the rows of one table; make several with [`Audit::intake`] and merge them to measure in parallel.
#[derive(Clone, Debug)]
pub enum Intake {
    /// A labels table.
    Labels(Box<LabelIntake>),
    /// The predictions or the reference table.
    Rows(PlanTable, Box<TableIntake>),
}

impl Audit {
    /// An audit under a plan.
    pub fn new(plan: Plan) -> Self {
        Self { plan, labels: None, predictions: None, reference: None, dossier: None, threads: 1 }
    }

    /// Judges on up to so many threads; without it on the calling one. It never changes a result.
    #[must_use]
    pub fn on_threads(self, threads: usize) -> Self {
        Self { threads, ..self }
    }

    /// Adds the governance evidence.
    #[cfg(feature = "dossier")]
    pub fn give(&mut self, dossier: Dossier) {
        self.dossier = Some(dossier);
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// An empty intake for a table. Call it for [`PlanTable::Predictions`] only after the labels were accepted.
    pub fn intake(&self, table: PlanTable) -> Result<Intake> {
        Ok(match table {
            PlanTable::Labels => {
                self.plan.check_labels_join()?;
                Intake::Labels(Box::new(LabelIntake::new(&self.plan)))
            }
            PlanTable::Predictions => {
                Intake::Rows(table, Box::new(TableIntake::new(&self.plan, table, self.labels.clone())))
            }
            PlanTable::Reference => Intake::Rows(table, Box::new(TableIntake::new(&self.plan, table, None))),
        })
    }

    /// Ends a table.
    pub fn accept(&mut self, intake: Intake) -> Result<()> {
        match intake {
            Intake::Labels(intake) => self.labels = Some(Arc::new(intake.finish()?)),
            Intake::Rows(PlanTable::Reference, intake) => self.reference = Some(intake.finish("reference")?),
            Intake::Rows(_, intake) => self.predictions = Some(intake.finish("predictions")?),
        }
        Ok(())
    }

    /// How libraries compute a measure, or the measures of a check, and what they would give on the predictions; empty
    /// where nothing is known of it.
    pub fn compare_libraries(&self, name: &str) -> Result<Vec<Comparison>> {
        let predictions = self.predictions.as_ref().ok_or_else(no_predictions)?;
        Ok(libraries::compare_on(&self.plan, predictions, name, self.threads))
    }

    /// Judges what was read. `as_of` is the day the audit speaks for, an ISO 8601 date.
    pub fn finish(self, as_of: Option<&str>, provenance: Provenance) -> Result<Report> {
        let predictions = self.predictions.ok_or_else(no_predictions)?;
        let reference = self.reference.as_ref();
        let dossier = if cfg!(feature = "dossier") { self.dossier.as_ref() } else { None };
        judge::judge(&self.plan, &predictions, reference, dossier, as_of, provenance, self.threads)
    }
}

fn no_predictions() -> Error {
    Problem::new(Code::TableEmpty, "no predictions were given").source("predictions").into()
}

impl Intake {
    /// What a reader is asked for, in this order.
    pub fn columns(&self) -> Vec<ColumnSpec> {
        let columns: &[RoleColumn] = match self {
            Self::Labels(intake) => intake.columns(),
            Self::Rows(_, intake) => intake.columns(),
        };
        columns.iter().map(|column| column.spec.clone()).collect()
    }

    /// Does what is better done by the thread that added rows than by the one that merges; it changes no result.
    pub fn settle(&mut self) {
        match self {
            Self::Labels(_) => {}
            Self::Rows(_, intake) => intake.settle(),
        }
    }

    /// Adds all of another intake of the same table; the order never matters.
    pub fn merge(&mut self, other: Self) {
        match (self, other) {
            (Self::Labels(mine), Self::Labels(theirs)) => mine.merge(*theirs),
            (Self::Rows(_, mine), Self::Rows(_, theirs)) => mine.merge(*theirs),
            _ => debug_assert!(false, "intakes of different tables are never merged"),
        }
    }
}

impl Sink for Intake {
    fn batch(&mut self, batch: &Batch<'_>, first_row: u64) -> Result<()> {
        match self {
            Self::Labels(intake) => intake.batch(batch, first_row),
            Self::Rows(_, intake) => intake.batch(batch, first_row),
        }
    }
}
