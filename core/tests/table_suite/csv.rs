//! The CSV reader: any chunking, against a naive parser, and its stated rules.

use crate::support::{Cell, Gathered, Values, read_csv, spec, texts};
use modelassay::table::{Kind, ReadOptions, csv, row_key};
use proptest::prelude::*;

/// A parser that is obviously right: character by character over the whole text, no chunks, no speed.
fn naive(text: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut row, mut field, mut quoted, mut touched) = (Vec::new(), String::new(), false, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if quoted {
            match character {
                '"' if characters.peek() == Some(&'"') => field.push(characters.next().unwrap()),
                '"' => quoted = false,
                other => field.push(other),
            }
            continue;
        }
        match character {
            '"' if field.is_empty() && !touched => (quoted, touched) = (true, true),
            ',' => {
                row.push(std::mem::take(&mut field));
                touched = false;
            }
            '\n' | '\r' => {
                if character == '\r' && characters.peek() == Some(&'\n') {
                    characters.next();
                }
                row.push(std::mem::take(&mut field));
                touched = false;
                rows.push(std::mem::take(&mut row));
            }
            other => field.push(other),
        }
    }
    if !field.is_empty() || touched || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows
}

fn quoted(field: &str, always: bool) -> String {
    if always || field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

fn outcome(result: Result<Gathered, modelassay::error::Error>) -> Result<(usize, Vec<Values>), String> {
    result.map(|gathered| (gathered.rows, gathered.columns)).map_err(|error| error.to_json())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_chunking_gives_the_same_table(
        header in prop_oneof![Just("a,b"), Just("\u{feff}a,b"), Just("a;b"), Just("\"a\"\tb"), Just("\n\na,b"), Just("b")],
        line_end in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        rows in proptest::collection::vec("[a1,;\t\"\n\r é]{0,8}|[a-c]{0,3},[0-9.]{1,4}|\"[a\n,]{0,4}\",[0-9]|", 0..12),
        cuts in proptest::collection::vec(0..400_usize, 0..12),
        batch_rows in 1..5_usize,
    ) {
        let text = [header].into_iter().chain(rows.iter().map(String::as_str)).collect::<Vec<_>>().join(line_end);
        let specs = [
            spec("b", Kind::Category), spec("b", Kind::Number), spec("b", Kind::Key), spec("b", Kind::Presence),
        ];
        for specs in [&specs[..1], &specs[..]] {
            let whole = outcome(read_csv(text.as_bytes(), &[], specs, ReadOptions::default()));
            let pieces = outcome(read_csv(text.as_bytes(), &cuts, specs, ReadOptions::default()));
            prop_assert_eq!(&whole, &pieces);
            let bytes = outcome(read_csv(text.as_bytes(), &(0..text.len()).collect::<Vec<_>>(), specs, ReadOptions::default()));
            prop_assert_eq!(&whole, &bytes);
            let small = ReadOptions { batch_rows, ..ReadOptions::default() };
            prop_assert_eq!(&whole, &outcome(read_csv(text.as_bytes(), &cuts, specs, small)));
        }
    }

    #[test]
    fn agrees_with_the_naive_parser(
        rows in proptest::collection::vec((r#"[a-c,"\n\r é01.]{0,20}"#, r#"[a-c,"\n0-9]{0,6}"#, any::<[bool; 2]>()), 0..20),
        line_end in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        cuts in proptest::collection::vec(0..800_usize, 0..6),
        closed: bool,
    ) {
        let mut text = format!("first,second{line_end}");
        for (index, (first, second, always)) in rows.iter().enumerate() {
            text += &quoted(first, always[0]);
            text.push(',');
            text += &quoted(second, always[1]);
            if closed || index + 1 < rows.len() {
                text += line_end;
            }
        }
        let parsed = naive(&text);
        prop_assert_eq!(parsed.len(), rows.len() + 1);
        let specs = [spec("second", Kind::Key), spec("first", Kind::Category)];
        let gathered = read_csv(text.as_bytes(), &cuts, &specs, ReadOptions::default()).unwrap();
        prop_assert_eq!(gathered.rows, rows.len());
        if !rows.is_empty() {
            let key = |text: &String| if text.is_empty() { Cell::Missing } else { Cell::Key(row_key(text)) };
            let category = |text: &String| if text.is_empty() {
                Cell::Missing
            } else {
                Cell::Text(modelassay::plan::canonical_value(text).into_owned())
            };
            prop_assert_eq!(&gathered.columns[0], &Values::Cells(parsed[1..].iter().map(|row| key(&row[1])).collect()));
            prop_assert_eq!(&gathered.columns[1], &Values::Cells(parsed[1..].iter().map(|row| category(&row[0])).collect()));
        }
    }
}

fn some(values: &[&str]) -> Vec<Option<String>> {
    values.iter().map(|value| (!value.is_empty()).then(|| (*value).to_owned())).collect()
}

#[test]
fn delimiters_are_found_outside_quotes() {
    assert_eq!(texts("a;b\n1;2,5\n", "b"), Ok(some(&["2,5"])));
    assert_eq!(texts("a\tb\n1\tx;y\n", "b"), Ok(some(&["x;y"])));
    assert_eq!(texts("\"a;;;\",b\n1,2\n", "b"), Ok(some(&["2"])));
    assert_eq!(texts("a,b;c\n1,2\n", "b;c"), Ok(some(&["2"])));
    assert_eq!(texts("b\n1;2\n", "b"), Ok(some(&["1;2"])));
    assert_eq!(texts("5\" disc,b\n1,2\n", "b"), Ok(some(&["2"])));
}

#[test]
fn header_and_line_ends() {
    for text in
        ["a,b\nx,y\n", "a,b\r\nx,y\r\n", "a,b\rx,y\r", "a,b\nx,y", "\u{feff}a,b\nx,y\n\n\n", "\n\r\na,b\nx,y\r\n\r\n"]
    {
        assert_eq!(texts(text, "a"), Ok(some(&["x"])), "{text:?}");
        assert_eq!(texts(text, "b"), Ok(some(&["y"])), "{text:?}");
    }
    assert_eq!(texts("\u{feff}\"a,\"\"1\",b\nx,y\n", "a,\"1"), Ok(some(&["x"])));
    assert_eq!(texts("a,b", "a"), Ok(Vec::new()));
    assert_eq!(texts("a,b\r\n", "a"), Ok(Vec::new()));
}

#[test]
fn a_byte_order_mark_inside_the_table_is_data() {
    assert_eq!(texts("a,b\n\u{feff}x,\"y\"\n", "a"), Ok(some(&["\u{feff}x"])));
    assert_eq!(texts("a,b\n\u{feff}x,y", "a"), Ok(some(&["\u{feff}x"])));
}

#[test]
fn blank_lines() {
    assert_eq!(texts("a\nx\n\ny\n\n\n", "a"), Ok(some(&["x", "", "y"])));
    assert_eq!(texts("a\nx\n\"\"\n", "a"), Ok(some(&["x", ""])));
    let error = texts("a,b\n1,2\n\n\n3,4\n5\n", "a").unwrap_err();
    let places: Vec<_> = error.problems.iter().map(|problem| (problem.location.line, problem.location.row)).collect();
    assert_eq!(places, [(Some(3), Some(2)), (Some(6), Some(5))]);
}

#[test]
fn lines_count_line_ends_inside_quotes() {
    let error = texts("a,b\n\"1\n\n2\",x\r\n3\n", "a").unwrap_err();
    assert_eq!((error.problems[0].location.line, error.problems[0].location.row), (Some(5), Some(2)));
    let error = texts("a,b\r\n\"1\r\n2\",x\r\n\"3\"\r\n4,5\r\n6\r\n", "a").unwrap_err();
    let lines: Vec<_> = error.problems.iter().map(|problem| problem.location.line).collect();
    assert_eq!(lines, [Some(4), Some(6)]);
}

#[test]
fn one_column_under_several_kinds() {
    let text = "x\n1\n\n0.50\nnan\n";
    let specs = [Kind::Category, Kind::Number, Kind::Key, Kind::Presence].map(|kind| spec("x", kind));
    let gathered = crate::support::csv(text, &specs).unwrap();
    let cells = |column: usize| match &gathered.columns[column] {
        Values::Cells(cells) => cells.clone(),
        other => panic!("{other:?}"),
    };
    let text = |text: &str| Cell::Text(text.to_owned());
    let number = |value: f64| Cell::Number(value.to_bits());
    assert_eq!(cells(0), [text("1"), Cell::Missing, text("0.5"), text("nan")]);
    assert_eq!(cells(1), [number(1.0), Cell::Missing, number(0.5), Cell::Missing]);
    assert_eq!(
        cells(2),
        [Cell::Key(row_key("1")), Cell::Missing, Cell::Key(row_key("0.5")), Cell::Key(row_key("nan"))]
    );
    assert_eq!(gathered.columns[3], Values::Presence(2));
}

#[test]
fn listed_texts_are_missing_under_every_kind() {
    let options = ReadOptions::with_missing_values(&["NA".to_owned(), "-1".to_owned()]);
    let specs = [Kind::Category, Kind::Number, Kind::Key, Kind::Time, Kind::Presence].map(|kind| spec("x", kind));
    let gathered = read_csv(b"x,y\nNA,\n-1.0,\n2001,\n", &[], &specs, options).unwrap();
    for column in &gathered.columns {
        match column {
            Values::Cells(cells) => {
                assert_eq!(cells[..2], [Cell::Missing, Cell::Missing]);
                assert_ne!(cells[2], Cell::Missing);
            }
            other => assert_eq!(*other, Values::Presence(2)),
        }
    }
}

#[test]
fn batches_end_after_so_many_rows() {
    let text = format!("x\n{}", "v\n".repeat(10));
    let options = ReadOptions { batch_rows: 4, ..ReadOptions::default() };
    let gathered = read_csv(text.as_bytes(), &[], &[spec("x", Kind::Category)], options).unwrap();
    assert_eq!((gathered.rows, gathered.batches), (10, 3));
}

#[test]
fn a_failed_reader_stays_failed() {
    let mut gathered = Gathered::default();
    let mut reader = csv::CsvReader::new(&[spec("z", Kind::Category)], ReadOptions::default());
    let first = reader.push(b"a,b\n", &mut gathered).unwrap_err();
    assert_eq!(reader.push(b"1,2\n", &mut gathered), Err(first.clone()));
    assert_eq!(reader.finish(&mut gathered), Err(first));
}

#[test]
fn the_sample_leaves_out_a_row_that_is_cut_off() {
    let columns = csv::header_and_sample(b"a;b\n1;x\n2;y\n3", false).unwrap();
    let expected = vec![
        ("a".to_owned(), vec!["1".to_owned(), "2".to_owned()]),
        ("b".to_owned(), vec!["x".to_owned(), "y".to_owned()]),
    ];
    assert_eq!(columns, expected);
    let columns = csv::header_and_sample(b"a;b\n1;x\n2;y", true).unwrap();
    assert_eq!(columns[1].1, ["x", "y"]);
}
