//! Records in a row: how long each is, whether it is whole, and where the next one begins.
//!
//! ```text
//! 0000001f 5d2a9c01 {"Edit":{"Decide":{"place":…}}}
//! length   CRC-32   payload, length bytes                 and a line break
//! ```
//!
//! A payload is JSON on one line, so that a line break ends every record and a reader finds the next one behind damage.

/// `0000001f 5d2a9c01 `.
const HEAD: usize = 18;

/// A payload with its length and checksum in front.
pub(super) fn framed(payload: &[u8]) -> Vec<u8> {
    let mut out = format!("{:08x} {:08x} ", payload.len(), crc32fast::hash(payload)).into_bytes();
    out.extend_from_slice(payload);
    out.push(b'\n');
    out
}

/// What stands behind the last whole record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Nothing.
    Nothing,
    /// The beginning of a record whose writing was cut off.
    Torn,
    /// Something that nobody wrote like this.
    Damage,
}

/// The payloads of whole records, up to the first that is not.
#[derive(Debug)]
pub(super) struct Frames<'a> {
    rest: &'a [u8],
}

impl<'a> Frames<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What is left behind the last whole record.
    pub(super) fn left(&self) -> Left {
        let follows = |at: usize| self.rest.get(at + 1..).and_then(first).is_some();
        if self.rest.is_empty() {
            Left::Nothing
        } else if self.rest.iter().enumerate().any(|(at, byte)| *byte == b'\n' && follows(at)) {
            Left::Damage
        } else if self.rest.iter().all(|byte| *byte == 0) || is_cut(self.rest) {
            // A disk that lost its power may have made room and not filled it.
            Left::Torn
        } else {
            Left::Damage
        }
    }
}

impl<'a> Iterator for Frames<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let payload = first(self.rest)?;
        self.rest = &self.rest[HEAD + payload.len() + 1..];
        Some(payload)
    }
}

/// The payload of the record the bytes begin with.
fn first(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..HEAD)?;
    let number = |range: std::ops::Range<usize>| {
        let digits = head.get(range)?;
        let plain = digits.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        u32::from_str_radix(std::str::from_utf8(digits).ok().filter(|_| plain)?, 16).ok()
    };
    let (length, checksum) = (number(0..8)? as usize, number(9..17)?);
    let payload = bytes.get(HEAD..HEAD.checked_add(length)?)?;
    let whole = head[8] == b' ' && head[17] == b' ' && bytes.get(HEAD + length) == Some(&b'\n');
    (whole && crc32fast::hash(payload) == checksum).then_some(payload)
}

/// Whether the bytes begin as a record does and end before it would.
fn is_cut(bytes: &[u8]) -> bool {
    let begins = bytes.iter().take(HEAD).enumerate().all(|(at, byte)| match at {
        8 | 17 => *byte == b' ',
        _ => byte.is_ascii_hexdigit(),
    });
    let claims = || usize::from_str_radix(std::str::from_utf8(&bytes[..8]).ok()?, 16).ok();
    begins && (bytes.len() < HEAD || claims().is_some_and(|length| bytes.len() - HEAD < length.saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_one_after_the_other() {
        let bytes = [framed(b"{}"), framed(b""), framed("é".as_bytes())].concat();
        let mut frames = Frames::new(&bytes);
        assert_eq!(frames.by_ref().collect::<Vec<_>>(), [b"{}".as_slice(), b"", "é".as_bytes()]);
        assert_eq!(frames.left(), Left::Nothing);
    }

    #[test]
    fn one_wrong_bit_anywhere_is_noticed() {
        let bytes = framed(b"{\"a\":1}");
        for bit in 0..bytes.len() * 8 {
            let mut wrong = bytes.clone();
            wrong[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Frames::new(&wrong).next(), None, "{bit}");
        }
    }
}
