//! Flows that start at a person or at a system somebody else runs.

use super::Six;

/// Traffic outside our sight: all we have is what either end tells us.
pub(super) static TO_EXTERNAL: Six = Six {
    s: &[
        "What do we believe about {from} merely on the word of {to}?",
        "Who could make us think that {label} took place when it never did?",
        "If {from} fell for a fake copy of {to}, what would be the first sign on our side?",
    ],
    t: &[
        "Which result of {label} would reach us in the end, and who could alter it before then?",
        "Through whose hands could {assets} pass between {from} and {to}, and be changed there?",
        "What would go wrong for us if {from} and {to} held two different versions of {assets}?",
    ],
    r: &[
        "If {from} and {to} tell different stories about {label}, whose record would we believe?",
        "Which trace on our own side could prove that {label} happened, or that it did not?",
        "Whom would we ask for the records of {to} in a dispute, and how long are they kept?",
    ],
    i: &[
        "Which of our data could {from} pass on to {to} without asking us?",
        "What could {from} and {to} work out about our users together that neither knows alone?",
        "Which of our links, keys or ids could travel along with {label} and be kept by {to}?",
    ],
    d: &[
        "What in our service would stop if {from} could not reach {to} for a day?",
        "Who would tell us about failures in {label}, and how long after our users notice?",
        "Whose limits apply between {from} and {to}, and what of ours could use them up?",
    ],
    e: &[
        "What may someone do in our system just because {label} went through?",
        "If {to} were taken over tonight, how far could the intruder get with us?",
        "Who allowed {from} to act for us towards {to}, and how would we take that back?",
    ],
};

/// The front door: sign-in, input, and everything a stranger may try.
pub(super) static TO_PROCESS: Six = Six {
    s: &[
        "How could a stranger find, buy or guess what it takes to sign in to {to} as {from}?",
        "If a session or token of {from} were copied to another machine, how could {to} tell?",
        "Who can start a password reset or recovery in the name of {from}, and with what proof?",
        "How would {from} tell the real {to} from a copy under a similar name?",
    ],
    t: &[
        "Which values in {label} would {to} simply believe: a price, an amount, a date?",
        "What could go wrong in {to} if {label} came twice, late, or before the step it needs?",
        "Who sits between {from} and {to} and could rewrite {assets}: a proxy, a plug-in, a shared network?",
        "What might {to} already have stored, sent or run by the time the input is checked?",
    ],
    r: &[
        "If {from} were to say \"that was not me\", what could the records of {to} show?",
        "Which attempts by {from} would leave no trace: refused ones, failed ones, mere reading?",
        "How could text sent by {from} fake or break a line in the logs of {to}?",
        "What could {from} keep as proof that {to} accepted {label}?",
    ],
    i: &[
        "If {from} swapped one id in {label} for another, whose data could come back?",
        "What could {from} learn from the error texts, hints or answer times of {to}?",
        "Which parts of {assets} could end up in web addresses, history or the access logs of {to}?",
        "Where does encryption end between {from} and {to}, and who can read along from there?",
    ],
    d: &[
        "Which request is cheap for {from} to send but expensive for {to} to answer?",
        "How could a stranger use the limits in {to} to lock {from} out?",
        "How many calls are too many from {from}, who set that number, and what happens then?",
        "Which paid service behind {to} would run up a bill if {label} were repeated all night?",
    ],
    e: &[
        "On which part of {label} would {to} base what is allowed, and who could edit that part?",
        "Which functions of {to} stay out of sight for {from} but would still answer a direct call?",
        "How long after rights are taken away from {from} would {to} still honour them?",
        "How could input from {from} end up being run by {to}: as a query, a command, a template?",
    ],
};

/// Direct access from outside: no code of ours stands in between.
pub(super) static TO_STORE: Six = Six {
    s: &[
        "With no code of ours in between, what would let {to} tell {from} from a stranger?",
        "Who handed {from} the key or upload link for {to}, and how many copies of it exist by now?",
        "If the way into {to} leaked tonight, how would we replace it without stopping {from}?",
    ],
    t: &[
        "Which existing entries in {to} could {from} overwrite or delete, rather than only add to?",
        "What would catch a broken or hostile file from {from} before anyone reads it out of {to}?",
        "What would be left in {to} if {label} broke off halfway?",
    ],
    r: &[
        "How could anyone tell later which entries in {to} came from {from}?",
        "Where would a direct change by {from} be recorded, since our own code never sees it?",
        "Which of the rights given to {from} would also allow removing the history of {to}?",
    ],
    i: &[
        "What could {from} list or open in {to} that belongs to somebody else?",
        "What do file names, sizes, counts or dates in {to} give away, even with the content locked?",
        "Which personal or secret data might {from} leave in {to} that nobody asked for?",
    ],
    d: &[
        "How much could {from} put into {to} before the space or the money runs out?",
        "Who else would have to wait if {from} kept a lock or a heavy query open on {to}?",
        "How could one odd entry from {from} make every later reader of {to} fail?",
    ],
    e: &[
        "What could {from} change in {to} besides data: settings, permissions, structure?",
        "Which program with strong rights reads {to} and would act on whatever {from} put there?",
        "Who looks again at the rights of {from} on {to} when a job, a team or a contract ends?",
    ],
};
