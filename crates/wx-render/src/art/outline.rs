use super::area::Area;
use resvg::tiny_skia::{Path, PathBuilder};

/// A closed path in the making.
#[derive(Debug, Default)]
pub(crate) struct Outline(PathBuilder);

/// Radii of the corners: upper left, upper right, lower right, lower left.
pub(crate) type Corners = [f32; 4];

/// How far the handles of a quarter circle stand from its end, by its radius.
const HANDLE: f32 = 0.552_284_8;

impl Outline {
    pub(crate) fn rectangle(&mut self, area: Area) {
        self.rounded(area, [0.0; 4]);
    }

    pub(crate) fn circle(&mut self, x: f32, y: f32, radius: f32) {
        self.rounded(Area::square(x - radius, y - radius, 2.0 * radius), [radius; 4]);
    }

    /// Clockwise. A radius is at most half of the shorter side.
    pub(crate) fn rounded(&mut self, area: Area, corners: Corners) {
        let most = area.width.min(area.height) / 2.0;
        let [upper_left, upper_right, lower_right, lower_left] =
            corners.map(|radius| radius.clamp(0.0, most));
        let (left, top) = (area.x, area.y);
        let (right, bottom) = (left + area.width, top + area.height);
        let path = &mut self.0;
        path.move_to(left + upper_left, top);
        path.line_to(right - upper_right, top);
        self.corner(upper_right, (right, top), (0.0, 1.0));
        self.0.line_to(right, bottom - lower_right);
        self.corner(lower_right, (right, bottom), (-1.0, 0.0));
        self.0.line_to(left + lower_left, bottom);
        self.corner(lower_left, (left, bottom), (0.0, -1.0));
        self.0.line_to(left, top + upper_left);
        self.corner(upper_left, (left, top), (1.0, 0.0));
        self.0.close();
    }

    /// Around a corner, clockwise, leaving in that direction.
    fn corner(&mut self, radius: f32, (x, y): (f32, f32), (dx, dy): (f32, f32)) {
        if radius <= 0.0 {
            return;
        }
        let handle = radius * (1.0 - HANDLE);
        self.0.cubic_to(
            x - dy * handle,
            y + dx * handle,
            x + dx * handle,
            y + dy * handle,
            x + dx * radius,
            y + dy * radius,
        );
    }

    pub(crate) fn push(&mut self, path: &Path) {
        self.0.push_path(path);
    }

    /// Nothing, if nothing was drawn.
    pub(crate) fn finish(self) -> Option<Path> {
        self.0.finish()
    }
}
