use super::{Call, Grant, Refusal};
use crate::platform::{Account, Code, Life, NewCode, Scene};
use serde_json::{Map, Value};

/// `POST /cgi-bin/qrcode/create` (生成带参数的二维码, protocol §2), with the errors of §2.4 and the silent failures of
/// §2.5.
pub(super) fn qrcode_create(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body = parse(&call.body)?;
    let action = action(&body)?;
    let new = new_code(action, &body)?;
    let (life, cap) = (new.life, account.options.permanent_cap);
    let code = account.codes.create(new, account.now, cap, &account.random).ok_or(Refusal::CODE_COUNT)?;
    Ok(Grant { body: answer(&code, life), note: note(action, &code, life) })
}

/// What is no JSON has no action name (40052, as many users met it); JSON that is no object has the wrong type.
fn parse(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    if body.trim_ascii().is_empty() {
        return Err(Refusal::EMPTY_POST_DATA);
    }
    let text = str::from_utf8(body).map_err(|_| Refusal::DATA_FORMAT)?;
    match serde_json::from_str(text).map_err(|_| Refusal::INVALID_ACTION_NAME)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(Refusal::DATA_FORMAT),
    }
}

#[derive(Clone, Copy)]
struct Action {
    name: &'static str,
    permanent: bool,
    string: bool,
}

const ACTIONS: [Action; 4] = [
    Action { name: "QR_SCENE", permanent: false, string: false },
    Action { name: "QR_STR_SCENE", permanent: false, string: true },
    Action { name: "QR_LIMIT_SCENE", permanent: true, string: false },
    Action { name: "QR_LIMIT_STR_SCENE", permanent: true, string: true },
];

fn action(body: &Map<String, Value>) -> Result<Action, Refusal> {
    match body.get("action_name") {
        None | Some(Value::Null) => Err(Refusal::INVALID_ACTION_NAME),
        Some(Value::String(name)) => {
            let known = ACTIONS.into_iter().find(|action| action.name == name);
            known.ok_or(Refusal::INVALID_ACTION_NAME)
        }
        Some(_) => Err(Refusal::DATA_FORMAT),
    }
}

/// A permanent code that was asked for with a life gets a ticket whose picture cannot be fetched (§2.5).
fn new_code(action: Action, body: &Map<String, Value>) -> Result<NewCode, Refusal> {
    let asked = expire_seconds(body)?;
    let info = body.get("action_info").and_then(Value::as_object).ok_or(Refusal::INVALID_ACTION_INFO)?;
    let scene = scene(action, info)?;
    if action.permanent {
        return Ok(NewCode { scene, life: Life::Permanent, has_picture: asked.is_none() });
    }
    Ok(NewCode { scene, life: Life::Seconds(asked.map_or(DEFAULT_LIFE, life)), has_picture: true })
}

/// Seconds that a temporary code lives when nothing is said (§2.2).
const DEFAULT_LIFE: u32 = 60;
/// Thirty days (§2.1).
const LONGEST_LIFE: u32 = 2_592_000;
const PERMANENT_IDS: std::ops::RangeInclusive<u64> = 1..=100_000;
const LONGEST_SCENE: usize = 64;

fn expire_seconds(body: &Map<String, Value>) -> Result<Option<i64>, Refusal> {
    match body.get("expire_seconds") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => match (number.as_i64(), number.as_u64()) {
            (Some(seconds), _) => Ok(Some(seconds)),
            (None, Some(_)) => Ok(Some(i64::MAX)),
            (None, None) => Err(Refusal::DATA_FORMAT),
        },
        Some(_) => Err(Refusal::DATA_FORMAT),
    }
}

/// No error is listed for a life out of range and the answer echoes the life, so it is cut to the longest, and zero
/// or less counts as nothing said.
fn life(asked: i64) -> u32 {
    let asked = u32::try_from(asked.max(0)).unwrap_or(LONGEST_LIFE);
    if asked == 0 { DEFAULT_LIFE } else { asked.min(LONGEST_LIFE) }
}

fn scene(action: Action, info: &Map<String, Value>) -> Result<Scene, Refusal> {
    let scene = match info.get("scene") {
        None if action.name == "QR_SCENE" => return Ok(Scene::Id(0)),
        Some(Value::Object(scene)) => scene,
        _ => return Err(Refusal::INVALID_ACTION_INFO),
    };
    let scene = if action.string { scene_str(scene) } else { scene_id(scene, action.permanent) };
    scene.ok_or(Refusal::INVALID_ACTION_INFO)
}

/// Whether "1 to 64" means bytes is unknown, and so are control characters (§2.6); both are read strictly.
fn scene_str(scene: &Map<String, Value>) -> Option<Scene> {
    let text = scene.get("scene_str")?.as_str()?;
    let good = (1..=LONGEST_SCENE).contains(&text.len()) && !text.contains(char::is_control);
    good.then(|| Scene::Text(text.to_owned()))
}

/// A temporary id of more than 32 bits becomes the greatest of 32 bits (§2.5).
fn scene_id(scene: &Map<String, Value>, permanent: bool) -> Option<Scene> {
    let number = scene.get("scene_id")?.as_number()?;
    let id = match number.as_u64() {
        Some(id) => id,
        // JSON numbers past 64 bits are read as floating point.
        None => number.as_f64().filter(|id| *id > f64::from(u32::MAX)).map(|_| u64::MAX)?,
    };
    let is_in_range = if permanent { PERMANENT_IDS.contains(&id) } else { id > 0 };
    is_in_range.then(|| Scene::Id(u32::try_from(id).unwrap_or(u32::MAX)))
}

/// Slashes are escaped, as in some answers of the platform (§2.3).
fn answer(code: &Code, life: Life) -> String {
    let (ticket, url) = (&code.ticket, code.url.replace('/', r"\/"));
    match life {
        Life::Permanent => format!(r#"{{"ticket":"{ticket}","url":"{url}"}}"#),
        Life::Seconds(seconds) => {
            format!(r#"{{"ticket":"{ticket}","expire_seconds":{seconds},"url":"{url}"}}"#)
        }
    }
}

fn note(action: Action, code: &Code, life: Life) -> String {
    let life = match life {
        Life::Permanent => "for ever".to_owned(),
        Life::Seconds(seconds) => format!("for {seconds} s"),
    };
    format!("{} scene {:?} {life}", action.name, code.scene.key())
}
