use axum::{body::Body, response::Response};
use http::{HeaderValue, header};

/// All addresses, as text.
pub(super) async fn index() -> Response {
    let mut response = Response::new(Body::from(INDEX));
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

const INDEX: &str = "\
Simulator of the WeChat platform

The platform's own routes
  GET  /cgi-bin/token?grant_type=client_credential&appid=APPID&secret=SECRET
  POST /cgi-bin/stable_token              {\"grant_type\",\"appid\",\"secret\",\"force_refresh\"}
  GET  /cgi-bin/showqrcode?ticket=TICKET
  POST /cgi-bin/clear_quota/v2            {\"appid\",\"appsecret\"}
  POST /cgi-bin/component/api_component_token    {\"component_appid\",\"component_appsecret\",\"component_verify_ticket\"}
and, each with ?component_access_token=TOKEN,
  POST /cgi-bin/component/api_create_preauthcode {\"component_appid\"}
  POST /cgi-bin/component/api_query_auth         {\"component_appid\",\"authorization_code\"}
  POST /cgi-bin/component/api_authorizer_token   {\"component_appid\",\"authorizer_appid\",\"authorizer_refresh_token\"}
and, each with ?access_token=TOKEN,
  POST /cgi-bin/qrcode/create             {\"action_name\",\"action_info\",\"expire_seconds\"}
  POST /cgi-bin/shorten/gen               {\"long_data\",\"expire_seconds\"}
  POST /cgi-bin/shorten/fetch             {\"short_key\"}
  GET  /cgi-bin/user/info                 &openid=OPENID
  POST /cgi-bin/user/info/batchget        {\"user_list\":[{\"openid\"}]}
  POST /cgi-bin/user/info/updateremark    {\"openid\",\"remark\"}
  GET  /cgi-bin/user/get                  &next_openid=OPENID
  POST /cgi-bin/user/tag/get              {\"tagid\",\"next_openid\"}
  POST /cgi-bin/tags/create               {\"tag\":{\"name\"}}
  GET  /cgi-bin/tags/get
  POST /cgi-bin/tags/update               {\"tag\":{\"id\",\"name\"}}
  POST /cgi-bin/tags/delete               {\"tag\":{\"id\"}}
  POST /cgi-bin/tags/getidlist            {\"openid\"}
  POST /cgi-bin/tags/members/batchtagging    {\"openid_list\",\"tagid\"}
  POST /cgi-bin/tags/members/batchuntagging  {\"openid_list\",\"tagid\"}
  POST /cgi-bin/message/custom/send       {\"touser\",\"msgtype\",\"text\":{\"content\"}}
  POST /cgi-bin/message/custom/typing     {\"touser\",\"command\"}
  POST /datacube/getusersummary           {\"begin_date\",\"end_date\"}
  POST /datacube/getusercumulate          {\"begin_date\",\"end_date\"}
  GET  /cgi-bin/getcallbackip
  GET  /cgi-bin/get_api_domain_ip
  POST /cgi-bin/callback/check            {\"action\",\"check_operator\"}
  POST /cgi-bin/clear_quota               {\"appid\"}
  POST /cgi-bin/openapi/quota/get         {\"cgi_path\"}
  POST /cgi-bin/openapi/quota/clear       {\"cgi_path\"}
  POST /cgi-bin/openapi/rid/get           {\"rid\"}

What people do (answers hold the push, the attempts and what the receiver answered)
  POST /sim/scan         {\"openid\",\"ticket\"}    follows through the code when not following; \"hide_from_push\" and
                         \"hide_from_user_info\" let the platform forget the scene of such a follow
  POST /sim/follow       {\"openid\"}             follows without a code; \"subscribe_scene\":\"ADD_SCENE_…\" says how,
                         \"payment\":NUMBER that it was offered after a payment
  POST /sim/unfollow     {\"openid\"}
  POST /sim/say          {\"openid\",\"text\"}      \"menu_item\":ID where a message menu was tapped
  POST /sim/push         {\"openid\",\"event\",\"fields\":{PATH:VALUE}}  any other event, or \"message\":TYPE, or \"xml\":TEXT
  GET  /sim/kinds                               the names of events and messages
  All of these take \"lose_answers\": how many answers the platform does not hear (the receiver gets retries).
  POST /sim/block        {\"openid\",\"block\"}     wants no messages, or wants them again

What the operator does
  GET  /sim/console                             all of this as a page for a browser
  POST /sim/callback     {\"url\",\"mode\",\"token\",\"aes_key\",\"app_id\"}  mode: plain, compatible or safe; leave out what
                         stays; \"second\":true for a second server that hears of everything
  POST /sim/verify                              the GET with echostr
  POST /sim/redeliver    {\"push\"}               once more, by its number
  POST /sim/hold                                from now on pushes wait
  POST /sim/release      {\"order\"}              happened, reversed or shuffled
  POST /sim/component    {\"app_id\",\"secret\",\"token\",\"aes_key\",\"events_url\",\"messages_url\",\"permissions\"}
  POST /sim/component/ticket                    pushes component_verify_ticket
  POST /sim/component/authorize                 pushes authorized, with the code
  POST /sim/component/unauthorize
  GET  /sim/options                             the account and its limits
  POST /sim/options      {\"account_kind\",\"secret\",\"secret_frozen\",\"permanent_cap\",\"stable_renewal\",
                          \"push_shape\",\"retries_repeat_nonce\",\"mark_fail_after\",\"page_size\",\"people_limit\",
                          \"allow_list\",\"allow_everybody\",\"caller_ip\",\"daily_limit\":{PATH:CALLS},\"minute_limit\"}
  POST /sim/tokens/revoke                       every access token dies
  GET  /sim/clock
  POST /sim/clock        {\"advance\"} or {\"set\"}  seconds; a manual clock only
  GET  /sim/faults                              those that wait for calls
  POST /sim/faults       {\"fault\",\"path\",\"times\",\"for_ever\",\"skip\",\"after_effect\"}
                         fault: errcode or errcode_as_text (\"code\"), status (\"status\"), redirect (\"location\"),
                         delay (\"seconds\"), timeout, reset, cut_json, cut_body, html, empty, drip, huge
  DELETE /sim/faults                            takes them all back
  GET  /sim/codes?after=NUMBER&limit=           what the account created
  POST /sim/codes                               makes one without a token; the body is that of qrcode/create
  GET  /sim/codes/NUMBER/picture                without a call, so that no fault strikes it
  GET  /sim/followers?after=COUNT&limit=
  GET  /sim/deliveries?after=NUMBER&limit=      pushes with what was answered
  GET  /sim/messages?after=NUMBER&limit=        customer-service messages that were sent
  GET  /sim/transcript?after=NUMBER             what went over the wire and was decided so far
";

#[cfg(test)]
mod tests {
    #[test]
    fn every_call_of_the_platform_is_listed() {
        let is_listed = |path: &str| super::INDEX.split_whitespace().any(|word| word == path);
        let missing: Vec<_> = crate::api::paths().filter(|path| !is_listed(path)).collect();
        assert_eq!(missing, ["/cgi-bin/token"], "which is listed with its query");
    }
}
