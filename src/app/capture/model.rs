//! Lines that draw: a route of flows, a component in a zone.
//!
//! Owns when an arrow or an `@` makes a drawing and when it is only part of a sentence: names have at most three words
//! unless they are known, quoted or an end of a flow that says what moves there, and hold no punctuation.

use crate::{
    app::reshape,
    catalog::{Kind, Kinds},
    session::Session,
};

use super::{
    Context,
    mark::{Marks, PartKind},
    names, quote,
    record::EXPOSURES,
    understood::{Detail, Line, Phrase},
};

const ARROWS: &[(&str, bool)] =
    &[("<->", true), ("<=>", true), ("↔", true), ("-->", false), ("->", false), ("=>", false), ("→", false)];

/// How many words new names may have.
#[derive(Clone, Copy)]
struct Most {
    name: usize,
    zone: usize,
}

/// A line of its own: `stolen cookie @the office` is a sentence.
const ALONE: Most = Most { name: quote::SHORT, zone: 1 };
/// An end of a flow.
const END: Most = Most { name: quote::SHORT, zone: quote::SHORT };
/// An end of a flow that says what moves there: nothing but a drawing can be meant.
const LABELLED: Most = Most { name: 5, zone: quote::SHORT };

/// `a -> b <-> c: label [asset] %asset https`.
pub(super) fn route<'l>(text: &'l str, ctx: &Context<'l>, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let masked = quote::masked(text);
    let first = next_arrow(&masked, text)?;
    let tail = &masked[first.start + first.text.len()..];
    let tail_at = text.len() - tail.len();
    // An arrow in a label is no arrow: the route ends at the first colon, bracket or asset after its first arrow.
    let stop = [tail.find(':'), tail.find('['), tail.find(" %")].into_iter().flatten().min();
    let (route, rest) = text.split_at(stop.map_or(text.len(), |at| tail_at + at));
    let here = marks.here();
    let mut detail = Detail::read(rest, ctx.session, marks);
    let mut ends = Vec::new();
    let mut back = Vec::new();
    let mut left = route;
    let most = if rest.is_empty() { END } else { LABELLED };
    loop {
        let arrow = next_arrow(&quote::masked(left), left);
        let (said, after) = match &arrow {
            Some(arrow) => (&left[..arrow.start], &left[arrow.start + arrow.text.len()..]),
            None => (left, ""),
        };
        let mut said = said.trim();
        if arrow.is_none() && !rest.starts_with(':') && detail.protocol.is_empty() {
            said = detail.protocol_after(said, ctx, marks);
        }
        let Some(phrase) = Phrase::read(said, most, ctx, marks) else {
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

impl<'l> Phrase<'l> {
    /// Reads an end of a flow or the whole of a component line.
    fn read(text: &'l str, most: Most, ctx: &Context<'l>, marks: &mut Marks<'l>) -> Option<Self> {
        let (name, rest) = match quote::masked(text).find(" @") {
            Some(at) => (text[..at].trim_end(), Some(&text[at + 2..])),
            None => (text, None),
        };
        let quoted = quote::quoted(name);
        let named = quoted.is_some() || (quote::is_name_of(name, most.name) && !names::is_numbered(name));
        if !named && names::component(ctx.session, name).is_none() {
            return None;
        }
        let mut phrase = Self { name: quoted.unwrap_or(name), is_quoted: quoted.is_some(), ..Self::default() };
        if let Some(rest) = rest {
            phrase.read_zone(rest, most.zone, ctx, marks)?;
        }
        marks.add(phrase.name, PartKind::Component);
        marks.add(phrase.zone.unwrap_or(""), PartKind::Zone);
        Some(phrase)
    }

    /// `Edge`, `Public subnet aws.elb`, `Edge internet`, `"Public edge" aws.elb`: a known zone of up to four words, a new
    /// one of up to `most`, or one in quotes; then maybe who can reach it, and a kind.
    fn read_zone(&mut self, text: &'l str, most: usize, ctx: &Context<'l>, marks: &mut Marks<'l>) -> Option<()> {
        if let Some(first) = quote::words(text).first()
            && let Some(zone) = quote::quoted(first)
        {
            self.zone = Some(zone);
            return self.read_traits(text[first.len()..].trim(), ctx.kinds, marks);
        }
        let ends = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).chain([text.len()]);
        let ends: Vec<usize> = ends.take(4).collect();
        let known = ends.iter().rev().filter(|end| names::zone(ctx.session, &text[..**end]).is_some());
        // The fewest words after which the rest means something; `aws.` begins no second word of a name.
        let new =
            ends.iter().take(most).filter(|end| quote::is_name(&text[..**end]) && !text[..**end].contains(" aws."));
        let end = known.chain(new).find(|end| self.read_traits(text[**end..].trim(), ctx.kinds, marks).is_some())?;
        self.zone = Some(&text[..*end]);
        Some(())
    }

    /// Who can reach the zone, and the kind of what stands in it, in any order; nothing when a word is neither.
    fn read_traits(&mut self, said: &'l str, kinds: &'l Kinds, marks: &mut Marks<'l>) -> Option<()> {
        let (mut exposure, mut kind, mut unknown_kind) = (None, None, None);
        let here = marks.here();
        for word in said.split(' ').filter(|word| !word.is_empty()) {
            let reach = EXPOSURES.value(word).filter(|_| exposure.is_none());
            // A network is no component, unless somebody writes the whole id of that kind.
            let is_network = |kind: &Kind| kind.lineage().any(|id| id == "flow") && !names::same(word, &kind.id);
            let found = kinds.get(word).filter(|kind| kind.is_component());
            let known = found.filter(|kind| !is_network(kind));
            let like_a_kind = || word.starts_with("aws.") || found.is_some() || kinds.nearest(word).is_some();
            if reach.is_some() {
                exposure = reach;
                marks.add(word, PartKind::Class);
            } else if kind.is_none() && unknown_kind.is_none() && known.is_some() {
                kind = known;
                marks.add(word, PartKind::Kind);
            } else if kind.is_none() && unknown_kind.is_none() && like_a_kind() {
                unknown_kind = Some(word);
            } else {
                marks.rewind(here);
                return None;
            }
        }
        (self.exposure, self.kind, self.unknown_kind) = (exposure, kind, unknown_kind);
        Some(())
    }
}

/// `api @Edge aws.apigw`, `orders db @Data aws.rds [orders, accounts]`, `orders db [orders]` for one that exists.
///
/// `stolen cookie @api` is a threat with a token where `api` is a place and no zone, and `stolen cookie @x` one with a
/// slip: a new component of several words in a new zone needs a capital or a kind.
pub(super) fn component<'l>(text: &'l str, ctx: &Context<'l>, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let session = ctx.session;
    let here = marks.here();
    let at = quote::masked(text).find(" [").unwrap_or(text.len());
    let held = Detail::read(&text[at..], session, marks);
    let only_assets = held.label.is_empty() && held.protocol.is_empty();
    let Some(phrase) = Phrase::read(text[..at].trim_end(), ALONE, ctx, marks).filter(|_| only_assets) else {
        marks.rewind(here);
        return None;
    };
    let is_known = names::component(session, phrase.name).is_some();
    let holds = is_known && phrase.zone.is_none() && !held.assets.is_empty();
    let drawn = holds
        || phrase.zone.is_some_and(|zone| {
            let is_place = names::place(session, zone).is_some() || names::threat(session, zone).is_some();
            let is_zone = names::zone(session, zone).is_some();
            let clearly = phrase.kind.is_some()
                || phrase.unknown_kind.is_some()
                || phrase.exposure.is_some()
                || phrase.is_quoted
                || !phrase.name.contains(' ')
                || is_known;
            if is_place { is_zone && clearly } else { is_zone || clearly || zone.starts_with(char::is_uppercase) }
        });
    if !drawn {
        marks.rewind(here);
    }
    drawn.then_some(Line::Component(phrase, held.assets))
}

/// `F3 via lb`, `F3 via waf @Edge aws.waf`: a component in the middle of a flow.
///
/// `F3 via the admin port` is a threat: what is new has to say its kind or its zone, or stand in quotes.
pub(super) fn via<'l>(text: &'l str, ctx: &Context<'l>, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let session = ctx.session;
    let (said, rest) = text.split_once(' ')?;
    let flow = names::flow(session, said)?.id;
    let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    if !names::same(word, "via") {
        return None;
    }
    let here = marks.here();
    marks.add(said, PartKind::Place);
    marks.add(word, PartKind::Keyword);
    if rest.is_empty() {
        return Some(Line::Unsaid("a component that the flow goes through, with `@ZONE` and kind where it is new"));
    }
    let phrase = Phrase::read(rest.trim(), END, ctx, marks).filter(|phrase| {
        let known = names::component(session, phrase.name).is_some() || names::kind(ctx.kinds, phrase.name).is_some();
        known || phrase.is_quoted || phrase.zone.is_some()
    });
    if phrase.is_none() {
        marks.rewind(here);
    }
    phrase.map(|phrase| Line::Via(flow, phrase))
}

/// `web server x3`: three of a component that exists.
pub(super) fn copies<'l>(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let (name, count) = text.rsplit_once(' ')?;
    let digits = count.strip_prefix(['x', 'X', '×'])?;
    let wanted = digits.parse().ok().filter(|wanted| (2..=reshape::MOST).contains(wanted))?;
    let name = name.trim_end();
    let id = names::component(session, quote::quoted(name).unwrap_or(name))?.id.clone();
    marks.add(name, PartKind::Component);
    marks.add(count, PartKind::Keyword);
    Some(Line::Copies(id, wanted))
}

/// Whether a word is an arrow.
pub(super) fn is_arrow(word: &str) -> bool {
    ARROWS.iter().any(|(arrow, _)| *arrow == word)
}
