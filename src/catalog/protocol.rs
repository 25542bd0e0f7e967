//! What the free text of a protocol says about how data moves: by what kind of carrier, and whether encrypted.
//!
//! Owns the words it knows. Refuses to guess: an unknown word says nothing, and nothing contradicts nothing.

use serde::{Deserialize, Serialize};

use super::pack::Said;

/// How data moves, as far as it matters for what can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Carrier {
    /// HTTP and what browsers speak.
    Web,
    /// A call to a named operation: gRPC, a cloud API, an invocation.
    Rpc,
    /// The language of a database or directory.
    Query,
    /// Messages and events.
    Message,
    /// Files over a network.
    Transfer,
    /// A file on one machine.
    File,
    /// A remote shell or screen.
    Shell,
    /// Mail and text messages.
    Mail,
    /// Name queries.
    Name,
    /// Radio near by.
    Radio,
    /// Inside one machine: a call, a pipe, a socket, arguments.
    Local,
    /// By a person: screen, keyboard, paper, voice.
    Hand,
}

impl Carrier {
    /// All carriers.
    pub const ALL: [Self; 12] = [
        Self::Web,
        Self::Rpc,
        Self::Query,
        Self::Message,
        Self::Transfer,
        Self::File,
        Self::Shell,
        Self::Mail,
        Self::Name,
        Self::Radio,
        Self::Local,
        Self::Hand,
    ];

    /// Whether data leaves the machine.
    pub fn is_network(self) -> bool {
        !matches!(self, Self::File | Self::Local | Self::Hand)
    }

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Rpc => "calls",
            Self::Query => "queries",
            Self::Message => "messages",
            Self::Transfer => "file transfer",
            Self::File => "local file",
            Self::Shell => "remote shell",
            Self::Mail => "mail",
            Self::Name => "name queries",
            Self::Radio => "radio",
            Self::Local => "inside one machine",
            Self::Hand => "by hand",
        }
    }

    /// Words that say it.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Web => &["http", "https", "ws", "wss", "websocket", "websockets", "rest", "graphql", "soap", "h2"],
            Self::Rpc => &["grpc", "grpcs", "rpc", "thrift", "invoke", "sigv4", "aws", "sdk"],
            Self::Query => &[
                "sql",
                "postgres",
                "postgresql",
                "mysql",
                "mariadb",
                "tds",
                "oracle",
                "jdbc",
                "odbc",
                "mongodb",
                "redis",
                "resp",
                "cql",
                "ldap",
                "ldaps",
            ],
            Self::Message => &[
                "amqp",
                "amqps",
                "mqtt",
                "mqtts",
                "kafka",
                "nats",
                "sqs",
                "sns",
                "kinesis",
                "jms",
                "event",
                "events",
                "subscription",
                "syslog",
            ],
            Self::Transfer => &["ftp", "ftps", "sftp", "scp", "rsync", "nfs", "smb", "git", "backup"],
            Self::File => &["file", "files"],
            Self::Shell => &["ssh", "rdp", "telnet", "vnc", "winrm", "ssm"],
            Self::Mail => &["smtp", "smtps", "imap", "mail", "email", "sms"],
            Self::Name => &["dns", "doh", "dot"],
            Self::Radio => &["ble", "bluetooth", "zigbee", "lora", "lorawan", "nfc", "thread", "zwave", "wifi"],
            Self::Local => &[
                "in process",
                "ipc",
                "call",
                "pipe",
                "stdin",
                "stdout",
                "stdio",
                "pty",
                "unix socket",
                "shared memory",
                "arguments",
                "environment",
                "exec",
                "dbus",
                "exit code",
            ],
            Self::Hand => &["screen", "keyboard", "paper", "voice", "phone", "in person", "by hand", "usb"],
        }
    }
}

/// Words that mean encryption.
const ENCRYPTED: [&str; 25] = [
    "https", "wss", "tls", "mtls", "ssl", "ssh", "scp", "sftp", "ftps", "grpcs", "amqps", "mqtts", "smtps", "ldaps",
    "vpn", "ipsec", "doh", "dot", "sigv4", "aws", "invoke", "ssm", "sqs", "sns", "kinesis",
];

/// Words that mean none.
const PLAIN: [&str; 8] = ["http", "ws", "telnet", "ftp", "plain", "plaintext", "cleartext", "unencrypted"];

/// What is known about how a flow moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Protocol {
    /// By what; absent when nothing known was said.
    pub carrier: Option<Carrier>,
    /// Whether encrypted; absent when nobody said.
    pub encrypted: Option<bool>,
}

impl Protocol {
    /// Reads it from what a flow says of its protocol, or else from an `in-process` in its label.
    pub fn of(protocol: &str, label: &str) -> Self {
        if protocol.trim().is_empty() && Said::new(label).says("in process") {
            return Self { carrier: Some(Carrier::Local), encrypted: None };
        }
        Self::read(protocol)
    }

    /// Reads it from the text of a protocol. The first word that is known decides the carrier.
    pub fn read(text: &str) -> Self {
        let said: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        let is_one_of = |words: &[&str], at: usize| {
            words.iter().any(|known| {
                let mut phrase = known.split(' ').enumerate();
                phrase.all(|(offset, word)| said.get(at + offset).is_some_and(|s| s == word))
            })
        };
        let carrier = (0..said.len()).find_map(|at| Carrier::ALL.into_iter().find(|c| is_one_of(c.words(), at)));
        let says = |words: &[&str]| (0..said.len()).any(|at| is_one_of(words, at));
        let encrypted = if says(&ENCRYPTED) { Some(true) } else { says(&PLAIN).then_some(false) };
        Self { carrier, encrypted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_protocol_is_read_from_the_words_people_write() {
        for (text, carrier, encrypted) in [
            ("", None, None),
            ("carrier pigeon", None, None),
            ("HTTPS, origin access control", Some(Carrier::Web), Some(true)),
            ("http", Some(Carrier::Web), Some(false)),
            ("http over mTLS", Some(Carrier::Web), Some(true)),
            ("postgres, tls", Some(Carrier::Query), Some(true)),
            ("aws api, sigv4", Some(Carrier::Rpc), Some(true)),
            ("s3 event, aws api", Some(Carrier::Message), Some(true)),
            ("lambda invoke", Some(Carrier::Rpc), Some(true)),
            ("ssm agent, dials out", Some(Carrier::Shell), Some(true)),
            ("in-process call", Some(Carrier::Local), None),
            ("screen and keyboard", Some(Carrier::Hand), None),
            ("temporary file", Some(Carrier::File), None),
            ("mqtt", Some(Carrier::Message), None),
        ] {
            assert_eq!(Protocol::read(text), Protocol { carrier, encrypted }, "{text}");
        }
    }

    #[test]
    fn a_label_counts_only_when_it_says_that_nothing_leaves_the_process() {
        for (protocol, label, carrier) in [
            ("", "In-process call of the parser", Some(Carrier::Local)),
            ("https", "in-process call", Some(Carrier::Web)),
            ("", "sends mail", None),
        ] {
            assert_eq!(Protocol::of(protocol, label).carrier, carrier, "{protocol} {label}");
        }
    }

    #[test]
    fn no_word_means_two_carriers() {
        let mut words: Vec<&str> = Carrier::ALL.iter().flat_map(|carrier| carrier.words()).copied().collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
