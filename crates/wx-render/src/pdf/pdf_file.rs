use super::pdf_picture;
use crate::{
    Color, Drawing, Picture,
    art::{Fill, Item},
};
use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{Chunk, Content, Filter, Finish, Name, Rect, Ref, types::FunctionShadingType};
use resvg::tiny_skia::{Path, PathSegment, Point};
use std::{
    collections::HashMap,
    io::{self, Write},
};

/// A PDF that is written object by object, so that no more than a page is in memory.
#[derive(Debug)]
pub(super) struct PdfFile<W: Write> {
    out: W,
    written: u64,
    /// Where each object begins; the first one has number 1. Kept free until it is written.
    offsets: Vec<u64>,
    pages: Vec<Ref>,
    /// Pictures that are in the file already, by what their clones have in common; they are held so that it stays theirs.
    pictures: HashMap<usize, (Ref, Picture)>,
}

const CATALOG: i32 = 1;
const PAGES: i32 = 2;

impl<W: Write> PdfFile<W> {
    pub(super) fn new(out: W) -> io::Result<Self> {
        let mut file =
            Self { out, written: 0, offsets: vec![0; 2], pages: Vec::new(), pictures: HashMap::new() };
        // Bytes above 127 say that the file is binary.
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")?;
        Ok(file)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    fn reserve(&mut self) -> Ref {
        self.offsets.push(0);
        Ref::new(i32::try_from(self.offsets.len()).unwrap_or(i32::MAX))
    }

    fn object(&mut self, id: Ref, write: impl FnOnce(&mut Chunk)) -> io::Result<()> {
        let mut chunk = Chunk::new();
        write(&mut chunk);
        let index = usize::try_from(id.get()).unwrap_or(1) - 1;
        self.offsets[index] = self.written;
        self.write(chunk.as_bytes())
    }

    /// Adds an object and gives its number.
    pub(super) fn add(&mut self, write: impl FnOnce(&mut Chunk, Ref)) -> io::Result<Ref> {
        let id = self.reserve();
        self.object(id, |chunk| write(chunk, id))?;
        Ok(id)
    }

    /// The picture's object, the same one for all clones of a picture.
    fn picture(&mut self, picture: &Picture) -> io::Result<Ref> {
        if let Some((id, _)) = self.pictures.get(&picture.identity()) {
            return Ok(*id);
        }
        let id = pdf_picture::add(self, picture)?;
        self.pictures.insert(picture.identity(), (id, picture.clone()));
        Ok(id)
    }

    pub(super) fn page(&mut self, page: PageContent) -> io::Result<()> {
        let PageContent { content, width, height, pictures, shadings } = page;
        let content = content.finish();
        let content = deflated(&content);
        let content = self.add(|chunk, id| {
            chunk.stream(id, &content).filter(Filter::FlateDecode);
        })?;
        let page = self.add(|chunk, id| {
            let mut page = chunk.page(id);
            page.parent(Ref::new(PAGES)).media_box(Rect::new(0.0, 0.0, width, height)).contents(content);
            let mut resources = page.resources();
            let mut objects = resources.x_objects();
            for picture in pictures {
                objects.pair(Name(format!("P{}", picture.get()).as_bytes()), picture);
            }
            objects.finish();
            let mut patterns = resources.shadings();
            for shading in shadings {
                patterns.pair(Name(format!("S{}", shading.get()).as_bytes()), shading);
            }
        })?;
        self.pages.push(page);
        Ok(())
    }

    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Writes what stands at the end, and gives back where it was written to.
    pub(super) fn finish(mut self) -> io::Result<W> {
        let pages = std::mem::take(&mut self.pages);
        let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
        self.object(Ref::new(CATALOG), |chunk| {
            let mut catalog = chunk.indirect(Ref::new(CATALOG)).dict();
            catalog.pair(Name(b"Type"), Name(b"Catalog")).pair(Name(b"Pages"), Ref::new(PAGES));
        })?;
        self.object(Ref::new(PAGES), |chunk| {
            chunk.pages(Ref::new(PAGES)).kids(pages).count(count);
        })?;
        let start = self.written;
        let size = self.offsets.len() + 1;
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
        table.extend(self.offsets.iter().map(|offset| format!("{offset:010} 00000 n \n")));
        let trailer = format!("trailer\n<< /Size {size} /Root {CATALOG} 0 R >>\nstartxref\n{start}\n%%EOF\n");
        table.push_str(&trailer);
        self.write(table.as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// What is drawn on a page; points from its upper left corner.
pub(super) struct PageContent {
    content: Content,
    width: f32,
    height: f32,
    pictures: Vec<Ref>,
    shadings: Vec<Ref>,
}

impl PageContent {
    /// An empty page of that size in points.
    pub(super) fn new(width: f32, height: f32) -> Self {
        Self { content: Content::new(), width, height, pictures: Vec::new(), shadings: Vec::new() }
    }

    /// Draws with its upper left corner at (x, y), so many points a pixel.
    pub(super) fn place<W: Write>(
        &mut self,
        drawing: &Drawing,
        x: f32,
        y: f32,
        scale: f32,
        pdf: &mut PdfFile<W>,
    ) -> io::Result<()> {
        self.content.save_state();
        self.content.transform([scale, 0.0, 0.0, -scale, x, self.height - y]);
        for item in &drawing.items {
            match item {
                Item::Shape { path, fill, is_ring } => self.shape(path, *fill, *is_ring, pdf)?,
                Item::Picture { area, picture } => {
                    let id = pdf.picture(picture)?;
                    if !self.pictures.contains(&id) {
                        self.pictures.push(id);
                    }
                    self.content.save_state();
                    // A picture fills the unit square from below.
                    self.content.transform([
                        area.width,
                        0.0,
                        0.0,
                        -area.height,
                        area.x,
                        area.y + area.height,
                    ]);
                    self.content.x_object(Name(format!("P{}", id.get()).as_bytes()));
                    self.content.restore_state();
                }
            }
        }
        self.content.restore_state();
        Ok(())
    }

    /// A line, black ink alone; points from the upper left corner.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.content.set_line_width(0.25).set_stroke_cmyk(0.0, 0.0, 0.0, 1.0);
        self.content.move_to(from.0, self.height - from.1).line_to(to.0, self.height - to.1).stroke();
    }

    fn shape<W: Write>(
        &mut self,
        path: &Path,
        fill: Fill,
        is_ring: bool,
        pdf: &mut PdfFile<W>,
    ) -> io::Result<()> {
        if let Fill::Solid(color) = fill {
            self.color(color);
            self.outline(path);
            if is_ring {
                self.content.fill_even_odd();
            } else {
                self.content.fill_nonzero();
            }
            return Ok(());
        }
        let shading = shading(fill, pdf)?;
        self.shadings.push(shading);
        self.content.save_state();
        self.outline(path);
        if is_ring {
            self.content.clip_even_odd();
        } else {
            self.content.clip_nonzero();
        }
        self.content.end_path().shading(Name(format!("S{}", shading.get()).as_bytes()));
        self.content.restore_state();
        Ok(())
    }

    /// Grey is printed with black ink alone, so that nothing is misregistered; other colours are left to the printer.
    fn color(&mut self, color: Color) {
        let [red, green, blue] = rgb(color);
        if color.is_grey() {
            self.content.set_fill_cmyk(0.0, 0.0, 0.0, 1.0 - red);
        } else {
            self.content.set_fill_rgb(red, green, blue);
        }
    }

    fn outline(&mut self, path: &Path) {
        let mut at = Point::zero();
        for segment in path.segments() {
            match segment {
                PathSegment::MoveTo(to) => {
                    self.content.move_to(to.x, to.y);
                    at = to;
                }
                PathSegment::LineTo(to) => {
                    self.content.line_to(to.x, to.y);
                    at = to;
                }
                PathSegment::QuadTo(by, to) => {
                    let third = |from: f32, by: f32| from + (by - from) * 2.0 / 3.0;
                    self.content.cubic_to(
                        third(at.x, by.x),
                        third(at.y, by.y),
                        third(to.x, by.x),
                        third(to.y, by.y),
                        to.x,
                        to.y,
                    );
                    at = to;
                }
                PathSegment::CubicTo(first, second, to) => {
                    self.content.cubic_to(first.x, first.y, second.x, second.y, to.x, to.y);
                    at = to;
                }
                PathSegment::Close => {
                    self.content.close_path();
                }
            }
        }
    }
}

fn shading<W: Write>(fill: Fill, pdf: &mut PdfFile<W>) -> io::Result<Ref> {
    let (kind, coords, colors) = match fill {
        Fill::Solid(color) => (FunctionShadingType::Axial, vec![0.0, 0.0, 1.0, 0.0], [color; 2]),
        Fill::Linear { from, to, colors } => {
            (FunctionShadingType::Axial, vec![from.0, from.1, to.0, to.1], colors)
        }
        Fill::Radial { centre: (x, y), radius, colors } => {
            (FunctionShadingType::Radial, vec![x, y, 0.0, x, y, radius], colors)
        }
    };
    let function = pdf.add(|chunk, id| {
        let mut function = chunk.exponential_function(id);
        function.domain([0.0, 1.0]).c0(rgb(colors[0])).c1(rgb(colors[1])).n(1.0);
    })?;
    pdf.add(|chunk, id| {
        let mut shading = chunk.function_shading(id);
        shading.shading_type(kind);
        shading.color_space().device_rgb();
        shading.coords(coords).function(function).extend([true; 2]);
    })
}

fn rgb(color: Color) -> [f32; 3] {
    [color.red, color.green, color.blue].map(|channel| f32::from(channel) / 255.0)
}

pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    const NEVER_FAILS: &str = "a Vec takes all bytes";
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect(NEVER_FAILS);
    encoder.finish().expect(NEVER_FAILS)
}
