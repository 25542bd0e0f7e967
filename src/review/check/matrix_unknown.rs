//! A session that names a matrix this build does not have: its levels would silently be somebody else's.

use super::{Check, Context, Finding};
use crate::method::matrix::{MATRICES, Matrix, is_known};

pub(super) const CHECK: Check =
    Check { id: "matrix-unknown", summary: "The session names a risk matrix that is not known", run };

fn run(context: &Context) -> Vec<Finding> {
    let name = &context.session.matrix;
    if is_known(name) {
        return Vec::new();
    }
    let used = Matrix::of(context.session).id;
    let known: Vec<&str> = MATRICES.iter().map(|matrix| matrix.id).collect();
    let message = format!("matrix `{name}` is not known; levels are looked up in `{used}` instead");
    vec![CHECK.error(message).hint(format!("use one of {}", known.join(", ")))]
}
