//! Lines that draw: a route of flows, a component in a zone.
//!
//! Owns when an arrow or an `@` makes a drawing and when it is only part of a sentence: names have at most three words
//! unless they are known, quoted or an end of a flow that says what moves there, and hold no punctuation.

use crate::{catalog, session::Session};

use super::{
    mark::{Marks, PartKind},
    names, quote,
    understood::{Detail, Line, Phrase},
};

/// Words that are a protocol when they stand last.
pub(super) const PROTOCOLS: &[&str] = &[
    "amqp",
    "amqps",
    "dns",
    "file",
    "ftp",
    "ftps",
    "graphql",
    "grpc",
    "http",
    "http2",
    "http3",
    "https",
    "ipc",
    "jdbc",
    "kafka",
    "lambda invoke",
    "ldap",
    "ldaps",
    "mqtt",
    "mqtts",
    "mtls",
    "mutual tls",
    "nfs",
    "odbc",
    "quic",
    "rdp",
    "redis",
    "rest",
    "s3",
    "scp",
    "sftp",
    "smb",
    "smtp",
    "smtps",
    "snmp",
    "soap",
    "sql",
    "ssh",
    "syslog",
    "tcp",
    "tds",
    "tls",
    "udp",
    "usb",
    "ws",
    "wss",
];

const ARROWS: &[(&str, bool)] =
    &[("<->", true), ("<=>", true), ("↔", true), ("-->", false), ("->", false), ("=>", false), ("→", false)];

/// Words of a new name, at most.
const SHORT: usize = 3;
/// The same where nothing but a drawing can be meant.
const LONG: usize = 5;

/// Whether a text can be the name of something new: one to three words without punctuation.
pub(super) fn is_name(text: &str) -> bool {
    is_name_of(text, SHORT)
}

fn is_name_of(text: &str, most: usize) -> bool {
    text.contains(char::is_alphanumeric)
        && text.split_whitespace().count() <= most
        && !text
            .contains([':', ';', ',', '?', '!', '"', '(', ')', '[', ']', '{', '}', '<', '>', '=', '@', '%', '→', '↔'])
}

/// `a -> b <-> c: label [asset] %asset https`.
pub(super) fn route<'l>(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let masked = quote::masked(text);
    let first = next_arrow(&masked, text)?;
    let tail = &masked[first.start + first.text.len()..];
    let tail_at = text.len() - tail.len();
    // An arrow in a label is no arrow: the route ends at the first colon, bracket or asset after its first arrow.
    let stop = [tail.find(':'), tail.find('['), tail.find(" %")].into_iter().flatten().min();
    let (route, rest) = text.split_at(stop.map_or(text.len(), |at| tail_at + at));
    let here = marks.here();
    let mut detail = Detail::read(rest.strip_prefix(':').unwrap_or(rest), session, marks);
    let mut ends = Vec::new();
    let mut back = Vec::new();
    let mut left = route;
    // Said with what moves there it is a drawing, even where the names are long.
    let most = if rest.is_empty() { SHORT } else { LONG };
    loop {
        let arrow = next_arrow(&quote::masked(left), left);
        let (said, after) = match &arrow {
            Some(arrow) => (&left[..arrow.start], &left[arrow.start + arrow.text.len()..]),
            None => (left, ""),
        };
        let mut said = said.trim();
        if arrow.is_none() && !rest.starts_with(':') && detail.protocol.is_empty() {
            said = detail.protocol_after(said, session, marks);
        }
        let Some(phrase) = Phrase::read(said, most, session, marks) else {
            marks.rewind(here);
            return None;
        };
        ends.push(phrase);
        let Some(arrow) = arrow else { break };
        marks.add(arrow.text, PartKind::Arrow);
        back.push(arrow.back);
        left = after;
    }
    Some(Line::Flow { ends, back, detail })
}

struct Arrow<'l> {
    start: usize,
    text: &'l str,
    back: bool,
}

/// The first arrow outside of quotes.
fn next_arrow<'l>(masked: &str, text: &'l str) -> Option<Arrow<'l>> {
    let found = ARROWS.iter().filter_map(|(arrow, back)| masked.find(arrow).map(|start| (start, *arrow, *back)));
    // The longest of the arrows that start first: `-->` before the `->` inside it.
    let (start, arrow, back) = found.min_by_key(|(start, arrow, _)| (*start, usize::MAX - arrow.len()))?;
    Some(Arrow { start, text: &text[start..start + arrow.len()], back })
}

impl<'l> Detail<'l> {
    fn read(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Self {
        let mut detail = Self::default();
        let mut words: Vec<&'l str> = Vec::new();
        let mut left = text.trim();
        while !left.is_empty() {
            if let Some(assets) = left.strip_prefix('[').and_then(|rest| rest.split_once(']'))
                && let Some(assets_said) = listed(assets.0, session)
            {
                for asset in assets_said {
                    marks.add(asset, PartKind::Asset);
                    detail.add(asset);
                }
                left = assets.1.trim_start();
                if words.is_empty() {
                    left = left.strip_prefix(':').unwrap_or(left).trim_start();
                }
                continue;
            }
            let masked = quote::masked(left);
            let end = masked.char_indices().skip(1).find(|(_, c)| *c == ' ' || *c == '[');
            let end = end.map_or(left.len(), |(at, _)| at);
            let (word, after) = left.split_at(end);
            let asset = word.strip_prefix('%').map(|asset| asset.trim_end_matches([',', ';', '.']));
            let asset = asset.filter(|asset| asset.starts_with('"') || asset.starts_with(char::is_alphabetic));
            match asset.and_then(quote::name) {
                Some(asset) => {
                    marks.add(word, PartKind::Asset);
                    detail.add(asset);
                }
                None => words.push(word),
            }
            left = after.trim_start();
        }
        if let Some((count, protocol)) = protocol_at_the_end(&words, session) {
            for word in words.split_off(words.len() - count) {
                marks.add(word, PartKind::Protocol);
            }
            detail.protocol = protocol;
        }
        detail.label = words.join(" ");
        detail
    }

    fn add(&mut self, asset: &'l str) {
        if !self.assets.iter().any(|other| names::same(other, asset)) {
            self.assets.push(asset);
        }
    }

    /// Takes the protocol off an end that nothing follows, unless it is part of a known name.
    fn protocol_after(&mut self, said: &'l str, session: &Session, marks: &mut Marks<'l>) -> &'l str {
        let words = quote::words(said);
        let Some((count, protocol)) = protocol_at_the_end(&words, session) else { return said };
        let (front, last) = words.split_at(words.len() - count);
        let after_zone = front.last().is_some_and(|word| word.starts_with('@'));
        let is_kind = after_zone && catalog::kind(&protocol).is_some();
        // One name in quotes is the end itself.
        if front.is_empty() || is_kind || names::component(session, said).is_some() {
            return said;
        }
        for word in last {
            marks.add(word, PartKind::Protocol);
        }
        self.protocol = protocol;
        said.split_at(said.len() - last.join(" ").len()).0.trim_end()
    }
}

/// The protocol that some words end in, and how many of them it takes: quoted, known here, or made of known ones.
fn protocol_at_the_end(words: &[&str], session: &Session) -> Option<(usize, String)> {
    if let Some(quoted) = words.last().and_then(|word| quote::quoted(word)) {
        return Some((1, quoted.to_owned()));
    }
    let known = |said: &str| {
        // Single words that are protocols are listed; only of longer ones the session may know more.
        let flows = session.flows.iter().filter(|_| said.contains(' '));
        let used = flows.map(|flow| flow.protocol.as_str()).find(|used| names::same(used, said));
        let listed = PROTOCOLS.iter().copied().find(|protocol| names::same(protocol, said));
        used.or(listed).map(str::to_owned)
    };
    (1..=4.min(words.len())).rev().find_map(|count| {
        let said = &words[words.len() - count..];
        let layered = match said {
            [upper, over, lower] if names::same(over, "over") => known(upper).zip(known(lower)),
            _ => None,
        };
        let layered = layered.map(|(upper, lower)| format!("{upper} over {lower}"));
        known(&said.join(" ")).or(layered).map(|protocol| (count, protocol))
    })
}

/// The names between brackets; `None` when they are no names. A known asset may have a name of any length.
fn listed<'l>(text: &'l str, session: &Session) -> Option<Vec<&'l str>> {
    let said = text.split(',').map(|name| name.trim().trim_start_matches('%'));
    let asset = |said| quote::name(said).or_else(|| Some(said).filter(|said| names::asset(session, said).is_some()));
    said.map(asset).collect()
}

impl<'l> Phrase<'l> {
    /// Reads an end of a flow or the whole of a component line.
    pub(super) fn read(text: &'l str, most: usize, session: &Session, marks: &mut Marks<'l>) -> Option<Self> {
        let (name, rest) = match quote::masked(text).find(" @") {
            Some(at) => (text[..at].trim_end(), Some(&text[at + 2..])),
            None => (text, None),
        };
        let quoted = quote::quoted(name);
        let named = quoted.is_some() || (is_name_of(name, most) && !names::is_numbered(name));
        if !named && names::component(session, name).is_none() {
            return None;
        }
        let name = quoted.unwrap_or(name);
        let mut phrase = Self { name, zone: None, kind: None, is_quoted: quoted.is_some(), unknown_kind: None };
        if let Some(rest) = rest {
            phrase.read_zone(rest, session)?;
        }
        marks.add(name, PartKind::Component);
        marks.add(phrase.zone.unwrap_or(""), PartKind::Zone);
        if phrase.kind.is_some() {
            marks.add(rest.and_then(|rest| rest.rsplit(' ').next()).unwrap_or(""), PartKind::Kind);
        }
        Some(phrase)
    }

    /// `Edge`, `Public subnet aws.elb`, `"Public edge" aws.elb`: a known zone of up to four words, or a new one of one
    /// word or in quotes, then maybe a kind.
    fn read_zone(&mut self, text: &'l str, session: &Session) -> Option<()> {
        if let Some(first) = quote::words(text).first()
            && let Some(zone) = quote::quoted(first)
        {
            self.zone = Some(zone);
            return self.read_kind(text[first.len()..].trim());
        }
        let ends = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).chain([text.len()]).take(4);
        let ends: Vec<usize> = ends.collect();
        let known = ends.iter().rev().copied().find(|end| names::zone(session, &text[..*end]).is_some());
        let end = known.or(ends.first().copied())?;
        let zone = &text[..end];
        if known.is_none() && !is_name(zone) {
            return None;
        }
        self.zone = Some(zone);
        self.read_kind(text[end..].trim())
    }

    fn read_kind(&mut self, said: &'l str) -> Option<()> {
        if said.is_empty() {
            return Some(());
        }
        self.kind = catalog::kind(said).filter(|kind| kind.is_component());
        if self.kind.is_none() {
            let like_a_kind =
                !said.contains(' ') && (said.starts_with("aws.") || catalog::nearest_kind(said).is_some());
            self.unknown_kind = Some(said).filter(|_| like_a_kind);
            self.unknown_kind?;
        }
        Some(())
    }
}

/// `api @Edge aws.apigw`.
///
/// `stolen cookie @api` is a threat with a token where `api` is a place and no zone, and `stolen cookie @x` one with a
/// slip: a new component of several words in a new zone needs a capital or a kind.
pub(super) fn component<'l>(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Option<Phrase<'l>> {
    let here = marks.here();
    let phrase = Phrase::read(text, SHORT, session, marks)?;
    let drawn = phrase.zone.is_some_and(|zone| {
        let is_place = names::place(session, zone).is_some() || names::threat(session, zone).is_some();
        let is_zone = names::zone(session, zone).is_some();
        let clearly = phrase.kind.is_some()
            || phrase.unknown_kind.is_some()
            || phrase.is_quoted
            || !phrase.name.contains(' ')
            || names::component(session, phrase.name).is_some();
        if is_place { is_zone && clearly } else { is_zone || clearly || zone.starts_with(char::is_uppercase) }
    });
    if !drawn {
        marks.rewind(here);
    }
    drawn.then_some(phrase)
}
