//! The schedule as a calendar: iCalendar (RFC 5545), one event of a whole day for every audit with a day.

use jiff::civil::Date;

use super::Planned;
use crate::checks::calendar::days_after;
use crate::record::sha256_hex;

/// Longest line in bytes, without its end.
const LINE: usize = 75;

/// The calendar. `day` is the day the schedule was worked out for.
pub fn icalendar(planned: &[Planned], day: Date) -> String {
    let mut lines = vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned(), "PRODID:-//modelassay//EN".to_owned()];
    for one in planned {
        let Some(due) = one.due else { continue };
        let Some(next) = days_after(due.due, 1) else { continue };
        let uid = sha256_hex(format!("{}\n{}\n{}", one.model, one.audit, due.due).as_bytes());
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@modelassay", &uid[..32]),
            format!("DTSTAMP:{}T000000Z", compact(day)),
            format!("DTSTART;VALUE=DATE:{}", compact(due.due)),
            format!("DTEND;VALUE=DATE:{}", compact(next)),
            format!("SUMMARY:{}", escaped(&format!("{} audit of {}", one.audit, one.model))),
            format!("DESCRIPTION:{}", escaped(&format!("{} as of {day}", due.status.word()))),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().flat_map(|line| [folded(line), "\r\n".to_owned()]).collect()
}

fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n").replace('\r', "")
}

/// A line cut into pieces that a calendar reads, each after the first behind a space.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut used = 0;
    for character in line.chars() {
        if used + character.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(character);
        used += character.len_utf8();
    }
    out
}
