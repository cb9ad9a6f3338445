//! The report as one self-contained HTML file.

use std::collections::BTreeMap;

use askama::Template;

use crate::findings::v1::{Outcome, Report};

use super::svg::{self, Paint};
use super::view::{self, Appendix, Classes, CriterionRow, Facts, Index, Missing, Reproduce, Section, Verdict, Wanted};
use super::{text, words};

/// Criteria shown, and answers shown for each.
const CRITERIA: usize = 100;
const ANSWERS: usize = 8;

#[derive(Template)]
#[template(path = "report.html", whitespace = "minimize")]
struct Page<'a> {
    style: &'static str,
    facts: Facts,
    headlines: Vec<Headline>,
    criteria: Vec<Criterion>,
    criteria_more: Option<String>,
    classes: Option<Classes>,
    sections: Vec<Section>,
    /// Where the findings that are shown stand, by their place in the report.
    links: BTreeMap<usize, String>,
    missing: Vec<Missing>,
    wanted: Vec<Wanted>,
    appendix: Appendix,
    reproduce: Reproduce,
    report: &'a Report,
}

struct Headline {
    outcome: Option<Outcome>,
    href: Option<String>,
    title: String,
    text: String,
}

struct Criterion {
    number: usize,
    row: CriterionRow,
    more: Option<String>,
    hrefs: Vec<String>,
}

/// The report as one HTML file: no script, no request, readable on screen, phone and paper.
pub fn html(report: &Report) -> String {
    let index = Index::new(report);
    let sections = view::sections(&index);
    let links: BTreeMap<_, _> = sections
        .iter()
        .flat_map(|section| section.open.iter().chain(&section.settled))
        .map(|article| (article.place, view::href(&article.anchor)))
        .collect();
    let href = |place: usize| links.get(&place).cloned().unwrap_or_default();
    let rows = view::criteria(&index);
    let more = rows.len().saturating_sub(CRITERIA) as u64;
    let criteria = rows
        .into_iter()
        .take(CRITERIA)
        .enumerate()
        .map(|(place, mut row)| {
            let left = row.answers.len().saturating_sub(ANSWERS) as u64;
            row.answers.truncate(ANSWERS);
            Criterion {
                number: place + 1,
                more: (left > 0)
                    .then(|| format!("{} in the JSON.", text::counted(left, "more answer is", "more answers are"))),
                hrefs: row.answers.iter().map(|answer| href(answer.place)).collect(),
                row,
            }
        })
        .collect();
    let headlines = report
        .headlines
        .iter()
        .take(5)
        .map(|headline| {
            let finding = index.finding(&headline.finding);
            Headline {
                outcome: finding.map(|(_, finding)| finding.outcome),
                href: finding.map(|(place, _)| href(place)).filter(|href| !href.is_empty()),
                title: finding.map_or_else(String::new, |(_, finding)| {
                    format!("{}, {}", text::short(&finding.title, 80), words::about(finding))
                }),
                text: text::clean(&headline.text),
            }
        })
        .collect();
    let page = Page {
        style: include_str!("../../templates/report.css"),
        facts: view::facts(report),
        headlines,
        criteria,
        criteria_more: (more > 0)
            .then(|| format!("{} in the JSON.", text::counted(more, "more criterion is", "more criteria are"))),
        classes: view::classes(&index),
        missing: view::missing(report.findings.iter()),
        wanted: view::wanted(&report.lacking),
        appendix: view::appendix(report),
        reproduce: view::reproduce(report),
        sections,
        links,
        report,
    };
    page.render().unwrap_or_default()
}

impl Page<'_> {
    /// Sign and word of an outcome.
    fn outcome(&self, outcome: &Outcome) -> String {
        format!(
            "<span class=\"o {}\">{}{}</span>",
            words::class(*outcome),
            svg::sign(*outcome, Paint::Page),
            words::outcome(*outcome)
        )
    }

    /// The answer of a criterion to a number, with the number of the criterion, linked to its finding where that is shown.
    fn verdict(&self, verdict: &Verdict) -> String {
        let words = format!("{} <small>({})</small>", self.outcome(&verdict.outcome), verdict.criterion);
        match self.links.get(&verdict.place) {
            Some(href) => format!("<a class=\"o-link v\" href=\"{href}\">{words}</a>"),
            None => format!("<span class=\"v\">{words}</span>"),
        }
    }

    /// A sentence as HTML: what stands between two backticks is code.
    fn prose(&self, sentence: &str) -> String {
        let mut html = String::new();
        let mut rest = sentence;
        while let Some((before, code, after)) = rest
            .split_once('`')
            .and_then(|(before, opened)| opened.split_once('`').map(|(code, after)| (before, code, after)))
        {
            svg::escape(before, &mut html);
            html.push_str("<code>");
            svg::escape(code, &mut html);
            html.push_str("</code>");
            rest = after;
        }
        svg::escape(rest, &mut html);
        html
    }

    fn not_assessed(&self) -> String {
        self.outcome(&Outcome::NotAssessed)
    }

    fn verdict_sign(&self) -> String {
        svg::sign(words::verdict_sign(self.facts.outcome), Paint::Page)
    }

    fn verdict_class(&self) -> &'static str {
        words::class(words::verdict_sign(self.facts.outcome))
    }

    fn strip(&self, strip: &svg::Strip) -> String {
        svg::strip(strip, Paint::Page)
    }

    /// Signs with their words, for the key under the criteria.
    fn key(&self) -> String {
        words::OUTCOMES.iter().rev().map(|outcome| self.outcome(outcome)).collect::<Vec<_>>().join(" ")
    }

    fn plan_digest(&self) -> String {
        text::short(&self.report.plan.digest, 128)
    }
}
