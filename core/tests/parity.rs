//! One audit, one digest: the Rust share of `tests/parity`.
#![expect(clippy::unwrap_used, reason = "what goes wrong here is a failing test")]
#![expect(clippy::disallowed_methods, reason = "the environment says where the reference data lie")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use modelassay::audit::{Audit, Intake};
use modelassay::error::Result;
use modelassay::findings::v1::{Provenance, Report};
use modelassay::parallel;
use modelassay::plan::{Plan, PlanTable};
use modelassay::table::{Batch, Codes, Column, Numbers, ReadOptions, Sink, csv};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Case {
    plan: String,
    #[serde(default)]
    refdata: bool,
    data: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    as_of: String,
    digest: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn refdata() -> PathBuf {
    root().join(std::env::var("MODELASSAY_REFDATA").unwrap_or_else(|_| "../shared/data".to_owned()))
}

fn cases() -> BTreeMap<String, Case> {
    let text = fs::read_to_string(root().join("tests/parity/digests.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

impl Case {
    /// The case's plan and tables, or `None` (said aloud) when they are not here.
    fn read(&self, name: &str) -> Option<Tables> {
        let folder = if self.refdata { refdata() } else { root() };
        if !folder.join(&self.data).exists() {
            // Past the test harness, which would hide it: a skip must be seen.
            let _ =
                writeln!(std::io::stderr(), "SKIPPED parity case {name}: no reference data (set MODELASSAY_REFDATA)");
            return None;
        }
        let read = |file: &String| fs::read_to_string(folder.join(file)).unwrap();
        let (plan, _) = Plan::parse(&fs::read_to_string(root().join(&self.plan)).unwrap(), &self.plan).unwrap();
        Some(Tables {
            plan,
            data: read(&self.data),
            labels: self.labels.as_ref().map(read),
            reference: self.reference.as_ref().map(read),
            as_of: self.as_of.clone(),
        })
    }
}

struct Tables {
    plan: Plan,
    data: String,
    labels: Option<String>,
    reference: Option<String>,
    as_of: String,
}

impl Tables {
    /// Audits with the predictions measured by `measure`, which gets an empty intake and the CSV text.
    fn audit(&self, measure: impl Fn(Intake, &str) -> Result<Intake>) -> Report {
        let mut audit = Audit::new(self.plan.clone());
        let tables = [
            (PlanTable::Labels, self.labels.as_deref()),
            (PlanTable::Predictions, Some(self.data.as_str())),
            (PlanTable::Reference, self.reference.as_deref()),
        ];
        for (table, text) in tables {
            let Some(text) = text else { continue };
            let intake = audit.intake(table).unwrap();
            audit.accept(measure(intake, text).unwrap()).unwrap();
        }
        audit.finish(Some(&self.as_of), Provenance::default()).unwrap()
    }
}

fn whole(mut intake: Intake, text: &str) -> Result<Intake> {
    csv::read(text.as_bytes(), &intake.columns(), ReadOptions::default(), &mut intake)?;
    Ok(intake)
}

/// Hands batches on in pieces of so many rows.
struct Rechunked<'s> {
    sink: &'s mut Intake,
    rows: usize,
}

impl Sink for Rechunked<'_> {
    fn batch(&mut self, batch: &Batch<'_>, first_row: u64) -> Result<()> {
        for start in (0..batch.rows).step_by(self.rows) {
            let end = (start + self.rows).min(batch.rows);
            let columns = batch.columns.iter().map(|column| column.as_ref().map(|column| slice(column, start, end)));
            let piece = Batch { rows: end - start, columns: columns.collect() };
            self.sink.batch(&piece, first_row + start as u64)?;
        }
        Ok(())
    }
}

fn slice<'a>(column: &'a Column<'_>, start: usize, end: usize) -> Column<'a> {
    match column {
        Column::Category(codes) => Column::Category(Codes {
            codes: Cow::Borrowed(&codes.codes[start..end]),
            dictionary: codes.dictionary.iter().map(|text| Cow::Borrowed(text.as_ref())).collect(),
        }),
        Column::Number(numbers) => Column::Number(Numbers {
            values: Cow::Borrowed(&numbers.values[start..end]),
            missing: numbers.missing.as_ref().map(|missing| missing[start..end].to_vec()),
        }),
        Column::Key(keys) => Column::Key(keys[start..end].to_vec()),
        Column::Time(times) => Column::Time(Cow::Borrowed(&times[start..end])),
        // Only the total counts, so the first piece may carry all of it.
        Column::Presence { missing } => Column::Presence { missing: if start == 0 { *missing } else { 0 } },
    }
}

/// The rows of a CSV text in a seeded order, dealt out to so many texts with the same header.
fn deal(text: &str, parts: usize, seed: u64) -> Vec<String> {
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let mut rows: Vec<(u64, &str)> = lines
        .enumerate()
        .map(|(index, line)| {
            let mut hash = (index as u64 ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^= hash >> 29;
            (hash.wrapping_mul(0xbf58_476d_1ce4_e5b9), line)
        })
        .collect();
    if seed > 0 {
        rows.sort_unstable();
    }
    let mut texts = vec![format!("{header}\n"); parts];
    for (index, (_, line)) in rows.into_iter().enumerate() {
        texts[index % parts].push_str(line);
        texts[index % parts].push('\n');
    }
    texts
}

#[test]
fn every_way_through_the_rust_api_gives_one_digest() {
    let mut cases = cases();
    let update = std::env::var_os("MODELASSAY_UPDATE").is_some();
    for (name, case) in &mut cases {
        let Some(tables) = case.read(name) else { continue };
        let report = tables.audit(whole);
        if update {
            case.digest.clone_from(&report.digest);
        }
        assert_eq!(report.digest, case.digest, "{name}: whole, in order");
        for rows in [1, 7, 4096] {
            let chunked = tables.audit(|mut intake, text| {
                let columns = intake.columns();
                csv::read(
                    text.as_bytes(),
                    &columns,
                    ReadOptions::default(),
                    &mut Rechunked { sink: &mut intake, rows },
                )?;
                Ok(intake)
            });
            assert_eq!(chunked.digest, case.digest, "{name}: chunks of {rows}");
        }
        for (parts, seed, threads) in [(1, 1, 1), (1, 2, 2), (13, 0, 1), (13, 3, 2)] {
            let dealt = tables.audit(|intake, text| {
                let texts = deal(text, parts, seed);
                parallel::measure(&intake, &texts, threads, |text, intake| {
                    csv::read(text.as_bytes(), &intake.columns(), ReadOptions::default(), intake)
                })
            });
            assert_eq!(dealt.digest, case.digest, "{name}: {parts} parts, shuffle {seed}, {threads} threads");
        }
    }
    if update {
        let text = serde_json::to_string_pretty(&cases).unwrap() + "\n";
        fs::write(root().join("tests/parity/digests.json"), text).unwrap();
    }
}

/// Coarsened scores too: merging stays exact when the table has more distinct scores than the plan keeps.
#[test]
fn coarsened_scores_merge_exactly_and_carry_bounds() {
    let text = fs::read_to_string(root().join("examples/mortgage/plan.yaml")).unwrap();
    let text = format!("{text}\nprecision: {{max_keys: 1024}}\n");
    let (plan, _) = Plan::parse(&text, "plan.yaml").unwrap();
    let mut tables = cases()["mortgage"].read("mortgage").unwrap();
    let exact = tables.audit(whole);
    tables.plan = plan;
    let coarse = tables.audit(whole);
    let dealt = tables.audit(|intake, text| {
        parallel::measure(&intake, &deal(text, 13, 5), 2, |text, intake| {
            csv::read(text.as_bytes(), &intake.columns(), ReadOptions::default(), intake)
        })
    });
    assert_eq!(coarse.digest, dealt.digest);
    assert!(coarse.inputs.predictions.score_bits_dropped > 0);
    for id in ["roc_auc", "average_precision"] {
        let value = |report: &Report| report.measures.iter().find(|measure| measure.id == id).cloned().unwrap();
        let bounds = value(&coarse).bounds.unwrap();
        let truth = value(&exact).value.unwrap();
        assert!(bounds.lower <= truth && truth <= bounds.upper, "{id}: {truth} outside {bounds:?}");
        assert!(value(&exact).bounds.is_none());
    }
}
