use super::{
    ledger,
    list::{EntryRow, print_rows, within},
};
use crate::{
    commands::Context,
    config::{ClientArgs, DatabaseArgs, account},
    edge,
    failure::{Failure, Outcome},
    print,
};
use clap::ArgGroup;
use wx_channel::{ChannelName, Code, CodeLedger, CodeState, CodeStore, LedgerEntry, LedgerQuery};
use wx_model::{ActionName, CreateRequest, Lifetime, Scene};
use wx_qrcode::QrCodes;
use wx_store::SqliteStore;

/// Makes temporary codes anew that expire
///
/// Each new code has the scene and channel of one that expires or has expired, and another picture. Of several with one
/// scene the youngest counts. The old one works on until it expires, but is retired: it is not renewed again.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("which").required(true).multiple(true).args(["channel", "expiring"]))]
pub(crate) struct Renew {
    /// The codes of this channel (渠道)
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,

    /// Only codes that expire within this time or have expired: 7d, 12h
    #[arg(long, value_name = "TIME", value_parser = within)]
    expiring: Option<Lifetime>,

    /// How long the new ones live [default: as long as the old ones did]
    #[arg(long, value_name = "LIFETIME", allow_hyphen_values = true)]
    lifetime: Option<Lifetime>,

    #[command(flatten)]
    client: ClientArgs,

    #[command(flatten)]
    database: DatabaseArgs,
}

impl Renew {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let channel = self.channel.as_deref().map(ChannelName::new).transpose();
        let channel = channel.map_err(|error| Failure::invalid(error.to_string()))?;
        let client = self.client.client(&context.settings).await?;
        let store = ledger::open(self.database.path(&context.settings))?;
        let now = edge::now();
        let query = LedgerQuery::new(account(client.app_id()), now).permanent(false).channel(channel);
        let old = youngest(&store, &query).await?;
        let until = self.expiring.map(|time| now + i64::from(time.seconds()));
        let is_due =
            |code: &Code| until.is_none_or(|until| code.expires.is_some_and(|expires| expires <= until));
        let due: Vec<_> = old.into_iter().filter(is_due).collect();
        if due.is_empty() {
            return Err(Failure::invalid("the ledger has no temporary code to renew that is in use"));
        }
        let codes = QrCodes::new(client);
        let mut rows = Vec::new();
        for old in due {
            let request = self.request(&old)?;
            let made = codes.create(&request).await;
            let response = match made {
                Ok(response) => response,
                Err(error) => {
                    print_rows(context, &rows);
                    return Err(error.into());
                }
            };
            let new = Code::new(old.account.clone(), &request, &response, now)
                .channel(old.channel.clone())
                .batch(old.batch.clone());
            store.put_code(&new).await?;
            store.put_code(&Code { retired: Some(now), ..old }).await?;
            rows.push(EntryRow::new(&LedgerEntry::Code(new), now));
        }
        print_rows(context, &rows);
        print::note(
            "the old pictures die with their codes; hand out the new ones: wx code render --scene SCENE --out FILE",
        );
        Ok(())
    }

    fn request(&self, old: &Code) -> Outcome<CreateRequest> {
        let unreadable =
            || Failure::failed(format!("the ledger has a scene that no code can have: {}", old.scene));
        let lived = old.expires.unwrap_or_default().saturating_sub(old.created);
        let lived = u64::try_from(lived).ok().and_then(|seconds| Lifetime::from_seconds(seconds).ok());
        let lifetime = self.lifetime.or(lived).ok_or_else(unreadable)?;
        let text = old.scene.as_str();
        let scene = match old.action_name {
            ActionName::QrScene => text.parse().ok().and_then(|id| Scene::id(id).ok()),
            _ => Scene::str(text).ok(),
        };
        Ok(CreateRequest::temporary(scene.ok_or_else(unreadable)?, lifetime))
    }
}

/// The youngest code of each kind and scene; entries come by kind, scene and batch.
async fn youngest(store: &SqliteStore, query: &LedgerQuery) -> Outcome<Vec<Code>> {
    let mut codes: Vec<Code> = Vec::new();
    let mut after = None;
    loop {
        let page = store.entries(query, after.as_ref(), 500).await?;
        for entry in page.entries {
            let LedgerEntry::Code(code) = entry else { continue };
            if code.state(query.now) == CodeState::Retired {
                continue;
            }
            match codes
                .last_mut()
                .filter(|last| (last.action_name, &last.scene) == (code.action_name, &code.scene))
            {
                Some(last) if last.created > code.created => {}
                Some(last) => *last = code,
                None => codes.push(code),
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(codes);
        }
    }
}
