//! The examples of the README do what it says.

use crate::{readme_examples::service, whole_loop::content};
use scenarios::{Setup, World, four_kinds};
use std::sync::Arc;
use tokio::net::TcpListener;
use wx_events::Callback;
use wx_sim::{Callback as Configuration, DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_TOKEN, Mode};

/// Every Rust example of both READMEs stands, line by line, in the file that is compiled here.
#[test]
fn the_examples_are_compiled() {
    let compiled = code(include_str!("readme_examples.rs"));
    let english = examples(include_str!("../../../README.md"));
    let chinese = examples(include_str!("../../../README.zh-CN.md"));
    assert_eq!((english.len(), chinese.len()), (2, 2));
    for (english, chinese) in english.iter().zip(&chinese) {
        assert!(compiled.contains(english), "not compiled:\n{english}");
        assert_eq!(without_texts(chinese), without_texts(english));
    }
}

fn examples(readme: &str) -> Vec<String> {
    let blocks = readme.split("```rust,ignore\n").skip(1);
    blocks.map(|block| code(block.split("```").next().unwrap())).collect()
}

/// Without indentation and without remarks at the end of a line, which are translated.
fn code(text: &str) -> String {
    let code = text.lines().map(|line| line.split("  // ").next().unwrap_or_default().trim());
    code.filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

/// Every other piece between quotation marks: texts are translated, too.
fn without_texts(code: &str) -> String {
    code.split('"').step_by(2).collect::<Vec<_>>().join("\"")
}

#[tokio::test]
async fn the_framework_example_answers_the_platform() {
    for mode in [Mode::Plain, Mode::Safe] {
        let world = World::with(Setup::new(mode)).await;
        let (channel, request) = &four_kinds()[1];
        let ticket = world.create(channel, request).await.ticket;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let serving = tokio::spawn(axum::serve(listener, service(Arc::new(callback(mode)))).into_future());
        world.simulator.configure(Configuration::to(&url).mode(mode)).unwrap();

        assert!(world.simulator.verify_callback().await.unwrap().passed);
        let follow = world.simulator.scan("anna", ticket.as_str()).await.unwrap();
        let scan = world.simulator.scan("anna", ticket.as_str()).await.unwrap();
        let message = world.simulator.say("anna", "hello").await.unwrap();
        let wrong = Configuration::to(&url).mode(mode).token("AnotherToken");
        world.simulator.configure(wrong).unwrap();
        let forged = world.simulator.say("anna", "hello").await.unwrap();
        serving.abort();

        assert_eq!(follow.reply().map(content).as_deref(), Some("Welcome from shop-042"));
        assert_eq!(scan.reply().map(content).as_deref(), Some("Good to see you again"));
        assert_eq!((message.succeeded(), message.reply()), (true, None));
        assert!(forged.answers().all(|answer| answer.status == 403) && !forged.succeeded());
    }
}

fn callback(mode: Mode) -> Callback {
    match mode {
        Mode::Plain => Callback::plain(DEFAULT_TOKEN.into()),
        _ => Callback::safe(DEFAULT_TOKEN.into(), DEFAULT_AES_KEY.parse().unwrap(), DEFAULT_APP_ID.into()),
    }
}
