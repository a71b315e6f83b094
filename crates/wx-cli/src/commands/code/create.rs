mod created;

use super::{
    render::terminal_code,
    scene_args::{SceneArgs, is_text_of_digits},
};
use crate::{
    commands::Context,
    config::{ClientArgs, DatabaseArgs, account},
    edge,
    failure::{Failure, Outcome, sentence},
    print,
};
use clap::{ArgAction, ArgGroup};
use created::Created;
use wx_channel::{
    BookedOrder, ChannelName, Claim, ClaimRules, Code, CodeLedger, CodeOrder, CodeStore, Places, Settlement,
    StoreError,
};
use wx_model::{CreateRequest, InvalidLifetime, Lifetime, Ticket};
use wx_qrcode::QrCodes;
use wx_store::SqliteStore;

pub(crate) use created::scene_json;

/// Creates a code (生成带参数的二维码)
///
/// A temporary code (临时二维码) lives for a chosen time of at most 30 days; a permanent one (永久二维码) for ever, and an
/// account has 100000 of them. Print permanent codes only.
///
/// The database keeps a ledger of all codes: a permanent scene that stands there is answered from there, and nothing is sent.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("life").required(true).args(["temporary", "permanent"]))]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Create {
    /// Makes a code that lives so long: seconds, or 90s, 15m, 12h, 30d
    #[arg(long, value_name = "LIFETIME", allow_hyphen_values = true)]
    temporary: Option<String>,

    /// Makes a code that never expires
    #[arg(long, action = ArgAction::SetTrue)]
    permanent: bool,

    #[command(flatten)]
    scene: SceneArgs,

    /// Books the code under this channel (渠道)
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,

    /// Draws the code in the terminal, ready to be scanned
    #[arg(long)]
    show: bool,

    /// Prints the request body and sends nothing
    #[arg(long)]
    dry_run: bool,

    /// Refuses a temporary code, which dies on paper
    #[arg(long)]
    print_safe: bool,

    /// Asks again for a permanent code whose answer was lost; it may take a second place for ever
    #[arg(long)]
    retry_unknown: bool,

    /// Creates no permanent code when so many of the 100000 places are taken
    #[arg(long, value_name = "PLACES", env = "WX_STOP_MARK", default_value_t = Places::DEFAULT_STOP_MARK)]
    stop_mark: u64,

    #[command(flatten)]
    client: ClientArgs,

    #[command(flatten)]
    database: DatabaseArgs,
}

impl Create {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let request = self.request()?;
        let channel = self.channel.as_deref().map(ChannelName::new).transpose();
        let channel = channel.map_err(|error| Failure::invalid(error.to_string()))?;
        if is_text_of_digits(&request) {
            let scene = request.scene_value();
            print::note(&format!(
                "note: pushes of the text \"{scene}\" and of the number {scene} look alike; put a letter in front"
            ));
        }
        if self.dry_run {
            print::json(&request);
            return Ok(());
        }
        let client = self.client.client(&context.settings).await?;
        let order = CodeOrder::new(account(client.app_id()), &request).channel(channel);
        // Opened before anything is created: a code that cannot be booked is not made.
        let store = SqliteStore::open(self.database.path(&context.settings))?;
        let codes = QrCodes::new(client);
        let rules = ClaimRules::new().stop_mark(self.stop_mark).repeat_unknown(self.retry_unknown);
        let mut claims = store.claim(std::slice::from_ref(&order), &rules, edge::now()).await?;
        let (code, is_new) = match claims.pop() {
            Some(Claim::Known(code)) => (taken_up(&store, code, &order).await?, false),
            Some(Claim::Unknown(booked)) => return Err(unknown(&booked)),
            Some(Claim::Full { taken }) => return Err(full(taken)),
            Some(Claim::Granted) | None => (create(&codes, &store, order, &request).await?, true),
        };
        let mut created = Created::new(&request, &code, is_new, codes.show_url(&code.ticket), edge::now());
        created.drawing = code.url.as_deref().filter(|_| self.show).map(terminal_code).transpose()?;
        if context.json {
            print::json(&created);
        } else {
            created.print();
        }
        Ok(())
    }

    fn request(&self) -> Outcome<CreateRequest> {
        let lifetime = self.temporary.as_deref().map(str::parse).transpose();
        let lifetime: Option<Lifetime> =
            lifetime.map_err(|error: InvalidLifetime| Failure::invalid(error.to_string()))?;
        if let Some(lifetime) = lifetime.filter(|_| self.print_safe) {
            return Err(Failure::invalid(format!(
                "a temporary code dies after {lifetime}, so it is not safe to print; use --permanent"
            )));
        }
        self.scene.request(lifetime)
    }
}

/// Asks the platform, and writes down what it said.
async fn create(
    codes: &QrCodes,
    store: &SqliteStore,
    order: CodeOrder,
    request: &CreateRequest,
) -> Outcome<Code> {
    match codes.create(request).await {
        Ok(response) => {
            let code = Code::new(order.account, request, &response, edge::now()).channel(order.channel);
            let booked = store.settle(&[Settlement::Created(code.clone())]).await;
            booked.map_err(|error| not_booked(&response.ticket, &error))?;
            Ok(code)
        }
        Err(error) => {
            let is_unknown = request.action_name().is_permanent() && error.may_have_been_done();
            let reason = sentence(&error);
            let settlements = if is_unknown {
                vec![Settlement::Unknown { order, reason: reason.clone() }]
            } else {
                // One code is no plan for another day.
                vec![Settlement::NotDone { order: order.clone(), reason: None }, Settlement::GivenUp(order)]
            };
            store.settle(&settlements).await?;
            Err(if is_unknown { lost(&reason) } else { error.into() })
        }
    }
}

/// A code that is in the ledger is taken back into use, and gets the channel if it has none.
async fn taken_up(store: &SqliteStore, code: Code, order: &CodeOrder) -> Outcome<Code> {
    let channel = code.channel.clone().or_else(|| order.channel.clone());
    if let (Some(has), Some(wanted)) = (&channel, &order.channel)
        && has != wanted
    {
        print::note(&format!("note: the code belongs to the channel {has} and stays there"));
    }
    let used = Code { channel, retired: None, ..code.clone() };
    if used != code {
        store.put_code(&used).await?;
    }
    Ok(used)
}

/// A permanent code whose answer was lost may exist and have taken one of the 100000 places: nothing to repeat blindly.
fn lost(reason: &str) -> Failure {
    Failure::failed(format!(
        "it is not known whether the platform created the code, because its answer was lost; the ledger says unknown, and it is \
         not asked for again by itself, because a permanent code takes one of 100000 places for ever. {CHOICE}: {reason}"
    ))
}

fn unknown(booked: &BookedOrder) -> Failure {
    let reason = booked.reason.as_deref().unwrap_or("the process ended before the answer came");
    Failure::failed(format!(
        "this code was asked for already, at {}, and its answer is not known, so nothing was sent: it may exist and take one \
         of 100000 places for ever. {CHOICE}: {reason}",
        print::beijing_time(booked.planned)
    ))
}

const CHOICE: &str =
    "Choose: --retry-unknown asks once more and may take a second place, `wx code retire` gives it up";

fn full(taken: u64) -> Failure {
    Failure::failed(format!(
        "{taken} of {} places of permanent codes are taken for ever, and the stop mark is reached; nothing was sent. Create a \
         retired scene again, use a temporary code, or set a higher --stop-mark",
        Places::ALL
    ))
}

fn not_booked(ticket: &Ticket, error: &StoreError) -> Failure {
    Failure::failed(format!(
        "the code was created (ticket {ticket}) but could not be booked: {}",
        sentence(error)
    ))
}
