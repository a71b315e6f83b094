use super::{
    pdf_file::{PdfFile, deflated},
    pdf_svg,
};
use crate::{
    Picture,
    art::{Kind, Pixels},
};
use pdf_writer::{Chunk, Filter, Name, Ref};
use std::io::{self, Write};

/// Adds the picture: an SVG as shapes if these can say all of it, a JPEG of one or three channels as it is, everything else
/// as pixels with a mask of their opacity.
pub(super) fn add<W: Write>(file: &mut PdfFile<W>, picture: &Picture) -> io::Result<Ref> {
    if let Some(tree) = picture.tree()
        && let Some(form) = pdf_svg::add(file, &tree)?
    {
        return Ok(form);
    }
    let (width, height) = picture.size();
    let [width, height] = [width, height].map(crate::art::whole);
    if let (Kind::Jpeg, Some(space)) = (picture.kind(), space(picture.jpeg_channels())) {
        return file.add(|chunk, id| {
            image(chunk, id, picture.bytes(), Filter::DctDecode, (width, height), space, None);
        });
    }
    let Pixels { width, height, rgb, alpha } = picture.pixels();
    let size = (width, height);
    let mask = alpha.map(|alpha| {
        let alpha = deflated(&alpha);
        file.add(|chunk, id| image(chunk, id, &alpha, Filter::FlateDecode, size, b"DeviceGray", None))
    });
    let mask = mask.transpose()?;
    let rgb = deflated(&rgb);
    file.add(|chunk, id| image(chunk, id, &rgb, Filter::FlateDecode, size, b"DeviceRGB", mask))
}

fn space(channels: u8) -> Option<&'static [u8]> {
    match channels {
        1 => Some(b"DeviceGray"),
        3 => Some(b"DeviceRGB"),
        _ => None,
    }
}

fn image(
    chunk: &mut Chunk,
    id: Ref,
    data: &[u8],
    filter: Filter,
    (width, height): (u32, u32),
    space: &[u8],
    mask: Option<Ref>,
) {
    let [width, height] = [width, height].map(|side| i32::try_from(side).unwrap_or(i32::MAX));
    let mut image = chunk.image_xobject(id, data);
    image.filter(filter);
    image.width(width).height(height).color_space_name(Name(space)).bits_per_component(8);
    if let Some(mask) = mask {
        image.s_mask(mask);
    }
}
