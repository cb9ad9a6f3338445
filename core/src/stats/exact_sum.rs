//! Sums of floating-point numbers without rounding error, free of order and mergeable.
//!
//! Neal 2015, "Fast exact summation using small and large superaccumulators" (arXiv:1505.05571), the small form: a
//! fixed-point number as wide as every sum that can occur, kept in 64-bit chunks that overlap by 32 bits so that carries
//! need propagating only now and then. Here it spans 2^-2176 to 2^2176, so that exact products of two doubles fit as
//! well, underflow included: no product and no partial sum ever loses a bit.

/// Chunk `i` counts multiples of 2^(32 i - 2176).
const CHUNKS: usize = 136;
const BIAS: u64 = 2176;
/// Exponent of the last bit of a double with exponent field 1.
const LAST_BIT: u64 = 1074;
/// One addition changes a chunk by at most 2^52, so after 2^9 of them even the sum of two accumulators fits 63 bits.
const ADDITIONS_BEFORE_CARRY: u32 = 1 << 9;
const DIGIT: i64 = 0xffff_ffff;

/// An exact sum of doubles and of products of two doubles.
///
/// Only finite numbers may be added (callers filter and count the others); this is checked in debug builds.
#[derive(Clone, Debug)]
pub struct ExactSum {
    chunks: [i64; CHUNKS],
    additions: u32,
}

impl Default for ExactSum {
    fn default() -> Self {
        Self::new()
    }
}

impl ExactSum {
    /// The empty sum.
    #[must_use]
    pub const fn new() -> Self {
        Self { chunks: [0; CHUNKS], additions: 0 }
    }

    /// Adds `x`.
    #[inline]
    pub fn add(&mut self, x: f64) {
        debug_assert!(x.is_finite(), "only finite numbers have an exact sum");
        self.make_room();
        let (negative, mantissa, exponent) = parts(x);
        let position = exponent + BIAS - LAST_BIT;
        let (chunk, shift) = ((position >> 5) as usize, position & 31);
        let mantissa = if negative { -(mantissa as i64) } else { mantissa as i64 };
        // mantissa = high 2^(32 - shift) + low with 0 <= low, for either sign
        let low = mantissa & ((1 << (32 - shift)) - 1);
        self.chunks[chunk] += low << shift;
        self.chunks[chunk + 1] += mantissa >> (32 - shift);
    }

    /// Adds `a * b` without rounding.
    #[inline]
    pub fn add_product(&mut self, a: f64, b: f64) {
        debug_assert!(a.is_finite() && b.is_finite(), "only finite numbers have an exact product");
        // Most factors are the weight of one row that is not weighted.
        if a == 1.0 {
            return self.add(b);
        }
        let (a_negative, a_mantissa, a_exponent) = parts(a);
        let (b_negative, b_mantissa, b_exponent) = parts(b);
        let position = a_exponent + b_exponent + BIAS - 2 * LAST_BIT;
        self.add_wide(a_negative != b_negative, u128::from(a_mantissa) * u128::from(b_mantissa), position);
    }

    /// Adds `a * b * c` without rounding, as far as `a * b` and what its rounding leaves are normal numbers.
    pub fn add_triple(&mut self, a: f64, b: f64, c: f64) {
        let product = a * b;
        self.add_product(product, c);
        self.add_product(product_rest(a, b, product), c);
    }

    /// Adds the fourth power of `x` without rounding, as far as its square and what the rounding of that leaves are normal
    /// numbers.
    pub fn add_fourth_power(&mut self, x: f64) {
        let square = x * x;
        let rest = product_rest(x, x, square);
        self.add_product(square, square);
        self.add_product(2.0 * square, rest);
        self.add_product(rest, rest);
    }

    /// Adds `x` `count` times without rounding.
    #[inline]
    pub fn add_times(&mut self, x: f64, count: u64) {
        debug_assert!(x.is_finite(), "only finite numbers have an exact sum");
        // Most scores occur once.
        if count <= 1 {
            if count == 1 {
                self.add(x);
            }
            return;
        }
        let (negative, mantissa, exponent) = parts(x);
        self.add_wide(negative, u128::from(mantissa) * u128::from(count), exponent + BIAS - LAST_BIT);
    }

    /// Adds everything `other` has summed.
    pub fn merge(&mut self, other: &Self) {
        // Both are at most 2^9 additions of 2^52 above their digits, so the sums stay below 2^63.
        for (chunk, added) in self.chunks.iter_mut().zip(&other.chunks) {
            *chunk += added;
        }
        self.carry();
    }

    /// The sum rounded once, to the nearest double (ties to even); ±∞ when it is beyond all finite doubles, +0 when zero.
    #[must_use]
    pub fn value(&self) -> f64 {
        let (negative, digits) = self.digits();
        let Some(top) = digits.iter().rposition(|&digit| digit != 0) else {
            return 0.0;
        };
        // Bit positions count from 2^-2176.
        let highest = 32 * top as u64 + 31 - u64::from(digits[top].leading_zeros());
        let lowest_kept = highest.saturating_sub(52).max(BIAS - LAST_BIT);
        let kept = bits(&digits, lowest_kept);
        let half = bit(&digits, lowest_kept - 1);
        let rest = any_below(&digits, lowest_kept - 1);
        let rounded = kept + u64::from(half && (rest || kept & 1 == 1));
        // A carry out of the mantissa moves into the exponent by itself.
        let exponent = lowest_kept - (BIAS - LAST_BIT);
        let magnitude = if exponent > 2046 {
            f64::INFINITY
        } else {
            f64::from_bits(((exponent << 52) + rounded).min(f64::INFINITY.to_bits()))
        };
        if negative { -magnitude } else { magnitude }
    }

    /// The sum as two doubles: rounded once, and what the rounding left, rounded in turn. The second is 0 when the first is
    /// not finite.
    #[must_use]
    pub fn value_and_rest(&self) -> (f64, f64) {
        let value = self.value();
        if !value.is_finite() {
            return (value, 0.0);
        }
        let mut rest = self.clone();
        rest.add(-value);
        (value, rest.value())
    }

    /// Whether the sum is exactly zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.digits().1.iter().all(|&digit| digit == 0)
    }

    /// The sum as bytes, equal for equal sums however they were reached: a sign (0 zero, 1 positive, 2 negative), the
    /// index of the lowest 32-bit digit that is not zero (two bytes), then the digits upwards, all little-endian.
    #[must_use]
    pub fn to_canonical_bytes(&self) -> Vec<u8> {
        let (negative, digits) = self.digits();
        let (Some(low), Some(high)) = (digits.iter().position(|&d| d != 0), digits.iter().rposition(|&d| d != 0))
        else {
            return vec![0];
        };
        let mut bytes = vec![if negative { 2 } else { 1 }];
        bytes.extend((low as u16).to_le_bytes());
        for digit in &digits[low..=high] {
            bytes.extend(digit.to_le_bytes());
        }
        bytes
    }

    fn add_wide(&mut self, negative: bool, magnitude: u128, position: u64) {
        self.make_room();
        let (chunk, shift) = ((position >> 5) as usize, position & 31);
        let low = (magnitude & u128::from(u64::MAX)) << shift;
        let high = ((magnitude >> 64) << shift) + (low >> 64);
        let digits = [low, low >> 32, high, high >> 32, high >> 64].map(|part| part as i64 & DIGIT);
        for (chunk, digit) in self.chunks[chunk..chunk + 5].iter_mut().zip(digits) {
            *chunk += if negative { -digit } else { digit };
        }
    }

    #[inline]
    fn make_room(&mut self) {
        if self.additions == ADDITIONS_BEFORE_CARRY {
            self.carry();
        }
        self.additions += 1;
    }

    /// Leaves 32 bits in every chunk but the highest, which keeps the sign.
    fn carry(&mut self) {
        let mut carried = 0;
        for chunk in &mut self.chunks[..CHUNKS - 1] {
            let value = *chunk + carried;
            *chunk = value & DIGIT;
            carried = value >> 32;
        }
        self.chunks[CHUNKS - 1] += carried;
        self.additions = 1;
    }

    /// Sign and magnitude.
    fn digits(&self) -> (bool, [u32; CHUNKS]) {
        let mut normal = self.clone();
        normal.carry();
        let negative = normal.chunks[CHUNKS - 1] < 0;
        if negative {
            for chunk in &mut normal.chunks {
                *chunk = -*chunk;
            }
            normal.carry();
        }
        (negative, normal.chunks.map(|chunk| chunk as u32))
    }
}

/// What rounding took from a product (Dekker 1971, "A floating-point technique for extending the available precision",
/// Numerische Mathematik 18, 224-242).
fn product_rest(a: f64, b: f64, product: f64) -> f64 {
    let halves = |x: f64| {
        let shifted = 134_217_729.0 * x;
        let high = shifted - (shifted - x);
        (high, x - high)
    };
    let ((a_high, a_low), (b_high, b_low)) = (halves(a), halves(b));
    ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
}

/// Sign, integer mantissa and exponent (counted from that of the subnormals, 2^-1074) of a finite double.
#[inline]
fn parts(x: f64) -> (bool, u64, u64) {
    let bits = x.to_bits();
    let field = (bits >> 52) & 0x7ff;
    let fraction = bits & ((1 << 52) - 1);
    let normal = u64::from(field != 0);
    (bits >> 63 == 1, fraction | (normal << 52), field - normal)
}

/// Up to 64 bits from bit `position` upwards.
fn bits(digits: &[u32; CHUNKS], position: u64) -> u64 {
    let (first, shift) = ((position >> 5) as usize, position & 31);
    let digit = |i: usize| u128::from(digits.get(first + i).copied().unwrap_or(0));
    ((digit(0) | digit(1) << 32 | digit(2) << 64) >> shift) as u64
}

fn bit(digits: &[u32; CHUNKS], position: u64) -> bool {
    digits[(position >> 5) as usize] >> (position & 31) & 1 == 1
}

fn any_below(digits: &[u32; CHUNKS], position: u64) -> bool {
    let (whole, part) = ((position >> 5) as usize, position & 31);
    digits[..whole].iter().any(|&digit| digit != 0) || digits[whole] & ((1 << part) - 1) != 0
}
