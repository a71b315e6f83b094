use wx_channel::{ChannelName, DayRange, DayRow, Report, ReportQuery, ReportRow, Source};

#[test]
fn rows_are_flat_json() {
    let shop = Source::Channel(ChannelName::new("shop-042").unwrap());
    let rows = vec![
        ReportRow { source: shop, scans: 9, people: 7, new_followers: 4, returning: 1, lost: 2 },
        ReportRow { lost: 1, ..ReportRow::new(Source::UnassignedCode) },
        ReportRow::new(Source::NoCode),
    ];
    let days = DayRange::new("2026-01-01".parse::<wx_channel::Day>().unwrap(), None);
    let report = Report::new(&ReportQuery::new("wx0123456789abcdef").days(days), rows);
    insta::assert_snapshot!(serde_json::to_string(&report).unwrap().replace("},", "},\n"), @r#"
    {"account":"wx0123456789abcdef","days":{"from":"2026-01-01","to":null},
    "rows":[{"channel":"shop-042","source":"channel","scans":9,"people":7,"new_followers":4,"returning":1,"lost":2,"net":3},
    {"channel":null,"source":"unassigned_code","scans":0,"people":0,"new_followers":0,"returning":0,"lost":1,"net":-1},
    {"channel":null,"source":"no_code","scans":0,"people":0,"new_followers":0,"returning":0,"lost":0,"net":0}]}
    "#);
}

#[test]
fn a_day_is_flat_json() {
    let row = DayRow { scans: 2, lost: 1, ..DayRow::new("2026-01-31".parse().unwrap()) };
    insta::assert_snapshot!(serde_json::to_string(&row).unwrap(), @r#"{"day":"2026-01-31","scans":2,"new_followers":0,"returning":0,"lost":1}"#);
}
