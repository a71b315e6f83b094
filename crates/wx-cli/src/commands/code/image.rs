use super::batch::{cannot_write, write_picture};
use crate::{
    commands::Context,
    config::{AccountArgs, DatabaseArgs, account},
    edge,
    failure::{Failure, Outcome},
    print,
};
use std::path::PathBuf;
use wx_channel::{Code, CodeLedger, LedgerEntry, LedgerQuery};
use wx_model::Ticket;
use wx_qrcode::QrCodes;
use wx_store::SqliteStore;

/// Downloads the platform's picture of a code
///
/// The code in the picture is read before it is written, and compared with the url that the ledger has: an error page or
/// another code's picture never gets the name.
#[derive(Debug, clap::Args)]
pub(crate) struct Image {
    /// Ticket of the code
    #[arg(allow_hyphen_values = true)]
    ticket: String,

    /// Where to write the picture
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,

    /// What the code must say [default: the url in the ledger, if it stands there]
    #[arg(long, value_name = "URL")]
    url: Option<String>,

    /// Refuses a code that is temporary, or not in the ledger
    #[arg(long)]
    print_safe: bool,

    #[command(flatten)]
    account: AccountArgs,

    #[command(flatten)]
    database: DatabaseArgs,
}

impl Image {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        if self.ticket.trim().is_empty() {
            return Err(Failure::invalid("the ticket is empty; give the one that `wx code create` printed"));
        }
        let codes = QrCodes::new(self.account.picture_client(&context.settings)?);
        let ticket = Ticket::from(self.ticket.as_str());
        let code = self.booked(context, &ticket).await?;
        if self.print_safe {
            check_print_safe(code.as_ref())?;
        }
        let url = self.url.clone().or_else(|| code?.url);
        let image = codes.image(&ticket).await?;
        let text = image.text()?;
        if let Some(url) = &url {
            image.prove(url)?;
        }
        write_picture(&self.out, image.bytes()).map_err(|error| cannot_write(&self.out, &error))?;
        let bytes = image.bytes().len();
        if context.json {
            let proven = url.is_some();
            print::json(&serde_json::json!({
                "file": self.out, "bytes": bytes, "format": image.extension(), "url": text, "compared": proven
            }));
        } else {
            print::line(&format!("{} ({} {bytes} bytes)", self.out.display(), image.extension()));
            print::line(&format!("says     {}", print::harmless_line(&text)));
        }
        Ok(())
    }

    /// What the ledger says about the ticket, if there is a ledger.
    async fn booked(&self, context: &Context, ticket: &Ticket) -> Outcome<Option<Code>> {
        let path = self.database.path(&context.settings);
        let Ok(app_id) = self.account.app_id(&context.settings) else { return Ok(None) };
        if !path.exists() {
            return Ok(None);
        }
        let ledger = SqliteStore::open(path)?;
        let query = LedgerQuery::new(account(&app_id), edge::now()).ticket(ticket.clone());
        let found = ledger.entries(&query, None, 1).await?.entries.pop();
        Ok(found.and_then(|entry| match entry {
            LedgerEntry::Code(code) => Some(code),
            LedgerEntry::Order(_) => None,
        }))
    }
}

fn check_print_safe(code: Option<&Code>) -> Outcome {
    match code {
        Some(code) => match code.expires {
            None => Ok(()),
            Some(time) => Err(Failure::invalid(format!(
                "this code is temporary and dies at {}, so it is not safe to print",
                print::beijing_time(time)
            ))),
        },
        None => Err(Failure::invalid(
            "the ledger does not know this ticket, so nobody knows whether it is safe to print",
        )),
    }
}
