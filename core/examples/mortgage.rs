//! Audits the mortgage example through the Rust API and prints the report as JSON.
//!
//! `cargo run --example mortgage [AS_OF]`, from the root of the repository.

use std::fs::{self, File};
use std::path::Path;

use modelassay::audit::Audit;
use modelassay::findings::v1::Provenance;
use modelassay::plan::{Plan, PlanTable};
use modelassay::table::ReadOptions;
use modelassay::table::csv;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new("examples/mortgage");
    let (plan, sources) = Plan::parse(&fs::read_to_string(folder.join("plan.yaml"))?, "plan.yaml")?;
    let options = ReadOptions::with_missing_values(&plan.missing_values);
    let mut audit = Audit::new(plan);
    let tables = [
        (PlanTable::Labels, sources.labels),
        (PlanTable::Predictions, sources.data),
        (PlanTable::Reference, sources.reference),
    ];
    for (table, file) in tables {
        let Some(file) = file else { continue };
        let mut intake = audit.intake(table)?;
        csv::read(File::open(folder.join(file))?, &intake.columns(), options.clone(), &mut intake)?;
        audit.accept(intake)?;
    }
    let provenance = Provenance { surface: "rust".to_owned(), ..Provenance::default() };
    let report = audit.finish(std::env::args().nth(1).as_deref(), provenance)?;
    #[expect(clippy::print_stdout, reason = "printing is what this example is for")]
    {
        println!("{}", serde_json::to_string_pretty(&report)?);
    }
    Ok(())
}
