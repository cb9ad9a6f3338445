//! What a foreign file is: by its name where that is fixed, else by the keys it has.

use serde::Serialize;

use super::csv::Table;
use super::draft::Draft;
use super::source::{Found, Source, trees};
use super::{File, access_review, alertmanager, aws_credentials, aws_iam, card_toolkit, croissant, cyclonedx, dvc};
use super::{grafana, incidents, kubernetes, mlflow, model_card, openlineage, prometheus, prov, scim};
use crate::error::{Code, Problem, Result};
use crate::yaml::words::quote;

/// What reads a format into a draft.
enum Reader {
    /// The whole text.
    Text(fn(&File<'_>, &mut Draft) -> Result<()>),
    /// A table.
    Table(fn(&Table, &mut Draft)),
    /// Every tree by itself.
    Tree(fn(&Found<'_>, &mut Draft)),
    /// All trees together, as they refer to one another.
    Documents(fn(&[Found<'_>], &mut Draft)),
}

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
    /// Alert rules of Grafana.
    Grafana,
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
    /// Roles and bindings of Kubernetes.
    Kubernetes,
    /// Policies of AWS IAM in JSON.
    AwsIam,
    /// Credential report of AWS IAM in CSV.
    AwsCredentials,
    /// A review of access in CSV.
    AccessReview,
    /// A register of incidents in CSV.
    Incidents,
}

impl Format {
    /// Every format, with the word for it.
    pub const ALL: [(&'static str, Self); 17] = [
        ("model_card", Self::ModelCard),
        ("mlflow", Self::Mlflow),
        ("cyclonedx", Self::Cyclonedx),
        ("croissant", Self::Croissant),
        ("prometheus", Self::Prometheus),
        ("grafana", Self::Grafana),
        ("alertmanager", Self::Alertmanager),
        ("prov", Self::Prov),
        ("openlineage", Self::Openlineage),
        ("dvc", Self::Dvc),
        ("card_toolkit", Self::CardToolkit),
        ("scim", Self::Scim),
        ("kubernetes", Self::Kubernetes),
        ("aws_iam", Self::AwsIam),
        ("aws_credentials", Self::AwsCredentials),
        ("access_review", Self::AccessReview),
        ("incidents", Self::Incidents),
    ];

    /// The format of a word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, format)| *format)
    }

    /// The format whose columns a table has.
    fn of_table(table: &Table) -> Option<Self> {
        let found = [
            (aws_credentials::fits(table), Self::AwsCredentials),
            (access_review::fits(table), Self::AccessReview),
            (table.has("id"), Self::Incidents),
        ];
        found.into_iter().find(|(is, _)| *is).map(|(_, format)| format)
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
            (grafana::fits(root), Self::Grafana),
            (has("groups") || root.peek("kind") == Some("PrometheusRule"), Self::Prometheus),
            (has("route") && has("receivers"), Self::Alertmanager),
            (has("stages") && root.peek("schema").is_some_and(|schema| schema.starts_with('2')), Self::Dvc),
            (has("model_details"), Self::CardToolkit),
            (has("schemas") && (has("Resources") || has("userName")), Self::Scim),
            (kubernetes::fits(root), Self::Kubernetes),
            (aws_iam::fits(root), Self::AwsIam),
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
    Text(fn(&File<'_>, &mut Draft) -> Result<()>),
    Table(Table, fn(&Table, &mut Draft)),
    Trees(Vec<Source>, fn(&Found<'_>, &mut Draft)),
    Documents(Vec<Source>, fn(&[Found<'_>], &mut Draft)),
}

/// Tells what a file is.
pub(super) fn open<'f>(file: &'f File<'f>) -> Result<Opened<'f>> {
    let base = file.name.rsplit(['/', '\\']).next().unwrap_or(file.name);
    let end = base.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    let (format, content) = match (file.format.map(|format| (format, reader(format))), end.as_deref()) {
        (Some((format, Reader::Text(read))), _) => (format, Content::Text(read)),
        (None, Some("md" | "markdown")) => (Format::ModelCard, Content::Text(model_card::read)),
        (Some((_, Reader::Table(_))), _) | (None, Some("csv")) => table(file)?,
        _ => tree(file)?,
    };
    Ok(Opened { file, format, content })
}

fn table(file: &File<'_>) -> Result<(Format, Content)> {
    let table = Table::parse(file.name, file.text)?;
    let format = file.format.or_else(|| Format::of_table(&table)).ok_or_else(|| unknown(file))?;
    let Reader::Table(read) = reader(format) else { return Err(unknown(file).into()) };
    Ok((format, Content::Table(table, read)))
}

fn tree(file: &File<'_>) -> Result<(Format, Content)> {
    let sources = trees(file.name, file.text)?;
    let told = || sources.iter().find_map(|source| Format::of_tree(&source.root()));
    let format = file.format.or_else(told).ok_or_else(|| unknown(file))?;
    let content = match reader(format) {
        Reader::Tree(read) => Content::Trees(sources, read),
        Reader::Documents(read) => Content::Documents(sources, read),
        Reader::Text(_) | Reader::Table(_) => return Err(unknown(file).into()),
    };
    Ok((format, content))
}

impl Opened<'_> {
    /// Reads it into a draft.
    pub(super) fn read(self, draft: &mut Draft) -> Result<()> {
        match self.content {
            Content::Text(read) => read(self.file, draft)?,
            Content::Table(table, read) => {
                read(&table, draft);
                draft.leave(table.unread());
            }
            Content::Trees(sources, read) => {
                for source in sources {
                    read(&source.root(), draft);
                    draft.leave(source.unread());
                }
            }
            Content::Documents(sources, read) => {
                read(&sources.iter().map(Source::root).collect::<Vec<_>>(), draft);
                sources.into_iter().for_each(|source| draft.leave(source.unread()));
            }
        }
        Ok(())
    }
}

fn reader(format: Format) -> Reader {
    match format {
        Format::ModelCard => Reader::Text(model_card::read),
        Format::Mlflow => Reader::Tree(mlflow::read),
        Format::Cyclonedx => Reader::Tree(cyclonedx::read),
        Format::Croissant => Reader::Tree(croissant::read),
        Format::Prometheus => Reader::Tree(prometheus::read),
        Format::Grafana => Reader::Tree(grafana::read),
        Format::Alertmanager => Reader::Tree(alertmanager::read),
        Format::Prov => Reader::Tree(prov::read),
        Format::Openlineage => Reader::Tree(openlineage::read),
        Format::Dvc => Reader::Tree(dvc::read),
        Format::CardToolkit => Reader::Tree(card_toolkit::read),
        Format::Scim => Reader::Tree(scim::read),
        Format::Kubernetes => Reader::Documents(kubernetes::read),
        Format::AwsIam => Reader::Tree(aws_iam::read),
        Format::AwsCredentials => Reader::Table(aws_credentials::read),
        Format::AccessReview => Reader::Table(access_review::read),
        Format::Incidents => Reader::Table(incidents::read),
    }
}

fn unknown(file: &File<'_>) -> Problem {
    let words: Vec<&str> = Format::ALL.iter().map(|(word, _)| *word).collect();
    let message = format!("{} is of no format that can be imported", quote(file.name));
    let hint = format!("name its format, which is one of {}", words.join(", "));
    Problem::new(Code::FormatUnknown, message).hint(hint).source(file.name)
}
