//! Many contents from one run of git: `git cat-file --batch`.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Read, Write},
    process::Stdio,
    thread,
};

use super::{GitError, ObjectId, Repository, ask};

impl Repository {
    /// Hands over what each of these objects holds, in their order, each once; those that are missing or larger than
    /// `most` are handed over as nothing.
    pub fn contents(
        &self,
        ids: &[ObjectId],
        most: usize,
        mut take: impl FnMut(&ObjectId, Option<Vec<u8>>),
    ) -> Result<(), GitError> {
        if ids.is_empty() {
            return Ok(());
        }
        let mut once = BTreeSet::new();
        let wanted: Vec<&ObjectId> = ids.iter().filter(|id| once.insert(*id)).collect();
        let mut command = ask::command(&self.folder, self.meant, ["cat-file", "--batch"]);
        let mut child = ask::started(command.stdin(Stdio::piped()).stderr(Stdio::null()), &self.folder)?;
        let mut input: Vec<u8> = Vec::with_capacity(wanted.len() * 41);
        for id in &wanted {
            input.extend_from_slice(id.as_str().as_bytes());
            input.push(b'\n');
        }
        // Written on a thread of its own: git waits for whoever reads its answers.
        let stdin = child.stdin.take();
        let writer = thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&input)));
        let read = child.stdout.take().map_or(Ok(()), |stdout| {
            let mut answers = BufReader::new(stdout);
            wanted.iter().try_for_each(|id| one(&mut answers, most).map(|content| take(id, content)))
        });
        if read.is_err() {
            drop(child.kill());
        }
        drop(writer.join());
        child.wait().map_err(GitError::Start)?;
        read.map_err(GitError::Start)
    }
}

/// `ID TYPE SIZE`, the content and a line end; or `ID missing`.
fn one(answers: &mut impl BufRead, most: usize) -> std::io::Result<Option<Vec<u8>>> {
    let mut head = String::new();
    if answers.read_line(&mut head)? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    let mut words = head.split_whitespace().skip(1);
    let (kind, size) = (words.next(), words.next().and_then(|size| size.parse::<u64>().ok()));
    let Some(size) = size else { return Ok(None) };
    let fits = kind == Some("blob") && size <= most as u64;
    let mut content = Vec::new();
    if fits {
        answers.by_ref().take(size).read_to_end(&mut content)?;
    } else {
        std::io::copy(&mut answers.by_ref().take(size), &mut std::io::sink())?;
    }
    std::io::copy(&mut answers.by_ref().take(1), &mut std::io::sink())?;
    Ok(fits.then_some(content))
}
