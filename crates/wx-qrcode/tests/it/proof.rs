//! Pictures are read before they are trusted.

use wx_client::Client;
use wx_model::{CreateRequest, PermanentScene, Ticket};
use wx_qrcode::{ErrorKind, Image, QrCodes};
use wx_sim::{Options, Simulator};

#[tokio::test]
async fn the_platforms_picture_says_its_url() {
    let sim = Simulator::start(Options::default()).await.unwrap();
    let client = Client::builder(wx_sim::DEFAULT_APP_ID, wx_sim::DEFAULT_SECRET).api_base(sim.base_url());
    let codes = QrCodes::new(client.build().unwrap());
    let [one, other] =
        ["shop-1", "shop-2"].map(|s| CreateRequest::permanent(PermanentScene::str(s).unwrap()));
    let (one, other) = (codes.create(&one).await.unwrap(), codes.create(&other).await.unwrap());
    let image = codes.image(&Ticket::from(one.ticket.as_str())).await.unwrap();
    assert_eq!(image.text().unwrap(), one.url.clone().unwrap());
    image.prove(&one.url.unwrap()).unwrap();
    assert_eq!(image.prove(&other.url.unwrap()).unwrap_err().kind(), ErrorKind::OtherCode);
}

/// Cut files, files without a code, and headers that promise gigapixels.
#[test]
fn what_cannot_be_read_is_refused() {
    let png = |width: u32, height: u32, colour: png::ColorType, data: &[u8]| {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(colour);
        let mut writer = encoder.write_header().unwrap();
        if !data.is_empty() {
            writer.write_image_data(data).unwrap();
        }
        drop(writer);
        file
    };
    let white = png(64, 64, png::ColorType::Rgba, &[255; 64 * 64 * 4]);
    let huge = png(30_000, 30_000, png::ColorType::Rgb, &[]);
    let cut = white[..white.len() / 2].to_vec();
    for file in [white, huge, cut, vec![0xFF, 0xD8, 0xFF, 0xE0], vec![0xFF, 0xD8, 0xFF]] {
        let image = Image::from_bytes(file).unwrap();
        assert_eq!(image.text().unwrap_err().kind(), ErrorKind::Unreadable);
    }
}
