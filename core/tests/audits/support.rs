//! What tests of audits share: the way to a report, and what is in it.
#![expect(clippy::unwrap_used, reason = "what goes wrong here is a failing test")]

use modelassay::audit::{Audit, Intake};
use modelassay::error::Result;
use modelassay::findings::v1::{Finding, Measure, Provenance, Report};
use modelassay::plan::{Plan, PlanTable};
use modelassay::table::{ReadOptions, csv};

/// A plan that is one.
pub(crate) fn plan(text: &str) -> Plan {
    Plan::parse(text, "plan").unwrap_or_else(|error| panic!("{error}")).0
}

/// Hands a table to an audit.
pub(crate) fn read(audit: &mut Audit, which: PlanTable, text: &str) -> Result<()> {
    let mut intake = audit.intake(which)?;
    csv::read(text.as_bytes(), &intake.columns(), ReadOptions::default(), &mut intake)?;
    audit.accept(intake)
}

/// The rows of a table, measured and to be merged with others.
pub(crate) fn intake(plan: &Plan, table: &str) -> Intake {
    let mut intake = Audit::new(plan.clone()).intake(PlanTable::Predictions).unwrap();
    csv::read(table.as_bytes(), &intake.columns(), ReadOptions::default(), &mut intake).unwrap();
    intake
}

/// The rows of several tables with one header, measured each by itself and merged in their order.
pub(crate) fn merged(plan: &Plan, header: &str, pieces: &[Vec<String>]) -> Intake {
    let mut all = intake(plan, header);
    for piece in pieces {
        all.merge(intake(plan, &format!("{header}{}", piece.concat())));
    }
    all
}

/// The report on measured rows.
pub(crate) fn report(plan: &Plan, intake: Intake) -> Report {
    let mut audit = Audit::new(plan.clone());
    audit.accept(intake).unwrap();
    audit.finish(None, Provenance::default()).unwrap()
}

pub(crate) fn try_audit(text: &str, table: &str) -> Result<Report> {
    let mut audit = Audit::new(plan(text));
    read(&mut audit, PlanTable::Predictions, table)?;
    audit.finish(None, Provenance::default())
}

pub(crate) fn audit(plan: &str, table: &str) -> Report {
    try_audit(plan, table).unwrap_or_else(|error| panic!("{error}"))
}

/// `(times, row)` pairs under a header.
pub(crate) fn table(header: &str, rows: &[(usize, &str)]) -> String {
    let rows = rows.iter().map(|(times, row)| format!("{row}\n").repeat(*times));
    format!("{header}\n{}", rows.collect::<String>())
}

pub(crate) fn measure<'r>(report: &'r Report, id: &str) -> &'r Measure {
    let alike = || {
        let name = id.split([':', '[']).next().unwrap_or_default();
        report.measures.iter().filter(|measure| measure.name == name).map(|m| m.id.as_str()).collect::<Vec<_>>()
    };
    report.measures.iter().find(|measure| measure.id == id).unwrap_or_else(|| panic!("no {id}, only {:?}", alike()))
}

pub(crate) fn finding<'r>(report: &'r Report, id: &str) -> &'r Finding {
    let ids = || report.findings.iter().map(|finding| finding.id.as_str()).collect::<Vec<_>>();
    report.findings.iter().find(|finding| finding.id == id).unwrap_or_else(|| panic!("{id} is not among {:?}", ids()))
}
