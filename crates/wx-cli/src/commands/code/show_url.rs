use crate::{
    commands::Context,
    config::AccountArgs,
    failure::{Failure, Outcome},
    print,
};
use wx_model::Ticket;
use wx_qrcode::QrCodes;

/// Prints the address of the platform's picture of a code
///
/// Nothing is sent; the ticket is percent-encoded exactly once.
#[derive(Debug, clap::Args)]
pub(crate) struct ShowUrl {
    /// Ticket of the code
    #[arg(allow_hyphen_values = true)]
    ticket: String,

    #[command(flatten)]
    account: AccountArgs,
}

impl ShowUrl {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        if self.ticket.trim().is_empty() {
            return Err(Failure::invalid("the ticket is empty; give the one that `wx code create` printed"));
        }
        let codes = QrCodes::new(self.account.picture_client(&context.settings)?);
        let url = codes.show_url(&Ticket::from(self.ticket));
        if context.json {
            print::json(&serde_json::json!({ "url": url }));
        } else {
            print::line(&url);
        }
        Ok(())
    }
}
