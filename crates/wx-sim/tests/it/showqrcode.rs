use crate::{
    http_client::{Response, get, post},
    stage::Stage,
};
use rxing::{BarcodeFormat, helpers::detect_in_luma};
use serde_json::{Value, json};
use zune_jpeg::{
    JpegDecoder, zune_core::bytestream::ZCursor, zune_core::colorspace::ColorSpace,
    zune_core::options::DecoderOptions,
};

async fn show(stage: &Stage, ticket: &str) -> Response {
    get(&stage.url(&format!("/cgi-bin/showqrcode?ticket={ticket}"))).await
}

async fn temporary(stage: &Stage, expire_seconds: u32) -> Value {
    let request = json!({
        "expire_seconds": expire_seconds,
        "action_name": "QR_STR_SCENE",
        "action_info": { "scene": { "scene_str": "shop-042" } },
    });
    stage.create(&request.to_string()).await
}

fn ticket(created: &Value) -> &str {
    created["ticket"].as_str().unwrap()
}

fn grey(jpeg: &[u8]) -> (Vec<u8>, usize, usize) {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    let pixels = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    (pixels, width, height)
}

#[tokio::test]
async fn two_decoders_read_the_url_from_the_picture() {
    let stage = Stage::start().await;
    for _ in 0..20 {
        let created = temporary(&stage, 60).await;
        let (pixels, width, height) = grey(&show(&stage, ticket(&created)).await.body);
        assert_eq!((width, height), (430, 430));
        // Decoders forgive a mirrored symbol, but the dark module of a true one is in column 8, row 25.
        assert!(pixels[(50 + 25 * 10 + 5) * width + 50 + 8 * 10 + 5] < 128);

        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
        let (_, text) = prepared.detect_grids()[0].decode().unwrap();
        assert_eq!(text, created["url"].as_str().unwrap());

        let side = u32::try_from(width).unwrap();
        let read = detect_in_luma(pixels, side, side, Some(BarcodeFormat::QR_CODE)).unwrap();
        assert_eq!(read.getText(), created["url"].as_str().unwrap());
    }
}

#[tokio::test]
async fn the_picture_comes_with_the_platform_s_headers() {
    let stage = Stage::start().await;
    let created = temporary(&stage, 60).await;
    let picture = show(&stage, ticket(&created)).await;
    assert_eq!(picture.status, 200);
    assert_eq!(picture.header("content-type"), "image/jpg");
    assert_eq!(picture.header("accept-ranges"), "bytes");
    assert_eq!(picture.header("cache-control"), "max-age=604800");
    assert_eq!(picture.header("expires"), "Thu, 08 Jan 2026 01:00:00 GMT");
    assert_eq!(picture.header("content-length"), picture.body.len().to_string());
    assert_eq!(picture.body[..3], [0xff, 0xd8, 0xff]);
}

#[tokio::test]
async fn an_expired_code_has_no_picture() {
    let stage = Stage::start().await;
    let created = temporary(&stage, 60).await;
    stage.pass(59);
    assert_eq!(show(&stage, ticket(&created)).await.status, 200);
    stage.pass(1);
    let gone = show(&stage, ticket(&created)).await;
    assert_eq!(gone.status, 404);
    assert_ne!(gone.body[..2], [0xff, 0xd8]);
}

#[tokio::test]
async fn a_ticket_is_encoded_exactly_once() {
    let stage = Stage::start().await;
    let created = temporary(&stage, 60).await;
    // Every character as %XX, which is legal, and then once more.
    let once = ticket(&created).bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
    let twice = once.replace('%', "%25");
    assert_eq!(show(&stage, &once).await.status, 200);
    assert_eq!(show(&stage, &twice).await.status, 404);
}

#[tokio::test]
async fn an_unknown_ticket_has_no_picture() {
    let stage = Stage::start().await;
    for bad in ["", "gQH", "%ff%fe", &"a".repeat(1000)] {
        assert_eq!(show(&stage, bad).await.status, 404, "{bad}");
    }
    assert_eq!(get(&stage.url("/cgi-bin/showqrcode")).await.status, 404);
    assert_eq!(post(&stage.url("/cgi-bin/showqrcode"), "").await.status, 405);
}

#[tokio::test]
async fn a_permanent_code_keeps_its_picture_unless_it_was_given_a_life() {
    let stage = Stage::start().await;
    let mut request =
        json!({ "action_name": "QR_LIMIT_SCENE", "action_info": { "scene": { "scene_id": 1 } } });
    let good = stage.create(&request.to_string()).await;
    request["expire_seconds"] = json!(60);
    let bad = stage.create(&request.to_string()).await;
    stage.pass(1_000_000_000);
    assert_eq!(show(&stage, ticket(&good)).await.status, 200);
    assert_eq!(show(&stage, ticket(&bad)).await.status, 404);
}
