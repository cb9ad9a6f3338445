//! The sections of a Markdown text: headings with what stands below them, nothing rendered.

/// A heading and the text below it, up to the next heading.
pub(super) struct Section<'t> {
    pub(super) title: &'t str,
    /// Line of the heading, from 1.
    pub(super) line: u64,
    /// Without comments, code and empty lines at either end.
    pub(super) text: String,
}

/// Every section; `lines` stand before the text.
///
/// ATX headings and fenced code as in CommonMark 0.31.2, sections 4.2 and 4.5; comments are those of HTML.
pub(super) fn sections(text: &str, lines: u64) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let (mut fence, mut comment) = (None, false);
    for (number, line) in (lines + 1..).zip(text.lines()) {
        let shown = without_comments(line, &mut comment);
        let plain = shown.trim();
        let marks = ["```", "~~~"].into_iter().find(|marks| plain.starts_with(marks));
        if let Some(open) = fence {
            if marks == Some(open) {
                fence = None;
            }
            continue;
        }
        if marks.is_some() {
            fence = marks;
            continue;
        }
        if let Some(title) = heading(line).filter(|_| !plain.is_empty()) {
            sections.push(Section { title, line: number, text: String::new() });
        } else if let Some(section) = sections.last_mut() {
            section.text.push_str(shown.trim_end());
            section.text.push('\n');
        }
    }
    for section in &mut sections {
        section.text = section.text.trim().to_owned();
    }
    sections
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    ((1..=6).contains(&level) && rest.starts_with(' ')).then(|| rest.trim().trim_end_matches('#').trim())
}

fn without_comments(line: &str, inside: &mut bool) -> String {
    let mut out = String::new();
    let mut rest = line;
    loop {
        let mark = if *inside { "-->" } else { "<!--" };
        let Some((before, after)) = rest.split_once(mark) else { break };
        if !*inside {
            out.push_str(before);
        }
        *inside = !*inside;
        rest = after;
    }
    if !*inside {
        out.push_str(rest);
    }
    out
}
