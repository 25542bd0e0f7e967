//! The size of a frame, as in `--print 120x40`.

use std::{fmt, str::FromStr};

/// More cells than this in one direction are a slip of the finger, not a screen.
const LARGEST: u16 = 1000;

/// Width and height of a frame in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let side = |text: &str| text.parse().ok().filter(|side| (1..=LARGEST).contains(side));
        let sides = text.split_once(['x', 'X']).map(|(width, height)| (side(width), side(height)));
        match sides {
            Some((Some(width), Some(height))) => Ok(Self { width, height }),
            _ => Err(format!("expected columns, `x` and rows, like 120x40, each from 1 to {LARGEST}")),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_two_numbers_with_an_x_between() {
        assert_eq!("120x40".parse(), Ok(Size { width: 120, height: 40 }));
        for wrong in ["", "120", "x", "120x", "0x4", "120x1001", "120 x 40", "-1x4", "120x40x2"] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }
}
