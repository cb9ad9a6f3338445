//! `judge`: from measurements to a report. No clock, no environment, no randomness but from the plan's seed: everything that
//! matters is an input.

mod classes;
mod confusion;
mod consequence;
mod criteria;
mod curves;
mod digest;
mod estimate;
mod exceptions;
mod facts;
mod findings;
pub(crate) mod gap;
mod grouping;
mod headlines;
mod inputs;
mod linked;
mod measures;
mod numbers;
mod provide;
mod responsible;
mod reversal;
mod scores;
mod sentences;
mod suppress;
mod verdict;

use jiff::civil::Date;

use crate::table::parse_day;

use crate::dossier::Dossier;
use crate::error::{Code, Problem, Result};
use crate::findings::v1::{Engine, Measure, PlanRecord, Provenance, Report, SCHEMA_VERSION, TableName};
use crate::measure::Measurements;
use crate::measure::counts::Decided;
use crate::plan::{Plan, Role, Side};

pub(crate) use estimate::{Estimate, Share, rate};
pub(crate) use facts::{Dimension, Facts, GroupFacts};
pub(crate) use measures::interval;
pub(crate) use reversal::{Reversal, reversal};

/// What a check may look at.
pub(crate) struct Context<'a> {
    /// The plan.
    pub(crate) plan: &'a Plan,
    /// The predictions.
    pub(crate) facts: &'a Facts<'a>,
    /// The end of the `as_of` day, in microseconds since 1970.
    pub(crate) as_of: Option<i64>,
    /// The day the audit speaks for.
    pub(crate) day: Option<Date>,
    /// The governance evidence.
    pub(crate) dossier: Option<&'a Dossier>,
}

impl Context<'_> {
    /// Rows with a decision of that side.
    pub(crate) fn decided(&self, side: Side) -> u64 {
        let decision = match side {
            Side::Positive => Decided::Positive,
            Side::Negative => Decided::Negative,
        };
        self.facts.overall.confusion.rows.column(decision as usize).sum()
    }
}

/// The name of a role on the wire.
pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Id => "id",
        Role::Time => "time",
        Role::Label => "label",
        Role::LabelTime => "label_time",
        Role::Prediction => "prediction",
        Role::Score | Role::ClassScore(_) => "score",
        Role::Quantile(_) => "quantile",
        Role::BaselinePrediction => "baseline_prediction",
        Role::BaselineScore => "baseline_score",
        Role::Weight => "weight",
        Role::Cluster => "cluster",
        Role::Protected(_) => "protected",
        Role::Stratum(_) => "stratum",
        Role::Membership(_) => "membership",
        Role::Similarity(_) => "consistency",
        Role::Feature(_) => "feature",
    }
}

/// Runs every check and seals the report with its digest.
///
/// `as_of` is the day the audit speaks for (ISO 8601); what depends on it is not assessed without it. The report is the
/// same on any number of `threads`.
pub fn judge(
    plan: &Plan,
    predictions: &Measurements,
    reference: Option<&Measurements>,
    dossier: Option<&Dossier>,
    as_of: Option<&str>,
    provenance: Provenance,
    threads: usize,
) -> Result<Report> {
    let day = as_of.map(day).transpose()?;
    let facts = Facts::new(plan, TableName::Predictions, predictions, threads);
    let reference_facts = reference.map(|measurements| Facts::new(plan, TableName::Reference, measurements, threads));
    let context = Context { plan, facts: &facts, as_of: day.map(end_of_day), day, dossier };
    let tables = || std::iter::once(&facts).chain(&reference_facts);
    let measures: Vec<Measure> =
        tables().flat_map(Facts::each).flat_map(|facts| measures::measures(plan, facts, threads)).collect();
    let curves = tables().flat_map(Facts::each).flat_map(|facts| curves::curves(plan, facts, threads)).collect();
    let confusion = tables().flat_map(|facts| confusion::matrices(plan, facts)).collect();
    let mut findings = findings::findings(&context);
    exceptions::mark(&context, &mut findings);
    responsible::name(&context, &mut findings);
    let canonical = plan.canonical();
    let mut report = Report {
        schema_version: SCHEMA_VERSION.to_owned(),
        engine: Engine { name: "modelassay".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        model: plan.model.clone(),
        task: plan.task,
        as_of: as_of.map(str::to_owned),
        plan: PlanRecord { digest: plan.digest(), canonical },
        inputs: inputs::inputs(plan, predictions, reference, dossier),
        verdict: verdict::verdict(plan, &findings),
        headlines: headlines::headlines(&findings),
        findings,
        lacking: dossier.map(provide::lacking).unwrap_or_default(),
        measures: Vec::new(),
        curves,
        confusion,
        digest: String::new(),
        provenance,
    };
    report.digest = digest::digest(&report, &measures, threads)?;
    Ok(Report { measures, ..report })
}

/// The day the audit speaks for, from its ISO 8601 text.
pub fn day(as_of: &str) -> Result<Date> {
    parse_day(as_of).ok_or_else(|| {
        Problem::new(Code::PlanInvalidValue, format!("as_of is \"{as_of}\", which is not a date"))
            .source("plan")
            .field("as_of")
            .hint("write an ISO 8601 date such as 2026-11-23")
            .into()
    })
}

/// The last microsecond of a day.
pub(crate) fn end_of_day(day: Date) -> i64 {
    const DAY: i64 = 86_400_000_000;
    let since = day.duration_since(jiff::civil::date(1970, 1, 1));
    since.as_secs() * 1_000_000 + (DAY - 1)
}
