//! The exact lines that give this report again.

use crate::findings::v1::Report;

use super::super::text;

/// How to do it again.
pub(in super::super) struct Reproduce {
    /// The line for a shell, where every input is a file.
    pub(in super::super) shell: Option<String>,
    /// The lines for Python.
    pub(in super::super) python: String,
    /// The version that must be installed.
    pub(in super::super) engine: String,
    /// Where it was computed, and how long it took.
    pub(in super::super) provenance: String,
}

/// Reads it off the report.
pub(in super::super) fn reproduce(report: &Report) -> Reproduce {
    let plan = file(report, "plan");
    let as_of = report.as_of.as_deref().map(|day| text::short(day, 40));
    let inputs = ["predictions", "labels", "reference"];
    let in_memory = report
        .provenance
        .sources
        .iter()
        .any(|source| inputs.contains(&source.role.as_str()) && !is_file(&source.format));

    let mut shell = format!("modelassay run {}", quoted(plan.as_deref().unwrap_or("plan.yaml")));
    for (role, option) in [("predictions", "data"), ("labels", "labels"), ("reference", "reference")] {
        if let Some(name) = file(report, role) {
            shell.push_str(&format!(" --{option} {}", quoted(&name)));
        }
    }
    if let Some(day) = &as_of {
        shell.push_str(&format!(" --as-of {}", quoted(day)));
    }

    let data = file(report, "predictions").map_or_else(|| "data".to_owned(), |name| literal(&name));
    let mut python = format!(
        "import modelassay\n\nreport = modelassay.audit(\n    {data},\n    plan={},\n",
        literal(plan.as_deref().unwrap_or("plan.yaml"))
    );
    for role in ["labels", "reference"] {
        if let Some(name) = file(report, role) {
            python.push_str(&format!("    {role}={},\n", literal(&name)));
        } else if report.provenance.sources.iter().any(|source| source.role == role) {
            python.push_str(&format!("    {role}={role},\n"));
        }
    }
    if let Some(day) = &as_of {
        python.push_str(&format!("    as_of={},\n", literal(day)));
    }
    python.push_str(&format!(")\nassert report.digest == {}", literal(&report.digest)));

    let surface = text::short(&report.provenance.surface, 40);
    let time = report
        .provenance
        .elapsed_ms
        .filter(|ms| ms.is_finite())
        .map_or_else(String::new, |ms| format!(" in {} ms", text::significant(ms, 3)));
    Reproduce {
        shell: (!in_memory).then_some(shell),
        python,
        engine: format!("{} {}", text::short(&report.engine.name, 40), text::short(&report.engine.version, 40)),
        provenance: if surface.is_empty() {
            String::new()
        } else {
            format!("Computed on the surface “{surface}”{time}.")
        },
    }
}

fn file(report: &Report, role: &str) -> Option<String> {
    let mut sources = report.provenance.sources.iter();
    let source = sources.find(|source| source.role == role && (is_file(&source.format) || role == "plan"))?;
    (!source.name.trim().is_empty()).then(|| text::short(&source.name, 200))
}

fn is_file(format: &str) -> bool {
    let format = format.to_ascii_lowercase();
    ["csv", "tsv", "parquet", "ipc", "feather", "yaml", "json"].iter().any(|known| format.contains(known))
}

/// A word for a POSIX shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | ':');
    if !word.is_empty() && word.chars().all(plain) && !word.starts_with('-') {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A Python string literal.
fn literal(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', r"\\").replace('"', "\\\""))
}
