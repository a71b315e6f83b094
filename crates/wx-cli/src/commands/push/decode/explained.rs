use super::{Opened, ServiceAnswer};
use crate::print;
use serde::Serialize;
use wx_model::{Event, Fields, Push, PushKind};

/// The object of `--fields`: scripts rely on it.
#[derive(Serialize)]
pub(super) struct Explained<'a> {
    outcome: &'static str,
    verified: bool,
    encrypted: bool,
    to_user: Option<&'a str>,
    from_user: Option<&'a str>,
    create_time: i64,
    msg_type: Option<&'a str>,
    msg_id: Option<&'a str>,
    event: Option<&'a str>,
    event_key: Option<&'a str>,
    ticket: Option<&'a str>,
    class: &'static str,
    scene: Option<&'a str>,
    fields: &'a Fields,
    /// Only while the Token, or the key, is exchanged.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    previous: &'a [&'static str],
    /// Only if there is a database to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'a ServiceAnswer>,
}

impl<'a> Explained<'a> {
    pub(super) fn of(opened: &'a Opened, answer: Option<&'a ServiceAnswer>) -> Self {
        let push = &opened.push;
        Self {
            outcome: "ok",
            verified: opened.verified,
            encrypted: opened.encrypted,
            to_user: push.field("ToUserName"),
            from_user: push.field("FromUserName"),
            create_time: push.create_time,
            msg_type: push.field("MsgType"),
            msg_id: msg_id(push),
            event: push.field("Event"),
            event_key: push.field("EventKey"),
            ticket: push.field("Ticket"),
            class: push.class().as_str(),
            scene: push.scene_scan().map(|scan| scan.scene.as_str()),
            fields: &push.fields,
            previous: &opened.previous,
            answer,
        }
    }

    fn origin(&self) -> String {
        let origin = match (self.verified, self.encrypted) {
            (false, _) => "not verified: give --token or --from-config, --query, and what the mode needs",
            (true, false) => "verified, though nothing signs the body of a clear push",
            (true, true) => "verified and decrypted",
        };
        match self.previous {
            [] => origin.to_owned(),
            previous => format!("{origin}, with the previous {}", previous.join(" and ")),
        }
    }

    pub(super) fn print_for_scripts(&self) {
        print::json(self);
    }

    pub(super) fn print_for_people(&self, push: &Push) {
        let scene = push.scene_scan().map(|scan| {
            let defect = if scan.scene.is_defective() {
                " (the code was made without a scene 场景值缺失)"
            } else {
                ""
            };
            format!("{}{defect}", scan.scene)
        });
        let mut lines =
            vec![("push", format!("{} ({})", push.name(), kind(push))), ("origin", self.origin())];
        lines.push(("class", push.class().to_string()));
        lines.extend(scene.map(|scene| ("scene", scene)));
        lines.push(("from", push.from_user.to_string()));
        lines.push(("to", push.to_user.to_string()));
        lines.push(("time", print::beijing_time(push.create_time)));
        lines.extend(self.answer.map(|answer| ("answer", answer.in_words())));
        for (name, value) in lines {
            print::line(&format!("{name:<8}{}", print::harmless_line(&value)));
        }
        print::line("\nfields");
        let width = push.fields.iter().map(|(path, _)| path.len()).max().unwrap_or(0);
        for (path, value) in push.fields.iter() {
            print::line(format!("  {path:<width$}  {}", value.escape_debug()).trim_end());
        }
    }
}

/// One page of the platform spells the id of a voice message `MsgID` (protocol §7.4); in events that is another id.
fn msg_id(push: &Push) -> Option<&str> {
    let voice = || push.message().and_then(|_| push.field("MsgID"));
    push.field("MsgId").or_else(voice)
}

fn kind(push: &Push) -> &'static str {
    match &push.kind {
        PushKind::Event(Event::Unknown(_)) => "an event that this version does not model",
        PushKind::Event(_) => "event 事件推送",
        PushKind::Message(_) => "message 消息",
        _ => "notice to a third-party platform 第三方平台",
    }
}
