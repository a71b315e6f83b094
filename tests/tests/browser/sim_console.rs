//! The console of the simulator: somebody plays the followers of an account whose service is the real one.

use crate::{browser::Browser, sim_page::SimPage};
use fantoccini::{Client, Locator};
use scenarios::World;
use wx_channel::{Channel, ChannelName};
use wx_model::{CreateRequest, PermanentScene};
use wx_sim::{Callback, Mode};

const WELCOME: &str = "Welcome to <b>shop 42</b> & 你好";
const HOSTILE: &str = "<script>alert(1)</script><img src=x onerror=alert(2)> & \"你好\"";

async fn world(mode: Mode) -> World {
    let world = World::start(mode).await;
    let channel = Channel::new(ChannelName::new("shop").unwrap()).welcome(WELCOME);
    let request = CreateRequest::permanent(PermanentScene::str("shop-042").unwrap());
    world.create(&channel, &request).await;
    world
}

#[tokio::test]
async fn somebody_scans_writes_and_leaves_and_sees_what_comes_back() {
    let world = world(Mode::Safe).await;
    let url = world.simulator.base_url();

    Browser::start()
        .await
        .run(async move |client: Client| {
            let page = SimPage::open(client, &url).await;
            assert_eq!(page.client.title().await.unwrap(), "WeChat simulator");
            page.create_code("fair <2026>").await;
            page.add_person("anna").await;
            assert_eq!(page.text("#person-state").await, "does not follow");

            page.scan(1).await;
            page.wait(".theirs .bubble").await;
            assert_eq!(page.text(".theirs .bubble").await, WELCOME);
            assert_eq!(page.text("#person-state").await, "follows · shop-042");
            let push = page.text("[data-push='1']").await;
            for part in
                ["subscribe", "safe", "anna", "followed through code · shop-042", "attempt 1", "replied"]
            {
                assert!(push.contains(part), "{part}: {push}");
            }
            page.click("[data-push='1'] details summary").await;
            assert!(
                page.text("[data-push='1'] pre").await.contains("<EventKey><![CDATA[qrscene_shop-042]]>")
            );

            page.write(HOSTILE).await;
            page.wait("[data-push='2'] .tag.good").await;
            assert_eq!(page.text(".mine .bubble").await, HOSTILE);
            assert!(page.text("[data-push='2']").await.contains("The person sees\nnothing"));
            for element in ["main script", "#chat img", "#stream img"] {
                assert!(page.client.find_all(Locator::Css(element)).await.unwrap().is_empty(), "{element}");
            }
            assert!(page.client.get_alert_text().await.unwrap_err().is_no_such_alert());
            page.save_screenshot().await;

            page.click("#unfollow").await;
            page.wait("#follow:not([hidden])").await;
            assert_eq!(page.text("#person-state").await, "does not follow");

            page.click("#language").await;
            assert_eq!(page.client.title().await.unwrap(), "公众号模拟器");
            page.client.refresh().await.unwrap();
            page.wait("[data-push='3']").await;
            assert_eq!(page.text("#person-state").await, "未关注", "the choice is remembered");
        })
        .await;
    assert!(world.simulator.followers().is_empty());
    assert_eq!(world.service.stored().await, 3);
}

#[tokio::test]
async fn a_server_that_fails_and_a_call_that_shall_fail_are_shown() {
    let world = world(Mode::Plain).await;
    // Nobody listens at port 1.
    world.simulator.configure(Callback::to("http://127.0.0.1:1/wx")).unwrap();
    let url = world.simulator.base_url();

    Browser::start()
        .await
        .run(async move |client: Client| {
            let page = SimPage::open(client, &url).await;
            page.add_person("ben").await;
            page.click("#follow button").await;
            page.wait(".failure").await;
            assert!(page.text(".failure").await.contains(wx_sim::FAILURE_TEXT));
            let push = page.text("[data-push='1']").await;
            assert!(push.contains("attempt 3") && push.contains("unreachable"), "{push}");

            page.click("#faults button").await;
            page.wait("#clear-faults:not([hidden])").await;
            assert_eq!(page.text("#fault-list").await, "errcode 45009, once");
            // The page itself makes no call that the fault could strike.
            page.create_code("fair").await;
            assert_eq!(page.text("#fault-list").await, "errcode 45009, once");
            page.click("#clear-faults").await;
            page.wait("#clear-faults[hidden]").await;
        })
        .await;
    assert!(world.simulator.faults().is_empty());
}
