use crate::{
    failure::{Failure, Gone},
    ledger::{self, PlaceBounds},
    opened_file::OpenedFile,
    row, sql,
};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::{io, thread};
use tokio::sync::{mpsc, oneshot};
use wx_channel::{
    AccountId, Appended, Channel, ChannelName, Claim, ClaimRules, Code, CodeOrder, ScanEvent, Settlement,
    StoreError,
};
use wx_model::{SceneValue, Ticket};

/// How many rows one transaction takes before it is committed, unless one batch alone has more.
const GROUP_ROWS: usize = 1024;

/// How many calls wait for the writer before further callers wait for a place.
const QUEUE: usize = 1024;

/// The one thread that writes, with group commit: it takes all calls that wait, writes them in one transaction,
/// and answers them when the disk has it. Under load one sync serves hundreds of calls.
#[derive(Debug)]
pub(crate) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<thread::JoinHandle<()>>,
}

/// What is to be written.
#[derive(Debug)]
pub(crate) enum Write {
    Events(Vec<ScanEvent>),
    Channel(AccountId, Channel),
    Code(Code),
    Plan(Vec<CodeOrder>, i64),
    Claims(Vec<CodeOrder>, ClaimRules, i64),
    Settlements(Vec<Settlement>),
}

/// What a write is answered.
#[derive(Debug)]
pub(crate) enum Written {
    Events(Vec<Appended>),
    Claims(Vec<Claim>),
    Nothing,
}

#[derive(Debug)]
struct Job {
    write: Write,
    done: oneshot::Sender<Result<Written, StoreError>>,
}

impl Writer {
    pub(crate) fn start(connection: Connection, file: OpenedFile) -> io::Result<Self> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let builder = thread::Builder::new().name("wx-store".to_owned());
        let thread = builder.spawn(move || run(connection, &file, queue))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Returns when the write is durable. Dropping the future does not take the write back.
    pub(crate) async fn write(&self, write: Write) -> Result<Written, StoreError> {
        let (done, answer) = oneshot::channel();
        let jobs = self.jobs.as_ref().ok_or(Gone)?;
        jobs.send(Job { write, done }).await.map_err(|_| Gone)?;
        answer.await.map_err(|_| Gone)?
    }
}

/// Finishes what was accepted.
impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            // It can only fail by a panic in the thread, which its callers have seen as `Gone`.
            let _ = thread.join();
        }
    }
}

fn run(mut connection: Connection, file: &OpenedFile, mut queue: mpsc::Receiver<Job>) {
    let mut fatal = None;
    let mut bounds = PlaceBounds::default();
    while let Some(first) = queue.blocking_recv() {
        let mut group = Group { jobs: vec![first], queue: &mut queue };
        let result = match &fatal {
            Some(failure) => Err(Failure::clone(failure)),
            None => commit_to(file, &mut connection, &mut bounds, &mut group),
        };
        if let Some(failure) = result.as_ref().err().filter(|failure| fatal.is_none() && failure.is_fatal()) {
            tracing::error!(error = %failure, "the store failed and takes nothing more");
            fatal = Some(failure.clone());
        }
        answer(group.jobs, result);
    }
}

/// What is written in one transaction: what waits when it begins, and what comes while it is written. So two who take turns, as
/// those who claim codes and those who settle them do, share a commit.
struct Group<'a> {
    jobs: Vec<Job>,
    queue: &'a mut mpsc::Receiver<Job>,
}

impl Group<'_> {
    /// The job after so many jobs and rows that were written.
    fn after(&mut self, jobs: usize, rows: usize) -> Option<&Job> {
        if jobs == self.jobs.len() && rows < GROUP_ROWS {
            self.jobs.extend(self.queue.try_recv());
        }
        self.jobs.get(jobs)
    }
}

fn answer(group: Vec<Job>, result: Result<Vec<Written>, Failure>) {
    let answers = match result {
        Ok(answers) => answers.into_iter().map(Ok).collect(),
        Err(failure) => group.iter().map(|_| Err(failure.to_error())).collect::<Vec<_>>(),
    };
    for (job, answer) in group.into_iter().zip(answers) {
        // A caller that went away needs no answer.
        drop(job.done.send(answer));
    }
}

/// What was written into a file that nobody finds again is not a success.
fn commit_to(
    file: &OpenedFile,
    connection: &mut Connection,
    bounds: &mut PlaceBounds,
    group: &mut Group<'_>,
) -> Result<Vec<Written>, Failure> {
    let answers = commit(connection, bounds, group)?;
    if file.stands() { Ok(answers) } else { Err(Failure::moved(file.path())) }
}

/// One transaction; dropped without a commit it is rolled back, and the bounds are then higher than need be.
fn commit(
    connection: &mut Connection,
    bounds: &mut PlaceBounds,
    group: &mut Group<'_>,
) -> rusqlite::Result<Vec<Written>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (mut answers, mut rows) = (Vec::new(), 0);
    while let Some(job) = group.after(answers.len(), rows) {
        rows += job.write.rows();
        answers.push(job.write.apply(&transaction, bounds)?);
    }
    transaction.commit()?;
    Ok(answers)
}

impl Write {
    fn rows(&self) -> usize {
        match self {
            Self::Events(events) => events.len(),
            Self::Plan(orders, _) | Self::Claims(orders, ..) => orders.len(),
            Self::Settlements(settlements) => settlements.len(),
            Self::Channel(..) | Self::Code(_) => 1,
        }
    }

    fn apply(&self, transaction: &Transaction<'_>, bounds: &mut PlaceBounds) -> rusqlite::Result<Written> {
        match self {
            Self::Events(events) => {
                let appended = events.iter().map(|event| append(transaction, event));
                return appended.collect::<rusqlite::Result<_>>().map(Written::Events);
            }
            Self::Claims(orders, rules, now) => {
                return ledger::claim(transaction, bounds, orders, rules, *now).map(Written::Claims);
            }
            Self::Channel(account, channel) => put_channel(transaction, account, channel)?,
            Self::Code(code) => {
                bounds.add(&code.account);
                put_code(transaction, code)?;
            }
            Self::Plan(orders, now) => {
                orders.iter().try_for_each(|order| ledger::plan(transaction, order, *now))?;
            }
            Self::Settlements(settlements) => {
                settlements
                    .iter()
                    .try_for_each(|settlement| ledger::settle(transaction, bounds, settlement))?;
            }
        }
        Ok(Written::Nothing)
    }
}

fn append(transaction: &Transaction<'_>, event: &ScanEvent) -> rusqlite::Result<Appended> {
    let inserted = transaction.prepare_cached(sql::INSERT_EVENT)?.execute(params![
        event.account.as_str(),
        event.day().number(),
        event.dedupe.as_bytes(),
        event.created,
        event.received,
        event.class.as_str(),
        event.scene.as_ref().map(SceneValue::as_str),
        event.openid.as_str(),
        event.ticket.as_ref().map(Ticket::as_str),
        event.raw,
    ])?;
    Ok(if inserted == 0 { Appended::Duplicate } else { Appended::New })
}

fn put_channel(
    transaction: &Transaction<'_>,
    account: &AccountId,
    channel: &Channel,
) -> rusqlite::Result<()> {
    let values = params![account.as_str(), channel.name.as_str(), channel.welcome, channel.welcome_back];
    transaction.prepare_cached(sql::PUT_CHANNEL)?.execute(values).map(drop)
}

pub(crate) fn put_code(transaction: &Transaction<'_>, code: &Code) -> rusqlite::Result<()> {
    let channel = code.channel.as_ref().map(ChannelName::as_str);
    if let Some(name) = channel {
        transaction.prepare_cached(sql::ADD_CHANNEL)?.execute(params![code.account.as_str(), name])?;
    }
    let values = params![
        code.account.as_str(),
        code.ticket.as_str(),
        code.action_name.as_str(),
        code.scene.as_str(),
        code.url,
        code.created,
        code.expires,
        channel,
        row::batch_text(code.batch.as_ref()),
        code.retired,
    ];
    transaction.prepare_cached(sql::PUT_CODE)?.execute(values).map(drop)
}
