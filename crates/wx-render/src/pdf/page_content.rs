use super::{
    pdf_file::PdfFile,
    resources::Resources,
    shading::{Shading, rgb},
};
use crate::{
    Color, Drawing,
    art::{Fill, Item},
};
use pdf_writer::{Content, Name};
use resvg::tiny_skia::{Path, PathSegment, Point, Transform};
use std::io::{self, Write};

/// What is drawn on a page; points from its upper left corner.
pub(super) struct PageContent {
    pub(super) content: Content,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) resources: Resources,
}

impl PageContent {
    /// An empty page of that size in points.
    pub(super) fn new(width: f32, height: f32) -> Self {
        Self { content: Content::new(), width, height, resources: Resources::default() }
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
                Item::Shape { path, fill, is_ring } => {
                    self.fill(path, &Ink::from(*fill), 1.0, *is_ring, pdf)?;
                }
                Item::Picture { area, picture } => {
                    let id = pdf.picture(picture)?;
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
                    self.content.x_object(Name(self.resources.picture(id).as_bytes()));
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

    /// Fills an outline.
    pub(super) fn fill<W: Write>(
        &mut self,
        path: &Path,
        ink: &Ink,
        opacity: f32,
        is_even_odd: bool,
        pdf: &mut PdfFile<W>,
    ) -> io::Result<()> {
        self.content.save_state();
        if opacity < 1.0 {
            let id = pdf.add(|chunk, id| {
                chunk.ext_graphics(id).non_stroking_alpha(opacity);
            })?;
            self.content.set_parameters(Name(self.resources.opacity(id).as_bytes()));
        }
        match ink {
            Ink::Color(color) => {
                self.color(*color);
                self.outline(path);
                if is_even_odd {
                    self.content.fill_even_odd()
                } else {
                    self.content.fill_nonzero()
                };
            }
            Ink::Shading { shading, transform } => {
                let id = shading.add(pdf)?;
                self.clip(path, is_even_odd);
                let Transform { sx, ky, kx, sy, tx, ty } = transform.pre_concat(shading.transform);
                self.content.transform([sx, ky, kx, sy, tx, ty]);
                self.content.shading(Name(self.resources.shading(id).as_bytes()));
            }
        }
        self.content.restore_state();
        Ok(())
    }

    /// Until the state is restored, nothing is drawn outside of the outline.
    pub(super) fn clip(&mut self, path: &Path, is_even_odd: bool) {
        self.outline(path);
        if is_even_odd {
            self.content.clip_even_odd()
        } else {
            self.content.clip_nonzero()
        };
        self.content.end_path();
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

/// What an outline is filled with.
pub(super) enum Ink {
    Color(Color),
    /// In the coordinates of the transform.
    Shading {
        shading: Shading,
        transform: Transform,
    },
}

impl From<Fill> for Ink {
    fn from(fill: Fill) -> Self {
        match (fill, Shading::of_fill(fill)) {
            (_, Some(shading)) => Self::Shading { shading, transform: Transform::identity() },
            (
                Fill::Solid(color)
                | Fill::Linear { colors: [color, _], .. }
                | Fill::Radial { colors: [color, _], .. },
                None,
            ) => Self::Color(color),
        }
    }
}
