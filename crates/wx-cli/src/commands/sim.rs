use super::{Context, demo::wait_for_ctrl_c};
use crate::{
    failure::{Failure, Outcome, sentence},
    print,
};
use std::net::{IpAddr, SocketAddr};
use wx_sim::{
    AccountKind, Callback, Clock, DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_PERMANENT_CAP, DEFAULT_SECRET,
    DEFAULT_TOKEN, Mode, Options, PushShape, Random, Simulator,
};

/// Runs the simulator of the platform alone
///
/// The API and the pictures of the platform on one address, for tests and for trying things out. Every option has a
/// fixed default.
#[derive(Debug, clap::Args)]
pub(crate) struct Sim {
    /// Where it listens; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,

    /// AppID (开发者 ID) of the simulated account
    #[arg(long, value_name = "ID", default_value = DEFAULT_APP_ID)]
    app_id: String,

    /// AppSecret (开发者密码) of the simulated account
    #[arg(long, value_name = "SECRET", default_value = DEFAULT_SECRET)]
    secret: String,

    /// Token (令牌) of the callback configuration
    #[arg(long, value_name = "TOKEN", default_value = DEFAULT_TOKEN)]
    token: String,

    /// EncodingAESKey (消息加解密密钥) of the callback configuration
    #[arg(long, value_name = "KEY", default_value = DEFAULT_AES_KEY)]
    aes_key: String,

    /// Mode of the pushes: plain (明文), compatible (兼容) or safe (安全)
    #[arg(long, value_name = "MODE", default_value_t = Mode::Plain)]
    mode: Mode,

    /// Where pushes are posted to [default: nowhere]
    #[arg(long, value_name = "URL")]
    callback: Option<String>,

    /// A second server that hears of everything, with the same mode, token and key [default: none]
    #[arg(long, value_name = "URL")]
    second_callback: Option<String>,

    /// What the account is (帐号类型): verified, unverified, subscription or test
    #[arg(long, value_name = "KIND", default_value_t = AccountKind::VerifiedService)]
    account_kind: AccountKind,

    /// How many permanent codes the account may ever create
    #[arg(long, value_name = "COUNT", default_value_t = DEFAULT_PERMANENT_CAP)]
    permanent_cap: usize,

    /// An address from which calls are allowed (IP 白名单); may be given several times [default: all]
    #[arg(long = "allow-ip", value_name = "IP")]
    allow_ips: Vec<IpAddr>,

    /// How the XML of pushes is written: usual, single-line, indented, reordered, undecorated, unknown-fields or
    /// lower-case-events
    #[arg(long, value_name = "SHAPE", default_value_t = PushShape::Usual)]
    push_shape: PushShape,

    /// The same tokens, tickets and nonces in every run [default: others each time]
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,

    /// A clock that begins at this second since 1970 and stands still until /sim/clock moves it [default: the clock of
    /// the machine]
    #[arg(long, value_name = "SECONDS")]
    stopped_at: Option<i64>,

    /// Leave out the control routes under /sim/
    #[arg(long)]
    no_control: bool,
}

impl Sim {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let key = self
            .aes_key
            .parse()
            .map_err(|error: wx_crypto::InvalidKey| Failure::invalid(error.to_string()))?;
        let callback = Callback::default().mode(self.mode).token(self.token).aes_key(key);
        let mut options = Options::default()
            .listen(self.listen)
            .app_id(&self.app_id)
            .secret(self.secret)
            .account_kind(self.account_kind)
            .permanent_cap(self.permanent_cap)
            .push_shape(self.push_shape)
            .callback(callback.clone().url(self.callback));
        if let Some(url) = self.second_callback {
            options = options.second_callback(callback.url(Some(url)));
        }
        if !self.allow_ips.is_empty() {
            options = options.allow_list(self.allow_ips);
        }
        if let Some(seed) = self.seed {
            options = options.random(Random::seeded(seed));
        }
        if let Some(seconds) = self.stopped_at {
            options = options.clock(Clock::manual(seconds));
        }
        if self.no_control {
            options = options.without_control();
        }
        let simulator = Simulator::start(options).await.map_err(|error| match error {
            wx_sim::Error::Listen { .. } => Failure::failed(sentence(&error)),
            _ => Failure::invalid(sentence(&error)),
        })?;
        let base = simulator.base_url();
        if context.json {
            print::json(
                &serde_json::json!({ "base_url": base, "app_id": self.app_id, "mode": self.mode.name() }),
            );
        } else {
            print::line(&format!(
                "the platform is simulated at {base} (account {}, {} mode)",
                self.app_id, self.mode
            ));
            print::line(&format!("use it with WX_API_BASE={base} WX_APP_ID={} WX_APP_SECRET=…", self.app_id));
            if !self.no_control {
                print::line(&format!("open {base}/sim/console in a browser to play the people"));
                print::line(&format!("GET {base}/ lists what people and the operator can do"));
            }
            print::line("Ctrl-C ends it");
        }
        wait_for_ctrl_c().await?;
        simulator.shutdown().await;
        Ok(())
    }
}
