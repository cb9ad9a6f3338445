//! A first dossier: every key explained, nothing stated but the tier.

use std::fmt::Write as _;

use super::sections::identity::Tier;
use super::{Dossier, SCHEMA_VERSION, Shape, Spec};

/// Where explanations start.
const COMMENT_AT: usize = 56;

/// A commented dossier for a model of some tier. It parses, and it states no more than that tier.
pub fn init_dossier(tier: Tier) -> String {
    let mut out = String::from(
        "# A first dossier: the governance evidence kept beside one version of a model.\n\
         # A key behind `# ` is an example: remove the `# ` to use it, in the whole column above it as well.\n\
         # Write `unknown` where nobody knows, and `{not_applicable: why}` where there can be nothing.\n\
         # Any value may also be `{value: …, evidence: [{uri: …}], asserted_by: person, asserted_at: day}`.\n",
    );
    let _ = writeln!(out, "schema_version: {SCHEMA_VERSION}");
    for section in Dossier::keys().iter().filter(|section| section.name != "schema_version") {
        let _ = writeln!(out, "\n# --- {} ---\n{}:", section.about.trim().trim_end_matches('.'), section.name);
        match section.shape {
            Shape::One(specs) => keys(&mut out, specs, "  ", Some((section.name, tier))),
            Shape::Many(specs) => item(&mut out, specs, "  "),
            Shape::Leaf(_) | Shape::Leaves(_) => {}
        }
    }
    out
}

fn keys(out: &mut String, specs: &[Spec], indent: &str, stated: Option<(&str, Tier)>) {
    for spec in specs {
        match (spec.shape, stated) {
            (_, Some(("classification", tier))) if spec.name == "tier" => {
                line(out, &format!("{indent}tier: {}", tier.word()), spec.about);
            }
            (Shape::One(below), _) => {
                line(out, &format!("{indent}# {}:", spec.name), spec.about);
                keys(out, below, &format!("{indent}  "), None);
            }
            (Shape::Many(below), _) => {
                line(out, &format!("{indent}# {}:", spec.name), spec.about);
                item(out, below, &format!("{indent}  "));
            }
            (Shape::Leaf(_) | Shape::Leaves(_), _) => {
                line(out, &format!("{indent}# {}: {}", spec.name, spec.example), spec.about);
            }
        }
    }
}

/// One record of a list.
fn item(out: &mut String, specs: &[Spec], indent: &str) {
    for (index, spec) in specs.iter().enumerate() {
        let dash = if index == 0 { "- " } else { "  " };
        line(out, &format!("{indent}# {dash}{}: {}", spec.name, spec.example), spec.about);
    }
}

fn line(out: &mut String, text: &str, about: &str) {
    let padding = COMMENT_AT.saturating_sub(text.chars().count()).max(2);
    let _ = writeln!(out, "{text}{:padding$}# {}", "", about.trim());
}
