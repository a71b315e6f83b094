use super::{
    Batch,
    file_name::FileNames,
    journal::LedgerJournal,
    lock::Lock,
    manifest::{Line, Manifest},
    package::Package,
    pictures::{Pictures, Wanted},
    plan::{self, PlanRow, PlanSource},
    progress::Progress,
    summary::Summary,
    supervisor,
};
use crate::{
    commands::Context,
    config::account,
    edge,
    failure::{Failure, Outcome},
    print,
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::sync::watch;
use wx_channel::{BatchId, ClaimRules, LedgerEntry};
use wx_client::{ClientBuilder, Pace};
use wx_qrcode::{BatchEnd, QrCodes};
use wx_store::SqliteStore;
use wx_transport::HyperTransport;

/// Rows that are looked up at once.
const GROUP: usize = 1_000;

/// Does the whole batch; `plan` is where the plan is, if not at the path that was given.
pub(super) async fn run(args: Batch, context: &Context, plan: Option<&Path>) -> Outcome {
    let source = PlanSource::open(&args.plan, plan, plan::default_life(&args.lifetime)?)?;
    let mut names = FileNames::new(&args.names)?;
    let manifest = args.manifest.clone().unwrap_or_else(|| args.out.join("manifest.csv"));
    Manifest::kind_of(&manifest)?;
    let checked = plan::check(&source, &mut names, args.print_safe)?;
    if checked.texts_of_digits > 0 {
        print::note(&format!(
            "note: {} scenes are texts of digits alone; pushes of the text \"2026\" and of the number 2026 look alike, so put a \
             letter in front",
            checked.texts_of_digits
        ));
    }
    // Less work for each call than with the usual transport, and the same rules.
    let fast = |builder: ClientBuilder| builder.transport(HyperTransport::new());
    let paced = |builder: ClientBuilder| match args.rate {
        Some(rate) => fast(builder).pace(Pace::per_minute(rate)),
        None => fast(builder),
    };
    let client = args.client.connect_with(&context.settings, paced).await?.client;
    let account = account(client.app_id());
    let database = args.database.path(&context.settings);
    let _lock = Lock::take(database).await?;
    let ledger = Arc::new(SqliteStore::open(database)?);
    fs::create_dir_all(&args.out).map_err(|error| {
        Failure::failed(format!("cannot make the folder {}: {error}", args.out.display()))
    })?;
    let rules = ClaimRules::new().stop_mark(args.stop_mark).repeat_unknown(args.retry_unknown);
    let journal = LedgerJournal { ledger, account, batch: batch_id(&args)?, rules };

    let (stopping, is_stopping) = watch::channel(false);
    tokio::spawn(async move {
        supervisor::end_of_lifeline().await;
        stopping.send_replace(true);
    });
    let codes = QrCodes::new(client);
    let work = Work { args, source, names, manifest, journal, codes, total: checked.rows, is_stopping };
    let summary = work.run().await?;
    if context.json {
        print::json(&summary);
    } else {
        summary.print();
    }
    summary.outcome()
}

/// The batch of the folder that goes on, or a new one.
fn batch_id(args: &Batch) -> Outcome<BatchId> {
    let path = args.out.join(".wx-batch");
    if args.resume
        && let Ok(id) = fs::read_to_string(&path)
        && !id.trim().is_empty()
    {
        return Ok(BatchId::new(id.trim()));
    }
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::failed(format!("the system has no random numbers: {error}")))?;
    let id = format!("{:016x}", u64::from_be_bytes(bytes));
    super::picture::write(&path, id.as_bytes())
        .map_err(|error| Failure::failed(format!("cannot write {}: {error}", path.display())))?;
    Ok(BatchId::new(id))
}

struct Work {
    args: Batch,
    source: PlanSource,
    names: FileNames,
    manifest: PathBuf,
    journal: LedgerJournal,
    codes: QrCodes,
    total: u64,
    is_stopping: watch::Receiver<bool>,
}

impl Work {
    async fn run(self) -> Outcome<Summary> {
        self.book().await?;
        let mut progress = Progress::start("create", self.total);
        let mut is_stopping = self.is_stopping.clone();
        let stop = async move {
            let _ = is_stopping.wait_for(|it| *it).await;
        };
        // The plan was read to its end before; if it breaks now, what is left is left.
        let rows = self.source.rows().map_while(Result::ok);
        let batch = wx_qrcode::Batch::new(self.codes.clone(), self.journal.clone())
            .concurrency(usize::from(self.args.concurrency));
        let report = batch.run(rows, stop, |counts| progress.at(counts.rows())).await?;
        progress.end(report.counts.rows());
        let mut summary = Summary::new(self.total, report, edge::now());
        if summary.end() != &BatchEnd::Stopped {
            self.deliver(&mut summary).await?;
        }
        Ok(summary)
    }

    /// Writes the whole plan into the ledger, so that it is known what is still to come.
    async fn book(&self) -> Outcome {
        let mut rows = self.source.rows().map_while(Result::ok);
        let now = edge::now();
        loop {
            let orders = self.journal.orders(&rows.by_ref().take(GROUP).collect::<Vec<_>>());
            if orders.is_empty() || *self.is_stopping.borrow() {
                break;
            }
            self.journal.ledger.plan(&orders, now).await?;
        }
        Ok(())
    }

    /// Makes pictures, manifest and zip in the order of the plan, from what the ledger has.
    async fn deliver(&self, summary: &mut Summary) -> Outcome {
        let mut progress = Progress::start("pictures", self.total);
        let pictures = Pictures {
            folder: self.args.out.clone(),
            resume: self.args.resume,
            prove: self.args.prove,
            official: self.args.official.then(|| (self.codes.clone(), usize::from(self.args.concurrency))),
        };
        let mut manifest = Manifest::create(&self.manifest, self.total)?;
        let mut package = self.args.zip.as_deref().map(Package::create).transpose()?;
        let mut rows = self.source.rows().map_while(Result::ok);
        let mut done = 0;
        loop {
            let group: Vec<PlanRow> = rows.by_ref().take(GROUP).collect();
            if group.is_empty() {
                break;
            }
            if *self.is_stopping.borrow() {
                summary.stop();
                return Ok(());
            }
            let entries = self.journal.ledger.find(&self.journal.orders(&group)).await?;
            let wanted = self.wanted(&group, &entries);
            let mut made = pictures.make(wanted).await?.into_iter();
            let now = edge::now();
            for (row, entry) in group.iter().zip(&entries) {
                let mut line = Line::new(row, entry.as_ref(), now);
                summary.see(row, entry.as_ref());
                let picture = if self.has_picture(entry.as_ref()) { made.next() } else { None };
                let bytes = match picture {
                    Some(Ok(made)) => {
                        if let Some(package) = &mut package {
                            package.add(&made.file, &made.bytes)?;
                        }
                        line.file = Some(made.file);
                        Some(made.bytes)
                    }
                    Some(Err(reason)) => {
                        summary.without_picture(&reason);
                        line.problem = Some(reason);
                        None
                    }
                    None => None,
                };
                manifest.add(&line, bytes.as_deref())?;
            }
            done += group.len() as u64;
            progress.at(done);
        }
        manifest.finish()?;
        summary.manifest(&self.manifest);
        if let (Some(package), Some(path)) = (package, &self.args.zip) {
            package.finish(&self.manifest)?;
            summary.zip(path);
        }
        progress.end(done);
        Ok(())
    }

    fn has_picture(&self, entry: Option<&LedgerEntry>) -> bool {
        !self.args.no_pictures && entry.is_some_and(|entry| entry.code().is_some())
    }

    fn wanted(&self, rows: &[PlanRow], entries: &[Option<LedgerEntry>]) -> Vec<Wanted> {
        let with_picture = rows.iter().zip(entries).filter(|(_, entry)| self.has_picture(entry.as_ref()));
        let wanted = with_picture.filter_map(|(row, entry)| {
            let code = entry.as_ref()?.code()?.clone();
            Some(Wanted { code, stem: self.names.name(row) })
        });
        wanted.collect()
    }
}
