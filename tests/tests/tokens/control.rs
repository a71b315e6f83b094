use serde_json::{Value, json};

/// What a process of the fleet is told, one JSON object a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Order {
    /// What to work with: once, at the start.
    Begin { platform: String, place: String, classic: bool },
    /// Make some calls. It is so many seconds since the start. With `hold`, the number of a round, whoever is given a
    /// token says so and stops until it is released.
    Call { elapsed: u64, hold: Option<u64> },
    /// Go on, and hold no more.
    Release,
}

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Report {
    /// In this round the platform has given a token, which nobody else knows yet.
    Holding { round: u64 },
    /// The calls have ended: the token that is used now, and what went wrong.
    Done { token: String, failures: Vec<String> },
}

impl Order {
    pub(crate) fn line(&self) -> String {
        let value = match self {
            Self::Begin { platform, place, classic } => {
                json!({ "order": "begin", "platform": platform, "place": place, "classic": classic })
            }
            Self::Call { elapsed, hold } => json!({ "order": "call", "elapsed": elapsed, "hold": hold }),
            Self::Release => json!({ "order": "release" }),
        };
        format!("{value}\n")
    }

    pub(crate) fn read(line: &str) -> Self {
        let value: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| value[name].as_str().unwrap().to_owned();
        match value["order"].as_str().unwrap() {
            "begin" => Self::Begin {
                platform: text("platform"),
                place: text("place"),
                classic: value["classic"].as_bool().unwrap(),
            },
            "call" => {
                Self::Call { elapsed: value["elapsed"].as_u64().unwrap(), hold: value["hold"].as_u64() }
            }
            _ => Self::Release,
        }
    }
}

impl Report {
    pub(crate) fn line(&self) -> String {
        let value = match self {
            Self::Holding { round } => json!({ "report": "holding", "round": round }),
            Self::Done { token, failures } => {
                json!({ "report": "done", "token": token, "failures": failures })
            }
        };
        format!("{value}\n")
    }

    pub(crate) fn read(line: &str) -> Self {
        let value: Value = serde_json::from_str(line).unwrap();
        if value["report"] == "holding" {
            return Self::Holding { round: value["round"].as_u64().unwrap() };
        }
        let failures =
            value["failures"].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned());
        Self::Done { token: value["token"].as_str().unwrap().to_owned(), failures: failures.collect() }
    }
}
