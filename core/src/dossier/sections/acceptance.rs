//! What must hold: purpose, acceptance criteria, service levels, fairness and explanation.

use crate::dossier::leaf::{Count, Date, Number, Person, Persons, Text, Texts, choice};
use crate::dossier::record::record;
use crate::dossier::stated::Many;

record! {
    /// What the model is for.
    Purpose as "the purpose" {
        /// What it is meant to do.
        intended_use: Text = "recommend approval of residential mortgages";
        /// Who uses it.
        users: Texts = "[loan officers]";
        /// Whom it affects.
        affected_groups: Texts = "[applicants, co-applicants]";
        /// What it must not be used for.
        prohibited_uses: Texts = "[commercial loans]";
        /// Misuse that can be foreseen.
        foreseeable_misuse: Texts = "[applying it to existing customers]";
        /// Conditions on columns within which it may be used.
        scope: Many<ScopePredicate> = "[{column: amount, minimum: 50000, maximum: 2000000}]";
        /// Where, when and through which channel it is used.
        setting: Text = "branches and web, Singapore";
        /// What was considered instead.
        alternatives_considered: Texts = "[scorecard of 2021]";
    }
}

record! {
    /// A condition on a column of the predictions.
    ScopePredicate as "a condition of scope" {
        /// The column.
        column (required): Text = "amount";
        /// The smallest value within scope.
        minimum: Number = "50000";
        /// The largest value within scope.
        maximum: Number = "2000000";
        /// The values within scope.
        allowed: Texts = "[house, flat]";
    }
}

record! {
    /// What must hold before and while the model is used.
    Acceptance as "the acceptance" {
        /// Criteria, which the plan of an audit repeats.
        criteria: Many<AcceptanceCriterion> = "[{id: auc, measure: roc_auc, comparator: \">=\", threshold: 0.75}]";
        /// Levels of service.
        slas: Many<Sla> = "[{id: latency, measure: latency_p95_ms, comparator: \"<=\", threshold: 200}]";
        /// Numbers that documents declare.
        declared: Many<DeclaredMeasure> = "[{measure: roc_auc, value: 0.82, source: model card}]";
    }
}

record! {
    /// An acceptance criterion.
    AcceptanceCriterion as "an acceptance criterion" {
        /// Its id.
        id (required): Text = "auc";
        /// The measure, as a plan names it.
        measure (required): Text = "roc_auc";
        /// The protected attribute, where groups are compared.
        attribute: Text = "sex";
        /// Whether larger or smaller is good.
        comparator: Compares = "\">=\"";
        /// The bound.
        threshold: Number = "0.75";
        /// Why this measure and this bound.
        rationale: Text = "below it the old scorecard is better";
        /// Where it comes from.
        source: Text = "credit policy 2.1";
        /// The day it was set.
        defined_at: Date = "2026-01-12";
        /// Who set it.
        defined_by: Person = "p-lee";
        /// Who approved it.
        approved_by: Persons = "[p-lim]";
        /// The day it was approved.
        approved_at: Date = "2026-01-15";
    }
}

record! {
    /// A level of service.
    Sla as "a level of service" {
        /// Its id.
        id (required): Text = "latency";
        /// What is measured.
        measure (required): Text = "latency_p95_ms";
        /// Whether larger or smaller is good.
        comparator: Compares = "\"<=\"";
        /// The bound.
        threshold: Number = "200";
        /// Over which time.
        window: Text = "month";
        /// What was measured last.
        measured: Number = "143";
        /// The day until which that measurement counts.
        measured_at: Date = "2026-10-31";
    }
}

record! {
    /// A number that a document declares.
    DeclaredMeasure as "a declared number" {
        /// The measure, as a plan names it.
        measure (required): Text = "roc_auc";
        /// Group of a protected attribute, as `attribute=group`.
        group: Text = "sex=female";
        /// The number.
        value (required): Number = "0.82";
        /// How far off it may be.
        tolerance: Number = "0.01";
        /// The document that says so.
        source: Text = "model card";
    }
}

record! {
    /// What fairness means here.
    Fairness as "the fairness definition" {
        /// In words, and why this one.
        definition: Text = "equal opportunity, so that creditworthy applicants are approved alike";
        /// Attributes that are compared.
        protected_attributes: Texts = "[sex, age]";
        /// Features that may stand in for them.
        proxies: Texts = "[postcode]";
        /// Criteria that judge it.
        criteria: Texts = "[equal-opportunity]";
        /// Fewest rows of a group that is judged.
        min_group_n: Count = "100";
        /// What is done about a gap.
        mitigations: Texts = "[manual review near the threshold]";
        /// Why a remaining gap is acceptable.
        justification: Text = "within four percentage points, reviewed yearly";
    }
}

record! {
    /// How decisions are explained.
    Explainability as "the explainability" {
        /// The method.
        method: Text = "SHAP on the input features";
        /// For whom.
        audience: Texts = "[applicants, loan officers]";
        /// Reason codes, each for a feature.
        reason_codes: Many<ReasonCode> = "[{feature: debt_ratio, text: Your debts are high for your income}]";
        /// How users are told.
        user_notice: Text = "letter with the three main reasons";
    }
}

record! {
    /// The reason that is given for a feature.
    ReasonCode as "a reason code" {
        /// The feature.
        feature (required): Text = "debt_ratio";
        /// What the applicant reads.
        text (required): Text = "Your debts are high for your income";
    }
}

choice! {
    /// Whether larger or smaller is good.
    Comparison as Compares {
        /// At least.
        AtLeast = ">=",
        /// More than.
        MoreThan = ">",
        /// At most.
        AtMost = "<=",
        /// Less than.
        LessThan = "<",
    }
}
