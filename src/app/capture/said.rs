//! From what was said to edits: threats, ratings, mitigations, questions, assumptions, actions, scope, quotes.

use crate::app::words;
use crate::session::{
    Assumption, AssumptionState, Edit, Letter, Mitigation, Named, Note, NoteKind, Place, Point, Rating, Text, Threat,
    ThreatId,
    edit::{Entry, EntryId},
};

use super::{Became, Context, basis_of, draft::Draft, guess, names, token::Said};

/// A threat at its place, or in the unfiled tray when nobody said where.
pub(super) fn threat(draft: &mut Draft<'_>, said: Said, ctx: &Context<'_>) -> Became {
    draft.warnings.extend(said.warnings);
    let is_said = said.place.is_some();
    let place = said.place.or_else(|| here(draft, ctx)).unwrap_or(Place::Unfiled);
    // The selected letter is that of the selected place; said about another one, the words tell more.
    let elsewhere = Some(&place) != ctx.place.as_ref();
    let guess = guess::letter(&said.text);
    let selected = ctx.letter.filter(|_| !elsewhere || (guess.is_none() && place != Place::Unfiled));
    let explicit = said.letters.first().copied().or(selected);
    let letter = explicit.or(guess).unwrap_or(Letter::T);
    let id = draft.fresh_threat();
    let threat = Threat {
        also: said.letters.into_iter().filter(|also| *also != letter).collect(),
        assets: said.assets,
        by: said.by.unwrap_or_else(|| ctx.by.to_owned()),
        current: said.rating,
        basis: basis_of(&draft.session, &place),
        ..Threat::new(id, letter, said.text)
    };
    if place == Place::Unfiled && !is_said {
        draft.warnings.push(super::TO_THE_TRAY.to_owned());
    }
    let guessed = if explicit.is_none() { " (letter guessed)" } else { "" };
    let preposition = if place == Place::Unfiled { "in" } else { "on" };
    let place_words = names::words(&draft.session, &place);
    let mut words = format!("threat {} {letter}{guessed} {preposition} {place_words}", id.short());
    let also = threat.also.iter().map(|also| format!(", also {also}"));
    let rating = threat.current.map(rating_words);
    let hurt = threat.assets.iter().map(|asset| format!(", %{}", words::asset(&draft.session, asset)));
    words.extend(also.chain(rating).chain(hurt));
    draft.try_push(Edit::AddThreat { place, threat: Box::new(threat) });
    Became { label: format!("add threat {}", id.short()), words, focus: Some(EntryId::Threat(id)) }
}

/// A judgement of a threat that is there; the half that was not said stays.
pub(super) fn rate(draft: &mut Draft<'_>, threat: ThreatId, rating: Rating) -> Became {
    let before = draft.session.find_threat(threat).and_then(|(_, t)| t.current).unwrap_or_default();
    let rating =
        Rating { likelihood: rating.likelihood.or(before.likelihood), impact: rating.impact.or(before.impact) };
    draft.try_push(Edit::SetRating { threat, point: Point::Current, rating: Some(rating) });
    let words = format!("{} {}{}", draft.verb("rates", "rated"), threat.short(), rating_words(rating));
    Became { label: format!("rate {}", threat.short()), words, focus: Some(EntryId::Threat(threat)) }
}

fn rating_words(rating: Rating) -> String {
    let half = |name: &str, step: Option<u8>| step.map_or_else(String::new, |step| format!(", {name} {step}"));
    half("likelihood", rating.likelihood) + &half("impact", rating.impact)
}

/// A proposed mitigation for the threat at hand; the one with the same title if it is there.
pub(super) fn mitigation(draft: &mut Draft<'_>, said: Said, ctx: &Context<'_>) -> Became {
    draft.warnings.extend(said.warnings);
    let (owner, due) = (said.by, said.due);
    let selected = ctx.threat.filter(|_| said.place != Some(Place::Unfiled));
    let threat = said.threat.or(selected).filter(|id| draft.session.find_threat(*id).is_some());
    let before = draft.session.mitigations.iter().find(|m| names::same(&m.title, &said.text)).cloned();
    let (id, is_new) = match &before {
        Some(mitigation) => (mitigation.id, false),
        None => (draft.session.fresh_mitigation(draft.suffixes), true),
    };
    let mut mitigation = before.clone().unwrap_or_else(|| Mitigation::new(id, said.text));
    mitigation.due = due.or(mitigation.due);
    if let Some(owner) = &owner {
        mitigation.owner.clone_from(owner);
    }
    if is_new {
        draft.try_push(Edit::Add(Entry::Mitigation(Box::new(mitigation))));
    } else if before.as_ref() != Some(&mitigation) {
        draft.try_push(Edit::Change(Entry::Mitigation(Box::new(mitigation))));
    }
    let linked = |threat: ThreatId| draft.session.find_threat(threat).is_some_and(|(_, t)| t.mitigations.contains(&id));
    let link = threat.filter(|threat| !linked(*threat));
    if let Some((_, threat)) = link.and_then(|threat| draft.session.find_threat(threat)) {
        for edit in Edit::mitigate(threat, id) {
            draft.try_push(edit);
        }
    }
    let short = id.short();
    let whose = owner.map_or_else(String::new, |owner| format!(", owner {}", words::person(&draft.session, &owner)));
    let until = format!("{whose}{}", until(due));
    let words = match (is_new, link) {
        (true, Some(threat)) => format!("mitigation {short} for {}{until}", threat.short()),
        (true, None) => format!("mitigation {short}, an idea without a threat yet{until}"),
        (false, Some(threat)) => {
            format!("mitigation {short}, which is there already, for {} too{until}", threat.short())
        }
        (false, None) => format!("mitigation {short} is there already{until}"),
    };
    let label = match (link, is_new) {
        (Some(threat), _) => format!("mitigate {} with {short}", threat.short()),
        (None, true) => format!("add mitigation {short}"),
        (None, false) => format!("keep mitigation {short}"),
    };
    Became { label, words, focus: Some(EntryId::Mitigation(id)) }
}

/// The day something is due, as the end of a phrase.
fn until(due: Option<jiff::civil::Date>) -> String {
    due.map_or_else(String::new, |due| format!(" by {due}"))
}

/// A question and who is to answer it; with place and letter it parks the cell.
pub(super) fn question(draft: &mut Draft<'_>, mut said: Said, ctx: &Context<'_>) -> Became {
    let (owner, due) = (said.by.take().unwrap_or_default(), said.due);
    let letter = said.letters.first().copied().or(ctx.letter);
    let nowhere = said.place == Some(Place::Unfiled);
    let place = placed(said.place.take(), draft, ctx);
    let letter = letter.filter(|_| place.is_some());
    let what = match (&place, letter) {
        (Some(place), Some(letter)) => {
            format!(" parks {letter} on {}", names::words(&draft.session, place))
        }
        (Some(place), None) => format!(" on {}", names::words(&draft.session, place)),
        (None, _) if nowhere => ", of no place".to_owned(),
        (None, _) => String::new(),
    };
    let asked =
        if owner.is_empty() { String::new() } else { format!(", for {}", words::person(&draft.session, &owner)) };
    let what = format!("{what}{asked}{}", until(due));
    let fill = |note: &mut Note| {
        (note.place, note.letter) = (place, letter);
        (note.owner, note.due) = (owner, due);
    };
    note(draft, NoteKind::Question, said, ctx, fill, &what)
}

/// An action with its owner and day; `~ana` is the owner unless somebody is addressed in front.
pub(super) fn action(draft: &mut Draft<'_>, mut said: Said, owner: Option<String>, ctx: &Context<'_>) -> Became {
    let due = said.due;
    let owner = owner.or_else(|| said.by.take()).unwrap_or_default();
    let mut what = if owner.is_empty() {
        " without an owner yet".to_owned()
    } else {
        format!(" for {}", words::person(&draft.session, &owner))
    };
    what += &until(due);
    let place = said.place.take().filter(|place| *place != Place::Unfiled);
    note(draft, NoteKind::Action, said, ctx, |note| (note.place, note.owner, note.due) = (place, owner, due), &what)
}

/// Words for the minutes.
pub(super) fn quote(draft: &mut Draft<'_>, mut said: Said, ctx: &Context<'_>) -> Became {
    let place = said.place.take().filter(|place| *place != Place::Unfiled);
    note(draft, NoteKind::Quote, said, ctx, |note| note.place = place, "")
}

fn note(
    draft: &mut Draft<'_>,
    kind: NoteKind,
    said: Said,
    ctx: &Context<'_>,
    fill: impl FnOnce(&mut Note),
    what: &str,
) -> Became {
    draft.warnings.extend(said.warnings);
    let id = draft.session.fresh_note(draft.suffixes);
    let mut note = Note::new(id, kind, said.text);
    note.by = said.by.unwrap_or_else(|| ctx.by.to_owned());
    fill(&mut note);
    draft.try_push(Edit::Add(Entry::Note(note)));
    let kind = kind.name();
    let words = format!("{kind} {}{what}", id.short());
    Became { label: format!("add {kind} {}", id.short()), words, focus: Some(EntryId::Note(id)) }
}

/// An assumption at its place.
pub(super) fn assumption(draft: &mut Draft<'_>, said: Said, ctx: &Context<'_>) -> Became {
    draft.warnings.extend(said.warnings);
    let id = draft.session.fresh_assumption(draft.suffixes);
    let nowhere = said.place == Some(Place::Unfiled);
    let place = placed(said.place, draft, ctx);
    let words = place.as_ref().map_or_else(String::new, |p| format!(" on {}", names::words(&draft.session, p)));
    let assumption = Assumption {
        id,
        text: said.text,
        place,
        state: AssumptionState::default(),
        by: said.by.unwrap_or_else(|| ctx.by.to_owned()),
        tripwires: Vec::new(),
        note: Text::default(),
    };
    draft.try_push(Edit::Add(Entry::Assumption(assumption)));
    let words = if nowhere { ", of no place".to_owned() } else { words };
    let words = format!("assumption {}{words}", id.short());
    Became { label: format!("add assumption {}", id.short()), words, focus: Some(EntryId::Assumption(id)) }
}

/// One more line in the scope; a session without a title takes it as a quote, so that it is not lost.
pub(super) fn scope(draft: &mut Draft<'_>, text: &str, ctx: &Context<'_>) -> Became {
    let label = "add to the scope".to_owned();
    if draft.session.scope.lines().any(|line| line == text) {
        return Became { label, words: "the scope says so already".to_owned(), focus: None };
    }
    let mut header = draft.session.header();
    header.scope = header.scope.with_line(text);
    match draft.push(Edit::ChangeHeader(Box::new(header))) {
        Ok(()) => Became { label, words: "scope note".to_owned(), focus: None },
        Err(error) => {
            draft.warnings.push(error.to_string());
            quote(draft, Said::literally(text), ctx)
        }
    }
}

/// The place that was said, else the selected one; none for what was said to belong nowhere.
fn placed(said: Option<Place>, draft: &Draft<'_>, ctx: &Context<'_>) -> Option<Place> {
    said.or_else(|| here(draft, ctx)).filter(|place| *place != Place::Unfiled)
}

/// The selected place, if it still exists and is one that can be talked about.
fn here(draft: &Draft<'_>, ctx: &Context<'_>) -> Option<Place> {
    ctx.place.clone().filter(|place| *place != Place::Unfiled && names::exists(&draft.session, place))
}
