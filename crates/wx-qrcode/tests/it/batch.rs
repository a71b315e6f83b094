//! Many codes, on virtual time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tokio::sync::Notify;
use wx_client::{Client, FixedToken};
use wx_model::{CreateRequest, ErrCode, PermanentScene};
use wx_qrcode::{Batch, BatchEnd, BatchJournal, BatchReport, Claimed, QrCodes, Settled, SettledRow};
use wx_sim::{Fault, Options, Simulator};
use wx_transport::{Answer, MockTransport, TransportErrorKind};

const CREATE: &str = "/cgi-bin/qrcode/create";

/// What a batch wrote down, by scene.
#[derive(Clone)]
struct Notes {
    notes: Arc<Mutex<HashMap<String, Note>>>,
    places: usize,
}

impl Default for Notes {
    fn default() -> Self {
        Self { notes: Arc::default(), places: usize::MAX }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Note {
    Asked,
    Planned,
    Ticket(String),
}

impl Notes {
    fn of(&self, note: impl Fn(&Note) -> bool) -> usize {
        self.notes.lock().unwrap().values().filter(|found| note(found)).count()
    }
}

impl BatchJournal for Notes {
    type Row = Wish;
    type Error = std::convert::Infallible;

    async fn claim(&self, rows: &[Wish]) -> Result<Vec<Claimed>, Self::Error> {
        let mut notes = self.notes.lock().unwrap();
        let claim = |row: &Wish| match notes.get(&row.scene()) {
            Some(Note::Asked) => Claimed::Unknown,
            Some(Note::Ticket(_)) => Claimed::Known,
            _ if notes.len() >= self.places => Claimed::Full { taken: self.places as u64 },
            _ => {
                notes.insert(row.scene(), Note::Asked);
                Claimed::Granted
            }
        };
        Ok(rows.iter().map(claim).collect())
    }

    async fn settle(&self, rows: Vec<SettledRow<Wish>>) -> Result<(), Self::Error> {
        for SettledRow { row, settled, .. } in rows {
            let note = match settled {
                Settled::Created(response) => Note::Ticket(response.ticket.as_str().to_owned()),
                Settled::NotDone(_) => Note::Planned,
                Settled::Unknown(_) => Note::Asked,
            };
            self.notes.lock().unwrap().insert(row.scene(), note);
        }
        Ok(())
    }
}

/// A row of a plan that is nothing but its request.
#[derive(Clone)]
struct Wish(CreateRequest);

impl Wish {
    fn scene(&self) -> String {
        self.0.scene_value().as_str().to_owned()
    }
}

impl AsRef<CreateRequest> for Wish {
    fn as_ref(&self) -> &CreateRequest {
        &self.0
    }
}

fn rows(count: usize) -> impl Iterator<Item = Wish> + Send + 'static {
    let permanent = |n| CreateRequest::permanent(PermanentScene::str(format!("s{n}")).unwrap());
    (0..count).map(move |n| Wish(permanent(n)))
}

async fn run(codes: QrCodes, notes: &Notes, count: usize) -> BatchReport {
    let batch = Batch::new(codes, notes.clone()).concurrency(4);
    batch.run(rows(count), std::future::pending(), |_| {}).await.unwrap()
}

fn at(sim: &Simulator) -> QrCodes {
    let client = Client::builder(wx_sim::DEFAULT_APP_ID, wx_sim::DEFAULT_SECRET).api_base(sim.base_url());
    QrCodes::new(client.build().unwrap())
}

fn scripted(answer: impl Fn(usize) -> Answer + Send + Sync + 'static) -> QrCodes {
    let (platform, count) = (MockTransport::new(), Mutex::new(0));
    platform.otherwise(move |_| {
        let mut count = count.lock().unwrap();
        *count += 1;
        answer(*count)
    });
    let client = Client::with_token_source("wx7a3f00c1d2e3b4a5", FixedToken::new("T1"))
        .api_base("http://platform.test")
        .transport(platform)
        .clock(clock());
    QrCodes::new(client.build().unwrap())
}

/// The clock of the runtime, which a test may pause.
fn clock() -> impl Fn() -> std::time::Duration + Send + Sync + 'static {
    let begun = tokio::time::Instant::now();
    move || begun.elapsed()
}

fn ticket(number: usize) -> Answer {
    Answer::json(format!(r#"{{"ticket":"t{number}","url":"http://weixin.qq.com/q/{number}"}}"#))
}

fn is_ticket(note: &Note) -> bool {
    matches!(note, Note::Ticket(_))
}

#[tokio::test]
async fn each_scene_is_created_once_however_often_it_runs() {
    let sim = Simulator::start(Options::default()).await.unwrap();
    let notes = Notes::default();
    let first = run(at(&sim), &notes, 50).await;
    assert_eq!((first.counts.created, first.end), (50, BatchEnd::Done));
    let second = run(at(&sim), &notes, 60).await;
    assert_eq!((second.counts.known, second.counts.created), (50, 10));
    let mut scenes: Vec<_> = sim.codes().into_iter().map(|code| code.scene).collect();
    scenes.sort();
    scenes.dedup();
    assert_eq!((scenes.len(), sim.codes().len()), (60, 60));
}

/// The day's calls are used up in the middle; on another day the rest is created.
#[tokio::test]
async fn after_45009_it_stops_and_goes_on_where_it_was() {
    let options = Options::deterministic().daily_limit(CREATE, 20);
    let sim = Simulator::start(options).await.unwrap();
    let notes = Notes::default();
    let report = run(at(&sim), &notes, 30).await;
    let BatchEnd::Failed(error) = &report.end else { panic!("{report:?}") };
    assert_eq!((error.errcode(), error.is_quota()), (Some(ErrCode::DAILY_QUOTA_REACHED), true));
    assert_eq!((report.counts.created, report.counts.lost, notes.of(is_ticket)), (20, 0, 20));
    sim.advance(86_400).unwrap();
    let report = run(at(&sim), &notes, 30).await;
    assert_eq!((report.counts.known, report.counts.created, report.end), (20, 10, BatchEnd::Done));
    assert_eq!(sim.codes().len(), 30);
}

#[tokio::test]
async fn after_45029_it_stops_for_good() {
    let sim = Simulator::start(Options::default().permanent_cap(7)).await.unwrap();
    let report = run(at(&sim), &Notes::default(), 100).await;
    let BatchEnd::Failed(error) = &report.end else { panic!("{report:?}") };
    assert_eq!(error.errcode(), Some(ErrCode::QRCODE_COUNT_LIMIT));
    assert!(!error.is_retryable());
    assert_eq!((report.counts.created, report.counts.lost, sim.codes().len()), (7, 0, 7));
}

/// The platform made the code and nobody heard of it: unknown, whatever runs afterwards.
#[tokio::test]
async fn a_lost_answer_is_not_asked_for_again() {
    let sim = Simulator::start(Options::default()).await.unwrap();
    for skip in [5, 11] {
        sim.inject(Fault::reset().after_effect().on(CREATE).skipping(skip)).unwrap();
    }
    let notes = Notes::default();
    let report = run(at(&sim), &notes, 30).await;
    assert_eq!((report.counts.created, report.counts.lost, report.end), (28, 2, BatchEnd::Done));
    let report = run(at(&sim), &notes, 30).await;
    assert_eq!((report.counts.known, report.counts.unknown, report.counts.created), (28, 2, 0));
    assert_eq!((sim.codes().len(), notes.of(|note| *note == Note::Asked)), (30, 2));
}

#[tokio::test]
async fn when_answer_after_answer_is_lost_it_stops() {
    let notes = Notes::default();
    let codes = scripted(|_| TransportErrorKind::Timeout.into());
    let report = run(codes, &notes, 10_000).await;
    assert!(matches!(report.end, BatchEnd::Lost(_)), "{report:?}");
    // Those that were under way are lost, too.
    assert!((8..=11).contains(&report.counts.lost), "{report:?}");
    assert_eq!(notes.of(|note| *note == Note::Asked) as u64, report.counts.lost);
}

#[tokio::test(start_paused = true)]
async fn when_the_minute_is_used_up_it_waits() {
    let codes = scripted(|call| {
        if call == 5 {
            Answer::json(r#"{"errcode":45011,"errmsg":"api minute-quota reach limit"}"#)
        } else {
            ticket(call)
        }
    });
    let begun = tokio::time::Instant::now();
    let report = run(codes, &Notes::default(), 20).await;
    assert_eq!((report.counts.created, report.counts.rows(), report.end), (20, 20, BatchEnd::Done));
    assert!(begun.elapsed().as_secs() >= 59, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_row_that_the_platform_refuses_keeps_nobody() {
    let codes = scripted(|call| {
        if call == 3 {
            Answer::json(r#"{"errcode":40053,"errmsg":"invalid action info"}"#)
        } else {
            ticket(call)
        }
    });
    let report = run(codes, &Notes::default(), 20).await;
    assert_eq!((report.counts.created, report.counts.failed, report.end), (19, 1, BatchEnd::Done));
}

/// What was claimed and not asked for is given back, and nothing is unknown.
#[tokio::test]
async fn told_to_stop_it_ends_what_is_under_way() {
    let notes = Notes::default();
    let told = Arc::new(Notify::new());
    let listens = Arc::clone(&told);
    let batch = Batch::new(scripted(ticket), notes.clone()).concurrency(4);
    let stop = async move { listens.notified().await };
    let report = batch.run(rows(100_000), stop, |counts| {
        if counts.created >= 10 {
            told.notify_one();
        }
    });
    let report = report.await.unwrap();
    assert_eq!(report.end, BatchEnd::Stopped);
    assert!(report.counts.created >= 10 && report.counts.created < 100_000, "{report:?}");
    assert_eq!(notes.of(|note| *note == Note::Asked), 0);
    assert_eq!(notes.of(is_ticket) as u64, report.counts.created);
}

/// What was granted before the mark is asked for, and nothing behind it.
#[tokio::test]
async fn at_the_stop_mark_everything_granted_is_created() {
    let notes = Notes { places: 9, ..Notes::default() };
    let report = run(scripted(ticket), &notes, 1_000).await;
    assert_eq!(report.end, BatchEnd::StopMark { taken: 9 });
    assert_eq!((report.counts.created, notes.of(is_ticket)), (9, 9));
}
