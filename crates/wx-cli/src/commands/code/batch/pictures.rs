use super::{
    downloads::Downloads,
    look::{Look, Picture},
    prove::Prove,
    unfinished,
};
use crate::failure::{Failure, Outcome, sentence};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};
use wx_channel::Code;
use wx_render::Style;

/// Makes the pictures of codes; when a run goes on, those that stand there as they would be made are left as they are.
#[derive(Debug, Clone)]
pub(super) struct Pictures {
    /// `None`: they are drawn for the sheet alone.
    pub(super) folder: Option<PathBuf>,
    pub(super) resume: bool,
    pub(super) look: Look,
    pub(super) prove: Prove,
    /// Whether those that stand there were proven so.
    pub(super) were_proven: bool,
    /// Whether drawings are wanted, for a sheet.
    pub(super) are_drawings_kept: bool,
    /// Downloads them instead.
    pub(super) official: Option<Downloads>,
}

/// A code that wants a picture.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// Its place in the plan, from 0.
    pub(super) number: u64,
    pub(super) code: Code,
    /// What it will be called without its extension.
    pub(super) stem: String,
    pub(super) style: Arc<Style>,
}

/// A picture of a code.
#[derive(Debug, Clone)]
pub(super) struct Made {
    /// Its file in the folder.
    pub(super) file: Option<String>,
    pub(super) picture: Picture,
}

impl Pictures {
    /// Makes these, in order. What cannot be drawn, read back or downloaded is a reason of its row; a file that cannot be
    /// written ends the run.
    pub(super) async fn make(&self, wanted: Vec<Wanted>) -> Outcome<Vec<Result<Made, String>>> {
        if let (Some(downloads), Some(folder)) = (&self.official, &self.folder) {
            return Ok(downloads.fetch(folder, self.resume, wanted).await);
        }
        let pictures = self.clone();
        let drawing = tokio::task::spawn_blocking(move || pictures.draw_all(&wanted));
        drawing.await.map_err(|_| Failure::failed("a thread that draws has ended"))?
    }

    fn draw_all(&self, wanted: &[Wanted]) -> Outcome<Vec<Result<Made, String>>> {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let share = wanted.len().div_ceil(threads).max(1);
        thread::scope(|scope| {
            let work = |part: &'_ [Wanted]| part.iter().map(|wanted| self.draw(wanted)).collect();
            let parts: Vec<_> = wanted.chunks(share).map(|part| scope.spawn(move || work(part))).collect();
            let mut made = Vec::with_capacity(wanted.len());
            for part in parts {
                let part: Outcome<Vec<_>> =
                    part.join().map_err(|_| Failure::failed("a thread that draws has ended"))?;
                made.extend(part?);
            }
            Ok(made)
        })
    }

    fn draw(&self, wanted: &Wanted) -> Outcome<Result<Made, String>> {
        let Some(url) = &wanted.code.url else {
            return Ok(Err("the ledger has no url of it; fetch it with --official".to_owned()));
        };
        let file = format!("{}.{}", wanted.stem, self.look.format());
        let path = self.folder.as_ref().map(|folder| folder.join(&file));
        let is_read = self.prove.includes(wanted.number);
        let draw = |is_read| self.look.draw(&wanted.style, url, is_read).map_err(|error| sentence(&error));
        if self.resume
            && let Some(path) = &path
            && let Ok(there) = fs::read(path)
            && let Ok(picture) = draw(is_read && !self.were_proven)
            && picture.bytes == there
        {
            return Ok(Ok(self.made(Some(file), picture)));
        }
        let picture = match draw(is_read) {
            Ok(picture) => picture,
            Err(reason) => return Ok(Err(reason)),
        };
        if let Some(path) = &path {
            write(path, &picture.bytes)?;
        }
        Ok(Ok(self.made(path.map(|_| file), picture)))
    }

    fn made(&self, file: Option<String>, mut picture: Picture) -> Made {
        picture.drawing = picture.drawing.filter(|_| self.are_drawings_kept);
        Made { file, picture }
    }
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> Outcome {
    unfinished::write(path, bytes).map_err(|error| unfinished::cannot(path, error))
}
