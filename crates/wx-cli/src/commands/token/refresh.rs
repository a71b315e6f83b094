use super::{Described, source_json};
use crate::{
    commands::Context,
    config::{ClientArgs, Connected, TokenKind, TokenSource},
    failure::{Failure, Outcome},
    print,
};
use serde_json::json;
use wx_client::TokenGrant;

/// Renews the token as far as that harms nobody, or with --force in any case, and says what was done
///
/// Without --force a token is renewed only where that ends nobody's: a stable one as the platform renews it, one in a
/// store when its time has come. With --force it is replaced now: a stable token by a forced refresh, which the platform
/// allows every 30 s and 20 times a day, a classic one by another; processes with the same store keep to the budget of 10
/// at once and one more each minute.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 done, also when there was nothing to do; 2 not possible with this source; \
                        3 refused by the platform; 4 there is no other token now."
)]
pub(crate) struct Refresh {
    /// Replaces a token that still works: a stable one is dead at once for all who hold it, a classic one in 5 minutes
    #[arg(long)]
    force: bool,

    /// Prints the new token itself too
    #[arg(long)]
    reveal: bool,

    #[command(flatten)]
    client: ClientArgs,
}

impl Refresh {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let connected = self.client.connect(&context.settings).await?;
        self.check(&connected.source)?;
        let before = connected.row().await?.and_then(|row| row.token);
        let before = before.map(|(token, left)| TokenGrant::new(token, left));
        let (done, after) = self.refresh(&connected, before.as_ref()).await?;
        self.say(context, &connected, before.as_ref(), done, &after);
        if done == Done::NoOther { Err(Failure::silent_try_later()) } else { Ok(()) }
    }

    fn check(&self, source: &TokenSource) -> Outcome {
        match source {
            TokenSource::Fixed(_) => Err(Failure::invalid(
                "a fixed access token is renewed by whoever fetched it; leave out --access-token and WX_ACCESS_TOKEN to \
                 have it from the platform",
            )),
            _ if source.is_lonely_classic() && !self.force => Err(Failure::invalid(
                "a classic token is kept nowhere, so a refresh fetches another and ends that of all other programs within \
                 5 minutes; say --force if that is wanted, or share it with --token-store sqlite:FILE",
            )),
            _ => Ok(()),
        }
    }

    async fn refresh(
        &self,
        connected: &Connected,
        before: Option<&TokenGrant>,
    ) -> Outcome<(Done, TokenGrant)> {
        let present = connected.client.access_token_grant().await?;
        let is_kept = before.is_some_and(|before| before.token == present.token);
        let was_fetched = connected.source.is_lonely_classic() || connected.store.is_some() && !is_kept;
        if was_fetched {
            return Ok((Done::Renewed, present));
        }
        if !self.force {
            return Ok((if is_kept { Done::Kept } else { Done::Asked }, present));
        }
        Ok(match connected.client.access_token_instead_of(&present.token).await? {
            Some(_) => (Done::Replaced, connected.client.access_token_grant().await?),
            None => (Done::NoOther, present),
        })
    }

    fn say(
        &self,
        context: &Context,
        connected: &Connected,
        before: Option<&TokenGrant>,
        done: Done,
        after: &TokenGrant,
    ) {
        let before = before.map(|before| Described::new(&before.token, Some(before.expires_in), false));
        let after = Described::new(&after.token, Some(after.expires_in), self.reveal);
        let account = connected.client.app_id().as_str();
        if context.json {
            print::json(&json!({
                "app_id": account,
                "source": source_json(&connected.source),
                "done": done.name(),
                "before": before,
                "token": after,
            }));
            return;
        }
        print::line(&format!("account {account}"));
        print::line(&format!("source  {}", connected.source));
        if let Some(before) = before {
            print::line(&format!("before  {}", before.in_words()));
        }
        print::line(&format!("now     {}", after.in_words()));
        after.print_token();
        let [english, chinese] = done.in_words(&connected.source);
        print::line(&format!("done    {english}"));
        print::line(&format!("结果    {chinese}"));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    /// The source gave its present token.
    Asked,
    /// Another one was fetched, because it was time.
    Renewed,
    /// There was nothing to do.
    Kept,
    /// Another one took the place of one that still worked.
    Replaced,
    /// There is no other one to be had now.
    NoOther,
}

impl Done {
    fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Renewed => "renewed",
            Self::Kept => "kept",
            Self::Replaced => "replaced",
            Self::NoOther => "no_other_now",
        }
    }

    fn in_words(self, source: &TokenSource) -> [&'static str; 2] {
        let is_classic = matches!(source, TokenSource::Platform { kind: TokenKind::Classic, .. });
        match self {
            Self::Asked => [
                "asked for the present token, which ends nobody's; --force replaces it",
                "已取得当前 token，不影响任何程序；如需立即更换请加 --force",
            ],
            Self::Kept => [
                "nothing, its time has not come; --force replaces it all the same",
                "未更新：尚未到更新时间；如需立即更换请加 --force",
            ],
            Self::Renewed if is_classic => [
                "fetched a classic token; any other one works for 5 more minutes",
                "已获取新的普通 token；其他普通 token 将在 5 分钟后失效",
            ],
            Self::Renewed => {
                ["fetched, because there was none or it was time", "已获取：原先没有，或已到更新时间"]
            }
            Self::Replaced if is_classic => [
                "replaced the classic token; the one before works for 5 more minutes",
                "已更换普通 token；旧 token 将在 5 分钟后失效",
            ],
            Self::Replaced => [
                "replaced the token; the one before is dead at once, for all who hold it",
                "已强制更换 token；旧 token 对所有程序立即失效",
            ],
            Self::NoOther => [
                "nothing, there is no other token now; forced refreshes need 30 s between them and are 20 a day, those who \
                 share a store make 10 at once and one more each minute; try again later",
                "未更换：目前没有新的 token。强制刷新需间隔 30 秒，每日至多 20 次；共享存储的程序合计可连续 10 次，之后每分钟 1 次。请稍后再试",
            ],
        }
    }
}
