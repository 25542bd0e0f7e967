//! Ratings with a step their matrix does not have, for example after the matrix was exchanged. They count as unknown.

use super::{Check, Context, Finding};
use crate::{
    method::matrix::{Matrix, Step},
    review::words,
    session::{EntryId, Point, Threat},
};

pub(super) const CHECK: Check =
    Check { id: "rating-range", summary: "A likelihood or impact is not on the scale of the matrix", run };

fn run(context: &Context) -> Vec<Finding> {
    let matrix = Matrix::of(context.session);
    context.session.threats().filter(|(_, t)| t.is_live()).flat_map(|(_, t)| off_scale(t, matrix)).collect()
}

fn off_scale<'a>(threat: &'a Threat, matrix: &'a Matrix) -> impl Iterator<Item = Finding> + 'a {
    let given = Point::ALL.into_iter().filter_map(|point| Some((point, threat.rating(point)?)));
    let steps = given.flat_map(|(point, rating)| {
        [(point, "likelihood", rating.likelihood, matrix.likelihood), (point, "impact", rating.impact, matrix.impact)]
    });
    steps.filter_map(|(point, scale, step, steps)| finding(threat, matrix, point, scale, step?, steps))
}

fn finding(threat: &Threat, matrix: &Matrix, point: Point, scale: &str, step: u8, steps: &[Step]) -> Option<Finding> {
    if (1..=steps.len()).contains(&usize::from(step)) {
        return None;
    }
    let (name, point, matrix, last) = (words::threat(threat), point.name(), matrix.id, steps.len());
    let message = format!("{name}: {point} {scale} {step} is not on the scale of `{matrix}`, which ends at {last}");
    Some(CHECK.error(message).at(EntryId::Threat(threat.id)).hint("rate it again; until then it counts as unknown"))
}
