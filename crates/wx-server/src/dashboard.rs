use crate::{
    chart::{self, Bars},
    console::{Days, unreadable},
    server::Shared,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{Html, IntoResponse},
};
use wx_channel::{Day, DayRow, Report, ReportRow, Source};

/// The one page of the console.
#[derive(Template)]
#[template(path = "dashboard.html")]
struct Dashboard {
    account: String,
    range: String,
    from: String,
    to: String,
    totals: [Total; 5],
    chart: String,
    rows: Vec<Row>,
}

struct Total {
    id: &'static str,
    en: &'static str,
    zh: &'static str,
    value: i64,
}

struct Row {
    source: &'static str,
    name: String,
    scans: u64,
    people: u64,
    new_followers: u64,
    returning: u64,
    lost: u64,
    net: i64,
}

/// `GET /`
pub(crate) async fn page(
    State(shared): State<Shared>,
    Query(days): Query<Days>,
) -> Result<Html<String>, (StatusCode, String)> {
    let query = days.query(&shared.account)?;
    let report = shared.store.report(&query).await.map_err(|error| unreadable(&error))?;
    let daily = shared.store.daily(&query).await.map_err(|error| unreadable(&error))?;
    let page = Dashboard {
        account: shared.account.to_string(),
        range: range(&days),
        totals: totals(&report),
        chart: chart::svg(&bars(&daily)),
        rows: report.rows.iter().map(row).collect(),
        from: days.from,
        to: days.to,
    };
    let html = page.render().map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok(Html(html))
}

/// `GET /dashboard.css`
pub(crate) async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../assets/dashboard.css"))
}

fn range(days: &Days) -> String {
    match (days.from.as_str(), days.to.as_str()) {
        ("", "") => "all days 全部".to_owned(),
        (from, "") => format!("since {from}"),
        ("", to) => format!("until {to}"),
        (from, to) => format!("{from} – {to}"),
    }
}

fn totals(report: &Report) -> [Total; 5] {
    let sum =
        |of: fn(&ReportRow) -> u64| report.rows.iter().map(of).fold(0_i64, i64::saturating_add_unsigned);
    let net = report.rows.iter().map(ReportRow::net).sum();
    [
        Total { id: "scans", en: "scans", zh: "扫码", value: sum(|row| row.scans) },
        Total { id: "new", en: "new followers", zh: "新关注", value: sum(|row| row.new_followers) },
        Total { id: "returning", en: "returning", zh: "回流", value: sum(|row| row.returning) },
        Total { id: "lost", en: "lost", zh: "流失", value: sum(|row| row.lost) },
        Total { id: "net", en: "net", zh: "净增", value: net },
    ]
}

/// A bar per day; days without figures between two with figures are drawn as zeros.
fn bars(daily: &[DayRow]) -> Vec<Bars> {
    let mut bars: Vec<Bars> = Vec::with_capacity(daily.len());
    let mut next = daily.first().map(|day| day.day.number());
    for day in daily {
        let gap = day.day.number() - next.unwrap_or_default();
        if gap <= LONGEST_GAP {
            let missing = (0..gap).map(|index| Day::from_number(i64::from(day.day.number() - gap + index)));
            bars.extend(missing.map(|day| Bars { label: label(day), values: [0; 3] }));
        }
        bars.push(Bars {
            label: label(day.day),
            values: [day.scans, day.new_followers + day.returning, day.lost],
        });
        next = Some(day.day.number() + 1);
    }
    bars.split_off(bars.len().saturating_sub(MOST_DAYS))
}

/// A longer silence is not drawn: a push may claim any time, also the year 9999.
const LONGEST_GAP: i32 = 92;
/// The chart shows the last so many days; choose a range for earlier ones.
const MOST_DAYS: usize = 184;

/// Month and day.
fn label(day: Day) -> String {
    let text = day.to_string();
    text.split_at_checked(text.len().saturating_sub(5)).map_or(text.clone(), |(_, label)| label.to_owned())
}

fn row(row: &ReportRow) -> Row {
    let name = match &row.source {
        Source::Channel(name) => name.to_string(),
        Source::UnassignedCode => "Codes without a channel 未分渠道的码".to_owned(),
        Source::NoCode => "Without a code 非扫码".to_owned(),
    };
    Row {
        source: row.source.as_str(),
        name,
        scans: row.scans,
        people: row.people,
        new_followers: row.new_followers,
        returning: row.returning,
        lost: row.lost,
        net: row.net(),
    }
}
