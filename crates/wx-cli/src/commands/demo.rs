//! `wx demo`: the whole loop on this machine, with real HTTP, a real database and simulated people.

mod people;
mod world;

use self::{
    people::{DAYS, PEOPLE, Tally},
    world::{DemoCode, World},
};
use super::{Context, code::terminal_code, report};
use crate::{
    failure::{Failure, Outcome},
    print,
};
use serde::Serialize;
use std::path::PathBuf;
use wx_channel::{Report, ReportRow};

/// Runs the whole loop without an account: simulator, callback service, database, report, dashboard
///
/// No account, no configuration, no other server: a simulator of the platform, the callback service with a database,
/// and 240 simulated people who scan, follow, leave and come back, through plain and safe mode, with retries and
/// duplicates.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Ends after the report instead of serving the dashboard until Ctrl-C
    #[arg(long)]
    once: bool,

    /// Folder for database and pictures [default: a new one in the system's temporary folder]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Demo {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let say = |text: &str| {
            if !context.json {
                print::line(text);
            }
        };
        say("wx demo: the whole loop of WeChat QR codes with parameters 公众号带参数二维码全流程\n");
        let world = World::start(self.dir).await?;
        say(&format!("1  platform   simulator 模拟器 at {}", world.simulator.base_url()));
        say(&format!(
            "2  service    callback 回调 {} (plain 明文) and {} (safe 安全)",
            world.plain_url, world.safe_url
        ));
        say(&format!("              database 数据库 {}", world.database.display()));
        let codes = world.create_codes().await?;
        say("3  codes      all four kinds, created through the API, pictures downloaded and checked:");
        say(&codes_table(&codes));
        say(&format!("4  people     {PEOPLE} people scan, follow, leave and come back during {DAYS} days …"));
        let tally = people::live(&world, &codes, !context.json).await?;
        let stored = world.stored().await?;
        say(&tally_text(&tally, stored));
        let report = world.report().await?;
        say("5  report     every channel 渠道 and what it brought:\n");
        say(&report::as_table(&report));
        say("\n6  a code     point a phone at it (simulated: WeChat itself does not know it)\n");
        say(&terminal_code(&codes[0].url)?);
        say(&format!("   {}\n", codes[0].url));
        if context.json {
            print::json(&DemoResult::new(&codes, &tally, stored, &report, &world));
        }
        if stored != tally.pushes_sent {
            return Err(Failure::failed(format!(
                "{} pushes were sent but {stored} are stored",
                tally.pushes_sent
            )));
        }
        if self.once {
            world.stop().await;
            return Ok(());
        }
        say(&format!("7  dashboard  看板 {}", world.console_url));
        say("              Ctrl-C ends the demo");
        wait_for_ctrl_c().await?;
        world.stop().await;
        Ok(())
    }
}

/// What `demo --json` prints.
#[derive(Serialize)]
struct DemoResult<'a> {
    codes: &'a [DemoCode],
    people: usize,
    pushes_sent: u64,
    deliveries: u64,
    answers_lost: u64,
    duplicates: u64,
    replies: u64,
    stored: u64,
    report: &'a [ReportRow],
    dashboard: &'a str,
    database: &'a std::path::Path,
}

impl<'a> DemoResult<'a> {
    fn new(codes: &'a [DemoCode], tally: &Tally, stored: u64, report: &'a Report, world: &'a World) -> Self {
        Self {
            codes,
            people: PEOPLE,
            pushes_sent: tally.pushes_sent,
            deliveries: tally.deliveries,
            answers_lost: tally.answers_lost,
            duplicates: tally.duplicates,
            replies: tally.replies,
            stored,
            report: &report.rows,
            dashboard: &world.console_url,
            database: &world.database,
        }
    }
}

fn codes_table(codes: &[DemoCode]) -> String {
    let row = |code: &DemoCode| {
        vec![
            format!("   {}", code.channel),
            code.action_name.to_owned(),
            code.scene.to_string(),
            code.image_path.display().to_string(),
        ]
    };
    print::table(
        &["   channel 渠道", "action_name", "scene 场景值", "picture 图片"],
        &codes.iter().map(row).collect::<Vec<_>>(),
    )
}

fn tally_text(tally: &Tally, stored: u64) -> String {
    let Tally { pushes_sent, deliveries, answers_lost, duplicates, replies, .. } = tally;
    let example = tally.a_reply.as_ref().map(|reply| format!(", such as “{reply}”")).unwrap_or_default();
    format!(
        "              {pushes_sent} pushes 推送 in {deliveries} deliveries: {answers_lost} answers lost on the way and \
         retried, {duplicates} repeated later\n              {stored} stored 入库: every push exactly once; {replies} \
         people were answered{example}\n"
    )
}

/// Until the person at the keyboard, or the system, has had enough.
pub(crate) async fn wait_for_ctrl_c() -> Outcome {
    let unknown = |error| Failure::failed(format!("cannot wait for Ctrl-C: {error}"));
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).map_err(unknown)?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result.map_err(unknown),
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(unknown)
}
