use crate::stage::{ANNA, BEN, Stage};
use serde_json::{Value, json};
use wx_sim::Options;

async fn create(stage: &Stage, name: &str) -> Value {
    stage.call("/cgi-bin/tags/create", &json!({ "tag": { "name": name } })).await
}

async fn tag(stage: &Stage, tag: &Value, openids: &[&str]) -> i64 {
    stage.code("/cgi-bin/tags/members/batchtagging", &json!({ "openid_list": openids, "tagid": tag })).await
}

#[tokio::test]
async fn a_tag_is_made_given_counted_and_taken() {
    let stage = Stage::start().await;
    for person in [ANNA, BEN] {
        stage.sim.follow_plain(person).await.unwrap();
    }
    let made = create(&stage, "渠道:SH-0117").await;
    assert_eq!(made, json!({ "tag": { "id": 100, "name": "渠道:SH-0117" } }));
    let id = &made["tag"]["id"];
    assert_eq!(tag(&stage, id, &[ANNA, BEN, ANNA]).await, 0);
    assert_eq!(
        stage.fetch("/cgi-bin/tags/get", "").await,
        json!({ "tags": [{ "id": 2, "name": "星标组", "count": 0 }, { "id": 100, "name": "渠道:SH-0117", "count": 2 }] })
    );
    let members = stage.call("/cgi-bin/user/tag/get", &json!({ "tagid": id, "next_openid": "" })).await;
    assert_eq!(members, json!({ "count": 2, "data": { "openid": [ANNA, BEN] }, "next_openid": BEN }));
    let list = stage.call("/cgi-bin/tags/getidlist", &json!({ "openid": ANNA })).await;
    assert_eq!(list, json!({ "tagid_list": [100] }));
    let info = stage.fetch("/cgi-bin/user/info", &format!("&openid={ANNA}")).await;
    assert_eq!((&info["tagid_list"], &info["groupid"]), (&json!([100]), &json!(100)));

    let body = json!({ "openid_list": [ANNA], "tagid": id });
    assert_eq!(stage.code("/cgi-bin/tags/members/batchuntagging", &body).await, 0);
    stage.sim.unfollow(BEN).await.unwrap();
    let members = stage.call("/cgi-bin/user/tag/get", &json!({ "tagid": id })).await;
    assert_eq!(members, json!({ "count": 0, "next_openid": "" }), "who goes keeps no tags");
}

#[tokio::test]
async fn members_come_in_pages() {
    let stage = Stage::with(Options::default().page_size(1)).await;
    let id = create(&stage, "a").await["tag"]["id"].clone();
    for person in ["anna", "ben", "cleo"] {
        stage.sim.follow_plain(person).await.unwrap();
    }
    tag(&stage, &id, &["anna", "cleo"]).await;
    let page = |after: &str| json!({ "tagid": id, "next_openid": after });
    assert_eq!(stage.call("/cgi-bin/user/tag/get", &page("")).await["next_openid"], "anna");
    assert_eq!(stage.call("/cgi-bin/user/tag/get", &page("anna")).await["data"]["openid"], json!(["cleo"]));
    assert_eq!(stage.call("/cgi-bin/user/tag/get", &page("cleo")).await["count"], 0);
}

#[tokio::test]
async fn names_have_rules() {
    let stage = Stage::start().await;
    for (name, expected) in [
        ("渠".repeat(10), 0),
        ("渠".repeat(10), 45157),
        ("渠".repeat(10) + "a", 45158),
        (String::new(), 45157),
        ("星标组".to_owned(), 45157),
    ] {
        assert_eq!(
            stage.code("/cgi-bin/tags/create", &json!({ "tag": { "name": name } })).await,
            expected,
            "{name}"
        );
    }
    assert_eq!(stage.code("/cgi-bin/tags/create", &json!({})).await, 41011);
    assert_eq!(stage.code("/cgi-bin/tags/create", &json!({ "tag": { "name": 7 } })).await, 47001);
}

#[tokio::test]
async fn a_tag_is_renamed_and_deleted_unless_it_is_the_platform_s_own_or_too_large() {
    let stage = Stage::with(Options::default().largest_tag_to_delete(1)).await;
    let id = create(&stage, "a").await["tag"]["id"].clone();
    let update = |id: &Value, name: &str| json!({ "tag": { "id": id, "name": name } });
    assert_eq!(stage.code("/cgi-bin/tags/update", &update(&id, "b")).await, 0);
    assert_eq!(stage.fetch("/cgi-bin/tags/get", "").await["tags"][1]["name"], "b");
    for built_in in 0..3 {
        assert_eq!(stage.code("/cgi-bin/tags/update", &update(&json!(built_in), "c")).await, 45058);
        let body = json!({ "tag": { "id": built_in } });
        assert_eq!(stage.code("/cgi-bin/tags/delete", &body).await, 45058);
    }
    assert_eq!(stage.code("/cgi-bin/tags/delete", &json!({ "tag": { "id": 999 } })).await, 45159);
    for person in [ANNA, BEN] {
        stage.sim.follow_plain(person).await.unwrap();
    }
    tag(&stage, &id, &[ANNA, BEN]).await;
    let body = json!({ "tag": { "id": id } });
    assert_eq!(stage.code("/cgi-bin/tags/delete", &body).await, 45057);
    stage.sim.unfollow(BEN).await.unwrap();
    assert_eq!(stage.code("/cgi-bin/tags/delete", &body).await, 0);
    assert!(stage.sim.person(ANNA).unwrap().tags.is_empty());
    assert_eq!(tag(&stage, &id, &[ANNA]).await, 45159);
}

#[tokio::test]
async fn an_account_has_a_hundred_tags_and_a_person_twenty() {
    let stage = Stage::start().await;
    stage.sim.follow_plain(ANNA).await.unwrap();
    stage.sim.follow_plain(BEN).await.unwrap();
    let mut ids = Vec::new();
    for number in 0..100 {
        ids.push(create(&stage, &format!("tag {number}")).await["tag"]["id"].clone());
    }
    assert_eq!(create(&stage, "one more").await["errcode"], 45056);
    for id in &ids[..20] {
        assert_eq!(tag(&stage, id, &[ANNA]).await, 0);
    }
    assert_eq!(tag(&stage, &ids[20], &[BEN, ANNA]).await, 45059);
    assert!(stage.sim.person(BEN).unwrap().tags.is_empty(), "nobody is tagged then");
    assert_eq!(tag(&stage, &ids[3], &[ANNA]).await, 0, "a tag that they have already");
}

#[tokio::test]
async fn up_to_fifty_followers_are_tagged_at_once() {
    let stage = Stage::start().await;
    let id = create(&stage, "a").await["tag"]["id"].clone();
    stage.sim.follow_plain(ANNA).await.unwrap();
    assert_eq!(tag(&stage, &id, &[ANNA; 50]).await, 0);
    assert_eq!(tag(&stage, &id, &[ANNA; 51]).await, 40032);
    assert_eq!(tag(&stage, &id, &[]).await, 40032);
    assert_eq!(tag(&stage, &id, &[ANNA, BEN]).await, 40003);
    assert_eq!(tag(&stage, &json!("100"), &[ANNA]).await, 47001);
    assert_eq!(tag(&stage, &Value::Null, &[ANNA]).await, 45159);
}
