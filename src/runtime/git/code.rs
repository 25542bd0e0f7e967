//! Code by the names git gives to content: the listing of a revision, and how much lies between two contents.

use super::{GitError, LISTED, ObjectId, Repository, Tree, ask::Answer, changes};
use crate::review::code::{Kind, Listing, Size, Step};

impl Repository {
    /// Every file and folder of a revision. Code counts once it is committed: for what is staged or lies in the folder
    /// it is the last commit that counts.
    pub fn listing(&self, of: &Tree) -> Result<Listing, GitError> {
        let id = match of {
            Tree::Commit(id) => id.clone(),
            Tree::Index | Tree::Work => self.head()?,
        };
        let answer = self.ask(["ls-tree", "-r", "-t", "-z", "--full-tree", id.as_str()], LISTED)?;
        let listed = answer.or_refused("list the files")?.out;
        let entries = changes::named(&listed).map(|(path, folder, id)| {
            let kind = if folder { Kind::Folder } else { Kind::File };
            // Names that are no text cannot be written in a session either.
            (path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"), kind, id.as_str().to_owned())
        });
        Ok(entries.collect())
    }

    /// How much changed in what was there before and still is; nothing when the clone does not hold the old content.
    pub fn measure(&self, steps: &[Step]) -> Option<Size> {
        let mut size = Size::default();
        for step in steps {
            let (Some(before), Some(after)) = (&step.before, &step.after) else { continue };
            let (before, after) = (ObjectId::read(before)?, ObjectId::read(after)?);
            let options = ["diff", "--numstat", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color"];
            let arguments = options.into_iter().chain(["--end-of-options", before.as_str(), after.as_str()]);
            let answer = self.ask(arguments, LISTED).ok().filter(Answer::done)?;
            for line in answer.out.split(|b| *b == 0).filter(|line| !line.is_empty()) {
                let text = String::from_utf8_lossy(line);
                let mut fields = text.split('\t');
                let (Some(added), Some(removed)) = (fields.next(), fields.next()) else { continue };
                size.files += 1;
                // What is not text has no lines.
                size.added += added.parse::<usize>().unwrap_or(0);
                size.removed += removed.parse::<usize>().unwrap_or(0);
            }
        }
        Some(size)
    }
}
