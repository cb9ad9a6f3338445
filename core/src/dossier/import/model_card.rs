//! Model cards of Hugging Face: `README.md` with YAML before it.
//!
//! Keys of the metadata and the `model-index` as the Hub documents them (Hugging Face Hub, "Model Cards", and `modelcard_template.md`
//! of `huggingface_hub`), whose headings are the ones looked for.

use super::draft::{Draft, Given};
use super::markdown::{Section, sections};
use super::measures::declare;
use super::source::{Found, Source, check_size};
use super::{File, From};
use crate::error::{Code, Problem, Result};
use crate::yaml::words::{bare, quote};

/// What a heading holds.
#[derive(Clone, Copy)]
enum Holds {
    /// The text of a field.
    Field(&'static str),
    /// What is named in a list of the template: `- **Model type:** …`.
    Items,
    /// Something that a slot of a document stands for.
    Slot,
}

/// Words of a heading, in lower case; the slot of the card that it fills; what is taken from it.
const HEADINGS: [(&str, &str, Holds); 15] = [
    ("out-of-scope", "purpose", Holds::Field("purpose.prohibited_uses")),
    ("misuse", "purpose", Holds::Field("purpose.foreseeable_misuse")),
    ("direct use", "purpose", Holds::Field("purpose.intended_use")),
    ("intended use", "purpose", Holds::Field("purpose.intended_use")),
    ("downstream use", "purpose", Holds::Slot),
    ("limitations", "limits", Holds::Slot),
    ("recommendations", "limits", Holds::Slot),
    ("training data", "data", Holds::Slot),
    ("training details", "data", Holds::Slot),
    ("evaluation", "performance", Holds::Slot),
    ("results", "performance", Holds::Slot),
    ("metrics", "performance", Holds::Slot),
    ("testing data", "performance", Holds::Slot),
    ("get started", "instructions", Holds::Slot),
    ("model description", "purpose", Holds::Items),
];

/// What the template says where nobody wrote anything.
const PLACEHOLDER: &str = "[More Information Needed]";

pub(super) fn read(file: &File<'_>, draft: &mut Draft) -> Result<()> {
    check_size(file.name, file.text)?;
    let (front, body, lines) = split(file.text);
    let sections = sections(body, lines);
    if front.trim().is_empty() && sections.is_empty() {
        let problem = Problem::new(Code::FormatUnknown, "a model card has metadata between `---` or headings");
        return Err(problem.hint("name its format where it is something else").source(file.name).into());
    }
    let base = file.name.rsplit(['/', '\\']).next().unwrap_or(file.name);
    let whole = From { file: file.name.to_owned(), line: Some(1), key: String::new() };
    let card = draft.item("documents", &["model-card"], whole.clone());
    if let Some(card) = &card {
        let uri = if file.name.contains(['/', '\\']) { file.name } else { base };
        draft.set_in(card, "uri", Some(Given { text: uri.to_owned(), from: whole }));
    }
    let mut slots = Vec::new();
    for section in &sections {
        slots.extend(prose(file, section, draft));
    }
    if !front.trim().is_empty() {
        let source = Source::parse(file.name, front, String::new(), 1)?;
        metadata(&source.root(), draft);
        draft.leave(source.unread());
    }
    if let Some(card) = card {
        for slot in slots {
            draft.set_in(&card, "slots", Some(slot));
        }
    }
    Ok(())
}

/// The metadata, the text, and the lines before the text.
fn split(text: &str) -> (&str, &str, u64) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(first) = text.split_inclusive('\n').next().filter(|line| line.trim_end() == "---") else {
        return ("", text, 0);
    };
    let mut at = first.len();
    for (number, line) in (2..).zip(text[at..].split_inclusive('\n')) {
        if line.trim_end() == "---" {
            return (&text[first.len()..at], &text[at + line.len()..], number);
        }
        at += line.len();
    }
    ("", text, 0)
}

/// Takes what a section states; the answer is the slot that it fills.
fn prose(file: &File<'_>, section: &Section<'_>, draft: &mut Draft) -> Option<Given> {
    let from = From { file: file.name.to_owned(), line: Some(section.line), key: bare(section.title) };
    let text = section.text.replace(PLACEHOLDER, "").trim().to_owned();
    if text.is_empty() {
        return None;
    }
    let title = section.title.to_lowercase();
    let Some((_, slot, holds)) = HEADINGS.iter().find(|(words, ..)| title.contains(words)) else {
        draft.note(from, "a section without a place in a dossier");
        return None;
    };
    let given = Given { text, from };
    match holds {
        Holds::Field(path) => draft.set(path, Some(given.clone())),
        Holds::Items => items(&given, draft),
        Holds::Slot => {}
    }
    Some(given.saying(*slot))
}

/// The list under "Model Description".
fn items(section: &Given, draft: &mut Draft) {
    for line in section.text.lines() {
        let Some((name, value)) = line.trim().strip_prefix("- **").and_then(|rest| rest.split_once(":**")) else {
            continue;
        };
        let (name, value) = (name.replace(" [optional]", ""), value.trim());
        if value.is_empty() {
            continue;
        }
        let given = section.saying(value);
        match name.as_str() {
            "Developed by" => draft.set("identity.provider.name", Some(given)),
            "Model type" => draft.set("design.algorithm", Some(given)),
            _ => draft.note(given.from, format!("{}: no place in a dossier", quote(&name))),
        }
    }
}

fn metadata(card: &Found<'_>, draft: &mut Draft) {
    card.bookkeeping(&["thumbnail", "widget", "inference"]);
    draft.set("identity.name", card.text("model_name"));
    if let Some(licence) = card.get("license") {
        licence.unread("the dossier has no place for the licence of a model");
    }
    for dataset in card.list("datasets") {
        let Some(name) = dataset.given() else { continue };
        let Some(item) = draft.item("data.datasets", &[&name.text], name.from.clone()) else { continue };
        // The Hub documents the key as the data sets that the model was trained on.
        draft.set_in(&item, "role", Some(name.saying("train")));
        if name.text.split('/').count() <= 2 && !name.text.contains(char::is_whitespace) {
            let uri = format!("https://huggingface.co/datasets/{}", name.text);
            draft.set_in(&item, "uri", Some(name.saying(uri)));
        }
    }
    for base in card.list("base_model") {
        let Some(name) = base.given() else { continue };
        let owner = name.text.split_once('/').map_or("Hugging Face Hub", |(owner, _)| owner);
        if let Some(item) = draft.item("third_parties", &[owner], name.from.clone()) {
            draft.set_in(&item, "service", Some(name.saying(format!("base model {}", name.text))));
        }
    }
    if let Some(names) = card.get("metrics") {
        names.unread("names of measures without numbers");
    }
    for model in card.list("model-index") {
        draft.set("identity.model_id", model.text("name"));
        for result in model.list("results") {
            results(&result, draft);
        }
    }
}

fn results(result: &Found<'_>, draft: &mut Draft) {
    let mut source = "model card".to_owned();
    if let Some(dataset) = result.get("dataset") {
        dataset.bookkeeping(&["type"]);
        let words = [dataset.text("name"), dataset.text("split")];
        let words: Vec<String> = words.into_iter().flatten().map(|given| given.text).collect();
        source = format!("model card: {}", words.join(", "));
    }
    for metric in result.list("metrics") {
        metric.bookkeeping(&["name", "verifyToken"]);
        if let Some(kind) = metric.text("type") {
            declare(draft, &kind, metric.get("value").as_ref(), "", &source);
        }
    }
}
