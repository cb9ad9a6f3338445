//! Chores of the workspace: `cargo xtask help`.

mod generate;
mod simulate;
mod wasm;

use std::path::Path;
use std::process::{Command, ExitCode};

/// What went wrong, for a person.
type Result<T> = std::result::Result<T, String>;

const HELP: &str = "\
Chores of the modelassay workspace

  cargo xtask gen [--check]      write every generated file, or compare and name those that drifted
  cargo xtask wasm [--release]   build both wasm modules into bindings-wasm/pkg; --release optimises them
                                 and fails when one is larger than it may be
  cargo xtask simulate --small   check by seeded simulation that intervals hold the truth as often as they say
  cargo xtask simulate --full    the same with many more samples, into the table of docs/statistics.md
  cargo xtask help               this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["gen"] => generate::write(),
        ["gen", "--check"] => generate::check(),
        ["simulate", "--small"] => simulate::small(),
        ["simulate", "--full"] => generate::simulation_table(&simulate::full()),
        ["wasm"] => wasm::run(false),
        ["wasm", "--release"] => wasm::run(true),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("not a chore: {}\n\n{HELP}", arguments.join(" "))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// Runs a command with its output shown.
fn succeed(command: &mut Command) -> Result<()> {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default().display().to_string();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} failed ({status})")),
        Err(error) => Err(format!("cannot run {name}: {error}")),
    }
}

/// Writes a file and its folders, through a temporary name: nobody ever sees half of it.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |error| format!("cannot write {}: {error}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    std::fs::write(&partial, bytes).map_err(failed)?;
    std::fs::rename(&partial, path).map_err(failed)
}
