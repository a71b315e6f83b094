use super::{picture, picture::Sample};
use crate::failure::{Failure, Outcome};
use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};
use tokio::task::JoinSet;
use wx_channel::Code;
use wx_qrcode::QrCodes;

/// Makes the pictures of codes, and keeps those that are there already when a run goes on.
#[derive(Debug, Clone)]
pub(super) struct Pictures {
    pub(super) folder: PathBuf,
    pub(super) resume: bool,
    pub(super) prove: Sample,
    /// Downloads them, so many at a time.
    pub(super) official: Option<(QrCodes, usize)>,
}

/// A code that wants a picture, and what it will be called without its extension.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) code: Code,
    pub(super) stem: String,
}

/// A picture in the folder.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) file: String,
    pub(super) bytes: Vec<u8>,
}

impl Pictures {
    /// Makes these, in order. A download that fails is a reason of its row; a drawing that fails ends the run.
    pub(super) async fn make(&self, wanted: Vec<Wanted>) -> Outcome<Vec<Result<Made, String>>> {
        if let Some((codes, concurrency)) = &self.official {
            return Ok(self.download(codes, *concurrency, wanted).await);
        }
        let pictures = self.clone();
        let drawing = tokio::task::spawn_blocking(move || pictures.draw_all(&wanted));
        drawing.await.map_err(|_| Failure::failed("a thread that draws has ended"))?
    }

    fn draw_all(&self, wanted: &[Wanted]) -> Outcome<Vec<Result<Made, String>>> {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let share = wanted.len().div_ceil(threads).max(1);
        thread::scope(|scope| {
            let work = |part| scope.spawn(move || part_of(self, part));
            let parts: Vec<_> = wanted.chunks(share).map(work).collect();
            let mut made = Vec::with_capacity(wanted.len());
            for part in parts {
                made.extend(part.join().map_err(|_| Failure::failed("a thread that draws has ended"))??);
            }
            Ok(made)
        })
    }

    fn draw(&self, wanted: &Wanted) -> Outcome<Result<Made, String>> {
        let Some(url) = &wanted.code.url else {
            return Ok(Err("the ledger has no url of it; fetch it with --official".to_owned()));
        };
        let file = format!("{}.png", wanted.stem);
        if let Some(bytes) = self.kept(&file) {
            return Ok(Ok(Made { file, bytes }));
        }
        let bytes = picture::draw(url)?;
        self.prove.prove(url, &bytes)?;
        write(&self.folder.join(&file), &bytes)?;
        Ok(Ok(Made { file, bytes }))
    }

    fn kept(&self, file: &str) -> Option<Vec<u8>> {
        let bytes = self.resume.then(|| fs::read(self.folder.join(file)).ok()).flatten()?;
        Some(bytes).filter(|bytes| !bytes.is_empty())
    }

    async fn download(
        &self,
        codes: &QrCodes,
        concurrency: usize,
        wanted: Vec<Wanted>,
    ) -> Vec<Result<Made, String>> {
        let mut made: Vec<_> = wanted.iter().map(|_| Err("it was not fetched".to_owned())).collect();
        let mut calls = JoinSet::new();
        for (index, wanted) in wanted.into_iter().enumerate() {
            let (pictures, codes) = (self.clone(), codes.clone());
            if calls.len() >= concurrency
                && let Some(Ok((index, answer))) = calls.join_next().await
            {
                made[index] = answer;
            }
            calls.spawn(async move { (index, pictures.fetch(&codes, &wanted).await) });
        }
        while let Some(Ok((index, answer))) = calls.join_next().await {
            made[index] = answer;
        }
        made
    }

    async fn fetch(&self, codes: &QrCodes, wanted: &Wanted) -> Result<Made, String> {
        let kept = ["jpg", "png"].map(|extension| format!("{}.{extension}", wanted.stem));
        if let Some(made) = kept.into_iter().find_map(|file| Some(Made { bytes: self.kept(&file)?, file })) {
            return Ok(made);
        }
        let failed = |error: wx_qrcode::Error| crate::failure::sentence(&error);
        let image = codes.image(&wanted.code.ticket).await.map_err(failed)?;
        let (file, url) = (format!("{}.{}", wanted.stem, image.extension()), wanted.code.url.clone());
        let read = tokio::task::spawn_blocking(move || {
            let read = url.map_or_else(|| image.text().map(drop), |url| image.prove(&url));
            read.map(|()| image)
        });
        let image =
            read.await.map_err(|_| "a thread that reads pictures has ended".to_owned())?.map_err(failed)?;
        write(&self.folder.join(&file), image.bytes()).map_err(|error| error.to_string())?;
        Ok(Made { file, bytes: image.into_bytes().to_vec() })
    }
}

fn part_of(pictures: &Pictures, part: &[Wanted]) -> Outcome<Vec<Result<Made, String>>> {
    part.iter().map(|wanted| pictures.draw(wanted)).collect()
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    picture::write(path, bytes)
        .map_err(|error| Failure::failed(format!("cannot write {}: {error}", path.display())))
}
