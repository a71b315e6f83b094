use crate::{
    commands::Context,
    config::AccountArgs,
    failure::{Failure, Outcome},
    print,
};
use std::{fs, path::PathBuf};
use wx_model::Ticket;
use wx_qrcode::QrCodes;

/// The picture is checked before it is written: an error page never ends up as a picture.
#[derive(Debug, clap::Args)]
pub(crate) struct Image {
    /// Ticket of the code
    #[arg(allow_hyphen_values = true)]
    ticket: String,

    /// Where to write the picture
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,

    #[command(flatten)]
    account: AccountArgs,
}

impl Image {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let codes = QrCodes::new(self.account.picture_client(&context.settings)?);
        let image = codes.image(&Ticket::from(self.ticket)).await?;
        fs::write(&self.out, image.bytes())
            .map_err(|error| Failure::failed(format!("cannot write {}: {error}", self.out.display())))?;
        let bytes = image.bytes().len();
        if context.json {
            print::json(
                &serde_json::json!({ "file": self.out, "bytes": bytes, "format": image.extension() }),
            );
        } else {
            print::line(&format!("{} ({} {bytes} bytes)", self.out.display(), image.extension()));
        }
        Ok(())
    }
}
