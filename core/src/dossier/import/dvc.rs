//! `dvc.lock` of DVC, schema 2.0: stages with what they depend on and what they make, as steps of lineage.

use super::draft::{Draft, Given};
use super::source::Found;

/// Ends of the names of files that are code.
const CODE: [&str; 8] = [".py", ".ipynb", ".sh", ".r", ".R", ".sql", ".jl", ".scala"];

pub(super) fn read(lock: &Found<'_>, draft: &mut Draft) {
    lock.bookkeeping(&["schema"]);
    let Some(stages) = lock.get("stages") else { return };
    for (name, stage) in stages.members() {
        let Some(step) = draft.item("data.lineage", &[name], stage.origin()) else { continue };
        let mut code: Vec<Given> = Vec::new();
        for (key, field) in [("deps", "from"), ("outs", "to")] {
            for file in stage.list(key) {
                file.bookkeeping(&["hash", "isexec", "cloud"]);
                let Some(path) = file.text("path") else {
                    file.unread("a file without a path");
                    continue;
                };
                let hash = file.text("md5");
                if key == "deps" && CODE.iter().any(|end| path.text.ends_with(end)) {
                    code.extend(hash.map(|hash| hash.saying(format!("md5:{}", hash.text))));
                    continue;
                }
                draft.set_in(&step, field, Some(path.clone()));
                let Some(item) = draft.item("data.datasets", &[&path.text], path.from.clone()) else { continue };
                draft.set_in(&item, "uri", Some(path));
                if let Some(hash) = hash {
                    draft.note(hash.from, "an MD5; the dossier holds the SHA-256 of data");
                }
            }
        }
        let joined = code.iter().map(|hash| hash.text.as_str()).collect::<Vec<_>>().join(" ");
        draft.set_in(&step, "code_hash", code.first().map(|hash| hash.saying(joined)));
    }
}
