//! What kind of line it is.
//!
//! Owns the order in which the kinds are tried and how a line falls back to the next one: backslash, sign, letter in
//! front, keyword, arrow, component, and in the end the fragment of a threat, which takes anything.

use crate::session::{Letter, Place, Session};

use super::{
    Context, doubt,
    mark::{Marks, PartKind},
    model, names, quote, record,
    token::{self, Said, Sigil},
    understood::Line,
};

const THREAT: &[Sigil] = &[Sigil::Place, Sigil::Letter, Sigil::Rating, Sigil::Person, Sigil::Asset];
const QUESTION: &[Sigil] = &[Sigil::Place, Sigil::Letter, Sigil::Person, Sigil::Day];
const ACTION: &[Sigil] = &[Sigil::Place, Sigil::Person, Sigil::Day];
const PLACED: &[Sigil] = &[Sigil::Place, Sigil::Person];
const MITIGATION: &[Sigil] = &[Sigil::Threat, Sigil::Person, Sigil::Day];

/// Reads a clean line; `None` for an empty one.
pub(super) fn read<'l>(text: &'l str, ctx: &Context<'l>, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    if text.is_empty() {
        return None;
    }
    let line = literal(text, marks)
        .or_else(|| signed(text, ctx, marks))
        .or_else(|| unnamed(text, ctx.session, marks))
        .or_else(|| lettered(text, ctx, marks))
        .or_else(|| record::read(text, ctx.session, marks))
        .or_else(|| model::route(text, ctx, marks))
        .or_else(|| model::via(text, ctx, marks))
        .or_else(|| placed(text, ctx, marks))
        .or_else(|| model::copies(text, ctx.session, marks))
        .or_else(|| model::component(text, ctx, marks));
    Some(line.unwrap_or_else(|| {
        let mut line = threat(text, None, None, ctx, marks);
        if let Line::Threat(said) = &mut line {
            said.doubt = doubt::doubt(text);
            said.warnings.extend(unknown_flow(text, ctx.session));
        }
        line
    }))
}

/// `\ everything after it is words`.
fn literal<'l>(text: &'l str, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let rest = text.strip_prefix('\\')?.trim();
    marks.add(&text[..1], PartKind::Sign);
    Some(if rest.is_empty() { Line::Unsaid("words, taken literally") } else { Line::Threat(Said::literally(rest)) })
}

/// `+ idea`, `? question`, `= assumption`, `> action`, `# scope`, `" quote`.
///
/// A sign counts when a blank or a letter follows, so that `>50 requests` and `+1` stay words.
fn signed<'l>(text: &'l str, ctx: &Context<'_>, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let sign = text.chars().next().filter(|sign| "+?=>#\"".contains(*sign))?;
    let (head, body) = text.split_at(1);
    if sign != '"' && !body.is_empty() && !body.starts_with(|c: char| c == ' ' || c.is_alphabetic()) {
        return None;
    }
    let mut body = body.trim();
    if sign == '"' {
        // A quotation at the start of a sentence is not a quote for the minutes.
        let inner = body.strip_suffix('"').unwrap_or(body).trim_end();
        if inner.contains('"') && !text.starts_with("\" ") {
            return None;
        }
        body = inner;
    }
    marks.add(head, PartKind::Sign);
    if body.is_empty() {
        return Some(Line::Unsaid(match sign {
            '+' => "an idea for a mitigation",
            '?' => "a question to park",
            '=' => "an assumption",
            '>' => "an action, `ana: words by friday`",
            '#' => "a statement about the scope",
            _ => "a quote for the minutes",
        }));
    }
    let session = ctx.session;
    Some(match sign {
        '+' => Line::Mitigation(worded(body, MITIGATION, ctx, marks)),
        '?' => Line::Question(worded(body, QUESTION, ctx, marks)),
        '=' => Line::Assumption(worded(body, PLACED, ctx, marks)),
        '>' => {
            let addressed = body.split_once(':').and_then(|(who, rest)| {
                let rest = rest.trim();
                let who = who.trim();
                let owner = record::owner(session, who).filter(|_| !rest.is_empty())?;
                marks.add(who, PartKind::Person);
                Some((who, owner, rest))
            });
            let doubt = addressed.as_ref().and_then(|(who, ..)| names::doubt(session, who));
            let (owner, body) = addressed.map_or((None, body), |(_, owner, rest)| (Some(owner), rest));
            let mut said = worded(body, ACTION, ctx, marks);
            said.warnings.splice(0..0, doubt);
            Line::Action(said, owner)
        }
        '#' => Line::Scope(body),
        _ => Line::Quote(worded(body, PLACED, ctx, marks)),
    })
}

/// `@Edge` alone: the zone is said, and what stands in it not yet.
fn unnamed<'l>(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let zone = text.strip_prefix('@')?;
    let known = names::zone(session, zone).is_some() && names::place(session, zone).is_none();
    known.then(|| marks.add(zone, PartKind::Zone))?;
    Some(Line::Unsaid("the name of a component, in front of its zone"))
}

/// The tokens of a text; if nothing but tokens was said, they are the words.
fn worded(text: &str, takes: &[Sigil], ctx: &Context<'_>, marks: &mut Marks<'_>) -> Said {
    let here = marks.here();
    let said = token::read(text, takes, ctx, marks);
    if said.text.is_empty() {
        marks.rewind(here);
        return Said::literally(text);
    }
    said
}

/// `T: words`, `F3 T: words`, `api I: words`.
fn lettered<'l>(text: &'l str, ctx: &Context<'_>, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let (front, rest) = text.split_once(':')?;
    if !rest.is_empty() && !rest.starts_with(' ') {
        return None;
    }
    let (said, word) = front.rsplit_once(' ').map_or(("", front), |(place, word)| (place.trim(), word));
    let mut chars = word.chars();
    let letter = chars.next().and_then(Letter::from_char).filter(|_| chars.as_str().is_empty())?;
    let place = match said {
        "" => None,
        "@-" => Some(Place::Unfiled),
        _ => Some(names::place(ctx.session, said.strip_prefix('@').unwrap_or(said))?),
    };
    marks.add(said, PartKind::Place);
    marks.add(word, PartKind::Letter);
    let rest = rest.trim();
    Some(if rest.is_empty() { Line::Unsaid(A_THREAT) } else { threat(rest, place, Some(letter), ctx, marks) })
}

/// `F4 words`, `F4: words`, `api: words`: a threat there, with whatever letter.
///
/// `F4 via` and no component makes one doubt.
fn placed<'l>(text: &'l str, ctx: &Context<'_>, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let named = || {
        let (name, rest) = text.split_at(quote::masked(text).find(": ").filter(|at| *at > 0)?);
        let known = names::place(ctx.session, quote::quoted(name).unwrap_or(name))?;
        Some((name, known, &rest[1..]))
    };
    let numbered = || {
        let (said, rest) = text.split_once(' ').unwrap_or((text, ""));
        let id = said.trim_end_matches([':', ',']);
        let flow = names::flow(ctx.session, id)?;
        let next = rest.split(' ').next().unwrap_or("");
        // `F1 and F2 share a key` makes no sense without its beginning.
        let is_list = said.ends_with(',') || ["and", "or", "&"].contains(&next);
        (!model::is_arrow(next)).then_some((id, Place::Flow(flow.id), if is_list { text } else { rest }))
    };
    let (said, place, rest) = named().or_else(numbered)?;
    marks.add(said, PartKind::Place);
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(Line::Unsaid(A_THREAT));
    }
    let is_via = matches!(place, Place::Flow(_)) && rest.get(..4).is_some_and(|word| names::same(word, "via "));
    let mut line = threat(rest, Some(place), None, ctx, marks);
    if let Line::Threat(said) = &mut line {
        said.doubt = is_via.then_some(doubt::VIA);
    }
    Some(line)
}

/// Says that a line begins with the id of a flow that cannot be found.
fn unknown_flow(text: &str, session: &Session) -> Option<String> {
    let id = text.split(' ').next().unwrap_or("").trim_end_matches([':', ',']);
    let is_id = id.starts_with('F') && id.len() > 1 && names::is_numbered(id);
    is_id.then(|| {
        if session.flows.iter().any(|flow| flow.id.short() == id) {
            format!("there are two {id}; say which with its whole id")
        } else {
            format!("there is no {id} here; it stays in the text")
        }
    })
}

/// What comes after a place or a letter.
const A_THREAT: &str = "a threat in a few words";

/// A threat fragment. Nothing but a rating is a rating of the threat at hand.
fn threat<'l>(
    text: &'l str,
    place: Option<Place>,
    letter: Option<Letter>,
    ctx: &Context<'_>,
    marks: &mut Marks<'l>,
) -> Line<'l> {
    let here = marks.here();
    let mut said = token::read(text, THREAT, ctx, marks);
    if said.text.is_empty() {
        let target = said.threat.or(ctx.threat.filter(|_| said.place.is_none() && place.is_none()));
        let known = target.filter(|id| letter.is_none() && ctx.session.find_threat(*id).is_some());
        if let (Some(threat), Some(rating)) = (known, said.rating) {
            return Line::Rate(threat, rating);
        }
        marks.rewind(here);
        said = Said::literally(text);
    }
    if place.is_some() {
        said.place = place;
    }
    if let Some(letter) = letter {
        said.letters.retain(|other| *other != letter);
        said.letters.insert(0, letter);
    }
    Line::Threat(said)
}
