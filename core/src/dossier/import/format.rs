//! What a foreign file is: by its name where that is fixed, else by the keys it has.

use serde::Serialize;

use super::draft::Draft;
use super::source::{Found, Source, trees};
use super::{File, alertmanager, card_toolkit, croissant, cyclonedx, dvc, incidents, mlflow, model_card};
use super::{openlineage, prometheus, prov, scim};
use crate::error::{Code, Problem, Result};
use crate::yaml::words::quote;

/// Reads one tree into a draft.
type Tree = fn(&Found<'_>, &mut Draft);

/// A format that the importers read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Model card of Hugging Face: Markdown with YAML before it.
    ModelCard,
    /// `MLmodel` of MLflow.
    Mlflow,
    /// CycloneDX 1.5 to 1.7 in JSON.
    Cyclonedx,
    /// Croissant 1.0 and 1.1 with its RAI vocabulary.
    Croissant,
    /// Rules of Prometheus, plain or as a `PrometheusRule`.
    Prometheus,
    /// Configuration of Alertmanager.
    Alertmanager,
    /// W3C PROV-JSON.
    Prov,
    /// Run events of OpenLineage.
    Openlineage,
    /// `dvc.lock` of DVC.
    Dvc,
    /// Model card of the Model Card Toolkit, in JSON.
    CardToolkit,
    /// Users of SCIM 2.0 in JSON.
    Scim,
    /// A register of incidents in CSV.
    Incidents,
}

impl Format {
    /// Every format, with the word for it.
    pub const ALL: [(&'static str, Self); 12] = [
        ("model_card", Self::ModelCard),
        ("mlflow", Self::Mlflow),
        ("cyclonedx", Self::Cyclonedx),
        ("croissant", Self::Croissant),
        ("prometheus", Self::Prometheus),
        ("alertmanager", Self::Alertmanager),
        ("prov", Self::Prov),
        ("openlineage", Self::Openlineage),
        ("dvc", Self::Dvc),
        ("card_toolkit", Self::CardToolkit),
        ("scim", Self::Scim),
        ("incidents", Self::Incidents),
    ];

    /// The format of a word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, format)| *format)
    }

    /// The format that the name of a file fixes.
    fn of_name(name: &str) -> Option<Self> {
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let end = base.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
        match end.as_deref() {
            Some("md" | "markdown") => Some(Self::ModelCard),
            Some("csv") => Some(Self::Incidents),
            _ => None,
        }
    }

    /// The format whose keys a tree has.
    fn of_tree(root: &Found<'_>) -> Option<Self> {
        // OpenLineage events and PROV documents may come in lists.
        let items = root.items();
        let root = items.first().unwrap_or(root);
        let has = |key| root.has(key);
        let kind = root.peek("@type").unwrap_or_default();
        let found = [
            (root.peek("bomFormat") == Some("CycloneDX"), Self::Cyclonedx),
            (
                has("@context")
                    && kind
                        .trim_start_matches("http://schema.org/")
                        .trim_start_matches("https://schema.org/")
                        .trim_start_matches("sc:")
                        == "Dataset",
                Self::Croissant,
            ),
            (has("eventTime") && has("job") && has("run"), Self::Openlineage),
            (has("flavors"), Self::Mlflow),
            (has("groups") || root.peek("kind") == Some("PrometheusRule"), Self::Prometheus),
            (has("route") && has("receivers"), Self::Alertmanager),
            (has("stages") && root.peek("schema").is_some_and(|schema| schema.starts_with('2')), Self::Dvc),
            (has("model_details"), Self::CardToolkit),
            (has("schemas") && (has("Resources") || has("userName")), Self::Scim),
            (has("activity") || has("entity") || has("wasGeneratedBy") || has("wasDerivedFrom"), Self::Prov),
        ];
        found.into_iter().find(|(is, _)| *is).map(|(_, format)| format)
    }
}

/// A file of which it is known what it is.
pub(super) struct Opened<'f> {
    file: &'f File<'f>,
    pub(super) format: Format,
    content: Content,
}

enum Content {
    /// The text of the file, with what reads it.
    Text(fn(&File<'_>, &mut Draft) -> Result<()>),
    /// The trees in it, with what reads each.
    Trees(Vec<Source>, Tree),
}

/// Tells what a file is.
pub(super) fn open<'f>(file: &'f File<'f>) -> Result<Opened<'f>> {
    let named = file.format.or_else(|| Format::of_name(file.name));
    let opened = |format, content| Ok(Opened { file, format, content });
    match named {
        Some(Format::ModelCard) => return opened(Format::ModelCard, Content::Text(model_card::read)),
        Some(Format::Incidents) => return opened(Format::Incidents, Content::Text(incidents::read)),
        _ => {}
    }
    let sources = trees(file.name, file.text)?;
    let format = named.or_else(|| sources.iter().find_map(|source| Format::of_tree(&source.root())));
    let Some((format, tree)) = format.and_then(|format| Some((format, tree_of(format)?))) else {
        return Err(unknown(file).into());
    };
    opened(format, Content::Trees(sources, tree))
}

impl Opened<'_> {
    /// Reads it into a draft.
    pub(super) fn read(self, draft: &mut Draft) -> Result<()> {
        match self.content {
            Content::Text(read) => read(self.file, draft),
            Content::Trees(sources, read) => {
                for source in sources {
                    read(&source.root(), draft);
                    draft.close(source);
                }
                Ok(())
            }
        }
    }
}

fn tree_of(format: Format) -> Option<Tree> {
    Some(match format {
        Format::Mlflow => mlflow::read,
        Format::Cyclonedx => cyclonedx::read,
        Format::Croissant => croissant::read,
        Format::Prometheus => prometheus::read,
        Format::Alertmanager => alertmanager::read,
        Format::Prov => prov::read,
        Format::Openlineage => openlineage::read,
        Format::Dvc => dvc::read,
        Format::CardToolkit => card_toolkit::read,
        Format::Scim => scim::read,
        Format::ModelCard | Format::Incidents => return None,
    })
}

fn unknown(file: &File<'_>) -> Problem {
    let words: Vec<&str> = Format::ALL.iter().map(|(word, _)| *word).collect();
    let message = format!("{} is of no format that can be imported", quote(file.name));
    let hint = format!("name its format, which is one of {}", words.join(", "));
    Problem::new(Code::FormatUnknown, message).hint(hint).source(file.name)
}
