//! How the report shows fairness: the groups side by side, heat maps, sweeps, and nothing of who is hidden.
#![expect(clippy::unwrap_used, reason = "what goes wrong here is a failing test")]

use modelassay::audit::Audit;
use modelassay::findings::v1::{Outcome, Provenance, Report};
use modelassay::plan::{Plan, PlanTable};
use modelassay::report::{html, notebook, terminal};
use modelassay::table::{ReadOptions, csv};

use super::fixture;
use super::markup::{characters_are_harmless, links_arrive, tags};

fn audit(plan: &str, header: &str, rows: &[(usize, String)]) -> Report {
    let (plan, _) = Plan::parse(plan, "plan").unwrap_or_else(|error| panic!("{error}"));
    let mut audit = Audit::new(plan);
    let mut intake = audit.intake(PlanTable::Predictions).unwrap();
    let rows: String = rows.iter().map(|(times, row)| format!("{row}\n").repeat(*times)).collect();
    let table = format!("{header}\n{rows}");
    csv::read(table.as_bytes(), &intake.columns(), ReadOptions::default(), &mut intake).unwrap();
    audit.accept(intake).unwrap();
    audit.finish(None, Provenance::default()).unwrap()
}

/// The pieces of a text between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).map(|rest| rest.split(to).next().unwrap()).collect()
}

/// What a reader sees of markup, with one space between pieces.
fn words(markup: &str) -> String {
    let text: String =
        markup.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, rest)| rest).to_owned() + " ").collect();
    text.replace("&nbsp;", " ").replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn groups_stand_side_by_side_with_the_answers_of_the_criteria() {
    let report = fixture("rich");
    let page = html(&report);
    let tables = between(&page, "<table class=\"disparity", "</table>");
    assert_eq!(tables.len(), 3, "one of race, one of sex, one of both");
    let rows: Vec<_> = between(tables[0], "<tr>", "</tr>").into_iter().map(words).collect();
    assert!(rows[0].contains("Ratio of selection rates against white"), "{}", rows[0]);
    assert!(rows[1].starts_with("All rows n 1,194 "), "{}", rows[1]);
    assert!(rows[2].starts_with("white reference, n 1,009 "), "{}", rows[2]);
    let black = rows.iter().find(|row| row.starts_with("black")).unwrap();
    // The interval cannot tell, the estimate alone can: both criteria speak, each under its number.
    assert!(black.contains("0.726 0.629 to 0.838 n 1,127 undecided (6) not met (7)"), "{black}");
    let columns = between(tables[0], "<th scope=\"col\"", ">").len();
    for row in between(tables[0], "<tr>", "</tr>").into_iter().skip(1) {
        assert_eq!(row.matches("<td").count() + 1, columns, "{row}");
    }
    // Every judged number of a group is in a table, with a link that arrives.
    links_arrive(&tags(&page));
    let verdicts = tables.iter().map(|table| table.matches("class=\"o-link v\"").count()).sum::<usize>();
    let judged = report.findings.iter().filter(|finding| {
        finding.criterion.is_some() && !finding.subject.attribute.is_empty() && finding.outcome != Outcome::NotAssessed
    });
    assert!(verdicts >= judged.count(), "{verdicts}");
}

#[test]
fn every_group_has_its_sweeps_with_the_threshold_of_the_plan() {
    let report = fixture("rich");
    let page = html(&report);
    let sweeps =
        between(&page, "<figcaption>", "</figure>").into_iter().filter(|figure| figure.contains("at every threshold"));
    let sweeps: Vec<_> = sweeps.collect();
    let expected =
        report.curves.iter().filter(|curve| curve.name.starts_with("threshold_") && !curve.subject.group.is_empty());
    assert_eq!(sweeps.len(), expected.count());
    for sweep in &sweeps {
        assert_eq!(sweep.matches("class=\"l\"").count(), 1, "one threshold");
        assert_eq!(sweep.matches("class=\"d\"").count(), 1, "one point at it");
        assert!(words(sweep).contains(" at 0.80, n "), "{}", words(sweep));
    }
    let black = sweeps.iter().find(|sweep| sweep.contains("Selection rate at every threshold, black")).unwrap();
    assert!(words(black).starts_with("black 0.619 at 0.80, n 118"), "{}", words(black));
}

#[test]
fn without_a_threshold_in_the_plan_none_is_drawn() {
    let mut report = fixture("rich");
    report.plan.canonical["threshold"] = serde_json::Value::Null;
    let page = html(&report);
    let sweeps =
        between(&page, "<figcaption>", "</figure>").into_iter().filter(|figure| figure.contains("at every threshold"));
    for sweep in sweeps {
        assert!(!sweep.contains("class=\"l\"") && !words(sweep).contains(" at 0.80"));
    }
    assert!(!page.contains("threshold of the plan"));
}

/// Two attributes in which a few small groups must stay hidden: their rates occur nowhere else.
fn with_hidden_groups() -> Report {
    let mut rows = Vec::new();
    for (group, selected, refused) in [
        ("a,x", 40, 60),
        ("a,y", 30, 50),
        ("a,z", 2, 7), // 2 / 9 = 0.222
        ("b,x", 20, 70),
        ("b,y", 45, 45),
        ("b,z", 5, 4), // 5 / 9 = 0.556
        ("c,x", 50, 50),
        ("c,y", 60, 33),
    ] {
        rows.push((selected, format!("1,{group}")));
        rows.push((refused, format!("0,{group}")));
    }
    let plan = "{prediction: d, protected: [g, h, [g, h]], min_n_shown: 10, min_n: 10, criteria: \
                [{measure: selection_rate, attribute: [g, h], comparator: '>=', threshold: 0.4}]}";
    audit(plan, "d,g,h", &rows)
}

#[test]
fn heat_maps_hatch_what_is_hidden_and_leave_out_what_does_not_exist() {
    let report = with_hidden_groups();
    let page = html(&report);
    let matrix =
        between(&page, "<svg ", "</svg>").into_iter().find(|svg| svg.contains("Selection rate by g and h")).unwrap();
    let text = words(matrix);
    let hidden = report
        .measures
        .iter()
        .filter(|m| m.name == "selection_rate" && m.subject.attribute.len() == 2 && m.value.is_none())
        .count();
    assert_eq!(hidden, 6, "the two small ones, and those that would give them away by row or column");
    assert_eq!(matrix.matches(">hidden</text>").count(), hidden);
    assert_eq!(matrix.matches(">no rows</text>").count(), 1, "nobody is of c and z");
    // Value and n in the cell, the marginals and all rows at the edges.
    for shown in ["0.500 n 100", "0.645 n 93", "0.441 n 571"] {
        assert!(text.contains(shown), "{shown} in {text}");
    }
}

#[test]
fn nothing_of_a_hidden_group_is_shown_anywhere() {
    let report = with_hidden_groups();
    for (surface, text) in [
        ("page", html(&report)),
        ("notebook", notebook(&report)),
        ("terminal", terminal(&report, false, 120)),
        ("JSON", serde_json::to_string(&report).unwrap()),
    ] {
        for number in ["0.222", "0.2222", "0.22222", "0.556", "0.5556", "0.55555"] {
            assert!(!text.contains(number), "{surface} shows {number}");
        }
    }
    let page = html(&report);
    let table = between(&page, "<table class=\"disparity", "</div>").into_iter().last().unwrap();
    assert!(
        words(table).contains("Hidden (fewer rows than the plan shows, or the complement of such a group): a, x; a, y; a, z; b, x; b, y; b, z."),
        "{}",
        words(table)
    );
    assert!(!table.contains("<bdi>a, z</bdi>"), "no row of its own");
}

#[test]
fn three_attributes_are_a_matrix_for_each_value_of_the_third() {
    let rows: Vec<_> = ["a", "b"]
        .iter()
        .flat_map(|g| ["x", "y"].iter().flat_map(move |h| ["u", "v", "w"].iter().map(move |k| format!("{g},{h},{k}"))))
        .enumerate()
        .flat_map(|(place, group)| [(20 + place, format!("1,{group}")), (30, format!("0,{group}"))])
        .collect();
    let plan = "{prediction: d, protected: [g, h, k, [g, k], [g, h, k]], min_n_shown: 5}";
    let page = html(&audit(plan, "d,g,h,k", &rows));
    for level in ["u", "v", "w"] {
        let name = format!("Selection rate by g and h, k: {level}");
        let matrix = between(&page, "<svg ", "</svg>").into_iter().find(|svg| svg.contains(&name)).unwrap();
        assert_eq!(matrix.matches("fill-opacity=\"0").count(), 4, "four groups");
        // Of the edges, the plan has g by k, k alone, and nothing of h by k.
        assert_eq!(matrix.matches(">all</text>").count(), 1, "{name}");
    }
}

#[test]
fn many_values_are_drawn_wide_or_not_at_all() {
    let table = |columns: usize| {
        let rows: Vec<_> =
            (0..columns * 2).map(|place| (40, format!("{},g{},h{}", place % 2, place % 2, place / 2))).collect();
        html(&audit("{prediction: d, protected: [g, h, [g, h]], min_n_shown: 5}", "d,g,h", &rows))
    };
    // The longer side becomes the rows, which a page has room for.
    let page = table(9);
    let matrix =
        between(&page, "<svg ", "</svg>").into_iter().find(|svg| svg.contains("Selection rate by h and g")).unwrap();
    assert!(matrix.starts_with("role=\"img\" width=\"3"), "{matrix:.60}");
    assert!(!table(30).contains("Selection rate by h and g"));
}

#[test]
fn the_terminal_shows_the_groups_of_what_is_not_met() {
    let report = fixture("rich");
    for width in [60, 80, 100] {
        let summary = terminal(&report, false, width);
        let table = summary.split("By race\n").nth(1).unwrap().split("\n\n").next().unwrap();
        let black = table.lines().find(|line| line.starts_with("black ")).unwrap();
        assert!(black.contains("118") && black.contains("0.726 ■") && black.contains("−0.161 ■"), "{width}: {black}");
    }
}

/// `rich.json` with every attribute and group renamed to what could break out of its place; definitions stay as they are,
/// so that every chart and table is drawn.
fn renamed() -> Report {
    const NAMES: [&str; 7] = [
        "<script>document.title='owned'</script>",
        "\"'><img src=x onerror=\"alert(1)\">]]></style></title></svg><!--",
        "\u{202e}nimoc\u{202c} nul\u{0} escape\u{1b}[31m",
        "{{ 7*7 }} &lt;b&gt; &amp;",
        "line\nbreak\u{2028}separator",
        "x</figcaption></td></table>",
        "",
    ];
    let mut known: Vec<String> = Vec::new();
    let mut rename = |name: &mut String| {
        let place = known.iter().position(|known| known == name).unwrap_or_else(|| {
            known.push(name.clone());
            known.len() - 1
        });
        *name = format!("{}{}", NAMES[place % NAMES.len()], " ".repeat(place / NAMES.len()));
    };
    let mut report = fixture("rich");
    let subjects = report.measures.iter_mut().map(|measure| &mut measure.subject);
    let subjects = subjects.chain(report.findings.iter_mut().map(|finding| &mut finding.subject));
    for subject in subjects.chain(report.curves.iter_mut().map(|curve| &mut curve.subject)) {
        subject.attribute.iter_mut().for_each(&mut rename);
        subject.group.iter_mut().chain(&mut subject.reference).flatten().for_each(&mut rename);
    }
    report
}

#[test]
fn hostile_names_stay_in_their_places() {
    let (plain, report) = (html(&fixture("rich")), renamed());
    let page = html(&report);
    let count = |page: &str, name: &str| tags(page).iter().filter(|tag| tag.name == name && !tag.closing).count();
    for name in ["figure", "svg", "table", "tr", "td", "text", "path", "h3", "h4"] {
        assert_eq!(count(&page, name), count(&plain, name), "{name}");
    }
    links_arrive(&tags(&page));
    for text in [&page, &notebook(&report), &terminal(&report, false, 100)] {
        characters_are_harmless(text);
    }
    tags(&notebook(&report));
    for forbidden in ["<script", "<img", "<!--"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}
