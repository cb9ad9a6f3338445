//! The notebook fragment and the terminal summary.

use modelassay::report::{notebook, terminal};

use super::fixture;
use super::markup::{characters_are_harmless, tags, values};

#[test]
fn report_fragments_need_nothing_of_their_page() {
    for name in ["rich", "hostile", "empty"] {
        let fragment = notebook(&fixture(name));
        let tags = tags(&fragment);
        characters_are_harmless(&fragment);
        for attribute in ["class", "id", "href", "src", "onerror"] {
            assert!(values(&tags, attribute).is_empty(), "{name}: {attribute}");
        }
        assert!(!fragment.contains("<style") && !fragment.contains("<script"), "{name}");
        assert!(fragment.len() <= 100_000, "{name}: {} bytes", fragment.len());
    }
}

#[test]
fn report_summaries_fit_the_terminal() {
    for name in ["rich", "hostile", "empty"] {
        let report = fixture(name);
        for width in [60, 80, 100] {
            let summary = terminal(&report, false, width);
            characters_are_harmless(&summary);
            let widest = summary.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            assert!(widest <= width, "{name}: {widest} of {width}");
        }
        let coloured = terminal(&report, true, 80);
        let plain: String =
            coloured.split('\u{1b}').map(|part| part.split_once('m').map_or(part, |(_, rest)| rest)).collect();
        if name != "hostile" {
            assert_eq!(plain.lines().count(), terminal(&report, false, 80).lines().count(), "{name}");
        }
    }
}

#[test]
fn report_summary_reads_well() {
    insta::with_settings!({ snapshot_path => "../fixtures/report", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("terminal", terminal(&fixture("rich"), false, 100));
    });
}
