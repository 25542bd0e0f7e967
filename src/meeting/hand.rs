//! A dealt hand: cards about what is still open, played in turn.
//!
//! Owns what is dealt and to whom: the cells that matter most on the route, mixed, so that nobody knows what comes, and
//! the same mix whenever the same meeting deals from the same model. Refuses: what a card says (a question of the method, or
//! a row of the catalogue that the caller brings) and writing anything down.

use std::collections::VecDeque;

use crate::session::{Letter, PersonId, Place, Session, Sitting};

/// Cards for each person.
const EACH: usize = 4;

/// Cards where nobody is in the room.
const ALONE: usize = 6;

/// Something to think about at a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Where.
    pub place: Place,
    /// Its letter there.
    pub letter: Letter,
    /// What it says.
    pub text: String,
    /// Id of the row of the catalogue it is taken from; none for a question.
    pub row: Option<String>,
}

/// A card in somebody's hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dealt {
    /// The card.
    pub card: Card,
    /// Whose it is; anybody's where nobody is in the room.
    pub person: Option<PersonId>,
}

/// Cards that were dealt, the one to be played first in front.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hand {
    cards: VecDeque<Dealt>,
}

impl Hand {
    /// How many cells a deal takes for so many people, the first of the route.
    pub fn wanted(people: usize) -> usize {
        if people == 0 { ALONE } else { people * EACH }
    }

    /// Mixes cards and deals them, one to each in turn.
    pub fn deal(mut cards: Vec<Card>, people: &[PersonId], seed: u64) -> Self {
        shuffle(&mut cards, seed);
        let whose = |nth: usize| people.get(nth % people.len().max(1)).cloned();
        let dealt = cards.into_iter().enumerate().map(|(nth, card)| Dealt { card, person: whose(nth) });
        Self { cards: dealt.collect() }
    }

    /// The card to be played.
    pub fn card(&self) -> Option<&Dealt> {
        self.cards.front()
    }

    /// How many there are.
    pub fn left(&self) -> usize {
        self.cards.len()
    }

    /// Puts the card away, because it was played.
    pub fn put_away(&mut self) {
        self.cards.pop_front();
    }

    /// Puts the card below the others; it comes again.
    pub fn later(&mut self) {
        if !self.cards.is_empty() {
            self.cards.rotate_left(1);
        }
    }
}

/// What a meeting's cards are mixed by: the meeting, else the name of the session.
pub fn seed(session: &Session, sitting: Option<&Sitting>) -> u64 {
    let of = sitting.map_or_else(|| session.title.clone(), |sitting| sitting.id.to_string());
    // FNV-1a: the same everywhere and forever.
    of.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Fisher and Yates, with splitmix64.
fn shuffle(cards: &mut [Card], mut seed: u64) {
    for last in (1..cards.len()).rev() {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let at = (z ^ (z >> 31)) % (last as u64 + 1);
        cards.swap(last, at as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::fixture::login;

    fn cards(count: usize) -> Vec<Card> {
        let card = |n: usize| Card { place: login(), letter: Letter::S, text: n.to_string(), row: None };
        (0..count).map(card).collect()
    }

    fn order(hand: &Hand) -> Vec<&str> {
        hand.cards.iter().map(|dealt| dealt.card.text.as_str()).collect()
    }

    #[test]
    fn a_seed_deals_the_same_cards_every_time_and_another_one_others() {
        let [one, again, other] = [7, 7, 8].map(|seed| Hand::deal(cards(12), &[], seed));
        assert_eq!(one, again);
        assert_ne!(order(&one), order(&other));
        let mut all = order(&one);
        all.sort_by_key(|text| text.parse::<usize>().unwrap());
        assert_eq!(all, (0..12).map(|n| n.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn everybody_gets_as_many() {
        let people: Vec<PersonId> = ["ana", "ben", "cleo"].map(|id| id.parse().unwrap()).to_vec();
        let hand = Hand::deal(cards(Hand::wanted(3)), &people, 1);
        let of = |id: &PersonId| hand.cards.iter().filter(|dealt| dealt.person.as_ref() == Some(id)).count();
        assert_eq!(people.iter().map(of).collect::<Vec<_>>(), [EACH; 3]);
        assert_eq!(hand.cards[0].person.as_ref(), people.first());
    }

    #[test]
    fn what_is_left_for_later_comes_again_and_what_was_played_does_not() {
        let mut hand = Hand::deal(cards(3), &[], 1);
        let first = hand.card().cloned();
        hand.later();
        assert_ne!(hand.card().cloned(), first);
        hand.put_away();
        hand.put_away();
        assert_eq!((hand.card().cloned(), hand.left()), (first, 1));
    }
}
