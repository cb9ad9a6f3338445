#!/usr/bin/env python3
"""Makes the samples of the importers with the packages that write such files.

In an environment with huggingface_hub, mlflow-skinny, scikit-learn, cyclonedx-python-lib[json-validation], mlcroissant,
prov, openlineage-python and PyYAML:

    python tests/importers/make_samples.py

The samples lie in core/tests/fixtures/importers, and `versions.txt` beside them says what made them. What a package
draws at random or takes from the clock is set, so that a second run changes nothing but what a new release changes.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import json
import re
import tempfile
import uuid
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "core" / "tests" / "fixtures" / "importers"
PACKAGES = (
    "huggingface_hub",
    "mlflow-skinny",
    "scikit-learn",
    "cyclonedx-python-lib",
    "mlcroissant",
    "prov",
    "openlineage-python",
    "PyYAML",
)
HASH = hashlib.sha256(b"the deployed model").hexdigest()
UUID = "6f2cbd7c-52f5-4e1b-9a55-0a5b1f0c7c11"
DAY = datetime.datetime(2026, 2, 1, 8, 30, tzinfo=datetime.UTC)


def model_card() -> str:
    """A card by the template of the Hub, with a model index."""
    from huggingface_hub import EvalResult, ModelCard, ModelCardData

    def result(kind: str, value: float) -> EvalResult:
        return EvalResult(
            task_type="tabular-classification",
            dataset_type="lending/holdout",
            dataset_name="Holdout 2025",
            dataset_split="test",
            metric_type=kind,
            metric_value=value,
        )

    data = ModelCardData(
        model_name="mortgage-approval",
        license="apache-2.0",
        language="en",
        library_name="sklearn",
        tags=["tabular-classification"],
        datasets=["lending/applications"],
        metrics=["accuracy", "roc_auc"],
        base_model="example/scorecard",
        eval_results=[
            result("accuracy", 0.871),
            result("roc_auc", 0.82),
            result("f1", 91.2),
            result("exact_match", 0.5),
        ],
    )
    card = ModelCard.from_template(
        data,
        model_id="mortgage-approval",
        model_description="Scores applications for residential mortgages.",
        developers="Example Bank",
        model_type="Gradient boosted trees",
        direct_use="Recommend approval of residential mortgages to loan officers.",
        out_of_scope_use="Commercial loans, and decisions without a loan officer.",
        bias_risks_limitations="Few applicants above 65 are in the training data.",
        training_data="Applications of 2023 to 2025, as entered.",
        testing_metrics="ROC AUC and accuracy.",
    )
    return str(card)


def mlmodel() -> str:
    """The `MLmodel` of a scikit-learn pipeline."""
    import mlflow
    from mlflow.models import Model, ModelSignature
    from mlflow.types import ColSpec, Schema

    columns = [("double", "income"), ("double", "debt_ratio"), ("string", "property"), ("long", "age")]
    signature = ModelSignature(
        inputs=Schema([ColSpec(kind, name) for kind, name in columns]), outputs=Schema([ColSpec("double")])
    )
    model = Model(
        artifact_path="model",
        run_id="4b0e5f4de64e4f3d9f1e6d1b3b0b7a55",
        utc_time_created=str(DAY.replace(tzinfo=None)),
        signature=signature,
        model_uuid=UUID.replace("-", ""),
        model_id="m-0f2d1f8c5e7b4f6f9c39c7a3f5d0a1b2",
        model_size_bytes=482113,
    )
    sklearn = importlib.metadata.version("scikit-learn")
    model.add_flavor(
        mlflow.pyfunc.FLAVOR_NAME,
        loader_module="mlflow.sklearn",
        model_path="model.pkl",
        predict_fn="predict",
        env={"conda": "conda.yaml", "virtualenv": "python_env.yaml"},
        python_version="3.12.3",
    )
    model.add_flavor(
        "sklearn", pickled_model="model.pkl", sklearn_version=sklearn, serialization_format="cloudpickle", code=None
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "MLmodel"
        model.save(str(path))
        return path.read_text()


def cyclonedx() -> str:
    """A bill of materials; the package writes all but the model card, which it does not model yet."""
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.contact import OrganizationalContact, OrganizationalEntity
    from cyclonedx.output.json import JsonV1Dot6
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator
    from packageurl import PackageURL

    bom = Bom()
    bom.serial_number = uuid.UUID(UUID)
    bom.metadata.timestamp = DAY
    supplier = OrganizationalEntity(name="Example Bank", contacts=[OrganizationalContact(email="models@example.com")])
    bom.metadata.component = Component(
        name="mortgage-approval",
        version="2026.1",
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref="model",
        supplier=supplier,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=HASH), HashType(alg=HashAlgorithm.MD5, content=HASH[:32])],
        purl=PackageURL("mlflow", name="mortgage-approval", version="7"),
    )
    bom.components.add(Component(name="train-2025", type=ComponentType.DATA, bom_ref="train"))
    bom.components.add(Component(name="scikit-learn", version="1.9.0", type=ComponentType.LIBRARY, bom_ref="sklearn"))
    bom.register_dependency(bom.metadata.component, list(bom.components))
    written: dict[str, Any] = json.loads(JsonV1Dot6(bom).output_as_string())
    written["metadata"]["component"]["modelCard"] = {
        "modelParameters": {
            "approach": {"type": "supervised"},
            "task": "binary classification",
            "architectureFamily": "decision trees",
            "modelArchitecture": "gradient boosting",
            "datasets": [
                {"ref": "train"},
                {"type": "dataset", "name": "holdout-2025", "contents": {"url": "s3://m/holdout"}},
            ],
        },
        "quantitativeAnalysis": {
            "performanceMetrics": [
                {"type": "AUC", "value": "0.82", "confidenceInterval": {"lowerBound": "0.80", "upperBound": "0.84"}},
                {"type": "recall", "value": "0.71", "slice": "sex=female"},
                {"type": "recall", "value": "0.75", "slice": "the north"},
            ]
        },
        "considerations": {
            "users": ["loan officers"],
            "useCases": ["recommend approval of residential mortgages"],
            "technicalLimitations": ["performance falls when interest rates move"],
            "performanceTradeoffs": ["recall for precision"],
            "ethicalConsiderations": [{"name": "proxies of ethnicity", "mitigationStrategy": "postcode is left out"}],
            "fairnessAssessments": [
                {
                    "groupAtRisk": "applicants above 65",
                    "harms": "refused more often",
                    "mitigationStrategy": "second review",
                }
            ],
        },
    }
    text = json.dumps(written, indent=2) + "\n"
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem is not None:
        raise ValueError(problem)
    return text


def croissant() -> str:
    """A data set with its RAI fields."""
    import mlcroissant as mlc

    metadata = mlc.Metadata(
        name="lending-applications",
        description="Applications for mortgages.",
        url="https://example.com/lending",
        license="https://creativecommons.org/licenses/by/4.0/",
        version="2.1.0",
        date_published=DAY,
        creators=[mlc.Organization(name="Example Bank", url="https://example.com")],
        cite_as="Example Bank (2026)",
        conforms_to=["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        data_collection="Applications, as entered in branches and on the web.",
        data_collection_timeframe=[datetime.datetime(2023, 1, 1), datetime.datetime(2025, 6, 30)],
        data_biases=["Few applicants above 65."],
        data_limitations=["Refused applications have no outcome."],
        personal_sensitive_information=["Age", "Gender"],
        distribution=[
            mlc.FileObject(
                id="applications.csv",
                name="applications.csv",
                content_url="https://example.com/applications.csv",
                encoding_formats=["text/csv"],
                sha256=HASH,
            )
        ],
    )
    return json.dumps(metadata.to_json(), indent=2, default=str) + "\n"


def prometheus(wrapped: bool) -> str:
    """Rules as teams write them: no package of Python writes these, so PyYAML does."""
    rules = {
        "groups": [
            {
                "name": "mortgage",
                "rules": [
                    {"record": "model:auc:7d", "expr": "avg_over_time(model_auc[7d])"},
                    {
                        "alert": "MortgageAucLow",
                        "expr": 'avg_over_time(model_auc{model="mortgage"}[7d]) < 0.76',
                        "for": "1h",
                        "labels": {"severity": "critical", "owner": "p-ong", "receiver": "pager:model-oncall"},
                        "annotations": {"summary": "AUC of {{ $labels.model }} is {{ $value }}"},
                    },
                    {
                        "alert": "MortgageSlow",
                        "expr": "histogram_quantile(0.95, sum by (le) (rate(latency_seconds_bucket[5m]))) > 0.2",
                        "labels": {"severity": "warning"},
                    },
                    {"alert": "MortgageSlow", "expr": "latency_seconds:p95 > 1", "for": "10m"},
                    {"alert": "MortgageSilent", "expr": "absent(model_auc) or up == 0", "for": "5m"},
                ],
            }
        ]
    }
    if wrapped:
        metadata = {"name": "mortgage", "namespace": "monitoring", "labels": {"prometheus": "k8s"}}
        service = {"apiVersion": "v1", "kind": "Service", "metadata": metadata}
        rule = {"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "metadata": metadata, "spec": rules}
        return yaml.safe_dump_all([service, rule], sort_keys=False)
    return yaml.safe_dump(rules, sort_keys=False)


def provenance() -> str:
    """A document of PROV."""
    from prov.model import ProvDocument

    document = ProvDocument()
    document.add_namespace("ex", "https://example.com/")
    document.entity(
        "ex:raw-2025", {"prov:location": "s3://models/raw-2025.parquet", "prov:label": "origination system"}
    )
    document.entity("ex:train-2025")
    document.entity("ex:card")
    document.activity("ex:prepare", DAY, DAY + datetime.timedelta(hours=1))
    document.agent("ex:tan")
    document.used("ex:prepare", "ex:raw-2025")
    document.wasGeneratedBy("ex:train-2025", "ex:prepare", DAY)
    document.wasDerivedFrom("ex:holdout-2025", "ex:train-2025")
    document.wasAssociatedWith("ex:prepare", "ex:tan")
    return document.serialize(format="json", indent=2) + "\n"


def openlineage() -> str:
    """Two runs of a job, one event a line."""
    from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState, set_producer
    from openlineage.client.facet_v2 import output_statistics_output_dataset, source_code_location_job
    from openlineage.client.serde import Serde

    set_producer("https://example.com/scheduler")
    code = source_code_location_job.SourceCodeLocationJobFacet(
        type="git", url="https://example.com/prepare.git", version="4f2a91c"
    )
    rows = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(rowCount=48211)

    def event(state: RunState, hours: int) -> str:
        return Serde.to_json(
            RunEvent(
                eventType=state,
                eventTime=(DAY + datetime.timedelta(hours=hours)).isoformat(),
                run=Run(runId=UUID),
                job=Job(namespace="lending", name="prepare", facets={"sourceCodeLocation": code}),
                inputs=[InputDataset(namespace="s3://models", name="raw-2025.parquet")],
                outputs=[
                    OutputDataset(
                        namespace="s3://models", name="train-2025.parquet", outputFacets={"outputStatistics": rows}
                    )
                ],
            )
        )

    return "".join(
        f"{event(*step)}\n" for step in [(RunState.START, 0), (RunState.COMPLETE, 1), (RunState.COMPLETE, 25)]
    )


def dvc() -> str:
    """`dvc.lock` in the schema that DVC writes; the package itself is a hundred others."""
    raw = {"path": "data/raw.parquet", "hash": "md5", "md5": "a" * 32, "size": 10485760}
    code = {"path": "src/prepare.py", "hash": "md5", "md5": "b" * 32, "size": 1213}
    out = {"path": "data/train.parquet", "hash": "md5", "md5": "c" * 32, "size": 8388608}
    stage = {"cmd": "python src/prepare.py", "deps": [raw, code], "params": {"params.yaml": {"seed": 7}}, "outs": [out]}
    return yaml.safe_dump({"schema": "2.0", "stages": {"prepare": stage}}, sort_keys=False)


def card_toolkit() -> str:
    """A card in the toolkit's schema 0.0.2: the package cannot be installed any more."""
    card = {
        "schema_version": "0.0.2",
        "model_details": {
            "name": "Mortgage approval",
            "version": {"name": "2026.1", "date": "2026-02-01"},
            "owners": [{"name": "Example Bank", "contact": "models@example.com"}],
            "licenses": [{"identifier": "Apache-2.0"}],
        },
        "model_parameters": {
            "model_architecture": "gradient boosted trees",
            "data": [{"name": "train-2025", "link": "s3://models/train-2025.parquet"}],
        },
        "quantitative_analysis": {
            "performance_metrics": [
                {"type": "auc", "value": "0.79"},
                {"type": "false_positive_rate", "value": "0.12", "slice": "sex=male"},
            ]
        },
        "considerations": {
            "users": [{"description": "loan officers"}],
            "use_cases": [{"description": "recommend approval of residential mortgages"}],
            "limitations": [{"description": "few applicants above 65"}],
            "ethical_considerations": [{"name": "proxies of ethnicity", "mitigation_strategy": "postcode is left out"}],
        },
    }
    return json.dumps(card, indent=2) + "\n"


INCIDENTS = """\
ID,Occurred at,Aware at,Severity,Root cause,Closed at,Ticket
i-7,2026-05-31T22:10:00Z,2026-06-01T07:40:00Z,high,"a renamed column, read as missing",2026-06-20,OPS-1
i-8,2026-07-02,2026-07-02,catastrophic,,,OPS-2
"""


def main() -> None:
    """Write every sample."""
    samples = {
        "README.md": model_card(),
        "MLmodel": mlmodel(),
        "bom.cdx.json": cyclonedx(),
        "croissant.json": croissant(),
        "rules.yaml": prometheus(wrapped=False),
        "prometheus-rule.yaml": prometheus(wrapped=True),
        "prov.json": provenance(),
        "openlineage.ndjson": openlineage(),
        "dvc.lock": dvc(),
        "card-toolkit.json": card_toolkit(),
        "incidents.csv": INCIDENTS,
    }
    versions = "".join(f"{package} {importlib.metadata.version(package)}\n" for package in PACKAGES)
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for name, text in (samples | {"versions.txt": versions}).items():
        lines = [re.sub(r"[ \t]+$", "", line) for line in text.split("\n")]
        (SAMPLES / name).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
