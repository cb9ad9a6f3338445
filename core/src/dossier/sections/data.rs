//! How it is built, and from which data.

use crate::dossier::leaf::{Count, Datasets, Date, Flag, Moment, Number, Person, Sha256, Text, Texts, Url, choice};
use crate::dossier::record::record;
use crate::dossier::stated::Many;

record! {
    /// How the model is built.
    Design as "the design" {
        /// What kind of model it is.
        algorithm: Text = "gradient boosted trees";
        /// What its training minimises or maximises.
        objective: Text = "log loss";
        /// What it takes in.
        features: Many<Feature> = "[{name: income, data_type: number, unit: SGD a year}]";
        /// What it predicts.
        target: Text = "repaid without 90 days of arrears within two years";
        /// Days until the outcome is known.
        label_delay_days: Count = "730";
        /// Decision threshold on its score.
        threshold: Number = "0.5";
        /// What was traded for what.
        trade_offs: Texts = "[recall for precision]";
        /// Libraries it needs, as a software bill of materials.
        sbom: Url = "sbom.json";
    }
}

record! {
    /// Something the model takes in.
    Feature as "a feature" {
        /// Column of the predictions.
        name (required): Text = "income";
        /// Its type.
        data_type: Text = "number";
        /// Its unit.
        unit: Text = "SGD a year";
        /// The smallest value it may have.
        minimum: Number = "0";
        /// The largest value it may have.
        maximum: Number = "1000000";
        /// The values it may have.
        allowed: Texts = "[house, flat]";
        /// Whether it needs care.
        sensitive: Sensitive = "none";
        /// Why it may be used.
        justification: Text = "ability to repay";
    }
}

record! {
    /// The data behind the model.
    Data as "the data" {
        /// Every data set.
        datasets: Many<Dataset> = "[{id: train-2025, role: train, rows: 48211}]";
        /// Every step from data to data.
        lineage: Many<Transform> = "[{job: prepare, from: [raw-2025], to: [train-2025]}]";
    }
}

record! {
    /// A data set.
    Dataset as "a data set" {
        /// Its id.
        id (required): Text = "train-2025";
        /// What it is used for.
        role: DatasetUse = "train";
        /// Where it lies.
        uri: Url = "s3://models/mortgage/train-2025.parquet";
        /// SHA-256 of its bytes.
        sha256: Sha256 = "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9";
        /// Its rows.
        rows: Count = "48211";
        /// The first day it covers.
        period_from: Date = "2023-01-01";
        /// The last day it covers.
        period_to: Date = "2025-06-30";
        /// Whom it covers.
        population: Text = "applicants in Singapore";
        /// Where it comes from.
        origin: Text = "loan origination system";
        /// How it was collected.
        collection: Text = "applications, as entered";
        /// Why the data may be used.
        lawful_basis: Text = "contract";
        /// Under which licence, where it is somebody else's.
        licence: Text = "internal";
        /// How it was labelled, and how well people agreed.
        labelling: Text = "arrears as booked";
        /// What is known to be missing or wrong in it.
        known_gaps: Texts = "[few applicants above 65]";
        /// Whether it holds data of special categories.
        special_category: Flag = "false";
        /// The day by which it must be deleted.
        delete_by: Date = "2031-06-30";
        /// The day it was deleted.
        deleted_at: Date = "2031-06-01";
        /// Who answers for it.
        owner: Person = "p-tan";
    }
}

record! {
    /// A step from data to data.
    Transform as "a step of lineage" {
        /// The job.
        job (required): Text = "prepare";
        /// Data sets it reads.
        from: Datasets = "[raw-2025]";
        /// Data sets it writes.
        to: Datasets = "[train-2025]";
        /// Commit or hash of its code.
        code_hash: Text = "git:4f2a91c";
        /// Hash of its environment.
        environment_hash: Text = "sha256:0d1c";
        /// When it ran.
        run_at: Moment = "2025-07-02T04:00:00Z";
    }
}

choice! {
    /// What a data set is used for.
    DatasetRole as DatasetUse {
        /// As it came, before any step.
        Raw = "raw",
        /// To train.
        Train = "train",
        /// To choose.
        Validation = "validation",
        /// To test.
        Test = "test",
        /// To compare with.
        Reference = "reference",
        /// What the model meets.
        Production = "production",
        /// To look for bias.
        Bias = "bias",
    }
}

choice! {
    /// Whether a feature needs care.
    Sensitivity as Sensitive {
        /// It does not.
        None = "none",
        /// It is a protected attribute.
        Protected = "protected",
        /// It may stand in for one.
        Proxy = "proxy",
        /// It is of a special category.
        SpecialCategory = "special_category",
    }
}
