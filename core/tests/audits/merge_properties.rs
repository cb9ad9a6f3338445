//! Merging is exact: any split of any table, in any order, measures to the same digest as the whole.

use proptest::prelude::*;

use super::support::{intake, merged, plan, report};

const PLAN: &str = "
id: i
label: y
prediction: d
score: s
weight: w
time: t
cluster: c
baseline: {prediction: e, score: u}
protected: [g, h, [g, h]]
min_n: 1
min_n_shown: 1
";
const HEADER: &str = "i,y,d,s,w,t,g,h,c,e,u\n";

fn row() -> impl Strategy<Value = String> {
    let text = |values: &'static [&'static str]| prop::sample::select(values);
    (
        0_u32..40,
        text(&["0", "1", "1.0", ""]),
        text(&["0", "1", "true", ""]),
        prop_oneof![Just(String::new()), (0.0..=1.0).prop_map(|score: f64| score.to_string()), Just("0.5".to_owned())],
        0.0..1e6_f64,
        text(&["2026-01-01", "2026-02-01T10:00:00Z", ""]),
        text(&["a", "b", "", "1", "1.0"]),
        text(&["x", "\"y, z\""]),
        (text(&["p", "q", "r", ""]), text(&["0", "1", "false", ""]), text(&["0.2", "0.5", "0.7", ""])),
    )
        .prop_map(|(i, y, d, s, w, t, g, h, (c, e, u))| format!("{i},{y},{d},{s},{w},{t},{g},{h},{c},{e},{u}\n"))
}

const CLASSES_PLAN: &str = "
task: multiclass
id: i
label: y
prediction: d
scores: {a: p, b: q, 10: r}
weight: w
protected: [g]
min_n: 1
min_n_shown: 1
conventions: [ovo_macro, top_2, linear, macro_zero_division_0]
";
const CLASSES_HEADER: &str = "i,y,d,p,q,r,w,g\n";

fn class_row() -> impl Strategy<Value = String> {
    let text = |values: &'static [&'static str]| prop::sample::select(values);
    let score = || {
        prop_oneof![
            (0.0..=1.0).prop_map(|score: f64| score.to_string()),
            text(&["0.5", "", "2"]).prop_map(str::to_owned)
        ]
    };
    (
        0_u32..40,
        text(&["a", "b", "10", "10.0", "d", ""]),
        text(&["a", "b", "e", "1e1", ""]),
        score(),
        score(),
        score(),
        0.0..1e6_f64,
        text(&["x", "y", ""]),
    )
        .prop_map(|(i, y, d, p, q, r, w, g)| format!("{i},{y},{d},{p},{q},{r},{w},{g}\n"))
}

/// The parts of a table, each row by its part, in an order of their own.
fn pieces(rows: &[String], parts: &[usize], order: &[usize]) -> Vec<Vec<String>> {
    let mut pieces: Vec<Vec<String>> = vec![Vec::new(); 5];
    for &index in order.iter().filter(|&&index| index < rows.len()) {
        pieces[parts[index]].push(rows[index].clone());
    }
    pieces
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn splits_orders_and_merges_never_show(
        rows in prop::collection::vec(row(), 0..60),
        parts in prop::collection::vec(0_usize..5, 60),
        order in Just((0..60_usize).collect::<Vec<_>>()).prop_shuffle(),
        merges in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let plan = plan(PLAN);
        let whole = report(&plan, intake(&plan, &format!("{HEADER}{}", rows.concat())));
        let pieces = pieces(&rows, &parts, &order);
        let pieces: Vec<Vec<String>> = merges.iter().map(|&piece| pieces[piece].clone()).collect();
        prop_assert_eq!(report(&plan, merged(&plan, HEADER, &pieces)).digest, whole.digest);
    }

    #[test]
    fn several_classes_met_in_any_order_are_the_same(
        rows in prop::collection::vec(class_row(), 0..60),
        parts in prop::collection::vec(0_usize..5, 60),
        order in Just((0..60_usize).collect::<Vec<_>>()).prop_shuffle(),
        merges in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let plan = plan(CLASSES_PLAN);
        let whole = report(&plan, intake(&plan, &format!("{CLASSES_HEADER}{}", rows.concat())));
        let pieces = pieces(&rows, &parts, &order);
        let pieces: Vec<Vec<String>> = merges.iter().map(|&piece| pieces[piece].clone()).collect();
        prop_assert_eq!(report(&plan, merged(&plan, CLASSES_HEADER, &pieces)).digest, whole.digest);
    }
}
