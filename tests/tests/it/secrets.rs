//! The platform cannot be reached, and the error says so without telling any secret.

use std::{error::Error, fmt::Write};
use tokio::net::TcpListener;
use wx_client::Client;
use wx_model::{CreateRequest, PermanentScene, Ticket};
use wx_qrcode::{ErrorKind, QrCodes};
use wx_sim::{DEFAULT_APP_ID, Options, Simulator};

const SECRET: &str = "c0ffee00c0ffee00c0ffee00c0ffee00";

/// Everything that somebody could print of an error.
fn all_texts(error: &(dyn Error + 'static)) -> String {
    let mut texts = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        write!(texts, "{error}\n{error:?}\n{error:#?}\n").unwrap();
        next = error.source();
    }
    texts
}

fn request() -> CreateRequest {
    CreateRequest::permanent(PermanentScene::id(1).unwrap())
}

/// An address at which nobody listens any more.
async fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test]
async fn a_platform_that_is_not_there_is_a_clear_error() {
    let base = closed_port().await;
    for builder in
        [Client::builder(DEFAULT_APP_ID, SECRET), Client::builder(DEFAULT_APP_ID, SECRET).classic_token()]
    {
        let codes = QrCodes::new(builder.api_base(&base).build().unwrap());

        let error = codes.create(&request()).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Call(wx_client::ErrorKind::Transport));
        assert!(error.is_retryable() && !error.may_have_been_done());
        let texts = all_texts(&error);
        assert!(texts.contains("no connection to the server"), "{texts}");
        assert!(!texts.to_lowercase().contains(SECRET), "{texts}");
    }
}

#[tokio::test]
async fn a_platform_that_went_away_does_not_make_the_token_known() {
    let simulator = Simulator::start(Options::default().secret(SECRET)).await.unwrap();
    let client = Client::builder(DEFAULT_APP_ID, SECRET).api_base(simulator.base_url()).build().unwrap();
    let codes = QrCodes::new(client.clone());
    codes.create(&request()).await.unwrap();
    let token = client.access_token().await.unwrap();
    simulator.shutdown().await;

    let created = codes.create(&request()).await.unwrap_err();
    let shown = codes.image(&Ticket::new("gQGcanary")).await.unwrap_err();

    for texts in [all_texts(&created), all_texts(&shown), format!("{client:?} {codes:?} {token:?}")] {
        assert!(!texts.contains(SECRET) && !texts.contains(token.expose()), "{texts}");
        assert!(!texts.contains("access_token="), "{texts}");
    }
    assert!(all_texts(&created).contains("/cgi-bin/qrcode/create"));
}
