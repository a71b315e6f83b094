//! Pictures are read by a third decoder, which is written in C.

use crate::picture::read_jpeg;
use scenarios::{World, four_kinds};
use std::{fs, path::PathBuf, process::Command};
use wx_qrcode::QrCodes;
use wx_render::{Level, Size, Style, Symbol};
use wx_sim::Mode;

/// Each symbol is a picture of its own; many are read in one start of the program.
#[test]
fn zbar_reads_a_thousand_codes_at_every_level() {
    let folder = tempfile::tempdir().unwrap();
    for (index, level) in Level::ALL.into_iter().enumerate() {
        let urls: Vec<String> = (0..1_000).map(|number| url(number + 1_000 * index as u64)).collect();
        let sizes = [3, 4, 5].map(Size::Module).into_iter().chain([Size::Picture(430)]).cycle();
        let files: Vec<PathBuf> = urls
            .iter()
            .zip(sizes)
            .enumerate()
            .map(|(number, (url, size))| {
                let file = folder.path().join(format!("{number}.png"));
                let symbol = Symbol::encode(url, level).unwrap();
                fs::write(&file, symbol.to_png(&Style::new().size(size)).unwrap()).unwrap();
                file
            })
            .collect();
        assert_eq!(read(&files), urls, "{level:?}");
    }
}

/// Those of the simulator, read by rqrr, rxing and zbar.
#[tokio::test]
async fn three_decoders_read_the_platform_s_own_pictures() {
    let world = World::start(Mode::Plain).await;
    let codes = QrCodes::new(world.client.clone());
    for (channel, request) in four_kinds() {
        let code = world.create(&channel, &request).await;
        let (url, image) = (code.url.unwrap(), codes.image(&code.ticket).await.unwrap());
        let found = wx_render::read(image.bytes()).unwrap();
        let [only] = &found[..] else { panic!("{found:?}") };
        assert!(only.text == url && only.by_rqrr && only.by_rxing && !only.is_inverted, "{only:?}");
        assert_eq!(read_jpeg(image.bytes()), url);
        let file = world.folder.path().join("official.jpg");
        fs::write(&file, image.bytes()).unwrap();
        assert_eq!(read(&[file]), [url]);
    }
}

fn read(files: &[PathBuf]) -> Vec<String> {
    let output = Command::new("zbarimg")
        .args(["--quiet", "--nodbus", "--raw", "-Sdisable", "-Sqrcode.enable"])
        .args(files)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// As the platform makes them: 43 to 46 characters.
fn url(number: u64) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut state = number;
    let letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(LETTERS[usize::try_from(state >> 58).unwrap()])
    };
    let length = usize::try_from(18 + number % 4).unwrap();
    let text: String = std::iter::repeat_with(letter).take(length).collect();
    format!("http://weixin.qq.com/q/02{text}")
}
