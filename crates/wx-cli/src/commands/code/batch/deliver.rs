use super::{
    downloads::Downloads,
    manifest::{Line, Manifest},
    package::Package,
    pictures::{Made, Pictures, Wanted},
    plan::PlanRow,
    progress::Progress,
    run::Work,
    sheet::SheetFile,
    summary::Summary,
};
use crate::{edge, failure::Outcome, print};
use wx_channel::{CodeState, LedgerEntry};
use wx_render::Format;

/// Rows that are looked up at once.
const GROUP: usize = 1_000;
/// What the pictures of a group may take in memory, more or less.
const GROUP_BYTES: usize = 16 * 1024 * 1024;
/// A drawing takes more than its file.
const DRAWING: usize = 256 * 1024;

/// Everything that is written in the order of the plan.
struct Files {
    manifest: Manifest,
    package: Option<Package>,
    sheet: Option<SheetFile>,
    /// Whether a workbook can show the pictures.
    are_shown: bool,
}

impl Work {
    /// Makes pictures, sheet, manifest and zip in the order of the plan, from what the ledger has.
    pub(super) async fn deliver(&self, summary: &mut Summary) -> Outcome {
        let mut progress = Progress::start("pictures", self.total);
        let pictures = self.pictures();
        let mut files = self.files()?;
        let mut rows = self.source.rows().map_while(Result::ok);
        let mut done = 0;
        loop {
            let group: Vec<PlanRow> = rows.by_ref().take(self.group()).collect();
            if group.is_empty() {
                break;
            }
            if *self.is_stopping.borrow() {
                summary.stop();
                return Ok(());
            }
            let entries = self.journal.ledger.find(&self.journal.orders(&group)).await?;
            let now = edge::now();
            let mut made = pictures.make(self.wanted(done, &group, &entries, now)).await?.into_iter();
            for (row, entry) in group.iter().zip(&entries) {
                let line = Line::new(row, entry.as_ref(), now);
                summary.see(row, entry.as_ref(), now);
                let made = if self.has_picture(entry.as_ref(), now) { made.next() } else { None };
                files.add(line, made, summary)?;
            }
            done += group.len() as u64;
            progress.at(done);
        }
        progress.end(done);
        self.finish(files, summary)
    }

    fn pictures(&self) -> Pictures {
        let args = &self.args;
        let concurrency = usize::from(args.concurrency);
        Pictures {
            folder: (!args.no_pictures).then(|| args.out.clone()),
            resume: args.resume,
            look: self.look.clone(),
            prove: self.prove,
            were_proven: self.folder.were_proven(),
            are_drawings_kept: args.sheet.is_some(),
            official: args.official.then(|| Downloads { codes: self.codes.clone(), concurrency }),
        }
    }

    fn files(&self) -> Outcome<Files> {
        let format = self.look.format();
        let are_shown = self.args.official || matches!(format, Format::Png | Format::Jpeg);
        if !are_shown && !self.args.no_pictures && Manifest::kind_of(&self.manifest)? == "xlsx" {
            let path = self.manifest.display();
            print::note(&format!(
                "note: {path} has no pictures in its cells: a workbook shows png and jpg, not {format}"
            ));
        }
        Ok(Files {
            manifest: Manifest::create(&self.manifest, self.total)?,
            package: self.args.zip.as_deref().map(Package::create).transpose()?,
            sheet: self
                .args
                .sheet()
                .map(|sheet| SheetFile::create(&self.args.sheet_path(), sheet))
                .transpose()?,
            are_shown,
        })
    }

    fn finish(&self, files: Files, summary: &mut Summary) -> Outcome {
        let Files { manifest, mut package, sheet, are_shown: _ } = files;
        manifest.finish()?;
        summary.manifest(&self.manifest);
        if let Some(sheet) = sheet {
            let path = self.args.sheet_path();
            summary.sheet(&path, sheet.finish()?);
            package.as_mut().map_or(Ok(()), |package| package.copy(&path))?;
        }
        if let (Some(mut package), Some(path)) = (package, &self.args.zip) {
            package.copy(&self.manifest)?;
            package.finish()?;
            summary.zip(path);
        }
        self.folder.are_proven()
    }

    /// How many rows at once: large pictures are held in memory until they are written.
    fn group(&self) -> usize {
        let drawing = if self.args.sheet.is_some() { DRAWING } else { 0 };
        (GROUP_BYTES / (self.picture_bytes + drawing).max(1)).clamp(1, GROUP)
    }

    /// A code that has expired is not handed out.
    fn has_picture(&self, entry: Option<&LedgerEntry>, now: i64) -> bool {
        let is_wanted = !self.args.no_pictures || self.args.sheet.is_some();
        is_wanted
            && entry.is_some_and(|entry| entry.code().is_some() && entry.state(now) != CodeState::Expired)
    }

    fn wanted(&self, first: u64, rows: &[PlanRow], entries: &[Option<LedgerEntry>], now: i64) -> Vec<Wanted> {
        let with_picture = (first..).zip(rows.iter().zip(entries));
        let with_picture = with_picture.filter(|(_, (_, entry))| self.has_picture(entry.as_ref(), now));
        let wanted = with_picture.filter_map(|(number, (row, entry))| {
            let code = entry.as_ref()?.code()?.clone();
            Some(Wanted { number, code, stem: self.names.name(row), style: self.look.of(row) })
        });
        wanted.collect()
    }
}

impl Files {
    fn add(&mut self, mut line: Line, made: Option<Result<Made, String>>, summary: &mut Summary) -> Outcome {
        let made = match made.transpose() {
            Ok(made) => made,
            Err(reason) => {
                summary.without_picture(&reason);
                line.problem = Some(reason);
                None
            }
        };
        let Some(Made { file, picture }) = made else { return self.manifest.add(&line, None) };
        if let (Some(sheet), Some(drawing)) = (&mut self.sheet, &picture.drawing)
            && let Err(reason) = sheet.add(drawing)?
        {
            summary.without_picture(&reason);
            line.problem = Some(reason);
        }
        if let (Some(package), Some(file)) = (&mut self.package, &file) {
            package.add(file, &picture.bytes)?;
        }
        line.file = file;
        let shown = (self.are_shown && line.file.is_some()).then_some(picture.bytes.as_slice());
        self.manifest.add(&line, shown)
    }
}
