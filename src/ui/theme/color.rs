//! Colours as numbers: reading, comparing and finding the nearest one a terminal has.
//!
//! Owns [`Rgb`], its distance as an eye sees it (Oklab), its WCAG contrast, and the two fixed terminal palettes.
//! Refuses roles and styles.

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(
    /// Red.
    pub u8,
    /// Green.
    pub u8,
    /// Blue.
    pub u8,
);

/// The 16 base colours as xterm shows them; terminals let their users change them, so they are only a guess.
pub(super) const BASE: [Rgb; 16] = [
    Rgb(0, 0, 0),
    Rgb(205, 0, 0),
    Rgb(0, 205, 0),
    Rgb(205, 205, 0),
    Rgb(0, 0, 238),
    Rgb(205, 0, 205),
    Rgb(0, 205, 205),
    Rgb(229, 229, 229),
    Rgb(127, 127, 127),
    Rgb(255, 0, 0),
    Rgb(0, 255, 0),
    Rgb(255, 255, 0),
    Rgb(92, 92, 255),
    Rgb(255, 0, 255),
    Rgb(0, 255, 255),
    Rgb(255, 255, 255),
];

impl Rgb {
    /// Reads `#rrggbb`.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, r, g, b] = number.to_be_bytes();
        Some(Self(r, g, b))
    }

    /// Contrast as WCAG 2 counts it: 1 for equal colours, 21 for black on white.
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// How different two colours look: 0 for equal, about 0.02 is just noticeable, 1 for black and white.
    pub fn distance(self, other: Self) -> f32 {
        let (a, b) = (self.oklab(), other.oklab());
        a.iter().zip(b).map(|(x, y)| (x - y).powi(2)).sum::<f32>().sqrt()
    }

    /// How colourful it looks: 0 for greys, about 0.3 for pure red.
    pub(super) fn chroma(self) -> f32 {
        let [_, a, b] = self.oklab();
        a.hypot(b)
    }

    /// Its hue in degrees, 0 to 360: red 29, yellow 110, green 142, cyan 195, blue 264, magenta 328.
    pub(super) fn hue(self) -> f32 {
        let [_, a, b] = self.oklab();
        b.atan2(a).to_degrees().rem_euclid(360.0)
    }

    /// Index of the nearest colour in the 6x6x6 cube and the grey ramp. The 16 base colours are left out: terminals
    /// show them as their users like.
    pub(super) fn nearest_256(self) -> u8 {
        self.nearest((16..=255).map(|index| (index, xterm(index))))
    }

    /// Index of the nearest of the base colours in `candidates`.
    pub(super) fn nearest_16(self, candidates: &[u8]) -> u8 {
        self.nearest(candidates.iter().filter_map(|&index| Some((index, *BASE.get(usize::from(index))?))))
    }

    fn nearest(self, candidates: impl Iterator<Item = (u8, Self)>) -> u8 {
        let mut best = (0, f32::INFINITY);
        for (index, color) in candidates {
            let distance = self.distance(color);
            if distance < best.1 {
                best = (index, distance);
            }
        }
        best.0
    }

    /// Red, green and blue as amounts of light.
    pub(super) fn linear(self) -> [f32; 3] {
        [self.0, self.1, self.2].map(|channel| {
            let c = f32::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Relative luminance (WCAG 2).
    pub(super) fn luminance(self) -> f32 {
        dot([0.2126, 0.7152, 0.0722], self.linear())
    }

    /// Lightness and the two colour axes of Oklab (<https://bottosson.github.io/posts/oklab/>).
    fn oklab(self) -> [f32; 3] {
        let light = self.linear();
        let cone = |weights: [f32; 3]| dot(weights, light).cbrt();
        let cones = [
            cone([0.412_221_47, 0.536_332_55, 0.051_445_993]),
            cone([0.211_903_5, 0.680_699_5, 0.107_396_96]),
            cone([0.088_302_46, 0.281_718_85, 0.629_978_7]),
        ];
        [
            dot([0.210_454_26, 0.793_617_8, -0.004_072_047], cones),
            dot([1.977_998_5, -2.428_592_2, 0.450_593_7], cones),
            dot([0.025_904_037, 0.782_771_77, -0.808_675_77], cones),
        ]
    }
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The colour a 256-colour terminal shows for an index.
pub(super) fn xterm(index: u8) -> Rgb {
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match index {
        0..=15 => BASE[usize::from(index)],
        16..=231 => {
            let n = index - 16;
            Rgb(step(n / 36), step(n / 6 % 6), step(n % 6))
        }
        232..=255 => {
            let grey = 8 + 10 * (index - 232);
            Rgb(grey, grey, grey)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_read_strictly() {
        assert_eq!(Rgb::from_hex("#0a80FF"), Some(Rgb(10, 128, 255)));
        for bad in ["", "#", "0a80ff", "#0a80f", "#0a80ff0", "#0a80fg", "#+a80ff", "#é80ff"] {
            assert_eq!(Rgb::from_hex(bad), None, "{bad}");
        }
    }

    #[test]
    fn contrast_and_distance_have_their_known_ends() {
        let (black, white) = (Rgb(0, 0, 0), Rgb(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 0.01);
        assert!((white.contrast(white) - 1.0).abs() < 0.01);
        assert!((black.distance(white) - 1.0).abs() < 0.01);
        assert!(white.chroma() < 0.001);
        assert!(Rgb(255, 0, 0).chroma() > 0.2);
    }

    #[test]
    fn every_color_of_the_256_palette_is_its_own_nearest() {
        for index in 16..=255 {
            let nearest = xterm(index).nearest_256();
            assert_eq!(xterm(nearest), xterm(index), "{index}");
        }
    }
}
