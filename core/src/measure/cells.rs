//! Cells: the combinations of protected groups that occur, numbered in the order in which they are met.

use std::collections::BTreeMap;

use crate::table::MISSING_CODE;

/// Largest number of combinations that one batch counts in a flat table.
const DENSE: u64 = 1 << 16;

/// Distinct raw texts of one attribute.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels {
    texts: Vec<String>,
    codes: BTreeMap<String, u32>,
}

impl Levels {
    /// The code of a text; the empty text is missing on every surface.
    pub(super) fn code(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return MISSING_CODE;
        }
        if let Some(&code) = self.codes.get(text) {
            return code;
        }
        let code = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.codes.insert(text.to_owned(), code);
        code
    }

    /// Whether a text has a code.
    pub(super) fn knows(&self, text: &str) -> bool {
        self.codes.contains_key(text)
    }

    pub(super) fn texts(&self) -> &[String] {
        &self.texts
    }
}

/// Numbers the combinations of level codes.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    ids: BTreeMap<Box<[u32]>, u32>,
    codes: Vec<Box<[u32]>>,
}

impl Cells {
    /// The number of a combination.
    pub(super) fn id(&mut self, codes: &[u32]) -> u32 {
        if let Some(&id) = self.ids.get(codes) {
            return id;
        }
        let id = self.codes.len() as u32;
        self.codes.push(codes.into());
        self.ids.insert(codes.into(), id);
        id
    }

    /// The combinations, by number.
    pub(super) fn codes(&self) -> &[Box<[u32]>] {
        &self.codes
    }
}

/// The cell of every row of a batch.
pub(super) struct RowCells {
    /// Local cell number of each row.
    pub(super) local: Vec<u32>,
    /// Number of local cells; some may have no rows.
    pub(super) count: usize,
    /// Local level code of each attribute, per local cell (`MISSING_CODE` for missing).
    combination: Combination,
}

enum Combination {
    /// Local number = mixed-radix number of the codes.
    Dense(Vec<u32>),
    /// Combinations listed in the order met.
    Listed(Vec<Vec<u32>>),
}

impl RowCells {
    /// Combines the codes of all attributes; `sizes` are the dictionary lengths.
    pub(super) fn new(rows: usize, columns: &[&[u32]], sizes: &[usize]) -> Self {
        let radices: Vec<u32> = sizes.iter().map(|&size| size as u32 + 1).collect();
        let product = radices.iter().try_fold(1_u64, |product, &radix| product.checked_mul(u64::from(radix)));
        if let Some(count) = product.filter(|&count| count <= DENSE) {
            let mut local = vec![0_u32; rows];
            for (column, &radix) in columns.iter().zip(&radices) {
                for (cell, &code) in local.iter_mut().zip(*column) {
                    *cell = *cell * radix + code.min(radix - 1);
                }
            }
            return Self { local, count: count as usize, combination: Combination::Dense(radices) };
        }
        let mut ids: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut listed = Vec::new();
        let local = (0..rows)
            .map(|row| {
                let codes: Vec<u32> = columns.iter().map(|column| column[row]).collect();
                *ids.entry(codes).or_insert_with_key(|codes| {
                    listed.push(codes.clone());
                    listed.len() as u32 - 1
                })
            })
            .collect();
        Self { local, count: listed.len(), combination: Combination::Listed(listed) }
    }

    /// The level codes of a local cell.
    pub(super) fn codes(&self, cell: usize) -> Vec<u32> {
        match &self.combination {
            Combination::Listed(listed) => listed[cell].clone(),
            Combination::Dense(radices) => {
                let mut rest = cell as u32;
                let mut codes = vec![0; radices.len()];
                for (code, &radix) in codes.iter_mut().zip(radices).rev() {
                    let digit = rest % radix;
                    *code = if digit == radix - 1 { MISSING_CODE } else { digit };
                    rest /= radix;
                }
                codes
            }
        }
    }
}
