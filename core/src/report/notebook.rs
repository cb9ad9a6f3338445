//! The report in a notebook: a compact fragment that carries all of its style with it.

use std::fmt::Write;

use crate::findings::v1::{Outcome, Report};

use super::svg::{self, Paint, escape};
use super::view::{self, Index};
use super::{text, words};

/// Criteria, answers of one criterion, attributes with their groups and columns, and reasons shown at most.
const CRITERIA: usize = 12;
const ANSWERS: usize = 4;
const ATTRIBUTES: usize = 2;
const GROUPS: usize = 8;
const COLUMNS: usize = 6;
const REASONS: usize = 5;

const ROOT: &str = "font:14px/20px var(--jp-content-font-family,system-ui,sans-serif);\
color:var(--jp-content-font-color1,inherit);background:transparent;max-width:880px;\
font-variant-numeric:tabular-nums;overflow-wrap:anywhere";
const SOFT: &str = "opacity:.78";
const HEAD: &str = "font-weight:600;margin:16px 0 4px";
const CELL: &str = "padding:4px 12px 4px 0;text-align:left;vertical-align:top;white-space:normal;\
border:0;border-top:1px solid rgba(128,128,128,.35);background:transparent;color:inherit;max-width:340px;font-size:13px";
const NUMBER: &str = "padding:4px 12px 4px 0;text-align:right;vertical-align:top;white-space:nowrap;\
border:0;border-top:1px solid rgba(128,128,128,.35);background:transparent;color:inherit;font-size:13px";
const HEAD_NUMBER: &str = "padding:4px 12px 4px 0;text-align:right;vertical-align:bottom;white-space:normal;\
border:0;background:transparent;color:inherit;font-size:13px";

/// A compact view for `_repr_html_`: inline styles and inline SVG only, right on light and dark pages.
pub fn notebook(report: &Report) -> String {
    let index = Index::new(report);
    let mut out = Fragment(String::with_capacity(16 * 1024));
    out.raw(&format!("<div style=\"{ROOT}\">"));
    verdict(&mut out, report);
    headlines(&mut out, &index);
    criteria(&mut out, &index);
    disparities(&mut out, &index);
    missing(&mut out, report);
    out.raw(&format!(
        "<div style=\"{SOFT};margin-top:16px;font-size:12px\">Digest <code style=\"font-size:12px;background:transparent;\
         color:inherit\">"
    ));
    out.text(&text::short(&report.digest, 128));
    out.raw("</code><br>The whole report: <code style=\"background:transparent;color:inherit\">report.to_html(\"report.html\")</code></div></div>");
    out.0
}

struct Fragment(String);

impl Fragment {
    fn raw(&mut self, html: &str) {
        self.0.push_str(html);
    }

    fn text(&mut self, text: &str) {
        escape(text, &mut self.0);
    }

    fn heading(&mut self, text: &str) {
        let _ = write!(self.0, "<div role=\"heading\" aria-level=\"3\" style=\"{HEAD}\">");
        self.text(text);
        self.raw("</div>");
    }

    fn outcome(&mut self, outcome: Outcome) {
        self.raw("<span style=\"white-space:nowrap\">");
        self.raw(&svg::sign(outcome, Paint::Inline));
        self.raw("&nbsp;");
        self.raw(words::outcome(outcome));
        self.raw("</span>");
    }

    fn cell(&mut self, tag: &str, style: &str, text: &str) {
        let _ = write!(self.0, "<{tag} style=\"{style}\">");
        self.text(text);
        let close = tag.split(' ').next().unwrap_or("td");
        let _ = write!(self.0, "</{close}>");
    }

    fn table(&mut self, heads: &[(&str, &str)]) {
        self.raw("<table style=\"border-collapse:collapse;border:0;margin:0;background:transparent\"><thead><tr>");
        for (head, style) in heads {
            self.cell("th scope=\"col\"", &format!("{style};border-top:0;font-weight:400;{SOFT}"), head);
        }
        self.raw("</tr></thead><tbody>");
    }
}

fn verdict(out: &mut Fragment, report: &Report) {
    let facts = view::facts(report);
    out.raw("<div role=\"heading\" aria-level=\"2\" style=\"font-size:17px;line-height:24px;font-weight:600\">");
    out.raw(&svg::sign(words::verdict_sign(facts.outcome), Paint::Inline));
    out.raw("&nbsp;");
    out.text(facts.word);
    out.raw(": <bdi>");
    out.text(&facts.model);
    out.raw("</bdi></div><div>");
    out.text(&facts.reason);
    let _ = write!(out.0, "</div><div style=\"{SOFT}\">");
    let items: Vec<_> = facts.items.iter().take(3).map(|(name, value)| format!("{name} {value}")).collect();
    out.text(&format!("{}; {}. {}.", facts.criteria, facts.checks, items.join("; ")));
    out.raw("</div>");
}

fn headlines(out: &mut Fragment, index: &Index<'_>) {
    if index.report.headlines.is_empty() {
        return;
    }
    out.heading("What matters");
    out.raw("<ol style=\"margin:0;padding-left:20px\">");
    for headline in index.report.headlines.iter().take(5) {
        out.raw("<li style=\"margin:0 0 4px\">");
        out.text(&text::clean(&headline.text));
        out.raw("</li>");
    }
    out.raw("</ol>");
}

fn criteria(out: &mut Fragment, index: &Index<'_>) {
    let rows = view::criteria(index);
    if rows.is_empty() {
        return;
    }
    out.heading("Criteria");
    out.table(&[
        ("Criterion", CELL),
        ("Against its threshold", CELL),
        ("Estimate", NUMBER),
        ("n", NUMBER),
        ("Outcome", CELL),
    ]);
    for row in rows.iter().take(CRITERIA) {
        let single = row.answers.len() == 1;
        if !single {
            out.raw("<tr>");
            out.cell(
                "th scope=\"rowgroup\" colspan=\"4\"",
                &format!("{CELL};font-weight:400;max-width:none"),
                &row.text,
            );
            let _ = write!(out.0, "<td style=\"{CELL}\">");
            out.outcome(row.outcome);
            out.raw("</td></tr>");
        }
        for answer in row.answers.iter().take(ANSWERS) {
            let (edge, indent) = if single { ("", "") } else { (";border-top:0;padding-top:0", ";padding-left:16px") };
            out.raw("<tr>");
            let head = if single { &row.text } else { &answer.label };
            out.cell("th scope=\"row\"", &format!("{CELL};font-weight:400{edge}{indent}"), head);
            let _ = write!(out.0, "<td style=\"{CELL}{edge}\">");
            match &answer.strip {
                Some(strip) => out.raw(&svg::strip(strip, Paint::Inline)),
                None => out.text(answer.reason.unwrap_or("no number to draw")),
            }
            out.raw("</td>");
            let estimate = if answer.interval.is_empty() {
                answer.estimate.clone()
            } else {
                format!("{} ({})", answer.estimate, answer.interval)
            };
            out.cell("td", &format!("{NUMBER}{edge}"), &estimate);
            out.cell("td", &format!("{NUMBER}{edge}"), &answer.n);
            let _ = write!(out.0, "<td style=\"{CELL}{edge}\">");
            out.outcome(answer.outcome);
            out.raw("</td></tr>");
        }
        more_row(out, row.answers.len(), ANSWERS, "more group", "more groups");
    }
    more_row(out, rows.len(), CRITERIA, "more criterion", "more criteria");
    out.raw("</tbody></table>");
}

fn more_row(out: &mut Fragment, have: usize, shown: usize, one: &str, many: &str) {
    if have > shown {
        let more = text::counted((have - shown) as u64, one, many);
        out.raw("<tr>");
        let style = format!("{CELL};border-top:0;padding-left:16px;{SOFT}");
        out.cell("td colspan=\"5\"", &style, &format!("{more} in the report"));
        out.raw("</tr>");
    }
}

/// The groups side by side, where some of them do not meet a criterion or may not.
fn disparities(out: &mut Fragment, index: &Index<'_>) {
    for table in view::open_disparities(index, ATTRIBUTES) {
        out.heading(&format!("By {}", table.head));
        let columns = table.narrowed(COLUMNS);
        let mut heads = vec![("Group", CELL), ("n", NUMBER)];
        heads.extend(columns.iter().map(|&place| (table.columns[place].title.as_str(), HEAD_NUMBER)));
        out.table(&heads);
        for row in table.rows.iter().take(GROUPS) {
            out.raw("<tr>");
            out.cell("th scope=\"row\"", &format!("{CELL};font-weight:400;min-width:6em"), &row.name);
            out.cell("td", NUMBER, &row.n);
            for cell in columns.iter().filter_map(|&place| row.cells.get(place)) {
                let _ = write!(out.0, "<td style=\"{NUMBER}\">");
                out.text(&cell.value);
                if !cell.interval.is_empty() {
                    let _ = write!(out.0, "<br><span style=\"{SOFT};font-size:12px\">");
                    out.text(&cell.interval);
                    out.raw("</span>");
                }
                for verdict in &cell.verdicts {
                    out.raw("<br>");
                    out.outcome(verdict.outcome);
                }
                out.raw("</td>");
            }
            out.raw("</tr>");
        }
        more_row(out, table.rows.len(), GROUPS, "more group", "more groups");
        out.raw("</tbody></table>");
    }
}

fn missing(out: &mut Fragment, report: &Report) {
    let rows = view::missing(report.findings.iter());
    if rows.is_empty() {
        return;
    }
    out.heading("Not assessed");
    out.raw("<ul style=\"margin:0;padding-left:20px\">");
    for row in rows.iter().take(REASONS) {
        out.raw("<li>");
        out.text(&format!("{}: {}.", text::counted(row.count, "finding", "findings"), row.reason));
        if let Some(provide) = &row.provide {
            let _ = write!(out.0, " <span style=\"{SOFT}\">");
            out.text(&format!("Provide: {provide}"));
            out.raw("</span>");
        }
        out.raw("</li>");
    }
    if rows.len() > REASONS {
        out.raw("<li>");
        out.text(&format!(
            "{} in the report",
            text::counted((rows.len() - REASONS) as u64, "more reason", "more reasons")
        ));
        out.raw("</li>");
    }
    out.raw("</ul>");
}
