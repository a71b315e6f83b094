use crate::print;
use serde_json::{Value, json};
use wx_client::Error;
use wx_model::{QuotaResponse, RateLimit};

/// One call and what is left of it, or why nobody says.
pub(super) struct Row {
    pub(super) path: String,
    pub(super) answer: Result<QuotaResponse, Error>,
}

impl Row {
    pub(super) fn json(&self) -> Value {
        match &self.answer {
            Ok(answer) => json!({
                "path": self.path,
                "used": answer.quota.used,
                "limit": answer.quota.daily_limit,
                "left": answer.quota.remain,
                "rate_limit": rate(answer),
            }),
            Err(error) => json!({
                "path": self.path,
                "errcode": error.errcode(),
                "reason": { "en": error.cause_en(), "zh": error.cause_zh() },
            }),
        }
    }

    fn cells(&self) -> Vec<String> {
        let path = print::harmless_line(&self.path);
        let Ok(answer) = &self.answer else {
            let reason = self.answer.as_ref().err().and_then(Error::errcode).map(|code| code.to_string());
            return vec![path, String::new(), String::new(), String::new(), reason.unwrap_or_default()];
        };
        let quota = &answer.quota;
        let note = match rate(answer) {
            _ if quota.remain == 0 => "used up 已用完".to_owned(),
            Some(rate) => format!("{} in {} s", rate.call_count, rate.refresh_second),
            None => String::new(),
        };
        vec![path, quota.used.to_string(), quota.daily_limit.to_string(), quota.remain.to_string(), note]
    }
}

/// Both figures are 0 where there is no such limit.
fn rate(answer: &QuotaResponse) -> Option<RateLimit> {
    answer.rate_limit.filter(|rate| rate.call_count > 0)
}

/// The figures as columns, and below them what the codes mean.
pub(super) fn table(rows: &[Row]) -> String {
    let cells: Vec<_> = rows.iter().map(Row::cells).collect();
    let mut lines =
        vec![print::table(&["call 接口", "used 已用", "limit 每日上限", "left 剩余", "note 备注"], &cells)];
    for error in rows.iter().filter_map(|row| row.answer.as_ref().err()) {
        let code = error.errcode().map(|code| code.to_string()).unwrap_or_default();
        let [english, chinese] = [error.cause_en(), error.cause_zh()].map(Option::unwrap_or_default);
        lines.push(format!("{code}: {english} {chinese}"));
    }
    lines.dedup();
    lines.join("\n")
}
