//! The dashboard after some days of business.

use crate::{browser::Browser, page::Page};
use fantoccini::{Client, Locator};
use scenarios::{Deed, Expectation, World};
use wx_channel::{Channel, ChannelName, Code};
use wx_model::{CreateRequest, PermanentScene};
use wx_sim::Mode;

const DAY: i64 = 86_400;
/// 2026-01-01, the first day of every world.
const FIRST: i64 = 20_454;

/// In the order of their bytes, which is that of the report.
const NAMES: [&str; 4] = [
    "\"><img src=x onerror=alert(2)> & 'quoted' &amp;",
    "<script>alert(1)</script>",
    "春季展会 · 上海",
    "门店 042",
];

/// Follows, scans, losses and returns on four of five days.
const STORY: &[Deed] = &[
    Deed::Scan("anna", 3),
    Deed::Scan("ben", 3),
    Deed::Scan("carl", 2),
    Deed::Follow("dora"),
    Deed::Pause(DAY),
    Deed::Scan("anna", 2),
    Deed::Scan("emil", 2),
    Deed::Scan("fritz", 1),
    Deed::Scan("gina", 0),
    Deed::Scan("hans", 3),
    Deed::Scan("ida", 3),
    Deed::Scan("jan", 3),
    Deed::Unfollow("ben"),
    Deed::Pause(2 * DAY),
    Deed::Scan("ben", 2),
    Deed::Unfollow("carl"),
    Deed::Unfollow("dora"),
    Deed::Pause(DAY),
    Deed::Scan("kai", 3),
    Deed::Scan("lea", 3),
    Deed::Scan("kai", 3),
    Deed::Follow("dora"),
    Deed::Unfollow("kai"),
];

async fn story(world: &World) -> Expectation {
    let mut codes: Vec<Code> = Vec::new();
    for (name, scene) in NAMES.into_iter().zip(1..) {
        let channel = Channel::new(ChannelName::new(name).unwrap());
        let request = CreateRequest::permanent(PermanentScene::id(scene).unwrap());
        codes.push(world.create(&channel, &request).await);
    }
    world.play(STORY, &codes).await.0
}

/// The table that a person must see.
fn table(rows: &[scenarios::Row]) -> Vec<Vec<String>> {
    let figures = |code| rows.iter().find(|row| row.0 == code).map_or([0; 5], |row| row.1);
    let line = |name: &str, [scans, people, new, returning, lost]: [u64; 5]| {
        let net = (new + returning).cast_signed() - lost.cast_signed();
        let figures = [scans, people, new, returning, lost].map(|figure| figure.to_string());
        [name.to_owned()].into_iter().chain(figures).chain([net.to_string()]).collect()
    };
    let mut table: Vec<_> =
        NAMES.iter().enumerate().map(|(code, name)| line(name, figures(Some(code)))).collect();
    if figures(None) != [0; 5] {
        table.push(line("Without a code 非扫码", figures(None)));
    }
    table
}

/// Scans, new, returning, lost, net of the whole account.
fn totals(rows: &[scenarios::Row]) -> Vec<String> {
    let sum = |figure: usize| rows.iter().map(|row| row.1[figure]).sum::<u64>().cast_signed();
    let (scans, new, returning, lost) = (sum(0), sum(2), sum(3), sum(4));
    [scans, new, returning, lost, new + returning - lost].map(|figure| figure.to_string()).to_vec()
}

#[tokio::test]
async fn the_page_shows_the_figures_of_the_story() {
    let world = World::start(Mode::Safe).await;
    let expected = story(&world).await;
    let url = world.service.console_url("/");

    Browser::start()
        .await
        .run(async move |client: Client| {
            let page = Page::open(client, &url).await;
            assert_eq!(page.client.title().await.unwrap(), "Channels 渠道 · wx7a3f00c1d2e3b4a5");
            assert_eq!(page.totals().await, totals(&expected.rows()));
            assert_eq!(page.rows().await, table(&expected.rows()));
            assert_bars(&page.heights("scans").await, &expected.scans_per_day());
            save_screenshot(&page.client).await;
        })
        .await;
}

/// There is a bar for each day, and it is as tall as the day had scans.
fn assert_bars(heights: &[f64], scans: &[u64]) {
    assert_eq!(heights.len(), scans.len());
    let most = scans.iter().zip(heights).max_by_key(|(scans, _)| **scans).unwrap();
    assert!(*most.1 > 50.0, "the tallest bar can be seen: {heights:?}");
    for (scans, height) in scans.iter().zip(heights) {
        let share = f64::from(u32::try_from(*scans).unwrap()) / f64::from(u32::try_from(*most.0).unwrap());
        assert!((height - most.1 * share).abs() < 1.0, "{heights:?} for {scans:?}");
    }
}

#[tokio::test]
async fn names_of_channels_are_text_and_nothing_else() {
    let world = World::start(Mode::Plain).await;
    story(&world).await;
    let url = world.service.console_url("/");

    Browser::start()
        .await
        .run(async move |client: Client| {
            let page = Page::open(client, &url).await;
            let shown: Vec<_> = page.rows().await.into_iter().map(|mut row| row.remove(0)).collect();
            assert_eq!(shown[..4], NAMES);
            assert!(page.client.get_alert_text().await.unwrap_err().is_no_such_alert());
            for element in ["#report script", "#report img"] {
                assert!(page.client.find_all(Locator::Css(element)).await.unwrap().is_empty());
            }
        })
        .await;
}

#[tokio::test]
async fn the_form_chooses_days() {
    let world = World::start(Mode::Plain).await;
    let expected = story(&world).await;
    let url = world.service.console_url("/");

    Browser::start()
        .await
        .run(async move |client: Client| {
            let page = Page::open(client, &url).await;
            page.choose("01022026", "01042026").await;

            let rows = expected.rows_of(FIRST + 1..=FIRST + 3);
            assert_ne!(rows, expected.rows());
            let url = page.client.current_url().await.unwrap();
            assert_eq!(url.query(), Some("from=2026-01-02&to=2026-01-04"));
            assert_eq!(page.totals().await, totals(&rows));
            assert_eq!(page.rows().await, table(&rows));
            assert_bars(&page.heights("scans").await, &expected.scans_per_day()[1..=3]);
            // What was chosen still stands in the form.
            let from = page.client.find(Locator::Css("input[name=from]")).await.unwrap();
            assert_eq!(from.prop("value").await.unwrap().as_deref(), Some("2026-01-02"));

            page.choose_all_days().await;
            assert_eq!(page.totals().await, totals(&expected.rows()));
        })
        .await;
}

#[tokio::test]
async fn an_empty_page_says_what_to_do() {
    let world = World::start(Mode::Plain).await;
    let url = world.service.console_url("/");

    Browser::start()
        .await
        .run(async move |client: Client| {
            let page = Page::open(client, &url).await;
            assert_eq!(page.totals().await, ["0"; 5]);
            assert!(page.rows().await.is_empty() && page.heights("scans").await.is_empty());
            let advice = page.client.find(Locator::Css(".empty")).await.unwrap().text().await.unwrap();
            assert!(advice.contains("wx code create"), "{advice}");
        })
        .await;
}

/// For the eyes: `SCREENSHOT=page.png cargo test -p scenarios --features browser`.
async fn save_screenshot(client: &Client) {
    if let Some(path) = std::env::var_os("SCREENSHOT") {
        std::fs::write(path, client.screenshot().await.unwrap()).unwrap();
    }
}
