//! Judges the built-in themes: contrast, and telling levels and states apart, also with one kind of cone missing.

use ratatui::style::Color;

use super::{
    BUILTIN, ColorDepth, Role, Theme,
    color::{Rgb, xterm},
};

/// Frames, grounds and switched-off commands are not reading matter.
const NOT_TEXT: [Role; 5] = [Role::Border, Role::BorderFocus, Role::Disabled, Role::Selection, Role::SelectionInactive];
const RISKS: [Role; 5] = [Role::RiskVeryLow, Role::RiskLow, Role::RiskMedium, Role::RiskHigh, Role::RiskCritical];
const CELLS: [Role; 7] = [
    Role::CellOpen,
    Role::CellClear,
    Role::CellNa,
    Role::CellThreats,
    Role::CellParked,
    Role::CellInherited,
    Role::CellStale,
];
/// Severity 1.0 matrices of Machado, Oliveira and Fernandes (2009), on linear light.
const VISIONS: [(&str, [[f32; 3]; 3]); 4] = [
    ("full", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    ("deuteranopia", [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    ("tritanopia", [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.147], [0.005, 0.691, 0.304]]),
];

/// Themes with colours, at the two depths whose colours are known.
fn painted() -> impl Iterator<Item = (String, Theme)> {
    BUILTIN.iter().filter(|(name, _)| *name != "mono").flat_map(|(name, _)| {
        let theme = Theme::builtin(name).expect(name);
        [ColorDepth::True, ColorDepth::Ansi256].map(|depth| (format!("{name} at {depth:?}"), theme.at(depth)))
    })
}

fn rgb(color: Option<Color>) -> Option<Rgb> {
    match color? {
        Color::Rgb(r, g, b) => Some(Rgb(r, g, b)),
        Color::Indexed(index) => Some(xterm(index)),
        _ => None,
    }
}

/// Text and ground of a role drawn inside another, on the theme's screen.
fn seen(theme: &Theme, role: Role, under: Role) -> (Rgb, Rgb) {
    let screen = theme.style(Role::Background);
    let style = screen.patch(theme.on(role, under));
    (rgb(style.fg).expect("a screen with ink"), rgb(style.bg).expect("a screen with a ground"))
}

/// The colour that stands for a role: its ground where it has one of its own.
fn body(theme: &Theme, role: Role) -> Rgb {
    let style = theme.style(role);
    rgb(style.bg).or(rgb(style.fg)).expect("a colour")
}

fn looks_like(color: Rgb, matrix: &[[f32; 3]; 3]) -> Rgb {
    let light = color.linear();
    let [r, g, b] = matrix.map(|row| {
        let c = row.iter().zip(light).map(|(a, b)| a * b).sum::<f32>().clamp(0.0, 1.0);
        let c = if c <= 0.003_130_8 { 12.92 * c } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 };
        #[allow(clippy::cast_sign_loss, reason = "clamped above")]
        let byte = (c * 255.0).round() as u8;
        byte
    });
    Rgb(r, g, b)
}

/// Every pair of `roles` that looks too much alike, in words. A badge, which has its own ground, is not like plain words.
fn alike(name: &str, theme: &Theme, roles: &[Role], matrix: &[[f32; 3]; 3], least: f32) -> Vec<String> {
    let mut faults = Vec::new();
    for (i, &a) in roles.iter().enumerate() {
        for &b in &roles[i + 1..] {
            let apart = looks_like(body(theme, a), matrix).distance(looks_like(body(theme, b), matrix));
            let badges = [a, b].map(|role| theme.style(role).bg.is_some());
            if apart < least && badges[0] == badges[1] {
                faults.push(format!("{name}: {} and {} are {apart:.3} apart", a.name(), b.name()));
            }
        }
    }
    faults
}

/// What is written as `role on under` with too little contrast.
fn faint(name: &str, theme: &Theme, role: Role, under: Role, least: f32) -> Option<String> {
    let (ink, ground) = seen(theme, role, under);
    let contrast = ink.contrast(ground);
    (contrast < least).then(|| format!("{name}: {} on {} has {contrast:.2}:1", role.name(), under.name()))
}

fn assert_none(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_word_reads_on_every_ground() {
    let mut faults = Vec::new();
    for (name, theme) in painted() {
        let least = if name.starts_with("high-contrast") { 7.0 } else { 4.5 };
        for (under, least) in [
            (Role::Background, least),
            (Role::Bar, least),
            (Role::Overlay, least),
            (Role::Selection, least),
            (Role::SelectionInactive, 4.5),
        ] {
            let words = Role::ALL.iter().filter(|role| !NOT_TEXT.contains(role));
            faults.extend(words.filter_map(|&role| faint(&name, &theme, role, under, least)));
        }
    }
    assert_none(faults);
}

#[test]
fn frames_and_disabled_words_are_seen() {
    let wanted = [(Role::Border, 1.8), (Role::BorderFocus, 4.5), (Role::Disabled, 3.0)];
    assert_none(painted().flat_map(|(name, theme)| {
        wanted.into_iter().filter_map(move |(role, least)| faint(&name, &theme, role, Role::Background, least))
    }));
}

#[test]
fn a_selected_row_stands_out_and_more_so_in_the_focused_pane() {
    assert_none(painted().filter_map(|(name, theme)| {
        let [screen, focused, other] =
            [Role::Background, Role::Selection, Role::SelectionInactive].map(|role| body(&theme, role));
        let (a, b, c) = (focused.distance(screen), other.distance(screen), focused.distance(other));
        (a < 0.06 || b < 0.03 || c < 0.02).then(|| format!("{name}: {a:.3} {b:.3} {c:.3}"))
    }));
}

#[test]
fn risk_levels_and_cell_states_are_told_apart() {
    assert_none(painted().flat_map(|(name, theme)| {
        let mut faults = alike(&name, &theme, &RISKS, &VISIONS[0].1, 0.07);
        faults.extend(alike(&name, &theme, &CELLS, &VISIONS[0].1, 0.06));
        faults
    }));
}

#[test]
fn the_colorblind_theme_is_told_apart_with_any_one_cone_missing() {
    assert_none(painted().filter(|(name, _)| name.starts_with("colorblind")).flat_map(|(name, theme)| {
        let pairs = VISIONS.iter().flat_map(move |(vision, matrix)| {
            let name = format!("{name}, {vision}");
            let mut faults = alike(&name, &theme, &RISKS, matrix, 0.07);
            faults.extend(alike(&name, &theme, &CELLS, matrix, 0.05));
            faults
        });
        pairs.collect::<Vec<_>>()
    }));
}
