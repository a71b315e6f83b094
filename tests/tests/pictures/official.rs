//! The picture that the platform makes, as the simulator draws it.

use crate::{grey::Grey, matrix::READERS};
use scenarios::{World, four_kinds};
use wx_qrcode::QrCodes;
use wx_sim::Mode;
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

#[tokio::test]
async fn every_reader_reads_the_platform_s_picture() {
    let world = World::start(Mode::Plain).await;
    for (channel, request) in four_kinds() {
        let code = world.create(&channel, &request).await;
        let url = code.url.unwrap();
        let image = QrCodes::new(world.client.clone()).image(&code.ticket).await.unwrap();
        let picture = grey(image.bytes());
        for (reader, by) in READERS {
            assert_eq!(by(std::slice::from_ref(&picture)), [Some(url.clone())], "{reader}");
        }
    }
}

fn grey(jpeg: &[u8]) -> Grey {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    let pixels = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    Grey { width, height, pixels }
}
