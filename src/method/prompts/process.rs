//! Flows that start at code we run or configure.

use super::Six;

/// Answers, messages and calls that leave us.
pub(super) static TO_EXTERNAL: Six = Six {
    s: &[
        "How would {to} recognise a forged message that claims to come from {from}?",
        "How would {from} learn that the address or account of {to} changed hands?",
        "Where is the secret kept that opens {to} for {from}, and who else could pick it up?",
    ],
    t: &[
        "Who could slip their own text, link or account number into messages from {from} to {to}?",
        "What could be changed in {assets} after leaving {from}, and how would {to} notice?",
        "After a timeout and a second try by {from}, what could happen twice at {to}?",
    ],
    r: &[
        "If {to} were to deny getting {label}, what could we put on the table?",
        "How would we find out a year later what exactly {from} sent, word for word?",
        "Where would we look up on whose behalf {from} contacted {to}?",
    ],
    i: &[
        "Which fields could {from} leave out before handing {assets} to {to}?",
        "How could an answer meant for one recipient be delivered by {from} to a different one?",
        "Who besides {to} might see {assets} at the far end: assistants, forwarders, a lock screen?",
        "What could error pages, headers or version numbers from {from} teach a curious reader at {to}?",
    ],
    d: &[
        "How long would {from} wait if {to} stayed silent, and what piles up meanwhile?",
        "What bill or block would we face if {from} called {to} in an endless loop?",
        "How could an outsider use {from} to flood {to} with messages nobody asked for?",
    ],
    e: &[
        "How could someone steer {from} to a destination of their own choice instead of {to}?",
        "What else could {from} do at {to} with the access meant for {label}?",
        "Which content from {from} could come alive at {to}: a script, a macro, a formula?",
        "Whose rights count at {to}: those of the person who asked, or the wider ones of {from}?",
    ],
};

/// Service to service: trust that comes from being inside.
pub(super) static TO_PROCESS: Six = Six {
    s: &[
        "How can {to} tell {from} from any other program on the same network?",
        "Who could start a copy of {from} with the same identity, and what would give it away?",
        "How can {to} check which person is behind a call, instead of taking the word of {from}?",
        "If a token for {to} were read in a log, where else would it work, and until when?",
    ],
    t: &[
        "What bad input would {to} swallow only because it comes from {from}?",
        "Which gateway, queue or helper on the way from {from} to {to} could alter {assets}?",
        "If {from} and another caller change the same thing in {to} at once, who wins?",
        "What could be misread while {from} and {to} run different versions?",
    ],
    r: &[
        "How would we follow one act from {from} through {to}, and where does the trail break?",
        "Whose name would {to} write down for {label}: the person, the job, or just {from}?",
        "How far apart may the clocks of {from} and {to} drift before the order of events is lost?",
        "Who runs both {from} and {to}, and so could rewrite both sides of the story?",
    ],
    i: &[
        "Which parts of {assets} would {to} get but never need?",
        "Where might copies of {assets} settle on the way: traces, debug logs, failed messages?",
        "While serving one customer, what of another customer could {from} get out of {to}?",
    ],
    d: &[
        "If {to} became slow rather than dead, what would fill up in {from} first?",
        "How could a single request into {from} turn into hundreds towards {to}?",
        "If {to} came back after an hour, what would all the work waiting in {from} do to it?",
        "Which other callers would starve if {from} took everything {to} can give?",
    ],
    e: &[
        "Where is the decision made to allow {label}: in {from}, in {to}, or on the way?",
        "What could an attacker in full control of {from} make {to} do?",
        "How could a caller who may not use {to} get {from} to ask on their behalf?",
        "Which admin or debug calls of {to} lie within reach of {from} without being needed?",
    ],
};

/// Writing to where data rests, usually under one technical account.
pub(super) static TO_STORE: Six = Six {
    s: &[
        "Which account would {from} use on {to}, and who else signs in with the same one?",
        "Through which hands and files did the password or key for {to} reach {from}?",
        "How would {from} notice that it opened a test copy or an old restore instead of {to}?",
    ],
    t: &[
        "How could input carried by {from} change the meaning of a query to {to}?",
        "What would {to} look like if {from} crashed in the middle of {label}?",
        "Who besides {from} can write the same records in {to}, and which writer wins?",
        "How would we spot a value in {to} that was changed behind the back of {from}?",
    ],
    r: &[
        "When many people work through {from}, who appears in {to} as the author?",
        "What would still show the old value after {from} overwrote or deleted it in {to}?",
        "How could audit entries in {to} be edited with the rights that let {from} add them?",
    ],
    i: &[
        "How much of {to} could be copied out through one weak query in {from}?",
        "What could someone read of {assets} with only a disk or a backup of {to} in hand?",
        "What keeps the records of different customers apart after {from} put them into {to}?",
    ],
    d: &[
        "Which query from {from} would slow down month by month as data piles up in {to}?",
        "If {to} refused every write for an hour, what would {from} lose for good?",
        "How could one user of {from} tie up all connections or locks on {to}?",
    ],
    e: &[
        "What may {from} do in {to} that no feature needs: drop, grant, read everything?",
        "Which field could a user fill through {from} that later counts as a right or a role in {to}?",
        "Who can open {to} directly and so skip every check made in {from}?",
    ],
};
