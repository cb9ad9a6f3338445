//! A register of incidents in CSV: one row each, columns named as in `incidents.log` of the dossier.

use csv_core::{ReadRecordResult, Reader};

use super::draft::{Draft, Given};
use super::source::check_size;
use super::{File, From};
use crate::dossier::Dossier;
use crate::dossier::record::{Shape, Spec};
use crate::error::{Code, Problem, Result};
use crate::yaml::words::bare;

pub(super) fn read(file: &File<'_>, draft: &mut Draft) -> Result<()> {
    check_size(file.name, file.text)?;
    let mut rows = rows(file.name, file.text.strip_prefix('\u{feff}').unwrap_or(file.text))?.into_iter();
    let (_, header) = rows.next().unwrap_or_default();
    let names: Vec<String> = header.iter().map(|name| name.trim().to_lowercase().replace([' ', '-'], "_")).collect();
    let Some(id) = names.iter().position(|name| name == "id") else {
        let problem = Problem::new(Code::FormatUnknown, "a register of incidents has a column `id`");
        return Err(problem.hint("name its columns as in `incidents.log` of a dossier").source(file.name).into());
    };
    let fields = fields();
    let from = |line, key: &str| From { file: file.name.to_owned(), line: Some(line), key: bare(key) };
    for name in names.iter().filter(|name| !fields.iter().any(|field| field.name == name.as_str())) {
        draft.note(from(1, name), "a column that `incidents.log` does not have");
    }
    for (line, row) in rows {
        let text = row.get(id).map(String::as_str).unwrap_or_default();
        let Some(item) = draft.item("incidents.log", &[text], from(line, "id")) else {
            draft.note(from(line, "id"), "a row without an id");
            continue;
        };
        for (name, text) in
            names.iter().zip(&row).filter(|(name, text)| name.as_str() != "id" && !text.trim().is_empty())
        {
            if fields.iter().any(|field| field.name == name.as_str()) {
                draft.set_in(&item, name, Some(Given { text: text.trim().to_owned(), from: from(line, name) }));
            }
        }
    }
    Ok(())
}

/// The fields of an incident.
fn fields() -> &'static [Spec] {
    let below =
        |specs: &'static [Spec], name: &str| match specs.iter().find(|spec| spec.name == name).map(|spec| spec.shape) {
            Some(Shape::One(specs) | Shape::Many(specs)) => specs,
            _ => &[],
        };
    below(below(Dossier::keys(), "incidents"), "log")
}

/// Rows with the line on which each starts.
fn rows(file: &str, text: &str) -> Result<Vec<(u64, Vec<String>)>> {
    let mut reader = Reader::new();
    // The last row ends as the others do.
    let text = format!("{text}\n");
    let (mut field, mut ends) = (vec![0; text.len()], vec![0; text.len() + 1]);
    let (mut rest, mut out) = (text.as_bytes(), Vec::new());
    loop {
        let line = reader.line();
        let (result, read, written, fields) = reader.read_record(rest, &mut field, &mut ends);
        rest = &rest[read..];
        if result == ReadRecordResult::Record {
            let starts = std::iter::once(0).chain(ends.iter().copied());
            let cell = |(start, end): (usize, &usize)| String::from_utf8_lossy(&field[start..*end]).into_owned();
            out.push((line, starts.zip(&ends[..fields]).map(cell).collect()));
        } else if written + fields > 0 {
            let problem = Problem::new(Code::FileDamaged, "a quotation mark is not closed").source(file).at(line, 1);
            return Err(problem.hint("close it, or write two of them for one within a text").into());
        } else {
            return Ok(out);
        }
    }
}
