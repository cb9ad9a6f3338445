//! Which model it is, and how it is classified.

use crate::dossier::leaf::{Count, Date, Flag, Persons, Sha256, Text, Texts, Url, choice};
use crate::dossier::record::record;
use crate::dossier::stated::One;

record! {
    /// Which model it is.
    Identity as "the identity" {
        /// Id of the model in the inventory.
        model_id: Text = "mortgage-approval";
        /// Name for people.
        name: Text = "Mortgage approval";
        /// Version that is deployed.
        version: Text = "2026.1";
        /// The file that is deployed.
        artifact: One<Artifact> = "{path: model.onnx, sha256: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae}";
        /// Version that it replaced.
        prior_version: Text = "2025.3";
        /// Who provides it.
        provider: One<Organisation> = "{name: Example Bank, contact: models@example.com}";
        /// Who uses it.
        deployer: One<Organisation> = "{name: Example Bank, contact: lending@example.com}";
        /// What the organisation of this dossier is to it.
        role: PartyRole = "deployer";
        /// Where it is in its life.
        lifecycle: Stage = "production";
        /// The day it was deployed.
        deployed_at: Date = "2026-02-01";
        /// The day it was retired.
        retired_at: Date = "2027-02-01";
        /// Ids in registries: MLflow, the EU database, an inventory.
        registry_ids: Texts = "[mlflow:/mortgage-approval/7]";
    }
}

record! {
    /// The file that is deployed.
    Artifact as "an artefact" {
        /// Where it lies.
        path: Url = "models/mortgage.onnx";
        /// SHA-256 of its bytes.
        sha256: Sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        /// Its format.
        format: Text = "onnx";
        /// Its size in bytes.
        size: Count = "482113";
    }
}

record! {
    /// An organisation.
    Organisation as "an organisation" {
        /// Its name.
        name: Text = "Example Bank";
        /// Where it can be reached.
        contact: Text = "models@example.com";
        /// Its representative in the European Union.
        eu_representative: Text = "Example Bank Europe";
    }
}

record! {
    /// How much depends on it.
    Classification as "the classification" {
        /// Risk tier, which sets how often it is audited and by whom.
        tier: Tiered = "high";
        /// Why this tier.
        rationale: Text = "decides on mortgages of households";
        /// Whether customers meet its decisions directly.
        customer_facing: Flag = "true";
        /// Whether it affects people.
        affects_persons: Flag = "true";
        /// How much it decides alone.
        autonomy: Autonomous = "recommend";
        /// Where it is used, as ISO 3166 codes.
        jurisdictions: Texts = "[SG, HK]";
        /// Supervisors under whose rules it makes financial decisions.
        regulated_by: Texts = "[mas]";
        /// Who approved the classification.
        approved_by: Persons = "[p-lim]";
        /// When they did.
        approved_at: Date = "2026-01-10";
    }
}

choice! {
    /// What an organisation is to a model.
    Party as PartyRole {
        /// Develops it or has it developed.
        Provider = "provider",
        /// Uses it.
        Deployer = "deployer",
        /// Both.
        Both = "both",
        /// Brings it into the market from abroad.
        Importer = "importer",
        /// Sells it on.
        Distributor = "distributor",
    }
}

choice! {
    /// Where a model is in its life.
    Lifecycle as Stage {
        /// Being built.
        Development = "development",
        /// Being validated.
        Validation = "validation",
        /// Used on part of the traffic.
        Pilot = "pilot",
        /// In use.
        Production = "production",
        /// Stopped for now.
        Suspended = "suspended",
        /// Out of use.
        Retired = "retired",
    }
}

choice! {
    /// How much depends on a model.
    Tier as Tiered {
        /// Little.
        Low = "low",
        /// Something.
        Medium = "medium",
        /// Much.
        High = "high",
        /// Much, and customers meet its decisions directly.
        CriticalCustomerFacing = "critical_customer_facing",
    }
}

choice! {
    /// How much a model decides alone.
    Autonomy as Autonomous {
        /// It informs.
        Assist = "assist",
        /// It recommends and people decide.
        Recommend = "recommend",
        /// It decides and people review.
        DecideWithReview = "decide_with_review",
        /// It decides.
        Decide = "decide",
    }
}
