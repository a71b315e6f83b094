use crate::commands::{code, demo, doctor, errcode, push, quota, reply, report, serve, sim, token};
use clap::{ArgAction, Parser, Subcommand};
use std::path::PathBuf;

/// WeChat Official Account QR codes with parameters (公众号带参数二维码): create codes, show and print them, receive
/// and answer the pushes when people scan, and report which channel brought which follower.
///
/// Exit codes: 0 done, 1 failed, 2 usage or invalid input (nothing was sent), 3 refused by the platform, 4 try later.
#[derive(Debug, Parser)]
#[command(name = "wx", version, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Prints JSON for scripts
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(crate) json: bool,

    /// Configuration file [default: wx.toml, if there is one]
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "FILE", env = "WX_CONFIG")]
    pub(crate) config: Option<PathBuf>,

    /// Logs more to stderr; twice for even more
    #[arg(short, long, global = true, help_heading = EVERYWHERE, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// Above the flags that every command has.
const EVERYWHERE: &str = "Everywhere";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Sim(sim::Sim),
    /// Creates, shows, downloads and draws codes
    #[command(subcommand)]
    Code(code::Code),
    /// Explains, signs and sends pushes (推送)
    #[command(subcommand)]
    Push(push::Push),
    /// Writes replies (被动回复)
    #[command(subcommand)]
    Reply(reply::Reply),
    Report(report::Report),
    /// Shows and refreshes the access_token (接口调用凭据)
    #[command(subcommand)]
    Token(token::Token),
    Quota(quota::Quota),
    Doctor(Box<doctor::Doctor>),
    Errcode(errcode::Errcode),
}
