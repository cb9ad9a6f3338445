//! Finds the ends of the fields of one record, eight bytes at a time.

/// What stands at the place where the scan stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// A line end; the bytes before it are a whole record without quotes.
    LineEnd,
    /// A quote: the record needs the full parser.
    Quote,
    /// The end of the bytes.
    OutOfBytes,
}

const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;

/// The four bytes with a meaning, each repeated eight times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    delimiter: u8,
    words: [u64; 4],
}

impl Marks {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, words: [delimiter, b'\n', b'\r', b'"'].map(|byte| u64::from_ne_bytes([byte; 8])) }
    }

    /// Appends to `ends` the position of every delimiter of the record that starts at `start`, and of its line end.
    #[inline]
    pub(super) fn scan(&self, bytes: &[u8], start: usize, ends: &mut Vec<usize>) -> (Stop, usize) {
        let mut position = start;
        while let Some(word) = bytes.get(position..position + 8) {
            let mut hits = self.hits(word.try_into().map_or(0, u64::from_le_bytes));
            while hits != 0 {
                let found = position + hits.trailing_zeros() as usize / 8;
                if let Some(stop) = self.mark(bytes[found], found, ends) {
                    return (stop, found);
                }
                hits &= hits - 1;
            }
            position += 8;
        }
        for (found, byte) in bytes.iter().enumerate().skip(position) {
            if let Some(stop) = self.mark(*byte, found, ends) {
                return (stop, found);
            }
        }
        (Stop::OutOfBytes, bytes.len())
    }

    #[inline]
    fn mark(&self, byte: u8, position: usize, ends: &mut Vec<usize>) -> Option<Stop> {
        if byte == self.delimiter {
            ends.push(position);
            return None;
        }
        match byte {
            b'\n' | b'\r' => {
                ends.push(position);
                Some(Stop::LineEnd)
            }
            b'"' => Some(Stop::Quote),
            _ => None,
        }
    }

    /// The highest bit of every byte of the word that is one of the marks.
    #[inline]
    fn hits(&self, word: u64) -> u64 {
        self.words.iter().fold(0, |hits, mark| {
            let difference = word ^ mark;
            hits | !(((difference & LOW) + LOW) | difference | LOW)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_a_plain_loop_finds(
            bytes in proptest::collection::vec(prop_oneof![
                4 => any::<u8>(), 2 => Just(b','), 1 => Just(b'\n'), 1 => Just(b'\r'), 1 => Just(b'"'), 1 => Just(0xac_u8),
            ], 0..60),
            start in 0..60_usize,
        ) {
            let start = start.min(bytes.len());
            let mut expected = Vec::new();
            let mut stop = (Stop::OutOfBytes, bytes.len());
            for (position, byte) in bytes.iter().enumerate().skip(start) {
                match byte {
                    b',' => expected.push(position),
                    b'"' => { stop = (Stop::Quote, position); break }
                    b'\n' | b'\r' => { expected.push(position); stop = (Stop::LineEnd, position); break }
                    _ => {}
                }
            }
            let mut ends = Vec::new();
            prop_assert_eq!(Marks::new(b',').scan(&bytes, start, &mut ends), stop);
            prop_assert_eq!(ends, expected);
        }
    }
}
