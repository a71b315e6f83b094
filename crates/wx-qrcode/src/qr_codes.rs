use crate::{Error, Image};
use wx_client::{BaseUrl, Call, Client, Repeat};
use wx_model::{CreateRequest, CreateResponse, Ticket};

const CREATE: &str = "/cgi-bin/qrcode/create";
/// The places of permanent codes: once they are used up, none is ever asked for again (45029).
const PLACES: &str = "permanent codes";
const SHOW: &str = "/cgi-bin/showqrcode";

/// The codes of one account: makes them and fetches their pictures. Clones are cheap.
#[derive(Debug, Clone)]
pub struct QrCodes {
    client: Client,
}

impl QrCodes {
    /// The codes of the client's account, which must be a verified service account (认证服务号) or the test account.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// Creates a code (生成带参数的二维码, protocol §2).
    ///
    /// The body that is sent is exactly the JSON of the request. A permanent code takes one of the 100000 places of the
    /// account for ever, and creating the same scene again may take another: keep the answer. Therefore it is sent again
    /// only when it surely was not done, never after a lost answer; the creation of a temporary code is, within the client's
    /// [`RetryPolicy`](wx_client::RetryPolicy). After the platform has said that all places are taken (45029), no permanent
    /// code is asked for any more until the process starts anew or
    /// [`lift_quota_guard`](wx_client::Client::lift_quota_guard) is called.
    ///
    /// # Errors
    ///
    /// [`Error`]; see protocol §2.4 for the codes. If [`Error::may_have_been_done`] holds for a permanent code, the
    /// place may be taken although the ticket is lost, so it should not be repeated blindly.
    pub async fn create(&self, request: &CreateRequest) -> Result<CreateResponse, Error> {
        let response: CreateResponse = self.client.call(&call(request)?).await?;
        if response.ticket.as_str().is_empty() { Err(Error::no_ticket()) } else { Ok(response) }
    }

    /// Fetches the platform's picture of a code (通过 ticket 换取二维码, protocol §3): a JPEG of about 28 KB. It needs no
    /// token.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTicket`](crate::ErrorKind::UnknownTicket) if the platform has no picture for the ticket,
    /// [`ErrorKind::NotAnImage`](crate::ErrorKind::NotAnImage) if what came is no picture, or an error of the call.
    pub async fn image(&self, ticket: &Ticket) -> Result<Image, Error> {
        let bytes = self.client.get_image(SHOW, &query(ticket)).await.map_err(Error::of_image)?;
        Image::from_bytes(bytes)
    }

    /// The address of the picture at the client's [`image_base`](Client::image_base): for a browser or an `<img>`.
    ///
    /// The ticket is opaque and is percent-encoded exactly once, also if it looks encoded already.
    pub fn show_url(&self, ticket: &Ticket) -> String {
        self.client.image_base().url(SHOW, &query(ticket))
    }
}

/// The address of a code's picture at the platform's own host; as [`QrCodes::show_url`], without a client.
///
/// ```
/// assert_eq!(
///     wx_qrcode::show_url(&"gQH47joAAA==".into()),
///     "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=gQH47joAAA%3D%3D",
/// );
/// ```
pub fn show_url(ticket: &Ticket) -> String {
    BaseUrl::official_images().url(SHOW, &query(ticket))
}

fn call(request: &CreateRequest) -> Result<Call<'static>, wx_client::Error> {
    let call = Call::post(CREATE, request)?;
    let is_permanent = request.action_name().is_permanent();
    Ok(if is_permanent {
        call.repeat(Repeat::IfNotDone).allowance(PLACES)
    } else {
        call.repeat(Repeat::Always)
    })
}

fn query(ticket: &Ticket) -> [(&str, &str); 1] {
    [("ticket", ticket.as_str())]
}
