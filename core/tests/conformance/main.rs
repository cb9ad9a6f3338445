//! Conformance: the numbers that independent libraries computed on six real cases, compared with ours.
//!
//! `tests/conformance/mapping.toml` says which number of ours answers which entry; docs/conformance.md is the account.
//! Needs the reference data (`MODELASSAY_REFDATA`); `MODELASSAY_UPDATE=1` writes the counts into the document.

mod account;
mod case;
mod compare;
mod mapping;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use account::Account;
use case::Case;
use mapping::Mapping;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn mapping() -> Mapping {
    Mapping::parse(&fs::read_to_string(root().join("tests/conformance/mapping.toml")).expect("the mapping"))
}

/// Prints past the test harness, which would keep it.
fn say(text: &str) {
    writeln!(std::io::stderr(), "{text}").expect("standard error");
}

/// The folders of the cases, or `None` (said aloud) when the data are not here.
fn folders() -> Option<Vec<PathBuf>> {
    #[expect(clippy::disallowed_methods, reason = "the environment says where the data lie")]
    let data = std::env::var("MODELASSAY_REFDATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let Ok(cases) = fs::read_dir(root().join(&data).join("cases")) else {
        say(&format!("SKIPPED conformance: no reference data in {data} (set MODELASSAY_REFDATA)"));
        return None;
    };
    let mut folders: Vec<PathBuf> = cases.map(|case| case.expect("a case").path()).collect();
    folders.sort();
    Some(folders)
}

#[test]
fn the_mapping_names_what_exists() {
    mapping().check();
}

#[test]
fn every_mapped_number_agrees() {
    let Some(folders) = folders() else { return };
    let mapping = mapping();
    let mut account = Account::default();
    for folder in folders {
        let case = Case::read(&folder);
        compare::case(&case, &mapping, &mut account);
    }
    say(&account.text(&mapping));
    account.check(&mapping);
    let document = root().join("docs/conformance.md");
    let text = fs::read_to_string(&document).expect("docs/conformance.md");
    let current = account.insert(&mapping, &text);
    if std::env::var_os("MODELASSAY_UPDATE").is_some() {
        fs::write(&document, &current).expect("docs/conformance.md");
    }
    assert!(text == current, "docs/conformance.md is behind; MODELASSAY_UPDATE=1 brings it up to date");
}
