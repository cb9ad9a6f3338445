//! `MLmodel` of MLflow 2 and 3: the fields that `mlflow.models.Model.to_dict` writes.

use super::draft::{Draft, Given};
use super::source::Found;

pub(super) fn read(model: &Found<'_>, draft: &mut Draft) {
    model.bookkeeping(&["mlflow_version", "is_signature_from_type_hint", "type_hint_from_example"]);
    // The first two are the URIs that MLflow itself takes.
    for (key, before) in [("run_id", "runs:/"), ("model_id", "models:/"), ("model_uuid", "mlflow:model_uuid/")] {
        let id = model.text(key).map(|given| given.saying(format!("{before}{}", given.text)));
        draft.set("identity.registry_ids", id);
    }
    let folder = model.text("artifact_path");
    draft.set("identity.artifact.size", model.text("model_size_bytes"));
    if let Some(flavors) = model.get("flavors") {
        let all = flavors.members();
        // `python_function` wraps the flavour that says what the model is, and stands alone only for code of one's own.
        let own = all.iter().find(|(name, _)| *name != "python_function").or_else(|| all.first());
        if let Some((name, flavor)) = own {
            let data =
                flavor.get_any(&["pickled_model", "model_data", "data", "model_path"]).and_then(|data| data.given());
            let format = flavor.text("serialization_format");
            let format = format.or_else(|| flavor.text("model_format")).map_or_else(
                || Given { text: (*name).to_owned(), from: flavor.origin() },
                |format| format.saying(format!("{name} {}", format.text)),
            );
            draft.set("identity.artifact.format", Some(format));
            let path = data.map(|data| match &folder {
                Some(folder) => data.saying(format!("{}/{}", folder.text.trim_end_matches('/'), data.text)),
                None => data,
            });
            draft.set("identity.artifact.path", path.or(folder));
        }
        for (_, flavor) in &all {
            flavor.bookkeeping(&["loader_module", "predict_fn", "model_path"]);
        }
    }
    if let Some(signature) = model.get("signature") {
        if let Some(inputs) = signature.get("inputs") {
            inputs.embedded(|columns| features(columns, draft));
        }
        if let Some(outputs) = signature.get("outputs") {
            outputs.unread("the dossier states in words what is predicted (`design.target`)");
        }
    }
}

/// The schema of the inputs: `ColSpec` and `TensorSpec` of MLflow.
fn features(columns: &Found<'_>, draft: &mut Draft) {
    for column in columns.items() {
        let Some(name) = column.text("name") else {
            column.unread("an input without a name");
            continue;
        };
        let Some(item) = draft.item("design.features", &[&name.text], name.from.clone()) else { continue };
        let kind = match column.get("tensor-spec") {
            Some(tensor) => {
                column.bookkeeping(&["type"]);
                tensor.bookkeeping(&["shape"]);
                tensor.text("dtype")
            }
            None => column.text("type"),
        };
        draft.set_in(&item, "data_type", kind);
    }
}
