//! Dictionary encoding of texts: short ones as one 128-bit word in a small open-addressing table.

use xxhash_rust::xxh3::xxh3_128;

use crate::table::MISSING_CODE;

/// Texts of at most this many bytes are their own key.
const SHORT: usize = 15;
/// Marks a free slot; also the largest number of distinct texts in a batch.
const VACANT: u32 = MISSING_CODE - 1;
/// One mask for each length of a short text.
const MASKS: [u128; SHORT + 1] = {
    let mut masks = [0; SHORT + 1];
    let mut length = 1;
    while length <= SHORT {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
};

/// The distinct texts met so far, kept by the caller because readers differ in who owns the bytes.
pub(super) trait Entries<'a> {
    /// Adds a new text and returns its code, or [`MISSING_CODE`] if it counts as missing.
    fn add(&mut self, text: &'a [u8]) -> u32;
    /// The text of a code that `add` has returned.
    fn text(&self, code: u32) -> &[u8];
    /// Whether `add` would return [`MISSING_CODE`].
    fn is_missing(&self, text: &[u8]) -> bool;
}

/// Finds the code of a text.
#[derive(Debug)]
pub(super) struct Interner {
    short: Slots,
    long: Slots,
}

impl Interner {
    pub(super) fn new() -> Self {
        Self { short: Slots::new(), long: Slots::new() }
    }

    pub(super) fn clear(&mut self) {
        self.short.clear();
        self.long.clear();
    }

    /// The code of `bytes[start..end]`; the bytes around it make loading a short text one instruction.
    #[inline]
    pub(super) fn code<'a>(
        &mut self,
        bytes: &'a [u8],
        start: usize,
        end: usize,
        entries: &mut impl Entries<'a>,
    ) -> u32 {
        let length = end - start;
        if length <= SHORT {
            let key = match bytes.get(start..start + 16) {
                Some(word) => word.try_into().map_or(0, u128::from_le_bytes) & MASKS[length],
                None => load(&bytes[start..end]),
            };
            self.short.get_or_insert(key | ((length as u128) << 120), || entries.add(&bytes[start..end]))
        } else {
            self.long_code(&bytes[start..end], entries)
        }
    }

    /// The code of a key that stands for one short text; a table must be asked with one kind of key only.
    #[cfg(feature = "arrow")]
    #[inline]
    pub(super) fn code_of_key(&mut self, key: u128, add: impl FnOnce() -> u32) -> u32 {
        self.short.get_or_insert(key, add)
    }

    /// The code of a text of any length by its hash, compared in full.
    pub(super) fn long_code<'a>(&mut self, text: &'a [u8], entries: &mut impl Entries<'a>) -> u32 {
        let mut key = long_key(text);
        loop {
            let mut added = false;
            let code = self.long.get_or_insert(key, || {
                added = true;
                entries.add(text)
            });
            let same = match code {
                _ if added => true,
                MISSING_CODE => entries.is_missing(text),
                _ => entries.text(code) == text,
            };
            if same {
                return code;
            }
            key = key.wrapping_add(1);
        }
    }
}

/// A hash of a text of more than [`SHORT`] bytes. Up to 32 bytes its first and last 16 hold all of it.
fn long_key(text: &[u8]) -> u128 {
    match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) if text.len() <= 32 => {
            let (first, last) = (u128::from_le_bytes(*first), u128::from_le_bytes(*last));
            first ^ last.rotate_left(59) ^ text.len() as u128
        }
        _ => xxh3_128(text),
    }
}

fn load(text: &[u8]) -> u128 {
    let mut word = [0; 16];
    word[..text.len()].copy_from_slice(text);
    u128::from_le_bytes(word)
}

/// Open addressing with linear probing; a power of two of slots, at most half of them taken.
#[derive(Debug)]
struct Slots {
    slots: Vec<(u128, u32)>,
    taken: usize,
}

impl Slots {
    const FEWEST: usize = 256;

    fn new() -> Self {
        Self { slots: vec![(0, VACANT); Self::FEWEST], taken: 0 }
    }

    fn clear(&mut self) {
        self.slots.truncate(Self::FEWEST);
        self.slots.fill((0, VACANT));
        self.taken = 0;
    }

    #[inline]
    fn home(key: u128, slots: usize) -> usize {
        let folded = (key as u64) ^ ((key >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        (folded.wrapping_mul(0xd6e8_feb8_6659_fd93) >> 32) as usize & (slots - 1)
    }

    #[inline]
    fn get_or_insert(&mut self, key: u128, value: impl FnOnce() -> u32) -> u32 {
        let mut slot = Self::home(key, self.slots.len());
        loop {
            let (found, code) = self.slots[slot];
            if code == VACANT {
                break;
            }
            if found == key {
                return code;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.insert(key, slot, value())
    }

    #[cold]
    fn insert(&mut self, key: u128, slot: usize, code: u32) -> u32 {
        self.slots[slot] = (key, code);
        self.taken += 1;
        if self.taken * 2 > self.slots.len() {
            let doubled = self.slots.len() * 2;
            for (key, code) in std::mem::replace(&mut self.slots, vec![(0, VACANT); doubled]) {
                if code != VACANT {
                    let mut slot = Self::home(key, doubled);
                    while self.slots[slot].1 != VACANT {
                        slot = (slot + 1) & (doubled - 1);
                    }
                    self.slots[slot] = (key, code);
                }
            }
        }
        code
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Default)]
    struct Texts(Vec<Vec<u8>>);

    impl Entries<'_> for Texts {
        fn add(&mut self, text: &[u8]) -> u32 {
            if self.is_missing(text) {
                return MISSING_CODE;
            }
            self.0.push(text.to_vec());
            self.0.len() as u32 - 1
        }
        fn text(&self, code: u32) -> &[u8] {
            &self.0[code as usize]
        }
        fn is_missing(&self, text: &[u8]) -> bool {
            text.is_empty() || text.starts_with(b"missing because of")
        }
    }

    proptest! {
        #[test]
        fn codes_and_texts_are_one_to_one(
            texts in proptest::collection::vec("[ab\0]{0,3}|a{10,40}|missing because of [ab]", 0..300)
        ) {
            let bytes: Vec<u8> = texts.concat().into_bytes();
            let (mut interner, mut entries, mut start) = (Interner::new(), Texts::default(), 0);
            for text in &texts {
                let code = interner.code(&bytes, start, start + text.len(), &mut entries);
                start += text.len();
                if entries.is_missing(text.as_bytes()) {
                    prop_assert_eq!(code, MISSING_CODE);
                } else {
                    prop_assert_eq!(entries.text(code), text.as_bytes());
                }
            }
            let distinct: std::collections::BTreeSet<_> = entries.0.iter().collect();
            prop_assert_eq!(distinct.len(), entries.0.len());
        }
    }
}
