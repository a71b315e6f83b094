//! A permanent code for every table of a restaurant. The job may be stopped, killed and run again: what the ledger has is
//! taken from there, and no code is created twice.
mod clock;
mod ledger_journal;

use ledger_journal::LedgerJournal;
use std::{env::var, error::Error, fs, sync::Arc};
use wx_channel::{AccountId, CodeLedger, CodeOrder};
use wx_client::Client;
use wx_model::{CreateRequest, PermanentScene};
use wx_qrcode::{Batch, BatchEnd, QrCodes};
use wx_render::{Format, Style};
use wx_store::SqliteStore;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (app_id, tables) = (var("WX_APP_ID")?, var("TABLES")?.parse::<u32>()?);
    let api = var("WX_API_BASE").unwrap_or("https://api.weixin.qq.com".into());
    let client = Client::builder(app_id.as_str(), var("WX_APP_SECRET")?).api_base(api).build()?;
    let ledger: Arc<dyn CodeLedger> = Arc::new(SqliteStore::open("codes.db")?);
    let account = AccountId::from(app_id);

    let scene = |table| PermanentScene::str(format!("table-{table:03}"));
    let rows: Vec<_> =
        (1..=tables).map(|table| scene(table).map(CreateRequest::permanent)).collect::<Result<_, _>>()?;
    let journal = LedgerJournal { ledger: Arc::clone(&ledger), account: account.clone() };
    let stop = async { tokio::signal::ctrl_c().await.unwrap_or_default() };
    let progress = |counts: &wx_qrcode::BatchCounts| eprintln!("{} of {tables} codes", counts.rows());
    let report =
        Batch::new(QrCodes::new(client), journal).run(rows.clone().into_iter(), stop, progress).await?;
    match report.end {
        BatchEnd::Done => println!("{} created, {} there before", report.counts.created, report.counts.known),
        end => return Err(format!("it ended early: {end:?}; run it again later").into()),
    }

    let orders: Vec<_> = rows.iter().map(|row| CodeOrder::new(account.clone(), row)).collect();
    fs::create_dir_all("codes")?;
    for entry in ledger.find(&orders).await?.iter().flatten() {
        if let Some(url) = entry.code().and_then(|code| code.url.as_ref()) {
            let picture = Style::preset("leaf")?.draw(url)?.file(Format::Svg)?;
            fs::write(format!("codes/{}.svg", entry.scene()), picture)?;
        }
    }
    Ok(())
}
