//! Bytes of a terminal into [`Input`]: a state machine fed with whatever arrived.
//!
//! Understands what xterm and its relatives send without being asked for more: UTF-8, control bytes, alt as a leading
//! escape, CSI and SS3 keys with modifiers, SGR mouse, focus, bracketed paste; also `CSI u` and `CSI 27;…~` from
//! terminals configured to send them. Swallows replies nobody asked for (OSC, DCS…) instead of typing them.
//!
//! A sequence may arrive in pieces. [`Parser::pending`] says how long to wait for the rest and [`Parser::expire`] what
//! to make of it then: a lone escape is the escape key, `ESC [` is alt-[, an unfinished paste is what came of it.
//!
//! Refuses to guess: a sequence it does not know, and bytes that are not UTF-8, are dropped.

use std::time::Duration;

use crate::{
    app::{
        key::{Code, Key},
        msg::{Mouse, MouseKind},
    },
    runtime::input::Input,
    session::limits,
};

/// Rest of a key sequence: longer than a slow line needs between two bytes, shorter than anybody notices.
const SEQUENCE: Duration = Duration::from_millis(25);
/// Rest of a paste: a terminal sends it in one go, however long; a pause this long means its end got lost.
const PASTE: Duration = Duration::from_millis(500);
/// Longer sequences are no keys.
const LONGEST: usize = 64;
const PASTE_END: &[u8] = b"\x1b[201~";

/// Turns bytes into inputs, however they are cut into pieces.
#[derive(Debug, Default)]
pub struct Parser {
    state: State,
    /// An escape came before the sequence or character being read.
    alt: bool,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    Escape,
    Csi(Vec<u8>),
    Ss3,
    /// OSC, DCS, APC, PM: which byte opened it, and how much was swallowed.
    Swallow {
        opener: u8,
        length: usize,
    },
    /// Terminator of a swallowed string may follow.
    SwallowEscape,
    /// Old mouse report: bytes still to skip.
    OldMouse(u8),
    /// `ESC [ [`: function keys of the Linux console.
    LinuxFunction,
    Utf8 {
        bytes: [u8; 4],
        have: usize,
        need: usize,
    },
    Paste(Vec<u8>),
}

impl Parser {
    /// Feeds what was read.
    pub fn advance(&mut self, bytes: &[u8], deliver: &mut impl FnMut(Input)) {
        for &byte in bytes {
            self.step(byte, deliver);
        }
    }

    /// How long to wait for the rest of what has begun; `None` when nothing has.
    pub fn pending(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Paste(_) => Some(PASTE),
            _ => Some(SEQUENCE),
        }
    }

    /// The rest did not come: makes of the beginning what it can.
    pub fn expire(&mut self, deliver: &mut impl FnMut(Input)) {
        let alt = |c| Input::Key(Key { alt: true, ..Key::char(c) });
        match std::mem::take(&mut self.state) {
            State::Escape => deliver(Input::Key(Key::plain(Code::Esc))),
            State::Csi(bytes) if bytes.is_empty() => deliver(alt('[')),
            State::Ss3 => deliver(alt('O')),
            State::Swallow { opener, length: 0 } => deliver(alt(char::from(opener))),
            State::Paste(bytes) => deliver(Input::Paste(pasted(&bytes))),
            _ => {}
        }
        self.alt = false;
    }

    fn step(&mut self, byte: u8, deliver: &mut impl FnMut(Input)) {
        match std::mem::take(&mut self.state) {
            State::Ground => self.ground(byte, deliver),
            State::Escape => self.escape(byte, deliver),
            State::Csi(bytes) => self.csi(bytes, byte, deliver),
            State::Ss3 => match byte {
                0x1b => self.state = State::Escape,
                _ => {
                    if let Some(code) = letter_key(byte) {
                        deliver(Input::Key(Key { alt: self.alt, ..Key::plain(code) }));
                    }
                }
            },
            State::Swallow { opener, length } => match byte {
                0x07 | 0x18 | 0x1a => {}
                0x1b => self.state = State::SwallowEscape,
                _ => self.state = State::Swallow { opener, length: length.saturating_add(1) },
            },
            State::SwallowEscape if byte == b'\\' => {}
            State::SwallowEscape => self.escape(byte, deliver),
            State::OldMouse(1) => {}
            State::OldMouse(left) => self.state = State::OldMouse(left - 1),
            State::LinuxFunction => {
                if (b'A'..=b'E').contains(&byte) {
                    deliver(Input::Key(Key::plain(Code::F(byte - b'A' + 1))));
                }
            }
            State::Utf8 { bytes, have, need } => self.continuation(bytes, have, need, byte, deliver),
            State::Paste(mut bytes) => {
                bytes.push(byte);
                if bytes.ends_with(PASTE_END) {
                    bytes.truncate(bytes.len() - PASTE_END.len());
                    deliver(Input::Paste(pasted(&bytes)));
                } else {
                    // Of an endless paste just enough is kept to say that it is too much, and to see its end.
                    if bytes.len() > limits::PASTED + 2 * PASTE_END.len() {
                        bytes.remove(limits::PASTED + 1);
                    }
                    self.state = State::Paste(bytes);
                }
            }
        }
        if matches!(self.state, State::Ground) {
            self.alt = false;
        }
    }

    fn ground(&mut self, byte: u8, deliver: &mut impl FnMut(Input)) {
        let key = match byte {
            0x1b => {
                self.state = State::Escape;
                return;
            }
            b'\r' => Key::plain(Code::Enter),
            b'\t' => Key::plain(Code::Tab),
            0x7f => Key::plain(Code::Backspace),
            0x00 => Key::ctrl(' '),
            0x01..=0x1a => Key::ctrl(char::from(byte - 1 + b'a')),
            0x1c..=0x1f => Key::ctrl(char::from(byte - 0x1c + b'\\')),
            0x20..=0x7e => Key::char(char::from(byte)),
            0xc2..=0xf4 => {
                let need = 2 + usize::from(byte >= 0xe0) + usize::from(byte >= 0xf0);
                self.state = State::Utf8 { bytes: [byte, 0, 0, 0], have: 1, need };
                return;
            }
            // A continuation without beginning, or a byte UTF-8 never uses.
            0x80..=0xc1 | 0xf5..=0xff => return,
        };
        deliver(Input::Key(Key { alt: self.alt, ..key }));
    }

    fn continuation(
        &mut self,
        mut bytes: [u8; 4],
        have: usize,
        need: usize,
        byte: u8,
        deliver: &mut impl FnMut(Input),
    ) {
        if !(0x80..=0xbf).contains(&byte) {
            self.alt = false;
            return self.ground(byte, deliver);
        }
        bytes[have] = byte;
        if have + 1 < need {
            self.state = State::Utf8 { bytes, have: have + 1, need };
        } else if let Some(c) = std::str::from_utf8(&bytes[..need]).ok().and_then(|text| text.chars().next()) {
            // C1 controls are characters to UTF-8 but nothing anybody types.
            if !c.is_control() {
                deliver(Input::Key(Key { alt: self.alt, ..Key::char(c) }));
            }
        }
    }

    fn escape(&mut self, byte: u8, deliver: &mut impl FnMut(Input)) {
        match byte {
            b'[' => self.state = State::Csi(Vec::new()),
            b'O' => self.state = State::Ss3,
            b'P' | b']' | b'_' | b'^' => self.state = State::Swallow { opener: byte, length: 0 },
            0x1b => {
                deliver(Input::Key(Key::plain(Code::Esc)));
                self.state = State::Escape;
            }
            _ => {
                self.alt = true;
                self.ground(byte, deliver);
            }
        }
    }

    fn csi(&mut self, mut bytes: Vec<u8>, byte: u8, deliver: &mut impl FnMut(Input)) {
        match byte {
            0x1b => self.state = State::Escape,
            b'[' if bytes.is_empty() => self.state = State::LinuxFunction,
            b'M' if bytes.is_empty() => self.state = State::OldMouse(3),
            b'~' if bytes == b"200" => self.state = State::Paste(Vec::new()),
            0x20..=0x3f if bytes.len() < LONGEST => {
                bytes.push(byte);
                self.state = State::Csi(bytes);
            }
            0x40..=0x7e => {
                if let Some(input) = sequence(&bytes, byte) {
                    deliver(input);
                }
            }
            // Too long, or a byte no sequence contains: what came so far is dropped.
            _ => {}
        }
    }
}

/// A complete `CSI parameters final`.
fn sequence(parameters: &[u8], last: u8) -> Option<Input> {
    let text = std::str::from_utf8(parameters).ok()?;
    if let Some(report) = text.strip_prefix('<') {
        return mouse(report, last).map(Input::Mouse);
    }
    let mut numbers = [None; 3];
    for (number, part) in numbers.iter_mut().zip(text.split(';')) {
        // Sub-parameters after a colon say more than is used here.
        let part = part.split(':').next().unwrap_or("");
        if !part.is_empty() {
            *number = Some(part.parse::<u32>().ok()?);
        }
    }
    let [first, second, third] = numbers;
    let key = match (last, first) {
        (b'I', None) => return Some(Input::FocusGained),
        (b'O', None) => return Some(Input::FocusLost),
        (b'Z', None | Some(1)) => Key { shift: true, ..modified(Code::Tab, second) },
        (b'~', Some(27)) => character(third?, second)?,
        (b'~', Some(number)) => modified(numbered_key(number)?, second),
        (b'u', Some(code)) => character(code, second)?,
        // `CSI row ; column R` is the answer to a question; F3 always has 1 there.
        (_, None | Some(1)) => modified(letter_key(last)?, second),
        _ => return None,
    };
    Some(Input::Key(key))
}

/// A code with the modifiers of a parameter: 1 + shift 1 + alt 2 + ctrl 4.
fn modified(code: Code, parameter: Option<u32>) -> Key {
    let held = parameter.unwrap_or(1).saturating_sub(1);
    Key { code, ctrl: held & 4 != 0, alt: held & 2 != 0, shift: held & 1 != 0 }
}

/// A key reported by its code point.
fn character(code: u32, modifiers: Option<u32>) -> Option<Key> {
    let code = match char::from_u32(code)? {
        '\r' => Code::Enter,
        '\x1b' => Code::Esc,
        '\t' => Code::Tab,
        '\x7f' | '\x08' => Code::Backspace,
        c if c.is_control() => return None,
        c => Code::Char(c),
    };
    let key = modified(code, modifiers);
    Some(match code {
        // The character is the unshifted one; shift shows in it, as everywhere else.
        Code::Char(c) if key.shift => {
            let upper = c.to_uppercase().next().unwrap_or(c);
            Key { code: Code::Char(if key.ctrl { c } else { upper }), shift: false, ..key }
        }
        Code::Char(c) if key.ctrl => Key { code: Code::Char(c.to_ascii_lowercase()), ..key },
        _ => key,
    })
}

fn letter_key(letter: u8) -> Option<Code> {
    Some(match letter {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'M' => Code::Enter,
        b'P'..=b'S' => Code::F(letter - b'P' + 1),
        _ => return None,
    })
}

fn numbered_key(number: u32) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number as u8 - 10),
        17..=21 => Code::F(number as u8 - 11),
        23..=26 => Code::F(number as u8 - 12),
        28 | 29 => Code::F(number as u8 - 13),
        31..=34 => Code::F(number as u8 - 14),
        _ => return None,
    })
}

/// `button ; column ; row` and `M` for down or `m` for up.
fn mouse(report: &str, last: u8) -> Option<Mouse> {
    let mut numbers = report.split(';').map(|part| part.parse::<u16>().ok());
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    // Shift, meta and control (4, 8, 16) change nothing here; 32 is motion, 64 the wheel.
    let kind = match (button & !0b1_1100, last) {
        (0, b'M') => MouseKind::Press,
        (64, b'M') => MouseKind::ScrollUp,
        (65, b'M') => MouseKind::ScrollDown,
        _ => return None,
    };
    Some(Mouse { column: column.saturating_sub(1), row: row.saturating_sub(1), kind })
}

/// Terminals send a return for every line end of a paste.
fn pasted(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;
