use super::{
    look::Picture,
    pictures::{self, Made, Wanted},
};
use crate::failure::sentence;
use std::{fs, path::Path};
use tokio::task::JoinSet;
use wx_qrcode::{Image, QrCodes};

/// The platform's own pictures, so many at a time; each is read and compared with its url.
#[derive(Debug, Clone)]
pub(super) struct Downloads {
    pub(super) codes: QrCodes,
    pub(super) concurrency: usize,
}

impl Downloads {
    /// Fetches these into the folder, in order. When a run goes on, those that are there are read instead.
    pub(super) async fn fetch(
        &self,
        folder: &Path,
        resume: bool,
        wanted: Vec<Wanted>,
    ) -> Vec<Result<Made, String>> {
        let mut made: Vec<_> = wanted.iter().map(|_| Err("it was not fetched".to_owned())).collect();
        let mut calls = JoinSet::new();
        for (index, wanted) in wanted.into_iter().enumerate() {
            let (folder, codes) = (folder.to_owned(), self.codes.clone());
            if calls.len() >= self.concurrency
                && let Some(Ok((index, answer))) = calls.join_next().await
            {
                made[index] = answer;
            }
            calls.spawn(async move {
                let there = if resume { kept(&folder, &wanted).await } else { None };
                let answer = match there {
                    Some(made) => Ok(made),
                    None => fetch(&codes, &folder, &wanted).await,
                };
                (index, answer)
            });
        }
        while let Some(Ok((index, answer))) = calls.join_next().await {
            made[index] = answer;
        }
        made
    }
}

async fn kept(folder: &Path, wanted: &Wanted) -> Option<Made> {
    for extension in ["jpg", "png"] {
        let file = format!("{}.{extension}", wanted.stem);
        if let Ok(bytes) = fs::read(folder.join(&file))
            && let Ok(image) = Image::from_bytes(bytes)
            && let Ok(image) = proven(image, wanted.code.url.clone()).await
        {
            return Some(made(file, image));
        }
    }
    None
}

async fn fetch(codes: &QrCodes, folder: &Path, wanted: &Wanted) -> Result<Made, String> {
    let image = codes.image(&wanted.code.ticket).await.map_err(|error| sentence(&error))?;
    let image = proven(image, wanted.code.url.clone()).await?;
    let file = format!("{}.{}", wanted.stem, image.extension());
    pictures::write(&folder.join(&file), image.bytes()).map_err(|error| error.to_string())?;
    Ok(made(file, image))
}

fn made(file: String, image: Image) -> Made {
    Made { file: Some(file), picture: Picture { bytes: image.into_bytes().to_vec(), drawing: None } }
}

/// The picture, after it was read and compared with the url.
async fn proven(image: Image, url: Option<String>) -> Result<Image, String> {
    let reading = tokio::task::spawn_blocking(move || {
        let read = url.map_or_else(|| image.text().map(drop), |url| image.prove(&url));
        read.map(|()| image)
    });
    let read = reading.await.map_err(|_| "a thread that reads pictures has ended".to_owned())?;
    read.map_err(|error| sentence(&error))
}
