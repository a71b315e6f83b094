use super::{
    Batch,
    file_name::FileNames,
    folder::Folder,
    journal::LedgerJournal,
    lock::Lock,
    look::Look,
    manifest::Manifest,
    plan::{self, PlanSource},
    progress::Progress,
    prove::Prove,
    summary::Summary,
    supervisor, unfinished,
};
use crate::{
    commands::Context,
    config::account,
    edge,
    failure::{Failure, Outcome},
    print,
};
use std::{
    convert::Infallible,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::watch;
use wx_channel::ClaimRules;
use wx_client::{ClientBuilder, Pace};
use wx_qrcode::{BatchEnd, QrCodes};
use wx_render::{Format, Proof};
use wx_store::SqliteStore;
use wx_transport::HyperTransport;

/// Rows that are looked up at once.
const GROUP: usize = 1_000;

/// Does the whole batch; `plan` is where the plan is, if not at the path that was given.
pub(super) async fn run(args: Batch, context: &Context, plan: Option<&Path>) -> Outcome {
    let source = PlanSource::open(&args.plan, plan, plan::default_life(&args.lifetime)?)?;
    let mut names = FileNames::new(&args.names)?;
    let format = format(&args, &names)?;
    let manifest = args.manifest.clone().unwrap_or_else(|| args.out.join("manifest.csv"));
    Manifest::kind_of(&manifest)?;
    let checked = plan::check(&source, &mut names, args.print_safe)?;
    if checked.texts_of_digits > 0 {
        print::note(&format!(
            "note: {} of digits alone; pushes of the text \"2026\" and of the number 2026 look alike, so put a letter in front",
            if checked.texts_of_digits == 1 {
                "1 scene is a text".to_owned()
            } else {
                format!("{} scenes are texts", checked.texts_of_digits)
            }
        ));
    }
    let unused = source.unused_columns();
    if !unused.is_empty() {
        print::note(&format!("note: of the plan these columns are not used: {}", unused.join(", ")));
    }
    let look = Look::new(&args.look, format, checked.has_captions && !args.official, args.sheet.is_some())?;
    let is_drawn = !args.official && (!args.no_pictures || args.sheet.is_some());
    let picture_bytes = if is_drawn { look.check(&source, args.sheet())? } else { OFFICIAL_BYTES };
    let usual = if look.is_plain() { Proof::percent(1.0) } else { Proof::ALL };
    let prove = args.prove.unwrap_or(Prove::Some(usual));
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
    let folder = Folder::open(&args.out, args.resume, prove)?;
    // What cannot be written is said before codes are created for it.
    for path in [Some(&manifest), args.zip.as_ref()].into_iter().flatten() {
        unfinished::begin(path)?;
    }
    let rules = ClaimRules::new().stop_mark(args.stop_mark).repeat_unknown(args.retry_unknown);
    let journal = LedgerJournal { ledger, account, batch: folder.id().clone(), rules };

    let (stopping, is_stopping) = watch::channel(false);
    tokio::spawn(async move {
        supervisor::end_of_lifeline().await;
        stopping.send_replace(true);
    });
    let codes = QrCodes::new(client);
    let total = checked.rows;
    let work = Work {
        args,
        source,
        names,
        look,
        prove,
        picture_bytes,
        manifest,
        folder,
        journal,
        codes,
        total,
        is_stopping,
    };
    let summary = work.run().await?;
    if context.json {
        print::json(&summary);
    } else {
        summary.print();
    }
    summary.outcome()
}

/// Says that it waits and why that may be, each time that nothing has come for long.
async fn tell_of_silence(begun: &AtomicU64, rate: Option<u32>, say: impl Fn(&str)) -> Infallible {
    let (mut seen, mut is_told) = (0, false);
    let usual = rate.map_or(Duration::ZERO, |rate| Duration::from_mins(1) / rate.max(1));
    loop {
        tokio::time::sleep(SILENCE + 2 * usual).await;
        let now = begun.load(Ordering::Relaxed);
        if now != seen {
            is_told = false;
        } else if !is_told {
            is_told = true;
            say(
                "note: waiting for the platform: its calls of this minute may be used up (45011), or answers do not come; it \
                 goes on by itself, Ctrl-C stops it",
            );
        }
        seen = now;
    }
}

const SILENCE: Duration = Duration::from_secs(8);

const LEDGER_FAILED: &str = "then run the same command with --resume, which goes on where the ledger ends; codes whose answers \
                             could not be written down are unknown";
const FILES_FAILED: &str =
    "the codes are in the ledger: to make the files, run the same command with --resume";

/// What the platform's pictures have, more or less.
const OFFICIAL_BYTES: usize = 32 * 1024;

/// As `--format` or the end of `--names` says; they must not say different ones.
fn format(args: &Batch, names: &FileNames) -> Outcome<Format> {
    match (args.format, names.format()) {
        (Some(said), Some(end)) if said != end => Err(Failure::invalid(format!(
            "--format says {said}, and the pattern of --names ends in .{end}; leave one of them out"
        ))),
        (said, end) => Ok(said.or(end).unwrap_or(Format::Png)),
    }
}

/// A batch under way.
pub(super) struct Work {
    pub(super) args: Batch,
    pub(super) source: PlanSource,
    pub(super) names: FileNames,
    pub(super) look: Look,
    pub(super) prove: Prove,
    /// What a picture has, more or less.
    pub(super) picture_bytes: usize,
    pub(super) manifest: PathBuf,
    pub(super) folder: Folder,
    pub(super) journal: LedgerJournal,
    pub(super) codes: QrCodes,
    pub(super) total: u64,
    pub(super) is_stopping: watch::Receiver<bool>,
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
        let (begun, say) = (AtomicU64::new(0), progress.speaker());
        let running = batch.run(rows, stop, |counts| {
            begun.store(counts.rows(), Ordering::Relaxed);
            progress.at(counts.rows() - counts.left);
        });
        let ran = tokio::select! {
            ran = running => ran,
            never = tell_of_silence(&begun, self.args.rate, say) => match never {},
        };
        let report = ran.map_err(|error| Failure::from(error).then(LEDGER_FAILED))?;
        progress.end(report.counts.rows() - report.counts.left);
        let mut summary = Summary::new(self.total, report, edge::now());
        if summary.end() != &BatchEnd::Stopped {
            self.deliver(&mut summary).await.map_err(|failure| failure.then(FILES_FAILED))?;
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
}
