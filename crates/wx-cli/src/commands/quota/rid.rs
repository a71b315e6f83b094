use crate::{commands::Context, config::ClientArgs, failure::Outcome, print};
use serde_json::json;
use wx_model::RidDetails;

/// Says what the platform knows of a refused request, by the rid at the end of its errmsg
///
/// The platform keeps a refused request of the account itself for 7 days.
#[derive(Debug, clap::Args)]
pub(crate) struct Rid {
    /// The id at the end of an errmsg, such as 69570a80-1c0ffee0-5eedbeef
    #[arg(value_name = "RID")]
    id: String,

    /// Prints query and bodies too, in which secrets may stand
    #[arg(long)]
    reveal: bool,

    #[command(flatten)]
    client: ClientArgs,
}

impl Rid {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let client = self.client.client(&context.settings).await?;
        let known = client.quotas().explain(self.id.as_str()).await?;
        if context.json {
            self.print_json(&known);
        } else {
            self.print_for_people(&known);
        }
        Ok(())
    }

    fn print_json(&self, known: &RidDetails) {
        let private = |text: &str| self.reveal.then(|| text.to_owned());
        print::json(&json!({
            "rid": self.id,
            "invoke_time": known.invoke_time,
            "cost_in_ms": known.cost_in_ms,
            "client_ip": known.client_ip,
            "response_body": known.response_body,
            "request_url": private(&known.request_url),
            "request_body": private(&known.request_body),
        }));
    }

    fn print_for_people(&self, known: &RidDetails) {
        print::line(&format!("time 时间     {}", print::beijing_time(known.invoke_time)));
        print::line(&format!("caller 来源   {}", print::harmless_line(&known.client_ip)));
        print::line(&format!("took 耗时     {} ms", known.cost_in_ms));
        print::line(&format!("answer 应答   {}", print::harmless_line(&known.response_body)));
        if self.reveal {
            print::line(&format!("query 参数    {}", print::harmless_line(&known.request_url)));
            print::line(&format!("body 请求体   {}", print::harmless_line(&known.request_body)));
        } else {
            print::note("query and body may hold secrets; --reveal prints them");
        }
    }
}
