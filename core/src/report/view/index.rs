//! Finding one's way in a report.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::catalogue::{self, Aspect, Shape};
use crate::findings::v1::{CriterionRecord, Finding, Measure, Outcome, Report, Subject, TableName, Task};

/// A report with its cross-references resolved.
pub(in super::super) struct Index<'a> {
    /// The report.
    pub(in super::super) report: &'a Report,
    measures: BTreeMap<&'a str, &'a Measure>,
    judged: BTreeMap<&'a str, Vec<Answer<'a>>>,
    anchors: Vec<String>,
    pinned: BTreeSet<usize>,
}

/// What a criterion said of a measure.
#[derive(Clone, Copy)]
pub(in super::super) struct Answer<'a> {
    /// Place of the finding.
    pub(in super::super) place: usize,
    /// The answer.
    pub(in super::super) outcome: Outcome,
    /// The criterion.
    pub(in super::super) record: &'a CriterionRecord,
}

impl<'a> Index<'a> {
    /// Reads the report once.
    pub(in super::super) fn new(report: &'a Report) -> Self {
        let measures = report.measures.iter().map(|measure| (measure.id.as_str(), measure)).collect();
        let mut judged: BTreeMap<&str, Vec<Answer<'_>>> = BTreeMap::new();
        for (place, finding) in report.findings.iter().enumerate() {
            if let (Some(id), Some(record)) = (&finding.measure, &finding.criterion) {
                judged.entry(id.as_str()).or_default().push(Answer { place, outcome: finding.outcome, record });
            }
        }
        let headlines: BTreeSet<_> =
            report.headlines.iter().take(5).map(|headline| headline.finding.as_str()).collect();
        let findings = report.findings.iter().enumerate();
        let pinned =
            findings.filter(|(_, f)| headlines.contains(f.id.as_str())).map(|(place, _)| place).take(20).collect();
        Self { report, measures, judged, anchors: anchors(&report.findings), pinned }
    }

    /// Whether a headline speaks of the finding at a place, so that it must be shown.
    pub(in super::super) fn is_pinned(&self, place: usize) -> bool {
        self.pinned.contains(&place)
    }

    /// The measure a finding rests on.
    pub(in super::super) fn measure_of(&self, finding: &Finding) -> Option<&'a Measure> {
        self.measures.get(finding.measure.as_deref()?).copied()
    }

    /// The answers of all criteria that judged a measure.
    pub(in super::super) fn judgements(&self, measure: &Measure) -> &[Answer<'a>] {
        self.judged.get(measure.id.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The worst of these answers.
    pub(in super::super) fn worst(&self, measure: &Measure) -> Option<Outcome> {
        self.judgements(measure).iter().map(|answer| answer.outcome).min()
    }

    /// The measures that criteria judge in single groups of an attribute, gaps aside, in the order of the catalogue.
    pub(in super::super) fn judged_of_groups(&self, attribute: &[String]) -> Vec<&'a str> {
        let names: BTreeSet<_> = self
            .judged
            .keys()
            .filter_map(|id| self.measures.get(id))
            .filter(|measure| {
                let subject = &measure.subject;
                measure.table == TableName::Predictions
                    && subject.attribute == attribute
                    && !subject.group.is_empty()
                    && subject.reference.is_empty()
                    && is_standard(measure)
            })
            .filter_map(|measure| {
                let place = catalogue::MEASURES.iter().position(|entry| entry.name == measure.name)?;
                Some((place, measure.name.as_str()))
            })
            .collect();
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// The worst answer to a criterion about a group.
    pub(in super::super) fn worst_of_group(&self, subject: &Subject) -> Option<Outcome> {
        let about = |finding: &&Finding| {
            finding.criterion.is_some()
                && finding.subject.attribute == subject.attribute
                && finding.subject.group == subject.group
        };
        self.report.findings.iter().filter(about).map(|finding| finding.outcome).min()
    }

    /// A finding by its id, with its place.
    pub(in super::super) fn finding(&self, id: &str) -> Option<(usize, &'a Finding)> {
        self.report.findings.iter().enumerate().find(|(_, finding)| finding.id == id)
    }

    /// The anchor of the finding at a place: its id where that can stand in a page.
    pub(in super::super) fn anchor(&self, place: usize) -> &str {
        self.anchors.get(place).map_or("findings", String::as_str)
    }

    /// A number about all rows of the predictions, by its default definition.
    pub(in super::super) fn overall(&self, name: &str) -> Option<&'a Measure> {
        self.here().find(|measure| measure.name == name && self.is_default(measure) && is_overall(&measure.subject))
    }

    /// A number of one class against the rest, about all rows, by its default definition.
    pub(in super::super) fn of_class(&self, class: &str, name: &str) -> Option<&'a Measure> {
        let mut measures = self.here().filter(|measure| measure.name == name && measure.subject.attribute.is_empty());
        measures.find(|measure| measure.subject.class.as_deref() == Some(class) && is_standard(measure))
    }

    /// Whether a measure stands under the definition that is meant where none is named.
    fn is_default(&self, measure: &Measure) -> bool {
        let of_classes = Aspect::Model(Task::Multiclass);
        is_standard(measure)
            || (self.report.task == Task::Multiclass
                && catalogue::find(&measure.name).and_then(|entry| entry.default_convention(of_classes))
                    == Some(measure.convention.as_str()))
    }

    /// Whether the model predicts a number.
    pub(in super::super) fn is_of_numbers(&self) -> bool {
        self.report.task == Task::Regression
    }

    /// Measures of the table under audit.
    pub(in super::super) fn here(&self) -> impl Iterator<Item = &'a Measure> + use<'a> {
        self.report.measures.iter().filter(|measure| measure.table == TableName::Predictions)
    }

    /// Every attribute or intersection with numbers by group, in order of appearance.
    pub(in super::super) fn attributes(&self) -> Vec<&'a [String]> {
        let mut seen = BTreeSet::new();
        self.here()
            .map(|measure| measure.subject.attribute.as_slice())
            .filter(|attribute| !attribute.is_empty() && seen.insert(*attribute))
            .collect()
    }

    /// A measure in every group of an attribute.
    pub(in super::super) fn by_group(&self, attribute: &[String], name: &str) -> Vec<&'a Measure> {
        self.here()
            .filter(|measure| {
                measure.name == name
                    && self.is_default(measure)
                    && measure.subject.attribute == attribute
                    && !measure.subject.group.is_empty()
                    && measure.subject.reference.is_empty()
                    && is_plain(&measure.subject)
            })
            .collect()
    }
}

fn is_standard(measure: &Measure) -> bool {
    measure.convention == "standard" || measure.convention.is_empty()
}

/// Whether a subject is the whole table.
pub(super) fn is_overall(subject: &Subject) -> bool {
    subject.attribute.is_empty() && subject.group.is_empty() && is_plain(subject)
}

/// Whether a subject has no class, window or column.
pub(super) fn is_plain(subject: &Subject) -> bool {
    subject.class.is_none() && subject.window.is_none() && subject.feature.is_none()
}

/// Values a measure can take, as far as its shape tells.
pub(super) fn natural(name: &str) -> (f64, f64) {
    let entry = catalogue::find(name);
    let unbounded = |shape: Shape| matches!(shape, Shape::Loss | Shape::Positive | Shape::Statistic | Shape::Skill);
    match entry.map(|entry| entry.shape) {
        Some(Shape::Difference)
            if entry.and_then(|entry| entry.of).and_then(catalogue::find).is_some_and(|base| unbounded(base.shape)) =>
        {
            (f64::NEG_INFINITY, f64::INFINITY)
        }
        Some(Shape::Rate | Shape::Index) => (0.0, 1.0),
        Some(Shape::PValue) => (0.0, 1.0),
        Some(Shape::Difference | Shape::Coefficient | Shape::Change) => (-1.0, 1.0),
        Some(Shape::Statistic) => (f64::NEG_INFINITY, f64::INFINITY),
        Some(Shape::Skill) => (f64::NEG_INFINITY, 1.0),
        Some(Shape::Loss | Shape::Ratio | Shape::Count | Shape::Positive) => (0.0, f64::INFINITY),
        None => (f64::NEG_INFINITY, f64::INFINITY),
    }
}

/// One anchor a finding: its id, unless that is too long for a link, holds spaces or is taken.
fn anchors(findings: &[Finding]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    findings
        .iter()
        .enumerate()
        .map(|(place, finding)| {
            let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\'' | '&');
            let plain = finding.id.len() <= 120 && !finding.id.is_empty() && !finding.id.contains(odd);
            let plain = plain && super::super::text::clean(&finding.id) == finding.id;
            let id = if plain { finding.id.clone() } else { format!("finding-{}", place + 1) };
            if taken.insert(id.clone()) { id } else { format!("finding-{}", place + 1) }
        })
        .collect()
}

/// An anchor as a link: what a fragment cannot hold is percent-encoded.
pub(in super::super) fn href(anchor: &str) -> String {
    use std::fmt::Write;
    let mut out = String::from("#");
    for byte in anchor.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' | b':' | b'=' | b',' => {
                out.push(byte.into());
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
