//! What moves on a flow: its label, the assets it carries, its protocol.
//!
//! Owns which words of it are a protocol: quoted ones, those after the assets, and known ones at the end. Refuses to
//! read names between brackets: whatever stands there between commas is one.

use crate::session::{Element, Session};

use super::{
    Context,
    mark::{Marks, PartKind},
    names, quote,
    understood::Detail,
};

/// Words of the longest protocol.
const LONGEST: usize = 4;

/// Words that are a protocol when they stand last.
pub(super) const PROTOCOLS: &[&str] = &[
    "amqp",
    "amqps",
    "bluetooth",
    "coap",
    "dhcp",
    "dns",
    "file",
    "ftp",
    "ftps",
    "graphql",
    "grpc",
    "grpc-web",
    "http",
    "http2",
    "http3",
    "https",
    "imap",
    "imaps",
    "ipc",
    "ipsec",
    "jdbc",
    "jms",
    "json-rpc",
    "kafka",
    "lambda invoke",
    "ldap",
    "ldaps",
    "mariadb",
    "modbus",
    "mongodb",
    "mqtt",
    "mqtts",
    "mtls",
    "mutual tls",
    "mysql",
    "nats",
    "nfs",
    "ntp",
    "odata",
    "odbc",
    "opc-ua",
    "otlp",
    "pop3",
    "postgres",
    "postgresql",
    "quic",
    "rdp",
    "redis",
    "rest",
    "rtp",
    "s3",
    "scp",
    "sftp",
    "smb",
    "smtp",
    "smtps",
    "snmp",
    "soap",
    "sql",
    "sse",
    "ssh",
    "syslog",
    "tcp",
    "tds",
    "telnet",
    "thrift",
    "tls",
    "udp",
    "usb",
    "vnc",
    "webrtc",
    "websocket",
    "websockets",
    "wireguard",
    "ws",
    "wss",
    "xmpp",
];

impl<'l> Detail<'l> {
    /// Reads what follows the ends of a flow: `: label [assets] protocol`, `[assets] protocol`, `[assets]: label`.
    pub(super) fn read(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Self {
        let mut detail = Self::default();
        let mut words: Vec<&'l str> = Vec::new();
        let label = text.strip_prefix(':');
        let mut has_label = label.is_some();
        let mut left = label.unwrap_or(text).trim();
        // How many words stand in front of the last bracket.
        let mut before_assets = None;
        while !left.is_empty() {
            if let Some((assets, after)) = bracketed(left) {
                for asset in assets {
                    marks.add(asset, PartKind::Asset);
                    detail.add(asset);
                }
                before_assets = Some(words.len());
                left = after.trim_start();
                if let Some(after) = left.strip_prefix(':') {
                    has_label = true;
                    left = after.trim_start();
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
        // Behind the assets stands the protocol, unless that is where the label is.
        let behind = before_assets.filter(|before| *before > 0 || !has_label).map(|before| words.len() - before);
        let said = behind.filter(|count| (1..=LONGEST).contains(count));
        let said = said.map(|count| (count, protocol_of(&words[words.len() - count..], session)));
        if let Some((count, protocol)) = said.or_else(|| protocol_at_the_end(&words, session)) {
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
    pub(super) fn protocol_after(&mut self, said: &'l str, ctx: &Context<'_>, marks: &mut Marks<'l>) -> &'l str {
        let session = ctx.session;
        let words = quote::words(said);
        let Some((count, protocol)) = protocol_at_the_end(&words, session) else { return said };
        let (front, last) = words.split_at(words.len() - count);
        let after_zone = front.last().is_some_and(|word| word.starts_with('@'));
        let kind = ctx.kinds.get(&protocol);
        let is_kind = after_zone && kind.is_some();
        // `orders postgres` is a store, unless `orders` is known.
        let is_store = kind.is_some_and(|kind| kind.element == Element::Store)
            && names::component(session, &front.join(" ")).is_none();
        // One name in quotes is the end itself.
        if front.is_empty() || is_kind || is_store || names::component(session, said).is_some() {
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
    (1..=LONGEST.min(words.len())).rev().find_map(|count| {
        let said = &words[words.len() - count..];
        let layered = match said {
            [upper, over, lower] if names::same(over, "over") => known(upper, session).zip(known(lower, session)),
            _ => None,
        };
        let layered = layered.map(|(upper, lower)| format!("{upper} over {lower}"));
        known(&said.join(" "), session).or(layered).map(|protocol| (count, protocol))
    })
}

/// Words that are a protocol by where they stand, written as it is known or else as they were said.
fn protocol_of(words: &[&str], session: &Session) -> String {
    let known = protocol_at_the_end(words, session).filter(|(count, _)| *count == words.len());
    known.map_or_else(|| words.join(" ").trim_end_matches([',', ';', '.']).to_owned(), |(_, protocol)| protocol)
}

/// A protocol that is listed, or that a flow of the session has.
fn known(said: &str, session: &Session) -> Option<String> {
    // Single words that are protocols are listed; only of longer ones the session may know more.
    let flows = session.flows.iter().filter(|_| said.contains(' '));
    let used = flows.map(|flow| flow.protocol.as_str()).find(|used| names::same(used, said));
    let listed = PROTOCOLS.iter().copied().find(|protocol| names::same(protocol, said));
    used.or(listed).map(str::to_owned)
}

/// The names between brackets in front of a text, and what follows; `None` when there are none.
fn bracketed(text: &str) -> Option<(Vec<&str>, &str)> {
    let masked = quote::masked(text);
    masked.strip_prefix('[')?;
    let end = masked.find(']')?;
    let mut names = Vec::new();
    let mut start = 1;
    for (at, _) in masked[..end].match_indices(',').chain([(end, "")]) {
        let said = text[start..at].trim().trim_start_matches('%');
        start = at + 1;
        if !said.is_empty() {
            let fits = said.contains(char::is_alphanumeric) && said.chars().count() <= quote::LONGEST;
            names.push(quote::quoted(said).or_else(|| Some(said).filter(|_| fits))?);
        }
    }
    (!names.is_empty()).then_some((names, &text[end + 1..]))
}
