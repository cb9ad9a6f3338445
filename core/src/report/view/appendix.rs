//! Every measure, the methods, the inputs and their digests.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::v1::{Measure, Report, TableName, TableSummary};

use super::super::{text, words};

/// The appendix.
pub(in super::super) struct Appendix {
    /// Tables of measures.
    pub(in super::super) measures: Vec<Measures>,
    /// Methods of intervals, each in a sentence.
    pub(in super::super) methods: Vec<(String, &'static str)>,
    /// What was read.
    pub(in super::super) tables: Vec<Table>,
    /// How the labels joined.
    pub(in super::super) labels: Vec<(&'static str, String)>,
    /// The files or objects as they were given.
    pub(in super::super) sources: Vec<Source>,
    /// The plan in full.
    pub(in super::super) plan: String,
    /// Whether the plan was too long to print.
    pub(in super::super) plan_cut: bool,
}

/// Measures that share a subject.
pub(in super::super) struct Measures {
    /// Heading.
    pub(in super::super) title: String,
    /// Whether the rows name groups.
    pub(in super::super) grouped: bool,
    /// The rows.
    pub(in super::super) rows: Vec<MeasureRow>,
    /// How many there are.
    pub(in super::super) total: String,
    /// What was cut off, in words.
    pub(in super::super) more: Option<String>,
}

/// One number.
pub(in super::super) struct MeasureRow {
    /// Its title, and the convention where that is not the standard one.
    pub(in super::super) name: String,
    /// The group.
    pub(in super::super) group: String,
    /// The value, or why there is none.
    pub(in super::super) value: String,
    /// Whether it is a value.
    pub(in super::super) defined: bool,
    /// Its interval.
    pub(in super::super) interval: String,
    /// Rows.
    pub(in super::super) n: String,
    /// Method of the interval.
    pub(in super::super) method: String,
}

/// One table that was read.
pub(in super::super) struct Table {
    /// `Predictions` or `Reference`.
    pub(in super::super) title: &'static str,
    /// Rows, digest and so on, each with its name.
    pub(in super::super) items: Vec<(&'static str, String)>,
    /// Name, role and missing values of every column with a role.
    pub(in super::super) columns: Vec<(String, String, String)>,
    /// What was cut off, in words.
    pub(in super::super) more: Option<String>,
}

/// One file or object.
pub(in super::super) struct Source {
    /// What it was for.
    pub(in super::super) role: String,
    /// Its name.
    pub(in super::super) name: String,
    /// Format and size.
    pub(in super::super) format: String,
    /// Its SHA-256.
    pub(in super::super) sha256: String,
}

/// Rows of one table of measures, and of all of them.
const ROWS: usize = 120;
const ALL_ROWS: usize = 480;
const COLUMNS: usize = 80;
const PLAN: usize = 16_000;

/// Reads it off the report.
pub(in super::super) fn appendix(report: &Report) -> Appendix {
    let plan = serde_json::to_string_pretty(&report.plan.canonical).unwrap_or_default();
    let cut: String = plan.chars().take(PLAN).collect();
    let plan_cut = cut.len() < plan.len();
    let mut tables = vec![table("Predictions", &report.inputs.predictions)];
    tables.extend(report.inputs.reference.iter().map(|summary| table("Reference", summary)));
    Appendix {
        measures: measures(report),
        methods: methods(report),
        tables,
        labels: labels(report),
        sources: report.provenance.sources.iter().take(20).map(source).collect(),
        plan: cut.split('\n').map(text::clean).collect::<Vec<_>>().join("\n"),
        plan_cut,
    }
}

fn measures(report: &Report) -> Vec<Measures> {
    let mut order: Vec<(TableName, &[String])> = Vec::new();
    let mut groups: BTreeMap<(TableName, &[String]), Vec<&Measure>> = BTreeMap::new();
    for measure in &report.measures {
        let key = (measure.table, measure.subject.attribute.as_slice());
        let rows = groups.entry(key).or_default();
        if rows.is_empty() {
            order.push(key);
        }
        rows.push(measure);
    }
    order.sort_by_key(|(table, attribute)| (*table, !attribute.is_empty()));
    let mut left = ALL_ROWS;
    order
        .into_iter()
        .take(40)
        .map(|key| {
            let all = &groups[&key];
            let rows: Vec<_> = all.iter().take(ROWS.min(left)).map(|measure| row(measure)).collect();
            left -= rows.len();
            let more = (all.len() - rows.len()) as u64;
            let mut title =
                if key.1.is_empty() { "All rows".to_owned() } else { format!("By {}", words::attribute(key.1)) };
            if key.0 == TableName::Reference {
                title.push_str(", reference table");
            }
            Measures {
                title,
                grouped: rows.iter().any(|row| row.group != "all rows"),
                total: text::counted(all.len() as u64, "measure", "measures"),
                rows,
                more: (more > 0)
                    .then(|| format!("{} in the JSON.", text::counted(more, "more measure is", "more measures are"))),
            }
        })
        .collect()
}

fn row(measure: &Measure) -> MeasureRow {
    let mut name = words::measure(&measure.name);
    if !measure.convention.is_empty() && measure.convention != "standard" {
        name.push_str(&format!(", {}", text::short(&measure.convention, 40).replace('_', " ")));
    }
    let interval = measure.interval.as_ref();
    MeasureRow {
        name,
        group: match &measure.subject.class {
            Some(class) => format!("class {}, {}", text::short(class, 40), words::group_of(&measure.subject)),
            None => words::group_of(&measure.subject),
        },
        value: match (measure.value, measure.undefined) {
            (Some(value), _) => text::in_table(value),
            (None, Some(reason)) => words::reason(reason).to_owned(),
            (None, None) => text::NONE.to_owned(),
        },
        defined: measure.value.is_some(),
        interval: interval.map_or_else(String::new, |interval| text::limits(interval.lower, interval.upper, 4)),
        n: measure.n.map_or_else(String::new, text::count),
        method: interval.map_or_else(String::new, |interval| text::short(&interval.method, 60)),
    }
}

fn methods(report: &Report) -> Vec<(String, &'static str)> {
    let names: BTreeSet<_> =
        report.measures.iter().filter_map(|measure| measure.interval.as_ref()).map(|i| i.method.as_str()).collect();
    names.into_iter().take(30).map(|name| (text::short(name, 60), words::method(name))).collect()
}

fn table(title: &'static str, summary: &TableSummary) -> Table {
    let mut items = vec![("Rows", text::count(summary.rows))];
    if let Some(period) = &summary.period {
        items.push(("Period", format!("{} to {}", text::short(&period.from, 40), text::short(&period.to, 40))));
    }
    items.push((
        "Scores",
        if summary.score_bits_dropped == 0 {
            "kept exactly".to_owned()
        } else {
            let bits = text::counted(u64::from(summary.score_bits_dropped), "low bit", "low bits");
            format!("{bits} dropped; measures of the score carry bounds")
        },
    ));
    items.push(("Digest of the measurements", text::short(&summary.digest, 128)));
    let more = summary.columns.len().saturating_sub(COLUMNS) as u64;
    Table {
        title,
        items,
        columns: summary
            .columns
            .iter()
            .take(COLUMNS)
            .map(|column| {
                let missing = column.missing.map_or_else(|| "column not in the table".to_owned(), text::count);
                (text::short(&column.name, 80), text::short(&column.role, 40).replace('_', " "), missing)
            })
            .collect(),
        more: (more > 0).then(|| format!("{} in the JSON.", text::counted(more, "more column is", "more columns are"))),
    }
}

fn labels(report: &Report) -> Vec<(&'static str, String)> {
    let Some(labels) = &report.inputs.labels else { return Vec::new() };
    vec![
        ("Rows", text::count(labels.rows)),
        ("Repeated with the same label, counted once", text::count(labels.duplicates)),
        ("Repeated with different labels, not used", text::count(labels.conflicting)),
        ("Without an identifier", text::count(labels.without_id)),
        ("Without a prediction", text::count(labels.unmatched)),
        ("Predictions without a label yet", text::count(labels.predictions_without_label)),
        ("Later than the plan allows", labels.late.map_or_else(|| "cannot be told".to_owned(), text::count)),
    ]
}

fn source(source: &crate::findings::v1::SourceRecord) -> Source {
    let size = source.bytes.map_or_else(String::new, |bytes| format!(", {}", text::counted(bytes, "byte", "bytes")));
    Source {
        role: text::short(&source.role, 40),
        name: text::short(&source.name, 120),
        format: format!("{}{size}", text::short(&source.format, 40)),
        sha256: source.sha256.as_deref().map_or_else(String::new, |hash| text::short(hash, 128)),
    }
}
