//! Which reader a file needs, by its first bytes; its name only helps to explain a refusal.

use crate::error::{Code, Error, Problem, Result};

/// A file format that we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text: comma, semicolon or tab separated.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// Apache Arrow IPC: file (also called Feather version 2) or stream.
    ArrowIpc,
}

/// Signatures of formats that we do not read: first bytes, what it is, what to do.
const REFUSED: &[(&[u8], &str, &str)] = &[
    (b"\x1f\x8b", "gzip-compressed", "decompress it first, for example with 'gunzip'"),
    (b"BZh", "bzip2-compressed", "decompress it first, for example with 'bunzip2'"),
    (b"\xfd7zXZ\x00", "xz-compressed", "decompress it first, for example with 'unxz'"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed", "decompress it first, for example with 'unzstd'"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and choose the table inside"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save the sheet as CSV in UTF-8"),
    (b"FEA1", "a Feather file of version 1", "write it again as Feather version 2 or Parquet"),
    (b"PARE", "an encrypted Parquet file", "write it again without encryption"),
    (b"Obj\x01", "an Avro file", "write it as Parquet"),
    (b"ORC", "an ORC file", "write it as Parquet"),
    (b"SQLite format 3", "a SQLite database", "export the table as CSV"),
    (b"\x89HDF", "an HDF5 file", "write the table as Parquet"),
    (b"\x93NUMPY", "a NumPy array", "write it as CSV or Parquet with names for the columns"),
    (b"%PDF", "a PDF document", "export the table as CSV"),
    (b"RDX", "an R data file", "write the table as CSV or Parquet from R"),
    (b"$FL", "an SPSS file", "export the table as CSV"),
    (b"<stata_dta>", "a Stata file", "export the table as CSV"),
    (b"<!DOCTYPE", "a web page", "download the table itself, not the page around it"),
    (b"<!doctype", "a web page", "download the table itself, not the page around it"),
    (b"<html", "a web page", "download the table itself, not the page around it"),
    (b"<?xml", "an XML document", "export the table as CSV"),
    (b"{\"", "JSON", "write the table as CSV or Parquet"),
    (b"[{", "JSON", "write the table as CSV or Parquet"),
];

impl Format {
    /// Finds the format. The first kilobyte is enough; what has no known signature is taken for CSV.
    pub fn sniff(first_bytes: &[u8], name: &str) -> Result<Self> {
        let name = name.to_lowercase();
        let has_extension = |extensions: &[&str]| extensions.iter().any(|extension| name.ends_with(extension));
        if first_bytes.starts_with(b"PAR1") {
            return Ok(Self::Parquet);
        }
        if first_bytes.starts_with(b"ARROW1") || first_bytes.starts_with(b"\xff\xff\xff\xff") {
            return Ok(Self::ArrowIpc);
        }
        if first_bytes.starts_with(b"PK\x03\x04") {
            let is_workbook = has_extension(&[".xlsx", ".xlsm"]) || contains(first_bytes, b"[Content_Types].xml");
            return Err(if is_workbook {
                refused("an Excel workbook", "save the sheet as 'CSV UTF-8'")
            } else if has_extension(&[".npz"]) {
                refused("a NumPy archive", "write it as CSV or Parquet with names for the columns")
            } else {
                refused("a zip archive", "unpack it and choose the table inside")
            });
        }
        if let [0x80, 2..=5, ..] = first_bytes {
            return Err(refused(
                "a Python pickle",
                "a pickle can run code when it is opened, so it is never read: write the table as Parquet",
            ));
        }
        if let Some((_, what, hint)) = REFUSED.iter().find(|(signature, ..)| first_bytes.starts_with(signature)) {
            return Err(refused(what, hint));
        }
        if !first_bytes.is_empty() && has_extension(&[".parquet", ".pq"]) {
            return Err(refused("named like Parquet but does not start as Parquet does", "check that it is complete"));
        }
        if !first_bytes.is_empty() && has_extension(&[".arrow", ".feather", ".ipc", ".arrows"]) {
            return Err(refused("named like Arrow but does not start as Arrow does", "check that it is complete"));
        }
        Ok(Self::Csv)
    }
}

fn refused(what: &str, hint: &str) -> Error {
    Problem::new(Code::FormatUnknown, format!("the file is {what}; tables are read from CSV, Parquet and Arrow"))
        .hint(hint)
        .into()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readable_formats() {
        assert_eq!(Format::sniff(b"PAR1....", "x.csv"), Ok(Format::Parquet));
        assert_eq!(Format::sniff(b"ARROW1\0\0", "x"), Ok(Format::ArrowIpc));
        assert_eq!(Format::sniff(b"\xff\xff\xff\xff\x10\0\0\0", "x"), Ok(Format::ArrowIpc));
        assert_eq!(Format::sniff(b"a,b\n1,2\n", "data.csv"), Ok(Format::Csv));
        assert_eq!(Format::sniff(b"", "data.parquet"), Ok(Format::Csv));
        assert_eq!(Format::sniff("größe;x".as_bytes(), "data"), Ok(Format::Csv));
    }

    #[test]
    fn refusals_say_what_to_do() {
        for (bytes, name, part) in [
            (&b"\x1f\x8b\x08"[..], "data.csv.gz", "gunzip"),
            (b"PK\x03\x04", "data.xlsx", "CSV UTF-8"),
            (b"PK\x03\x04", "data.zip", "unpack"),
            (b"\x80\x04\x95", "model.pkl", "never read"),
            (b"a,b", "data.parquet", "check that it is complete"),
            (b"[{\"a\":1}]", "data.json", "JSON"),
        ] {
            let error = Format::sniff(bytes, name).unwrap_err();
            assert_eq!(error.problems[0].code, Code::FormatUnknown);
            assert!(error.to_string().contains(part), "{error}");
        }
    }
}
