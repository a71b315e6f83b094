use crate::{Clock, Deed, Expectation, Row, Service, Setup, service::account};
use tempfile::TempDir;
use wx_channel::{AccountId, Channel, Code, CodeStore, Report};
use wx_client::Client;
use wx_model::CreateRequest;
use wx_qrcode::QrCodes;
use wx_sim::{Callback, DEFAULT_APP_ID, DEFAULT_SECRET, Delivery, EntryKind, Mode, Options, Simulator};

/// Platform, service, database and client, all of one account.
#[derive(Debug)]
pub struct World {
    /// The time of all of them.
    pub clock: Clock,
    /// The platform and its people.
    pub simulator: Simulator,
    /// What is under test on the receiving side.
    pub service: Service,
    /// What is under test on the calling side.
    pub client: Client,
    /// Where the database is.
    pub folder: TempDir,
}

impl World {
    /// Starts everything; pushes travel in this mode.
    pub async fn start(mode: Mode) -> Self {
        Self::with(Setup::new(mode)).await
    }

    /// Starts everything with a service of this setup.
    pub async fn with(setup: Setup) -> Self {
        let (clock, mode) = (Clock::default(), setup.mode);
        let folder = tempfile::tempdir().expect("a folder");
        let service = Service::start(folder.path(), &clock, setup).await;
        let hands = clock.clone();
        let options = Options::default()
            .clock(wx_sim::Clock::new(move || hands.now()))
            .callback(Callback::to(service.callback_url()).mode(mode));
        let simulator = Simulator::start(options).await.expect("a simulator");
        let client = client(&simulator, &clock);
        Self { clock, simulator, service, client, folder }
    }

    /// The account of everything.
    pub fn account(&self) -> AccountId {
        account()
    }

    /// Stops the service and starts another one on the same database and callback address.
    pub async fn restart(self, setup: Setup) -> Self {
        let Self { clock, simulator, service, client, folder } = self;
        let callback = service.callback;
        service.stop().await.expect("the service ends");
        let service = Service::start(folder.path(), &clock, Setup { callback, ..setup }).await;
        Self { clock, simulator, service, client, folder }
    }

    /// Creates the code on the platform and enters it into the ledger of the channel.
    pub async fn create(&self, channel: &Channel, request: &CreateRequest) -> Code {
        let response = QrCodes::new(self.client.clone()).create(request).await.expect("a code");
        let code = Code::new(account(), request, &response, self.clock.now()).channel(channel.name.clone());
        self.service.store.put_channel(&account(), channel).await.expect("a channel");
        self.service.store.put_code(&code).await.expect("a place in the ledger");
        code
    }

    /// Lets a story happen, every push of which must arrive, and gives what the report must say.
    pub async fn play(&self, story: &[Deed], codes: &[Code]) -> (Expectation, Vec<Delivery>) {
        let (mut expectation, mut deliveries) = (Expectation::default(), Vec::new());
        for deed in story {
            expectation.add(*deed, self.clock.now());
            if let Deed::Pause(seconds) = deed {
                self.clock.advance(*seconds);
            }
            if let Some(act) = deed.act(codes) {
                let delivery = self.simulator.act(act).await.expect("a deed that can be done");
                assert!(delivery.succeeded(), "{deed:?}: {:?}", delivery.attempts);
                deliveries.push(delivery);
                // Two scans of one code by one person in one second would be the same push (protocol §8).
                self.clock.advance(1);
            }
        }
        (expectation, deliveries)
    }

    /// How often the platform answered a call to this path with this return code.
    pub fn calls(&self, wanted: &str, code: impl Into<i64>) -> usize {
        let code = code.into();
        let is_wanted = |kind: &EntryKind| matches!(kind, EntryKind::Call { path, errcode, .. } if path == wanted && errcode.map(i64::from) == Some(code));
        self.simulator.transcript().iter().filter(|entry| is_wanted(&entry.kind)).count()
    }

    /// The rows of a report with figures, told by the places of the codes: comparable with an [`Expectation`].
    pub fn rows(report: &Report, codes: &[Code]) -> Vec<Row> {
        let place = |name| codes.iter().position(|code| code.channel.as_ref() == Some(name));
        let with_figures = report.rows.iter().filter(|row| row.has_figures());
        let mut rows: Vec<Row> = with_figures
            .map(|row| {
                let code = row.source.channel().map(|name| place(name).expect("a code of this channel"));
                (code, [row.scans, row.people, row.new_followers, row.returning, row.lost])
            })
            .collect();
        rows.sort_unstable();
        rows
    }
}

/// A client of the simulated account whose token ages with the clock.
fn client(simulator: &Simulator, clock: &Clock) -> Client {
    let hands = clock.clone();
    let client = Client::builder(DEFAULT_APP_ID, DEFAULT_SECRET).api_base(simulator.base_url());
    client.clock(move || hands.elapsed()).build().expect("a client")
}
