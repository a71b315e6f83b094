use super::pdf_file::PdfFile;
use crate::{Color, art::Fill};
use pdf_writer::{Ref, types::FunctionShadingType};
use resvg::{tiny_skia::Transform, usvg};
use std::io::{self, Write};

/// A gradient.
#[derive(Debug)]
pub(super) struct Shading {
    kind: FunctionShadingType,
    /// Both ends of a line, or the inner and the outer circle.
    coords: Vec<f32>,
    /// Where on the way from one end to the other, from 0 to 1, there is which colour; at least two.
    stops: Vec<(f32, Color)>,
    /// What its coordinates are moved by.
    pub(super) transform: Transform,
}

impl Shading {
    /// Nothing if it is one colour.
    pub(super) fn of_fill(fill: Fill) -> Option<Self> {
        let (kind, coords, [from, to]) = match fill {
            Fill::Solid(_) => return None,
            Fill::Linear { from, to, colors } => {
                (FunctionShadingType::Axial, vec![from.0, from.1, to.0, to.1], colors)
            }
            Fill::Radial { centre: (x, y), radius, colors } => {
                (FunctionShadingType::Radial, vec![x, y, 0.0, x, y, radius], colors)
            }
        };
        Some(Self { kind, coords, stops: vec![(0.0, from), (1.0, to)], transform: Transform::identity() })
    }

    /// Nothing if it is no gradient, or one that a PDF has no word for: repeated, or with see-through stops.
    pub(super) fn of_svg(paint: &usvg::Paint) -> Option<Self> {
        let (kind, coords, gradient): (_, _, &usvg::BaseGradient) = match paint {
            usvg::Paint::LinearGradient(line) => {
                (FunctionShadingType::Axial, vec![line.x1(), line.y1(), line.x2(), line.y2()], line)
            }
            usvg::Paint::RadialGradient(circle) => {
                let inner = [circle.fx(), circle.fy(), circle.fr().get()];
                let outer = [circle.cx(), circle.cy(), circle.r().get()];
                (FunctionShadingType::Radial, [inner, outer].concat(), circle)
            }
            usvg::Paint::Color(_) | usvg::Paint::Pattern(_) => return None,
        };
        let is_opaque = |stop: &usvg::Stop| stop.opacity() == usvg::Opacity::ONE;
        let is_plain = gradient.spread_method() == usvg::SpreadMethod::Pad
            && gradient.stops().len() >= 2
            && gradient.stops().iter().all(is_opaque);
        let stop = |stop: &usvg::Stop| (stop.offset().get(), color(stop.color()));
        let stops = gradient.stops().iter().map(stop).collect();
        is_plain.then(|| Self { kind, coords, stops, transform: gradient.transform() })
    }

    pub(super) fn add<W: Write>(&self, pdf: &mut PdfFile<W>) -> io::Result<Ref> {
        let between = self.stops.windows(2).map(|pair| {
            pdf.add(|chunk, id| {
                let mut function = chunk.exponential_function(id);
                function.domain([0.0, 1.0]).c0(rgb(pair[0].1)).c1(rgb(pair[1].1)).n(1.0);
            })
        });
        let functions = between.collect::<io::Result<Vec<Ref>>>()?;
        let inner = self.stops.len() - 1;
        let function = pdf.add(|chunk, id| {
            let mut function = chunk.stitching_function(id);
            function.domain([0.0, 1.0]).functions(functions.iter().copied());
            function.bounds(self.stops[1..inner].iter().map(|(at, _)| *at));
            function.encode([0.0, 1.0].repeat(inner));
        })?;
        pdf.add(|chunk, id| {
            let mut shading = chunk.function_shading(id);
            shading.shading_type(self.kind);
            shading.color_space().device_rgb();
            shading.coords(self.coords.iter().copied()).function(function).extend([true; 2]);
        })
    }
}

/// A colour of an SVG.
pub(super) fn color(color: usvg::Color) -> Color {
    Color::new(color.red, color.green, color.blue)
}

/// From 0 to 1.
pub(super) fn rgb(color: Color) -> [f32; 3] {
    [color.red, color.green, color.blue].map(|channel| f32::from(channel) / 255.0)
}
