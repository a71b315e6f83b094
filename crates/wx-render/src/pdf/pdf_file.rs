use super::{page_content::PageContent, pdf_picture};
use crate::Picture;
use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{Chunk, Filter, Name, Rect, Ref};
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
    pub(super) fn picture(&mut self, picture: &Picture) -> io::Result<Ref> {
        if let Some((id, _)) = self.pictures.get(&picture.identity()) {
            return Ok(*id);
        }
        let id = pdf_picture::add(self, picture)?;
        self.pictures.insert(picture.identity(), (id, picture.clone()));
        Ok(id)
    }

    pub(super) fn page(&mut self, page: PageContent) -> io::Result<()> {
        let PageContent { content, width, height, resources } = page;
        let content = content.finish();
        let content = deflated(&content);
        let content = self.add(|chunk, id| {
            chunk.stream(id, &content).filter(Filter::FlateDecode);
        })?;
        let page = self.add(|chunk, id| {
            let mut page = chunk.page(id);
            page.parent(Ref::new(PAGES)).media_box(Rect::new(0.0, 0.0, width, height)).contents(content);
            resources.write(page.resources());
        })?;
        self.pages.push(page);
        Ok(())
    }

    /// Adds a content that fills the unit square, to be drawn like a picture.
    pub(super) fn form(&mut self, form: PageContent) -> io::Result<Ref> {
        let PageContent { content, width, height, resources } = form;
        let content = content.finish();
        let content = deflated(&content);
        self.add(|chunk, id| {
            let mut form = chunk.form_xobject(id, &content);
            form.filter(Filter::FlateDecode);
            form.bbox(Rect::new(0.0, 0.0, width, height));
            resources.write(form.resources());
        })
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

pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    const NEVER_FAILS: &str = "a Vec takes all bytes";
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect(NEVER_FAILS);
    encoder.finish().expect(NEVER_FAILS)
}
