//! Importers: files that teams keep anyway, read into a first draft of the dossier.
//!
//! Each takes the text of files and gives what the dossier has a place for, with the place it comes from; what has no place or
//! could not be read is listed, and where two files, or a file and the dossier, state different things, the first one stands
//! and the other is listed. Nothing is executed or fetched.

mod access_review;
mod alertmanager;
mod aws_credentials;
mod aws_iam;
mod card_toolkit;
mod croissant;
mod csv;
mod cyclonedx;
mod draft;
mod dvc;
mod format;
mod grafana;
mod incidents;
mod kubernetes;
mod markdown;
mod measures;
mod mlflow;
mod model_card;
mod monitors;
mod openlineage;
mod prometheus;
mod promql;
mod prov;
mod scim;
mod source;
mod write;

use serde::Serialize;

pub use format::Format;

use super::Dossier;
use crate::error::{Code, Problem, Result};
use draft::Draft;

/// A file of another tool.
#[derive(Clone, Copy, Debug)]
pub struct File<'t> {
    /// Its name, with the folders that matter to its readers, such as `docs/README.md`.
    pub name: &'t str,
    /// What it holds.
    pub text: &'t str,
    /// What it is, where its name and contents do not tell.
    pub format: Option<Format>,
}

/// Where a statement comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct From {
    /// The file.
    pub file: String,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The key, heading or rule within it.
    pub key: String,
}

/// A value that was filled in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Filled {
    /// Its place in the draft, such as `data.datasets[0].licence`.
    pub path: String,
    /// The value.
    pub value: serde_json::Value,
    /// Where it comes from.
    pub from: From,
}

/// What could not be read, or has no place in a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// The first place where it stands.
    pub from: From,
    /// Why.
    pub why: String,
    /// How often it stands there.
    pub count: u64,
}

/// Two statements of which only one can be true.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conflict {
    /// The place in the dossier or draft that keeps the first one.
    pub path: String,
    /// What stands.
    pub kept: serde_json::Value,
    /// Who says so.
    pub kept_from: From,
    /// What is stated as well.
    pub given: serde_json::Value,
    /// Who says that.
    pub from: From,
}

/// A draft of a dossier, and what became of the files.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Import {
    /// The draft: YAML with the origin of every value beside it, which [`Dossier::parse`] takes.
    pub text: String,
    /// What each file was taken for.
    pub formats: Vec<Format>,
    /// What it states.
    pub filled: Vec<Filled>,
    /// What it leaves out.
    pub unread: Vec<Unread>,
    /// What contradicts it, or the dossier.
    pub conflicts: Vec<Conflict>,
}

/// Drafts a dossier from the files of other tools. With the dossier that there is, named as messages should call it, the draft
/// holds only what that one does not state.
///
/// # Errors
/// A file of no format known here, one that is damaged, or one beyond the budgets of the dossier's own reader.
pub fn import(files: &[File<'_>], beside: Option<(&Dossier, &str)>) -> Result<Import> {
    let mut draft = Draft::new(beside);
    let opened = files.iter().map(format::open).collect::<Result<Vec<_>>>()?;
    let formats = opened.iter().map(|file| file.format).collect();
    // Whom an alert reaches follows from what its rule says, so that rules are read before, whatever the order of the files.
    let (routes, others): (Vec<_>, Vec<_>) = opened.into_iter().partition(|file| file.format == Format::Alertmanager);
    for file in others.into_iter().chain(routes) {
        file.read(&mut draft)?;
    }
    let (filled, unread, conflicts, text) = draft.finish(files);
    // What this module writes must be what the reader takes; only the sum of many files can be too much for it.
    Dossier::parse(&text, "the draft").map_err(|error| match error.problems.first() {
        Some(problem) if problem.code == Code::BudgetExceeded => {
            Problem::new(Code::BudgetExceeded, "the files together give more than a dossier may hold")
                .hint("import fewer of them at once")
                .into()
        }
        _ => error,
    })?;
    Ok(Import { text, formats, filled, unread, conflicts })
}
