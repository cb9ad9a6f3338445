//! What a statement rests on.

use super::leaf::{Moment, Sha256, Strength, Text, Url};
use super::record::{Declared as _, Spec, record};

impl Evidence {
    /// What it may state.
    pub fn keys() -> &'static [Spec] {
        Self::SPECS
    }
}

record! {
    /// A file, page or export that a statement rests on.
    Evidence as "a piece of evidence" {
        /// Name by which other places refer to it.
        id: Text = "ev-validation-report";
        /// Where it lies.
        uri: Url = "docs/validation-2026.pdf";
        /// SHA-256 of its bytes.
        sha256: Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        /// Its kind of file.
        media_type: Text = "application/pdf";
        /// When it was made.
        created: Moment = "2026-01-31T09:30:00Z";
        /// When it stops counting.
        expires: Moment = "2027-01-31";
        /// Person, or tool with its version, that collected it.
        collected_by: Text = "p-lee";
        /// How strong it is.
        class: Strength = "record";
        /// SHA-256 of the artefact it speaks of.
        model_hash: Sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
    }
}
