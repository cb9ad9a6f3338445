//! The HTML page.

use modelassay::findings::v1::Report;
use modelassay::report::html;

use super::fixture;
use super::markup::{characters_are_harmless, links_arrive, tags, values};

#[test]
fn report_pages_are_sound_whatever_the_names() {
    for name in ["rich", "hostile", "empty"] {
        let page = html(&fixture(name));
        let tags = tags(&page);
        links_arrive(&tags);
        characters_are_harmless(&page);
        for forbidden in
            ["<script", "<img", "<link", "<iframe", "javascript:\"", "http://", "https://", "@import", "url("]
        {
            assert!(!page.contains(forbidden), "{name}: {forbidden}");
        }
        for tag in &tags {
            let names: String = tag.attributes.split('"').step_by(2).collect();
            assert!(names.split_whitespace().all(|attribute| !attribute.starts_with("on")), "{name}: {names}");
        }
        assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"), "{name}");
    }
}

#[test]
fn report_pages_are_accessible() {
    for name in ["rich", "hostile", "empty"] {
        let page = html(&fixture(name));
        let tags = tags(&page);
        let count = |wanted: &str| tags.iter().filter(|tag| tag.name == wanted && !tag.closing).count();
        for landmark in ["header", "nav", "main", "footer", "h1"] {
            assert_eq!(count(landmark), 1, "{name}: {landmark}");
        }
        let mut level = 0;
        for tag in tags.iter().filter(|tag| !tag.closing && tag.name.len() == 2 && tag.name.starts_with('h')) {
            if let Ok(next) = tag.name[1..].parse::<u32>() {
                assert!(next <= level + 1, "{name}: h{next} after h{level}");
                level = next;
            }
        }
        assert!(
            tags.iter().filter(|tag| tag.name == "th" && !tag.closing).all(|tag| tag.attributes.contains("scope=")),
            "{name}: a header without scope"
        );
        for svg in page.split("<svg ").skip(1) {
            assert!(svg.contains("aria-hidden") || svg.contains("role=\"img\""), "{name}: {svg:.60}");
        }
        assert_eq!(
            page.matches("role=\"img\"").count(),
            page.matches("<title>").count() - 1,
            "{name}: a chart without title"
        );
    }
}

#[test]
fn report_page_says_things_in_order() {
    let page = html(&fixture("rich"));
    let ids = values(&tags(&page), "id");
    let places: Vec<_> = [
        "what-matters",
        "criteria",
        "performance",
        "fairness",
        "data",
        "predictions",
        "not-assessed",
        "appendix",
        "reproduce",
    ]
    .iter()
    .map(|id| ids.iter().position(|known| known == id).unwrap_or_else(|| panic!("{id}")))
    .collect();
    assert!(places.is_sorted());
    for text in [
        "Mortgage pre-decision 2026.1",
        "10 criteria: 3 met, 3 not met, 4 undecided",
        "fairness/selection-rate-ratio:race=black#7",
        "modelassay run plan.yaml --data predictions.csv --labels labels.csv --reference reference.csv --as-of 2026-11-23",
        "plan=&#34;plan.yaml&#34;",
        "845e91831319e89c4d656bdb80c278ac09a7230d61e5dfd2e1b1fbb436ac8917",
        "118 rows are concerned",
        "Koopman&#39;s score interval",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

/// `rich.json` with so many more groups of one attribute, each with measures, findings and a curve.
fn crowd(groups: usize) -> Report {
    let mut report = fixture("rich");
    let is_black = |subject: &modelassay::findings::v1::Subject| {
        subject.attribute == ["race"] && subject.group == [Some("black".to_owned())]
    };
    let measures: Vec<_> = report.measures.iter().filter(|measure| is_black(&measure.subject)).cloned().collect();
    let findings: Vec<_> = report.findings.iter().filter(|finding| is_black(&finding.subject)).cloned().collect();
    let curves: Vec<_> = report.curves.iter().filter(|curve| is_black(&curve.subject)).cloned().collect();
    for place in 0..groups {
        let name = format!("group {place} with a rather long name");
        let group = vec![Some(name.clone())];
        report.measures.extend(measures.iter().cloned().map(|mut measure| {
            measure.id = measure.id.replace("black", &name);
            measure.subject.group.clone_from(&group);
            measure
        }));
        report.findings.extend(findings.iter().cloned().map(|mut finding| {
            finding.id = finding.id.replace("black", &name);
            finding.measure = finding.measure.map(|id| id.replace("black", &name));
            finding.subject.group.clone_from(&group);
            finding
        }));
        report.curves.extend(curves.iter().cloned().map(|mut curve| {
            curve.subject.group.clone_from(&group);
            curve
        }));
    }
    report
}

#[test]
fn report_page_stays_small_with_a_thousand_groups() {
    let page = html(&crowd(1_000));
    assert!(page.len() <= 500_000, "{} bytes", page.len());
    links_arrive(&tags(&page));
    let headlines = page.matches("aria-label=\"Finding: ").count();
    assert_eq!(headlines, 5, "every headline leads to its finding");
    assert!(page.contains("⋮"), "the middle of a long list is announced");
    assert!(page.contains("more measures are in the JSON") && page.contains("more findings are in the JSON"));
}
