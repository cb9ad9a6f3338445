//! A dossier, as messages call it.

use crate::error::Code;
use crate::yaml::words::suggest;
use crate::yaml::{Codes, Document, Key};

pub(super) static DOSSIER: Document = Document {
    name: "dossier",
    example: "identity: {model_id: mortgage-approval}",
    empty: "a dossier names at least the model: `identity: {model_id: mortgage-approval, version: \"2026.1\"}`",
    depth: 8,
    codes: Codes {
        syntax: Code::DossierSyntax,
        unknown_key: Code::DossierUnknownKey,
        duplicate_key: Code::DossierDuplicateKey,
        missing_key: Code::DossierMissingKey,
        wrong_type: Code::DossierWrongType,
        invalid_value: Code::DossierInvalidValue,
    },
    unknown_key: |given, keys: &[Key]| suggest(given, keys.iter().map(|key| key.name), "the keys are"),
};
