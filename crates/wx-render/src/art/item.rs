use super::{Color, Paint, Picture, area::Area};
use resvg::tiny_skia::{Path, Transform};

/// One thing of a drawing, later ones lie on top.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    /// A filled outline; in a ring (even-odd), an outline in an outline is a hole.
    Shape { path: Path, fill: Fill, is_ring: bool },
    /// A picture, scaled to the area.
    Picture { area: Area, picture: Picture },
}

/// What an outline is filled with; points are in pixels of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fill {
    Solid(Color),
    Linear { from: (f32, f32), to: (f32, f32), colors: [Color; 2] },
    Radial { centre: (f32, f32), radius: f32, colors: [Color; 2] },
}

impl Fill {
    /// The paint, laid out over an area.
    pub(crate) fn new(paint: Paint, area: Area) -> Self {
        let (x, y) = area.centre();
        match paint {
            Paint::Solid(color) => Self::Solid(color),
            Paint::Linear { from, to, angle } => {
                let (sine, cosine) = angle.to_radians().sin_cos();
                // So long that the corners have the end colours, whatever the angle is.
                let half = f32::midpoint(area.width * cosine.abs(), area.height * sine.abs());
                let (dx, dy) = (cosine * half, sine * half);
                Self::Linear { from: (x - dx, y - dy), to: (x + dx, y + dy), colors: [from, to] }
            }
            Paint::Radial { from, to } => Self::Radial {
                centre: (x, y),
                radius: area.width.hypot(area.height) / 2.0,
                colors: [from, to],
            },
        }
    }

    fn moved(self, dx: f32, dy: f32) -> Self {
        let by = |(x, y): (f32, f32)| (x + dx, y + dy);
        match self {
            Self::Solid(_) => self,
            Self::Linear { from, to, colors } => Self::Linear { from: by(from), to: by(to), colors },
            Self::Radial { centre, radius, colors } => Self::Radial { centre: by(centre), radius, colors },
        }
    }
}

impl Item {
    /// The same thing elsewhere; nothing if it would lie beyond all numbers.
    pub(crate) fn moved(self, x: f32, y: f32) -> Option<Self> {
        Some(match self {
            Self::Shape { path, fill, is_ring } => {
                let path = path.transform(Transform::from_translate(x, y))?;
                Self::Shape { path, fill: fill.moved(x, y), is_ring }
            }
            Self::Picture { area, picture } => Self::Picture { area: area.moved(x, y), picture },
        })
    }
}
