//! Who a follower is (protocol §10.1).

use super::{Call, Grant, Refusal, call::given};
use crate::platform::{Account, Scene, User, is_openid};
use serde::{Deserialize, Serialize};

/// What user/info says; of somebody who does not follow only the first two. What is personal has been empty since
/// December 2021.
#[derive(Serialize)]
struct Info {
    subscribe: u8,
    openid: String,
    #[serde(flatten)]
    follower: Option<Follower>,
}

#[derive(Serialize)]
struct Follower {
    nickname: &'static str,
    sex: u8,
    language: &'static str,
    city: &'static str,
    province: &'static str,
    country: &'static str,
    headimgurl: &'static str,
    subscribe_time: i64,
    remark: String,
    groupid: u32,
    tagid_list: Vec<u32>,
    subscribe_scene: &'static str,
    qr_scene: u32,
    qr_scene_str: String,
}

/// `GET /cgi-bin/user/info`.
pub(super) fn user_info(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let openid = call.parameter("openid").ok_or(Refusal::OPENID_MISSING)?;
    let info = info(account, openid)?;
    Ok(Grant::json(
        &info,
        format!("{openid} {}", if info.subscribe == 1 { "follows" } else { "does not follow" }),
    ))
}

#[derive(Deserialize)]
struct Batch {
    user_list: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    openid: Option<String>,
}

#[derive(Serialize)]
struct Infos {
    user_info_list: Vec<Info>,
}

const MOST_AT_ONCE: usize = 100;

/// `POST /cgi-bin/user/info/batchget`: at most a hundred.
pub(super) fn batchget(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let batch: Batch = call.json()?;
    if !(1..=MOST_AT_ONCE).contains(&batch.user_list.len()) {
        return Err(Refusal::OPENID_COUNT);
    }
    let openid =
        |entry: &Entry| given(entry.openid.as_deref()).map(str::to_owned).ok_or(Refusal::OPENID_MISSING);
    let infos = batch.user_list.iter().map(|entry| info(account, &openid(entry)?));
    let user_info_list = infos.collect::<Result<Vec<_>, _>>()?;
    let note = format!("{} people", user_info_list.len());
    Ok(Grant::json(&Infos { user_info_list }, note))
}

/// Nobody whom the account never saw is known to it: 40003.
fn info(account: &Account, openid: &str) -> Result<Info, Refusal> {
    let user = account.users.find(openid).filter(|_| is_openid(openid)).ok_or(Refusal::INVALID_OPENID)?;
    let follower = user.follows.then(|| follower(user));
    Ok(Info { subscribe: u8::from(user.follows), openid: openid.to_owned(), follower })
}

fn follower(user: &User) -> Follower {
    let (qr_scene, qr_scene_str) = match &user.scene {
        Some(Scene::Id(id)) => (*id, String::new()),
        Some(Scene::Text(text)) => (0, text.clone()),
        None => (0, String::new()),
    };
    Follower {
        nickname: "",
        sex: 0,
        language: "zh_CN",
        city: "",
        province: "",
        country: "",
        headimgurl: "",
        subscribe_time: user.subscribe_time,
        remark: user.remark.clone(),
        groupid: user.tags.first().copied().unwrap_or_default(),
        tagid_list: user.tags.clone(),
        subscribe_scene: user.subscribe_scene.name(),
        qr_scene,
        qr_scene_str,
    }
}

#[derive(Deserialize)]
struct Remark {
    openid: Option<String>,
    remark: Option<String>,
}

/// A remark (备注) is shorter than this.
const REMARK_LIMIT: usize = 30;

/// `POST /cgi-bin/user/info/updateremark` (protocol §10.3).
pub(super) fn updateremark(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: Remark = call.json()?;
    let openid = given(body.openid.as_deref()).ok_or(Refusal::OPENID_MISSING)?;
    let remark = body.remark.unwrap_or_default();
    if remark.len() >= REMARK_LIMIT {
        return Err(Refusal::INVALID_REMARK);
    }
    let user = account.users.follower_mut(openid).ok_or(Refusal::INVALID_OPENID)?;
    user.remark = remark;
    Ok(Grant::done(format!("a remark on {openid}")))
}
