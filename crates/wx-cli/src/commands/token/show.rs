use super::{Described, source_json};
use crate::{
    commands::Context,
    config::{ClientArgs, Connected, TokenSource},
    failure::Outcome,
    print,
};
use serde_json::json;
use wx_client::{Setback, TokenRow};

/// Says where the token comes from and how long it lives, without ending anybody's
///
/// With a shared store the token is read there and nothing is asked. Without one the platform gives its present stable
/// token, which ends nobody's; a classic token is not fetched, because that would end the one of every other program.
#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// Prints the token itself too: whoever reads it can do everything the account can
    #[arg(long)]
    reveal: bool,

    #[command(flatten)]
    client: ClientArgs,
}

impl Show {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let connected = self.client.connect(&context.settings).await?;
        let account = connected.client.app_id().clone();
        let found = self.find(&connected).await?;
        if context.json {
            print::json(&json!({
                "app_id": account.as_str(),
                "source": source_json(&connected.source),
                "state": found.state.name(),
                "token": found.token,
                "setback": found.setback.as_ref().map(|setback| json!({
                    "errcode": setback.errcode,
                    "text": setback.text,
                    "seconds": setback.pause.as_secs(),
                })),
            }));
        } else {
            print::line(&format!("account {}", account.as_str()));
            print::line(&format!("source  {}", connected.source));
            print::line(&format!("来源    {}", connected.source.in_chinese()));
            found.print();
        }
        Ok(())
    }

    async fn find(&self, connected: &Connected) -> Outcome<Found> {
        if let Some(row) = connected.row().await? {
            return Ok(self.of_row(row));
        }
        if connected.source.is_lonely_classic() {
            return Ok(Found { token: None, state: State::NotKept, setback: None });
        }
        let grant = connected.client.access_token_grant().await?;
        let life = Some(grant.expires_in).filter(|_| !matches!(connected.source, TokenSource::Fixed(_)));
        let token = Described::new(&grant.token, life, self.reveal);
        Ok(Found { token: Some(token), state: State::Present, setback: None })
    }

    fn of_row(&self, row: TokenRow) -> Found {
        let state = match &row.token {
            _ if row.is_held => State::BeingRenewed,
            None => State::None,
            Some((_, left)) if left.is_zero() => State::Ended,
            Some(_) if row.is_due => State::Due,
            Some(_) => State::Present,
        };
        let token = row.token.map(|(token, left)| Described::new(&token, Some(left), self.reveal));
        Found { token, state, setback: row.setback }
    }
}

struct Found {
    token: Option<Described>,
    state: State,
    setback: Option<Setback>,
}

#[derive(Clone, Copy)]
enum State {
    Present,
    Due,
    BeingRenewed,
    Ended,
    None,
    NotKept,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Due => "due",
            Self::BeingRenewed => "being_renewed",
            Self::Ended => "ended",
            Self::None => "none",
            Self::NotKept => "not_kept",
        }
    }

    fn in_words(self) -> [&'static str; 2] {
        match self {
            Self::Present => ["in use", "使用中"],
            Self::Due => ["in use, the next call renews it", "使用中，下次调用时更新"],
            Self::BeingRenewed => ["a process is renewing it right now", "正在更新"],
            Self::Ended => ["ended, the next call fetches another", "已过期，下次调用时重新获取"],
            Self::None => ["none yet, the next call fetches one", "尚无，下次调用时获取"],
            Self::NotKept => [
                "kept nowhere: each command fetches a classic token of its own, which ends that of all other programs \
                 within 5 minutes; share it with --token-store sqlite:FILE, or take stable tokens",
                "未保存：每条命令都会获取新的普通 token，使其他程序的 token 在 5 分钟内失效；请用 --token-store 共享，或改用稳定版",
            ],
        }
    }
}

impl Found {
    fn print(&self) {
        let [english, chinese] = self.state.in_words();
        print::line(&format!("state   {english}"));
        print::line(&format!("状态    {chinese}"));
        if let Some(token) = &self.token {
            print::line(&format!("token   {}", token.in_words()));
            token.print_token();
        }
        if let Some(setback) = &self.setback {
            let text = print::harmless_line(&setback.text);
            let code = setback.errcode.map(|code| format!(" ({code})")).unwrap_or_default();
            let pause = print::duration(setback.pause.as_secs());
            print::line(&format!("failed  the last refresh{code}: {text}; nobody tries again for {pause}"));
        }
    }
}
