//! Settings that are wrong, places that cannot be reached, and secrets where none belongs.

use super::{
    AES_KEY, APP_SECRET, FIXED_TOKEN, PASSWORD, PREVIOUS_AES_KEY, SERVICE_SECRET, TOKEN, witness::Witness,
};
use wx_sim::Fault;

/// Commands that read every setting.
const COMMANDS: [&[&str]; 5] = [
    &["token", "show"],
    &["token", "refresh", "--force", "--json"],
    &["code", "create", "--temporary", "60", "--scene-id", "7"],
    &["doctor"],
    &["quota", "/cgi-bin/qrcode/create"],
];

#[test]
fn stores_and_services_that_are_not_there_tell_no_secret() {
    let mut witness = Witness::start();
    let postgres = format!("postgres://wx:{PASSWORD}@127.0.0.1:1/wx");
    let words = format!("host=127.0.0.1 port=1 user=wx password={PASSWORD} sslmode=disable");
    let broken = format!("postgres://wx:{PASSWORD}@host:port/wx");
    let redis = format!("redis://:{PASSWORD}@127.0.0.1:1/0");
    let other = format!("mysql://wx:{PASSWORD}@127.0.0.1:1/");
    let gateway = format!("http://wx:{PASSWORD}@127.0.0.1:1");
    let proxy = [("HTTP_PROXY", gateway.as_str()), ("http_proxy", &gateway), ("ALL_PROXY", &gateway)];
    let query = format!("http://127.0.0.1:1/token?key={PASSWORD}");
    let cases: [&[(&str, &str)]; 13] = [
        &[("WX_TOKEN_STORE", &postgres)],
        &[("WX_TOKEN_STORE", &words)],
        &[("WX_TOKEN_STORE", &broken)],
        &[("WX_TOKEN_STORE", &redis)],
        &[("WX_TOKEN_STORE", &other)],
        &[("WX_TOKEN_STORE", PASSWORD)],
        &[("WX_TOKEN_STORE", "sqlite:tokens.db"), ("WX_TOKEN_MIRROR", &redis)],
        &[("WX_TOKEN_SERVICE", "http://127.0.0.1:1/token"), ("WX_TOKEN_SERVICE_SECRET", SERVICE_SECRET)],
        &[("WX_TOKEN_SERVICE", &query), ("WX_TOKEN_SERVICE_SECRET", SERVICE_SECRET)],
        &[("WX_TOKEN_SERVICE", &gateway)],
        &[("WX_ACCESS_TOKEN", FIXED_TOKEN)],
        &[("WX_API_BASE", &gateway)],
        &proxy,
    ];
    for command in COMMANDS {
        for env in cases {
            witness.wx_with(command, env);
        }
    }
    witness.found_nothing(&["PostgreSQL", "Redis", "the token service", "127.0.0.1:1"]);
}

/// A service of tokens that answers like a platform in bad weather, with the secret in its own answer.
#[test]
fn refused_tokens_are_not_told() {
    let mut witness = Witness::start();
    let url = format!("{}/cgi-bin/stable_token", witness.platform.simulator.base_url());
    for fault in [Fault::html(), Fault::cut_json(), Fault::reset(), Fault::errcode(40001)] {
        for env in [
            &[("WX_TOKEN_SERVICE", url.as_str()), ("WX_TOKEN_SERVICE_SECRET", SERVICE_SECRET)][..],
            &[("WX_ACCESS_TOKEN", FIXED_TOKEN)],
        ] {
            for command in &COMMANDS[..3] {
                witness.platform.simulator.inject(fault.clone().for_ever()).unwrap();
                witness.wx_with(command, env);
            }
        }
    }
    witness.found_nothing(&["40001", "the token service", "fixed"]);
}

#[test]
fn files_and_flags_that_are_wrong_tell_no_secret() {
    let mut witness = Witness::start();
    let short = &AES_KEY[..42];
    let long = format!("{PREVIOUS_AES_KEY}=");
    for file in [
        format!("app_secret = \"{APP_SECRET}\"\n[callback]\ntoken = \"{TOKEN}\"\naes_key = \"{AES_KEY}\"\n"),
        format!("app_secret = {APP_SECRET}\n"),
        format!("app_secret = \"{APP_SECRET}\n"),
        format!("{APP_SECRET} = \"app_secret\"\n"),
        format!("listen = \"{PASSWORD}\"\n"),
        format!("app_secret = [\"{APP_SECRET}\"]\n"),
        format!("[callback]\nmode = \"{TOKEN}\"\n"),
        format!("[callback]\ntime_window = \"{TOKEN}\"\n"),
        format!("[callback]\nmode = \"safe\"\ntoken = \"{TOKEN}\"\naes_key = \"{short}\"\n"),
        format!("[access_token]\nkind = \"{FIXED_TOKEN}\"\n"),
        format!("[access_token]\nvalue = \"{FIXED_TOKEN}\"\nservice = \"http://127.0.0.1:1\"\n"),
        format!("[access_token]\nservice = \"ftp://wx:{PASSWORD}@127.0.0.1\"\n"),
        format!("[access_token]\nstore = \"redis://:{PASSWORD}@host:port\"\n"),
        format!("[access_token]\nmirror = \"http://:{PASSWORD}@host\"\nstore = \"sqlite:tokens.db\"\n"),
        format!("app_id = {{ {APP_SECRET}"),
    ] {
        // In the folder of the witness such a file would be found where it is meant to be.
        let path = witness.apart.path().join("wx.toml");
        std::fs::write(&path, file).unwrap();
        for command in COMMANDS.iter().chain([&["serve", "--listen", "127.0.0.1:0", "--db", "."][..]].iter())
        {
            witness.wx(&[command, &["--config", path.to_str().unwrap()][..]].concat());
        }
    }
    for (name, value) in [
        ("WX_AES_KEY", short),
        ("WX_PREVIOUS_AES_KEY", &long),
        ("WX_APP_SECRET", &APP_SECRET[..31]),
        ("WX_TOKEN", "a b"),
    ] {
        for command in
            [&["doctor"][..], &["serve", "--db", "."], &["push", "sign", "--unfollow"], &["token", "show"]]
        {
            witness.wx_with(command, &[(name, value)]);
        }
    }
    for flags in [
        &["token", "show", "--app-secret", APP_SECRET, "--app-secret", APP_SECRET][..],
        &["token", "show", "--access-token", FIXED_TOKEN, "--token-kind", "stable"],
        &["serve", "--token", TOKEN, "--aes-key", AES_KEY, "--nothing"],
        &["serve", "--help"],
        &["doctor", "--help"],
        &["token", "show", "--help"],
    ] {
        witness.wx(flags);
    }
    witness.found_nothing(&[
        "is not valid",
        "at line 1",
        "43 characters",
        "cannot be used multiple times",
        "Usage",
    ]);
}
