use super::{
    Answered,
    answers::{Refused, ok},
    read::read,
};
use crate::{Fault, stage::Stage};
use axum::{
    extract::{Request, State},
    response::Response,
};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Add {
    fault: String,
    code: Option<i32>,
    status: Option<u16>,
    location: Option<String>,
    seconds: Option<u32>,
    path: Option<String>,
    times: Option<u32>,
    #[serde(default)]
    for_ever: bool,
    #[serde(default)]
    skip: u32,
    #[serde(default)]
    after_effect: bool,
}

pub(super) async fn list(State(stage): State<Stage>) -> Response {
    let waiting = stage.platform.faults.waiting();
    ok(&waiting.iter().map(|fault| json!(fault.waiting_text())).collect())
}

pub(super) async fn add(State(stage): State<Stage>, request: Request) -> Answered {
    let fault = read::<Add>(request).await?.into_fault()?;
    stage.platform.faults.add(fault)?;
    Ok(list(State(stage)).await)
}

pub(super) async fn clear(State(stage): State<Stage>) -> Response {
    ok(&json!({ "cleared": stage.platform.faults.clear() }))
}

impl Add {
    fn into_fault(self) -> Result<Fault, Refused> {
        let mut fault = self.kind()?.skipping(self.skip);
        if let Some(path) = self.path {
            fault = fault.on(path);
        }
        if let Some(times) = self.times {
            fault = fault.times(times);
        }
        if self.for_ever {
            fault = fault.for_ever();
        }
        Ok(if self.after_effect { fault.after_effect() } else { fault })
    }

    fn kind(&self) -> Result<Fault, Refused> {
        Ok(match self.fault.as_str() {
            "errcode" => Fault::errcode(needed(self.code, "code")?),
            "errcode_as_text" => Fault::errcode_as_text(needed(self.code, "code")?),
            "status" => Fault::status(needed(self.status, "status")?),
            "timeout" => Fault::timeout(),
            "reset" => Fault::reset(),
            "cut_json" => Fault::cut_json(),
            "cut_body" => Fault::cut_body(),
            "html" => Fault::html(),
            "empty" => Fault::empty(),
            "drip" => Fault::drip(),
            "huge" => Fault::huge(),
            "redirect" => Fault::redirect(needed(self.location.clone(), "location")?),
            "delay" => Fault::delay(Duration::from_secs(needed(self.seconds, "seconds")?.into())),
            _ => return Err(Refused::invalid(UNKNOWN)),
        })
    }
}

fn needed<T>(value: Option<T>, name: &str) -> Result<T, Refused> {
    value.ok_or_else(|| Refused::invalid(format!("this fault needs `{name}`")))
}

const UNKNOWN: &str = "`fault` is one of errcode, errcode_as_text, status, timeout, reset, cut_json, cut_body, html, \
                       empty, drip, huge, redirect and delay";
