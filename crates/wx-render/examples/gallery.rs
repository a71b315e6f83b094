//! Draws every preset into a folder: `cargo run -p wx-render --example gallery -- FOLDER`.

use std::{env, error::Error, fs, path::PathBuf};
use wx_render::{Format, Size, Style};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("give a folder to write to")?);
    fs::create_dir_all(&folder)?;
    for name in Style::PRESETS {
        let drawing = Style::preset(name)?
            .size(Size::Picture(430))
            .draw("http://weixin.qq.com/q/02Ck5lxPvycA310000g07a")?;
        for format in [Format::Png, Format::Svg] {
            fs::write(folder.join(format!("{name}.{format}")), drawing.file(format)?)?;
        }
    }
    Ok(())
}
