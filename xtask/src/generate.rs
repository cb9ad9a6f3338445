//! Every generated file, from the types and the registry of the core.

mod check_pages;
mod detection;
mod dossier_schema;
mod json_schema;
mod model;
mod plan_schema;
mod python_types;
mod typescript;

use std::path::Path;

use crate::{Result, root};

/// A file that is written by `cargo xtask gen` and never by hand.
struct Generated {
    /// From the root of the workspace.
    path: String,
    text: String,
}

/// The only list of generated files.
fn everything() -> Result<Vec<Generated>> {
    let (report, error) = (json_schema::report()?, json_schema::error()?);
    let items = model::items(&[&report, &error, &json_schema::guess()?])?;
    let file = |path: &str, text: String| Generated { path: path.to_owned(), text };
    let mut files = vec![
        file("core/schema/findings.v1.schema.json", json_schema::text(&report)?),
        file("core/schema/error.v1.schema.json", json_schema::text(&error)?),
        file("core/schema/plan.v1.schema.json", json_schema::text(&plan_schema::plan()?)?),
        file("core/schema/dossier.v1.schema.json", json_schema::text(&dossier_schema::dossier())?),
        file("bindings-wasm/js/findings.ts", typescript::text(&items)),
        file("bindings-py/python/modelassay/types.py", python_types::text(&items)?),
    ];
    files.push(file("docs/detection.md", detection::page()?));
    files.extend(check_pages::pages()?.into_iter().map(|(path, text)| Generated { path, text }));
    Ok(files)
}

/// Folders in which every file is generated; what is no longer generated is removed.
const OWNED: [&str; 2] = ["core/schema", "docs/checks"];

pub(crate) fn write() -> Result<()> {
    let files = everything()?;
    for file in &files {
        if differs(file) {
            crate::write(&root().join(&file.path), file.text.as_bytes())?;
            println!("gen: wrote {}", file.path);
        }
    }
    for path in orphans(&files)? {
        std::fs::remove_file(root().join(&path)).map_err(|error| format!("cannot remove {path}: {error}"))?;
        println!("gen: removed {path}");
    }
    Ok(())
}

/// Puts the table of the full simulation between its marks in docs/statistics.md.
pub(crate) fn simulation_table(table: &str) -> Result<()> {
    const MARKS: [&str; 2] = ["<!-- simulation: begin -->", "<!-- simulation: end -->"];
    let path = root().join("docs/statistics.md");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("cannot read docs/statistics.md: {error}"))?;
    let parts = text.split_once(MARKS[0]).and_then(|(before, rest)| Some((before, rest.split_once(MARKS[1])?.1)));
    let (before, after) = parts.ok_or("docs/statistics.md has lost the marks around the table of the simulation")?;
    let table = table.trim();
    crate::write(&path, format!("{before}{}\n{table}\n{}{after}", MARKS[0], MARKS[1]).as_bytes())
}

pub(crate) fn check() -> Result<()> {
    let files = everything()?;
    let mut drifted: Vec<String> = files.iter().filter(|file| differs(file)).map(|file| file.path.clone()).collect();
    drifted.extend(orphans(&files)?);
    if drifted.is_empty() {
        println!("gen: all {} generated files are up to date", files.len());
        return Ok(());
    }
    drifted.sort();
    let mut message = "these generated files differ from what the code says:\n".to_owned();
    for path in drifted {
        message += &format!("  {path}\n");
    }
    Err(message + "run `cargo xtask gen` and commit the result")
}

fn differs(file: &Generated) -> bool {
    std::fs::read(root().join(&file.path)).ok().as_deref() != Some(file.text.as_bytes())
}

/// Files in the owned folders that nothing generates any more.
fn orphans(files: &[Generated]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in OWNED {
        list(Path::new(folder), &mut found)?;
    }
    found.retain(|path| !files.iter().any(|file| file.path == *path));
    Ok(found)
}

fn list(folder: &Path, found: &mut Vec<String>) -> Result<()> {
    let failed = |error| format!("cannot list {}: {error}", folder.display());
    if !root().join(folder).exists() {
        return Ok(());
    }
    let mut names: Vec<_> = Vec::new();
    for entry in root().join(folder).read_dir().map_err(failed)? {
        names.push(entry.map_err(failed)?.file_name());
    }
    names.sort();
    for name in names {
        let path = folder.join(name);
        if root().join(&path).is_dir() {
            list(&path, found)?;
        } else {
            found.push(path.display().to_string().replace('\\', "/"));
        }
    }
    Ok(())
}
