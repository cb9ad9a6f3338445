//! The report on a terminal, in about thirty lines.

mod disparities;

use crate::findings::v1::{Outcome, Report, VerdictOutcome};

use super::view::{self, Index};
use super::{text, words};

/// Criteria and reasons shown at most.
const CRITERIA: usize = 12;
const REASONS: usize = 3;

/// A summary of so many columns. Colours only if asked for; the words say everything.
pub fn terminal(report: &Report, colour: bool, width: usize) -> String {
    let width = width.clamp(40, 160);
    let index = Index::new(report);
    let mut page = Page { out: String::new(), colour, width };
    page.verdict(report);
    page.headlines(report);
    page.criteria(&index);
    page.disparities(&index);
    page.missing(report);
    page.wanted(report);
    page.line("");
    page.wrapped("Digest ", &text::short(&report.digest, 64));
    page.out
}

struct Page {
    out: String,
    colour: bool,
    width: usize,
}

const BOLD: &str = "1";
const DIM: &str = "2";

impl Page {
    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn outcome(&self, outcome: Outcome) -> String {
        self.paint(code(outcome), &format!("{} {}", words::sign(outcome), words::outcome(outcome)))
    }

    fn heading(&mut self, text: &str) {
        self.line("");
        let heading = self.paint(BOLD, text);
        self.line(&heading);
    }

    /// Text broken at spaces, every line behind the indent; the first one behind `lead`.
    fn wrapped(&mut self, lead: &str, text: &str) {
        let indent = text::width(lead);
        for (place, line) in wrap(text, self.width.saturating_sub(indent).max(16)).into_iter().enumerate() {
            let before = if place == 0 { lead.to_owned() } else { " ".repeat(indent) };
            self.line(&format!("{before}{line}"));
        }
    }

    fn verdict(&mut self, report: &Report) {
        let facts = view::facts(report);
        let code = match facts.outcome {
            VerdictOutcome::Fail => "1;31",
            VerdictOutcome::Incomplete | VerdictOutcome::Conditional => "1;33",
            VerdictOutcome::Pass => "1;32",
        };
        let word = self
            .paint(code, &format!("{} {}", words::sign(words::verdict_sign(facts.outcome)), facts.word.to_uppercase()));
        let model = self.paint(BOLD, &cut(&facts.model, self.width.saturating_sub(14)));
        self.line(&format!("{word}  {model}"));
        self.wrapped("", &facts.reason);
        self.wrapped("", &format!("{}; {}.", facts.criteria, facts.checks));
        let items: Vec<_> = facts.items.iter().take(3).map(|(name, value)| format!("{name}: {value}")).collect();
        self.wrapped("", &items.join("; "));
    }

    fn headlines(&mut self, report: &Report) {
        if report.headlines.is_empty() {
            return;
        }
        self.heading("What matters");
        for (place, headline) in report.headlines.iter().take(5).enumerate() {
            self.wrapped(&format!("{}. ", place + 1), &text::clean(&headline.text));
        }
    }

    fn criteria(&mut self, index: &Index<'_>) {
        let rows = view::criteria(index);
        if rows.is_empty() {
            return;
        }
        self.heading("Criteria");
        // Outcome, estimate with interval, then the sentence in what is left.
        let estimates: Vec<_> = rows.iter().take(CRITERIA).map(estimate).collect();
        let column = estimates.iter().map(|estimate| text::width(estimate)).max().unwrap_or(0);
        for (row, estimate) in rows.iter().zip(&estimates) {
            let outcome = self.outcome(row.outcome);
            let gap = " ".repeat(14 - words::outcome(row.outcome).len().min(14));
            let left = self.width.saturating_sub(column + 19);
            let (estimate, columns) = if left >= 24 {
                (format!("{}{estimate}  ", " ".repeat(column - text::width(estimate))), left)
            } else {
                (String::new(), self.width - 17)
            };
            // A sentence that is cut would lose its threshold, which stands at its end.
            for (place, line) in wrap(&row.text, columns).into_iter().enumerate() {
                if place == 0 {
                    self.line(&format!("{outcome}{gap} {estimate}{line}"));
                } else {
                    self.line(&format!("{}{line}", " ".repeat(self.width - columns)));
                }
            }
        }
        self.more(rows.len(), CRITERIA, "more criterion", "more criteria");
    }

    fn missing(&mut self, report: &Report) {
        let rows = view::missing(report.findings.iter());
        if rows.is_empty() {
            return;
        }
        self.heading("Not assessed");
        for row in rows.iter().take(REASONS) {
            let others = row.checks_in_all.saturating_sub(1);
            let more =
                if others > 0 { format!(" and {}", text::counted(others, "other", "others")) } else { String::new() };
            let checks = row.checks.first().map_or_else(String::new, |check| format!(" ({check}{more})"));
            let words = format!("{}: {}{checks}", text::count(row.count), row.reason);
            let words = cut(&words, self.width - 2);
            self.line(&format!("○ {words}"));
        }
        self.more(rows.len(), REASONS, "more reason", "more reasons");
    }

    fn wanted(&mut self, report: &Report) {
        let wanted = view::wanted(&report.lacking);
        if wanted.is_empty() {
            return;
        }
        self.heading("Provide next in the dossier");
        for record in wanted.iter().take(REASONS) {
            let checks = text::counted(record.checks, "check", "checks");
            self.wrapped("○ ", &format!("{} ({checks}): {}", record.path, record.about));
        }
        self.more(wanted.len(), REASONS, "more record", "more records");
    }

    fn more(&mut self, have: usize, shown: usize, one: &str, many: &str) {
        if have > shown {
            let more = format!("  {} in the report", text::counted((have - shown) as u64, one, many));
            let more = self.paint(DIM, &more);
            self.line(&more);
        }
    }
}

/// The colour of an outcome.
fn code(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "32",
        Outcome::NotMet | Outcome::Error => "31",
        Outcome::Undecided => "33",
        Outcome::NotAssessed | Outcome::NotApplicable => DIM,
    }
}

fn estimate(row: &view::CriterionRow) -> String {
    let Some(answer) = row.answers.first() else { return String::new() };
    if answer.interval.is_empty() {
        return answer.estimate.clone();
    }
    format!("{} ({})", answer.estimate, answer.interval)
}

/// Cuts a text to so many columns.
fn cut(text: &str, columns: usize) -> String {
    if text::width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += text::width(c.encode_utf8(&mut [0; 4]));
        if used > columns {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// How many characters of a text fit so many columns, at least one.
fn fitting(text: &str, columns: usize) -> usize {
    let mut used = 0;
    let fits = |c: &char| {
        used += text::width(c.encode_utf8(&mut [0; 4]));
        used <= columns
    };
    text.chars().take_while(fits).count().max(1)
}

/// Breaks a text at spaces into lines of so many columns; longer words are broken anywhere.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut rest = word;
        loop {
            let size = text::width(rest);
            let space = usize::from(used > 0);
            if used + space + size <= columns {
                if used > 0 {
                    line.push(' ');
                }
                line.push_str(rest);
                used += space + size;
                break;
            }
            if used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
                continue;
            }
            let at = rest.char_indices().nth(fitting(rest, columns)).map_or(rest.len(), |(at, _)| at);
            let (head, tail) = rest.split_at(at);
            lines.push(head.to_owned());
            rest = tail;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrap("", 9), Vec::<String>::new());
        assert!(wrap(&"x".repeat(300), 40).iter().all(|line| line.len() <= 40));
    }

    #[test]
    fn cut_text_ends_with_an_ellipsis() {
        assert_eq!(cut("abc def ghi", 8), "abc def…");
        assert_eq!(cut("abc", 8), "abc");
    }
}
