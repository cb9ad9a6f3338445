//! Dossiers: what is read and in which words the rest is refused, and what the checks find in one.

use std::collections::{BTreeMap, BTreeSet};

use modelassay::audit::Audit;
use modelassay::dossier::sections::identity::Tier;
use modelassay::dossier::{Dossier, init_dossier};
use modelassay::findings::v1::{EvidenceClass, Finding, Outcome, Provenance, Report, VerdictOutcome};
use modelassay::plan::{Plan, PlanTable};
use modelassay::table::ReadOptions;
use modelassay::table::csv::CsvReader;
use serde::Deserialize;

const CLEAN: &str = include_str!("fixtures/dossier/clean.yaml");
const DEFECTS: &str = include_str!("fixtures/dossier/defects.toml");
const DAY: &str = "2026-11-23";
const PLAN: &str = "{label: y, prediction: p, score: s, decisions: {1: positive, 0: negative}, protected: [sex], \
                    criteria: [roc_auc >= 0.6, selection_rate_difference by sex <= 0.4]}";

#[derive(Deserialize)]
struct Defects {
    defect: Vec<Defect>,
}

#[derive(Deserialize)]
struct Defect {
    name: String,
    find: String,
    put: String,
    then: BTreeMap<String, String>,
}

/// 400 rows whose ROC AUC is near 0.8.
fn table() -> String {
    let mut text = String::from("y,p,s,sex\n");
    for row in 0..400_u32 {
        let (positive, rank) = (row % 2, (row / 2) % 100);
        // Positives lie between 0.4 and 1, negatives between 0 and 0.7.
        let score = if positive == 1 { 0.4 + 0.006 * f64::from(rank) } else { 0.007 * f64::from(rank) };
        let sex = if (row / 2) % 3 == 0 { "f" } else { "m" };
        text += &format!("{positive},{},{score},{sex}\n", u8::from(score >= 0.5));
    }
    text
}

fn audit(dossier: Option<&str>, as_of: Option<&str>) -> Report {
    audit_by(PLAN, dossier, as_of)
}

fn audit_by(plan: &str, dossier: Option<&str>, as_of: Option<&str>) -> Report {
    audit_of(plan, &table(), dossier, as_of)
}

fn audit_of(plan: &str, table: &str, dossier: Option<&str>, as_of: Option<&str>) -> Report {
    let (plan, _) = Plan::parse(plan, "plan").expect("the plan is sound");
    let mut audit = Audit::new(plan);
    if let Some(text) = dossier {
        audit.give(Dossier::parse(text, "dossier.yaml").unwrap_or_else(|error| panic!("{error}")));
    }
    let mut intake = audit.intake(PlanTable::Predictions).expect("predictions are taken");
    let mut reader = CsvReader::new(&intake.columns(), ReadOptions::default());
    reader.push(table.as_bytes(), &mut intake).expect("the table is sound");
    reader.finish(&mut intake).expect("the table is whole");
    audit.accept(intake).expect("the table is accepted");
    audit.finish(as_of, Provenance::default()).expect("the audit ends")
}

/// The answers of the checks that read the dossier.
fn answers(report: &Report) -> BTreeMap<String, (Outcome, String)> {
    let governance = |finding: &&Finding| {
        let dimension = serde_json::to_value(finding.dimension).expect("a dimension serialises");
        !matches!(dimension.as_str(), Some("performance" | "fairness" | "data" | "predictions"))
    };
    let word = |finding: &Finding| {
        let json = serde_json::to_value(finding).expect("a finding serialises");
        let text = |key: &str| json[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}", text("outcome"), text("reason")).trim().to_owned()
    };
    let findings = report.findings.iter().filter(governance);
    findings.map(|finding| (finding.check.clone(), (finding.outcome, word(finding)))).collect()
}

fn problems(text: &str) -> Vec<String> {
    let error = Dossier::parse(text, "dossier.yaml").expect_err("it is refused");
    error.to_string().lines().map(str::to_owned).collect()
}

#[test]
fn every_check_is_met_by_a_clean_dossier() {
    let report = audit(Some(CLEAN), Some(DAY));
    let answers = answers(&report);
    assert_eq!(answers.len(), 44);
    for finding in &report.findings {
        if answers.contains_key(&finding.check) {
            assert_eq!(finding.outcome, Outcome::Met, "{}: {} {:?}", finding.check, finding.summary, finding.faults);
            assert_eq!(
                finding.evidence_class == EvidenceClass::Test,
                finding.check == "documentation/declared-measures"
            );
        }
    }
}

#[test]
fn every_planted_defect_is_found_and_nothing_else() {
    let before = answers(&audit(Some(CLEAN), Some(DAY)));
    let defects: Defects = toml::from_str(DEFECTS).expect("the defects are TOML");
    let mut missed = Vec::new();
    let mut blind: BTreeSet<&String> = before.keys().collect();
    for Defect { name, find, put, then } in defects.defect {
        assert_eq!(CLEAN.matches(&find).count(), 1, "{name}: its text stands in the dossier once");
        let report = audit(Some(&CLEAN.replace(&find, &put)), Some(DAY));
        let changed: BTreeMap<String, String> = answers(&report)
            .into_iter()
            .filter(|(check, answer)| before.get(check) != Some(answer))
            .map(|(check, (_, word))| (check, word))
            .collect();
        blind.retain(|check| changed.get(*check).is_none_or(|answer| !answer.starts_with("not_met")));
        if changed != then {
            missed.push(format!("{name}: {changed:?} and not {then:?}"));
        }
        let found = |finding: &&Finding| changed.contains_key(&finding.check) && finding.outcome == Outcome::NotMet;
        for finding in report.findings.iter().filter(found) {
            let placed = finding.check == "documentation/dossier" || !finding.faults.is_empty();
            assert!(placed, "{name}: {}", finding.summary);
            assert!(finding.remedy.is_some(), "{name}");
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(blind.is_empty(), "nothing is planted for {blind:?}");
}

#[test]
fn a_fault_says_who_answers_for_it_and_until_when() {
    let defects: Defects = toml::from_str(DEFECTS).expect("the defects are sound");
    let faults = |name: &str| {
        let defect = defects.defect.iter().find(|defect| defect.name == name).expect("there is such a defect");
        let report = audit(Some(&CLEAN.replacen(&defect.find, &defect.put, 1)), Some(DAY));
        let faults = report.findings.into_iter().flat_map(|finding| finding.faults);
        faults.map(|fault| (fault.path, fault.owner, fault.due)).collect::<Vec<_>>()
    };
    let stated = |text: &str| Some(text.to_owned());
    let overdue = faults("a finding was reopened and is overdue");
    assert_eq!(overdue, [("audits[1].findings[0]".to_owned(), stated("p-ops"), stated("2026-09-20"))]);
    // Of a document nobody is said to be the owner.
    let binding = faults("the card describes the artefact before");
    assert_eq!(binding[0].1, stated("p-owner"));
    assert_eq!(binding[0].2, None);
}

#[test]
fn an_input_that_nobody_documented_is_found() {
    let plan = PLAN.replacen("protected:", "features: [debts, income], protected:", 1);
    let added = |line: &str| format!("{line},{}\n", if line.starts_with('y') { "debts,income" } else { "1,1" });
    let table: String = table().lines().map(added).collect();
    let report = audit_of(&plan, &table, Some(CLEAN), Some(DAY));
    let columns = report.findings.iter().find(|finding| finding.check == "documentation/columns").expect("it is asked");
    let faults: Vec<&str> = columns.faults.iter().map(|fault| fault.text.as_str()).collect();
    assert_eq!(faults, ["`debts` is an input and not documented"]);
}

#[test]
fn what_is_due_on_the_day_is_in_time() {
    let before = answers(&audit(Some(CLEAN), Some(DAY)));
    for (find, put) in [
        ("at: 2026-03-01, expires: 2027-03-01", "at: 2026-11-23, expires: 2026-11-23"),
        ("review_at: 2027-01-16", "review_at: 2026-11-23"),
        ("assessed_at: 2026-01-08", "assessed_at: 2026-02-01"),
        ("measured_at: 2026-10-31", "measured_at: 2026-10-23"),
        (
            "permissions: [approve], mfa: true, last_used: 2026-10-15",
            "permissions: [approve], mfa: true, last_used: 2026-08-23",
        ),
        ("access_review: {date: 2026-09-30", "access_review: {date: 2026-08-23"),
        ("threat_model_at: 2026-01-20", "threat_model_at: 2025-11-23"),
        ("dependencies_scanned_at: 2026-11-09", "dependencies_scanned_at: 2026-10-23"),
        ("kind: kill_switch, date: 2026-05-05", "kind: kill_switch, date: 2025-11-23"),
        ("reported_at: 2026-06-12", "reported_at: 2026-06-16T23:59:59Z"),
        ("due: 2026-12-16", "due: 2026-11-23"),
        ("{id: c-2, opened: 2026-11-10}", "{id: c-2, opened: 2026-09-23}"),
        ("done: 2026-03-30, expires: 2027-03-30", "done: 2026-03-30, expires: 2026-11-23"),
        ("done: 2026-04-15", "done: 2025-11-23"),
        ("certified_until: 2027-05-31", "certified_until: 2026-11-23"),
        ("assessed_at: 2026-02-20", "assessed_at: 2025-11-23"),
    ] {
        assert_eq!(CLEAN.matches(find).count(), 1, "{find}");
        assert_eq!(answers(&audit(Some(&CLEAN.replace(find, put)), Some(DAY))), before, "{put}");
    }
}

#[test]
fn a_model_that_affects_nobody_needs_neither_notice_nor_impact_assessment() {
    let text = CLEAN.replace("affects_persons: true", "affects_persons: false");
    let answers = answers(&audit(Some(&text), Some(DAY)));
    for check in ["transparency/notice", "risks/impact"] {
        assert_eq!(answers[check].1, "not_applicable stated_not_applicable", "{check}");
    }
}

#[test]
fn without_a_dossier_one_answer_says_so() {
    let answers = answers(&audit(None, Some(DAY)));
    let expected = (Outcome::NotAssessed, "not_assessed dossier_missing".to_owned());
    assert_eq!(answers, BTreeMap::from([("documentation/dossier".to_owned(), expected)]));
}

#[test]
fn what_is_not_stated_is_never_met() {
    for (text, reason) in [
        ("identity: {model_id: m}", "not_assessed not_stated"),
        ("{documents: unknown, audits: unknown, exceptions: unknown}", "not_assessed stated_unknown"),
        (
            "{documents: {not_applicable: a toy}, audits: {not_applicable: a toy}}",
            "not_applicable stated_not_applicable",
        ),
    ] {
        let answers = answers(&audit(Some(text), Some(DAY)));
        assert!(answers.iter().all(|(_, (outcome, _))| *outcome != Outcome::Met), "{text}: {answers:?}");
        assert_eq!(answers["documentation/binding"].1, reason, "{text}");
        assert_eq!(answers["audit_programme/follow-up"].1, reason, "{text}");
    }
}

#[test]
fn what_stands_under_an_unknown_section_is_unknown() {
    let answers = answers(&audit(Some("{acceptance: unknown, monitoring: unknown, data: unknown}"), Some(DAY)));
    for check in ["acceptance/approval", "acceptance/agreement", "monitoring/thresholds", "data_governance/provenance"]
    {
        assert_eq!(answers[check].1, "not_assessed stated_unknown", "{check}");
    }
}

#[test]
fn a_criterion_on_one_group_is_not_the_approved_one() {
    let plan = PLAN.replace(
        "roc_auc >= 0.6",
        "{measure: roc_auc, comparator: at_least, threshold: 0.6, attribute: sex, group: f}",
    );
    let answers = answers(&audit_by(&plan, Some(CLEAN), Some(DAY)));
    assert_eq!(answers["acceptance/agreement"].1, "not_met");
}

#[test]
fn what_is_excepted_for_a_time_is_conditional() {
    let wrong = CLEAN.replace("value: 0.88", "value: 0.97");
    let excepted = wrong.replace("subject: fairness/group-size", "subject: documentation/declared-measures");
    let exception = |report: &Report| {
        let finding = report.findings.iter().find(|finding| finding.check == "documentation/declared-measures");
        finding.and_then(|finding| finding.exception.clone())
    };
    for (text, day, verdict) in [
        (CLEAN, DAY, VerdictOutcome::Pass),
        (&wrong, DAY, VerdictOutcome::Fail),
        (&excepted, DAY, VerdictOutcome::Conditional),
        // It ended on 2027-01-31.
        (&excepted, "2027-02-01", VerdictOutcome::Fail),
        // The owner may not except what is theirs.
        (
            &excepted.replace("approved_by: p-audit, expires", "approved_by: p-owner, expires"),
            DAY,
            VerdictOutcome::Fail,
        ),
    ] {
        let report = audit(Some(text), Some(day));
        assert_eq!(report.verdict.outcome, verdict, "{}", report.verdict.reason);
        assert_eq!(exception(&report).is_some(), verdict == VerdictOutcome::Conditional);
    }
    let record = exception(&audit(Some(&excepted), Some(DAY))).expect("it has an exception");
    assert_eq!((record.path.as_str(), record.expires.as_str()), ("exceptions[0]", "2027-01-31"));
}

#[test]
fn the_record_that_most_checks_wait_for_comes_first() {
    let lacking = audit(Some("{documents: {not_applicable: a toy}, acceptance: unknown}"), Some(DAY)).lacking;
    let ranked: Vec<(&str, usize)> = lacking.iter().map(|record| (record.path.as_str(), record.checks.len())).collect();
    assert_eq!(ranked[0].1, ranked.iter().map(|(_, checks)| *checks).max().unwrap());
    assert!(ranked.is_sorted_by_key(|(_, checks)| std::cmp::Reverse(*checks)), "{ranked:?}");
    assert!(ranked.iter().any(|(path, checks)| *path == "acceptance.criteria" && *checks == 3), "{ranked:?}");
    assert!(!ranked.iter().any(|(path, _)| *path == "documents"), "what does not apply is not lacking: {ranked:?}");
    assert!(audit(Some(CLEAN), Some(DAY)).lacking.is_empty());
    assert!(audit(None, Some(DAY)).lacking.is_empty());
}

#[test]
fn without_a_day_nothing_that_needs_one_is_answered() {
    let answers = answers(&audit(Some(CLEAN), None));
    for check in ["documentation/currency", "acceptance/set-before-test", "audit_programme/full-audit"] {
        assert_eq!(answers[check].1, "not_assessed as_of_missing");
    }
    assert_eq!(answers["documentation/binding"].0, Outcome::Met);
}

#[test]
fn a_first_dossier_reads_and_states_its_tier() {
    for tier in [Tier::Low, Tier::CriticalCustomerFacing] {
        let text = init_dossier(tier);
        let dossier = Dossier::parse(&text, "dossier.yaml").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(dossier.classification.tier.get(), Some(&tier));
        assert_eq!(dossier.canonical()["classification"]["tier"], tier.word());
        // With every example switched on it is still a dossier.
        let examples: String = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| if line.trim_start().starts_with("# ") { line.replacen("# ", "", 1) } else { line.to_owned() })
            .map(|line| line + "\n")
            .collect();
        let dossier = Dossier::parse(&examples, "examples").unwrap_or_else(|error| panic!("{error}\n{examples}"));
        assert!(dossier.documents.len() == 1 && dossier.identity.artifact.sha256.get().is_some());
    }
}

#[test]
fn equal_statements_have_one_digest() {
    let yaml = Dossier::parse("identity: {model_id: m}\nrisks: [{id: r, severity: 4}]\n", "a").expect("it is sound");
    let json = Dossier::parse(r#"{"risks": {"severity": 4.0, "id": "r"}, "identity": {"model_id": "m"}}"#, "b");
    assert_eq!(yaml.digest(), json.expect("it is sound").digest());
    let with_evidence = "identity: {model_id: {value: m, evidence: [{uri: a.json}], asserted_by: p}}\n";
    assert_ne!(yaml.digest(), Dossier::parse(with_evidence, "c").expect("it is sound").digest());
}

#[test]
fn everything_wrong_is_said_at_once_with_its_place() {
    let text = "schema_version: 2\nidentty: {}\npeople:\n  persons:\n    - {id: a, roles: [developr]}\n    - {id: a}\n    \
                - {name: x}\nimpact: {assessed_at: 2026-02-30}\nidentity: {artifact: {sha256: 12}}\n\
                risks: [{id: r, severity: -1}]\nretention: {not_applicable: }\n";
    let found = problems(text);
    for part in [
        "dossier.yaml, line 1, column 1, schema_version: this release reads version 1",
        "line 2, column 1, identty: a dossier has no key `identty` (did you mean `identity`?)",
        "line 5, column 23, people.persons[0].roles[0]: `roles[0]` must be one of",
        "line 6, column 12, people.persons[1].id: the id `a` stands twice",
        "line 7, column 7, people.persons[2].id: a person needs the key `id`",
        "line 8, column 23, impact.assessed_at: `assessed_at` must be a date of the calendar",
        "identity.artifact.sha256: `12` is not a SHA-256",
        "risks[0].severity: `severity` must be a whole number",
        "retention.not_applicable: a value that is not applicable needs the key",
    ] {
        assert!(found.iter().any(|line| line.contains(part)), "{part}\n{}", found.join("\n"));
    }
}

#[test]
fn hostile_texts_are_refused_in_bounds() {
    for (text, code) in [
        ("a: &x [1]\nb: *x\n", "dossier_syntax"),
        (&format!("risks: {}", "[".repeat(200)), "budget_exceeded"),
        (&format!("purpose: {{intended_use: {}}}", "x".repeat(5 << 20)), "budget_exceeded"),
        ("", "dossier_missing_key"),
        ("- a\n- b\n", "dossier_wrong_type"),
    ] {
        let error = Dossier::parse(text, "d").expect_err("it is refused");
        assert_eq!(error.problems[0].code.as_str(), code, "{}", &text[..text.len().min(40)]);
    }
}
