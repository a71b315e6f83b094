use crate::{
    account::{Account, CALL, OK, REFUSED, STABLE, let_others_run, token},
    gate::Gate,
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use wx_client::{CallReport, Client, Observer, RetryPolicy};
use wx_model::ErrCode;
use wx_transport::{MockTransport, TransportErrorKind};

#[derive(Debug, Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn note(&self, text: String) {
        self.0.lock().unwrap().push(text);
    }

    fn taken(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap()).join("\n")
    }
}

impl Observer for Notes {
    fn call_started(&self, path: &str) {
        self.note(format!("started {path}"));
    }

    fn call_finished(&self, CallReport { path, outcome, duration, sent, .. }: &CallReport<'_>) {
        let unknown = if outcome.is_unknown() { ", unknown" } else { "" };
        self.note(format!("{path}: {}{unknown} after {duration:?}, sent {sent}", outcome.name()));
    }

    fn call_repeats(&self, path: &str, pause: Duration) {
        self.note(format!("{path} again after {pause:?}"));
    }

    fn call_held_back(&self, path: &str, code: ErrCode) {
        self.note(format!("{path} held back: {code}"));
    }

    fn token_refreshed(&self, succeeded: bool) {
        self.note(format!("token: {succeeded}"));
    }
}

fn observed() -> (Account, Notes) {
    let notes = Notes::default();
    let observer = notes.clone();
    let account = Account::with(move |builder| builder.retry(RetryPolicy::default()).observer(observer));
    (account, notes)
}

#[tokio::test]
async fn each_call_is_told_from_beginning_to_end() {
    let (account, notes) = observed();
    account.answers(&[&token("T1", 7200), REFUSED, &token("T2", 7200)]);
    account.platform.answer(TransportErrorKind::Connect);
    account.platform.answer(TransportErrorKind::Connect);
    account.answers(&[OK]);
    account.call().await.unwrap();
    insta::assert_snapshot!(notes.taken(), @"
    started /cgi-bin/some/call
    token: true
    token: true
    /cgi-bin/some/call again after 200ms
    /cgi-bin/some/call again after 400ms
    /cgi-bin/some/call: done after 600ms, sent 4
    ");

    account.platform.answer(TransportErrorKind::Timeout);
    account.call().await.unwrap_err();
    account.answers(&[r#"{"errcode":45011,"errmsg":"slower"}"#]);
    account.call().await.unwrap_err();
    account.call().await.unwrap_err();
    insta::assert_snapshot!(notes.taken(), @"
    started /cgi-bin/some/call
    /cgi-bin/some/call: transport, unknown after 0ns, sent 1
    started /cgi-bin/some/call
    /cgi-bin/some/call: api after 0ns, sent 1
    started /cgi-bin/some/call
    /cgi-bin/some/call held back: 45011
    /cgi-bin/some/call: api after 0ns, sent 0
    ");
}

#[tokio::test]
async fn a_call_for_which_nobody_waits_any_more_has_an_end_too() {
    let notes = Notes::default();
    let gate = Gate::before(MockTransport::new(), STABLE);
    let builder = Client::builder("wx7a3f00c1d2e3b4a5", "secret").transport(gate.clone());
    let client = builder.clock(|| Duration::ZERO).observer(notes.clone()).build().unwrap();
    let call = tokio::spawn(async move { client.get_json::<serde_json::Value>(CALL, &[]).await });
    gate.arrived(1).await;
    call.abort();
    let_others_run().await;
    insta::assert_snapshot!(notes.taken(), @"
    started /cgi-bin/some/call
    /cgi-bin/some/call: given_up, unknown after 0ns, sent 0
    ");
}
