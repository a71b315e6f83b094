use super::{ledger, scene_args::SceneArgs};
use crate::{
    commands::Context,
    config::{AccountArgs, DatabaseArgs, account},
    edge,
    failure::{Failure, Outcome},
    print,
};
use wx_channel::{Code, CodeLedger, CodeOrder, CodeStore, LedgerEntry, LedgerQuery, OrderStage, Settlement};
use wx_model::CreateRequest;

/// Marks a code as no longer used
///
/// A permanent code works on and keeps its place for ever, because nobody can delete a code;
/// creating its scene again takes it back into use without a call. A code that is only planned is forgotten; one whose answer
/// was lost is given up.
#[derive(Debug, clap::Args)]
pub(crate) struct Retire {
    #[command(flatten)]
    scene: SceneArgs,

    #[command(flatten)]
    account: AccountArgs,

    #[command(flatten)]
    database: DatabaseArgs,
}

impl Retire {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let request = self.scene.request(None)?;
        let account = account(&self.account.app_id(&context.settings)?);
        let ledger = ledger::open(self.database.path(&context.settings))?;
        let now = edge::now();
        let query = LedgerQuery::new(account, now).scene(request.scene_value());
        let page = ledger.entries(&query, None, u32::MAX).await?;
        let is_number = |name: wx_model::ActionName| !name.as_str().contains("STR");
        let mut told = Vec::new();
        for entry in page.entries {
            if is_number(entry.action_name()) != is_number(request.action_name()) {
                continue;
            }
            match entry {
                LedgerEntry::Code(code) if code.retired.is_none() => {
                    told.push(told_of_code(&code, now));
                    ledger.put_code(&Code { retired: Some(now), ..code }).await?;
                }
                LedgerEntry::Order(booked) if booked.stage != OrderStage::GivenUp => {
                    told.push(told_of_order(&booked.order, booked.stage));
                    ledger.settle(&[Settlement::GivenUp(booked.order)]).await?;
                }
                _ => {}
            }
        }
        print(context, &request, &told)
    }
}

fn told_of_code(code: &Code, now: i64) -> String {
    let works_on = match code.expires {
        None => "; its picture works on for ever".to_owned(),
        Some(expires) if expires > now => {
            format!("; its picture works on until {}", print::beijing_time(expires))
        }
        Some(_) => String::new(),
    };
    format!("{} with scene {} retired{works_on}", code.action_name, code.scene)
}

fn told_of_order(order: &CodeOrder, stage: OrderStage) -> String {
    let (name, scene) = (order.action_name, &order.scene);
    match stage {
        OrderStage::Planned => format!("{name} with scene {scene} forgotten: it was only planned"),
        _ => format!(
            "{name} with scene {scene} given up: its answer was lost, and it may take a place for ever"
        ),
    }
}

fn print(context: &Context, request: &CreateRequest, told: &[String]) -> Outcome {
    let scene = request.scene_value();
    if told.is_empty() {
        return Err(Failure::invalid(format!(
            "the ledger has no code with the scene {scene} that is in use"
        )));
    }
    if context.json {
        print::json(&serde_json::json!({ "scene": scene.as_str(), "retired": told }));
    } else {
        for line in told {
            print::line(&print::harmless_line(line));
        }
    }
    Ok(())
}
