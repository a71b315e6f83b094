use super::Context;
use crate::{
    failure::{Failure, Outcome},
    print,
};
use serde_json::json;
use wx_model::ErrCode;

/// Explains a return code of the platform: cause and remedy, in English and Chinese
///
/// 全局返回码：原因与处理办法。
#[derive(Debug, clap::Args)]
pub(crate) struct Errcode {
    /// The code, as `errcode` says it
    #[arg(allow_negative_numbers = true, value_name = "N")]
    code: i64,
}

impl Errcode {
    pub(crate) fn run(&self, context: &Context) -> Outcome {
        let code = ErrCode::new(self.code);
        let Some(info) = code.info() else { return self.unknown(context) };
        if context.json {
            print::json(&json!({
                "code": self.code,
                "name": info.name,
                "class": info.class.as_str(),
                "retry": info.retry.as_str(),
                "meaning": { "en": info.meaning_en, "zh": info.meaning_zh },
                "remedy": { "en": code.remedy_en(), "zh": code.remedy_zh() },
                "errmsg": info.wire,
            }));
            return Ok(());
        }
        print::line(&format!(
            "{} {} ({}, retry: {})",
            self.code,
            info.name,
            info.class.as_str(),
            info.retry.as_str()
        ));
        print::line("");
        print::line(&format!("cause   {}", info.meaning_en));
        print::line(&format!("remedy  {}", code.remedy_en()));
        print::line("");
        print::line(&format!("原因    {}", info.meaning_zh));
        print::line(&format!("处理    {}", code.remedy_zh()));
        Ok(())
    }

    fn unknown(&self, context: &Context) -> Outcome {
        let code = ErrCode::new(self.code);
        if context.json {
            let remedy = json!({ "en": code.remedy_en(), "zh": code.remedy_zh() });
            print::json(&json!({ "code": self.code, "name": null, "remedy": remedy }));
            return Err(Failure::silent());
        }
        Err(Failure::failed(format!(
            "{} is not among the known return codes 未收录的返回码. {} {}",
            self.code,
            code.remedy_en(),
            code.remedy_zh()
        )))
    }
}
