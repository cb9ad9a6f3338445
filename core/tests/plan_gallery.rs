//! The gallery of broken plans: the exact words that people read when something is wrong.
//!
//! A new case is a file in `fixtures/plan/broken`; `INSTA_UPDATE=always cargo test plan_gallery` writes its answer,
//! which is then to be read as the person who made the mistake would read it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use modelassay::error::Code;
use modelassay::findings::catalogue;
use modelassay::plan::{PLAN_KEYS, Plan, Task};

#[test]
fn every_broken_plan_is_refused_in_these_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plan/broken");
    let mut names: Vec<String> = fs::read_dir(folder.as_path())
        .expect("the folder of broken plans")
        .map(|entry| entry.expect("a readable folder").file_name().into_string().expect("a name in UTF-8"))
        .collect();
    names.sort();
    assert!(names.len() >= 40, "{} broken plans", names.len());
    let mut gallery = String::new();
    for name in &names {
        let text = fs::read_to_string(folder.join(name)).expect("a readable file");
        let error = match Plan::parse(&text, name) {
            Ok(_) => panic!("{name} is not broken"),
            Err(error) => error,
        };
        let _ = writeln!(gallery, "{}\n", shorten(&error.to_string()));
        for problem in &error.problems {
            assert_ne!(problem.code, Code::Internal, "{name}");
            assert!(problem.hint.is_some(), "{name}: no hint: {}", problem.message);
            assert_eq!(problem.location.source.as_deref(), Some(name.as_str()));
            assert!(problem.location.line.is_some() && problem.location.column.is_some(), "{name}");
        }
    }
    insta::with_settings!({ snapshot_path => "fixtures/plan", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("gallery", gallery);
    });
}

/// Puts a word for the long lists that grow with every release.
fn shorten(text: &str) -> String {
    let list = |names: Vec<&str>| {
        let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
        let (last, most) = names.split_last().expect("a list that is not empty");
        format!("{} and {last}", most.join(", "))
    };
    let mut text = text.to_owned();
    for task in [Task::Binary, Task::Multiclass, Task::Regression] {
        let names = catalogue::of_task(task).map(|entry| entry.name).collect();
        text = text.replace(&list(names), "<every measure>");
    }
    text = text.replace(&list(PLAN_KEYS.iter().map(|key| key.name).collect()), "<every key>");
    text
}
